"""Reads what the audit chain says; its tables can be named only after Django is ready."""

from baton.config.operations.checking.data import Audited
from baton.core.chain import verify_chain
from baton.core.models import AuditRow


def audited() -> Audited:
    """Go along the whole chain."""
    last = AuditRow.objects.order_by("-sequence").values_list("at", flat=True).first()
    rows, broken = verify_chain()
    return Audited(rows, broken, last)
