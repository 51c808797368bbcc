"""The platform's tables: users and what they did."""

from baton.core.models.audit import AuditHead, AuditRow
from baton.core.models.file import FileAccount, StoredFile
from baton.core.models.job import Job, Leader, Schedule
from baton.core.models.notice import Message, Notice
from baton.core.models.parameter import Parameter
from baton.core.models.search import SearchEntry
from baton.core.models.second_factor import RecoveryCode, SecondFactor
from baton.core.models.session import SignedIn
from baton.core.models.sign_in import PasswordUsed, SignInGuard, Slip
from baton.core.models.token import ApiToken
from baton.core.models.user import User
from baton.core.models.view import SavedView

__all__ = [
    "ApiToken",
    "AuditHead",
    "AuditRow",
    "FileAccount",
    "Job",
    "Leader",
    "Message",
    "Notice",
    "Parameter",
    "PasswordUsed",
    "RecoveryCode",
    "SavedView",
    "Schedule",
    "SearchEntry",
    "SecondFactor",
    "SignInGuard",
    "SignedIn",
    "Slip",
    "StoredFile",
    "User",
]
