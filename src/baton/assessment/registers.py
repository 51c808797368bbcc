"""What this app brings to the platform: who may read its files."""

from baton.assessment.models import Contest, Submission
from baton.core.models import User
from baton.core.readers import register_reader


def _reads_contest(user: User, number: str) -> bool:
    """Evidence is for the unit, for whoever reports or verifies the figure, and for the office."""
    return number.isdigit() and Contest.objects.visible_to(user).filter(pk=int(number)).exists()


def _reads_report(user: User, number: str) -> bool:
    """Signed forms and evidence of a unit's own report are for its desks, for who verifies it, and for the office."""
    return number.isdigit() and Submission.objects.visible_to(user).filter(pk=int(number)).exists()


register_reader("assessment.contest", _reads_contest)
register_reader("assessment.submission", _reads_report)
