"""The closed vocabularies of the platform; their words are in the catalogue."""

from enum import StrEnum


class NoticeState(StrEnum):
    """How far a message outside the house has got."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Power(StrEnum):
    """Administration, cut into three so that nobody watches themselves (GB/T 22239-2019, 8.1.5.1 to 8.1.5.3)."""

    SYSTEM = "system"
    """Accounts and settings."""
    SECURITY = "security"
    """Rights, locks, second factors, other people's sign-ins."""
    AUDIT = "audit"
    """Reading the audit chain."""


class Scope(StrEnum):
    """What a key of an outside system may be used for."""

    READ = "read"
    """Units, months, figures and results that its user may see."""
    REPORT = "report"
    """Entering and correcting figures."""
    CHECK = "check"
    """Checking, contesting, answering."""


class Certainty(StrEnum):
    """How sure a number's source is."""

    READ = "C1"
    """Read in the original text of a law, standard or document."""
    REPRINTED = "C2"
    """Read in a reprint, or told by an official answer."""
    SECOND_HAND = "C3"
    """Told by others, or a document of some other place."""
    UNVERIFIED = "M"
    """A default of good custom that nobody has looked up; the county decides."""


class Means(StrEnum):
    """By what a person has shown who they are."""

    PASSWORD = "password"
    SLIP = "slip"
    """The one-time code of a slip; a password must be set next."""
    OIDC = "oidc"
    """The county's own identity provider."""


class FileKind(StrEnum):
    """What a kept file can be, told from its bytes."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    PNG = "png"
    JPG = "jpg"
    CSV = "csv"
    ZIP = "zip"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    """Of these three only workbooks whose figures were taken (`rules.content.workbook_kind`)."""


class JobState(StrEnum):
    """How far a job has got."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
