"""The platform's tables: users and what they did."""

from baton.core.models.audit import AuditHead, AuditRow
from baton.core.models.parameter import Parameter
from baton.core.models.user import User

__all__ = ["AuditHead", "AuditRow", "Parameter", "User"]
