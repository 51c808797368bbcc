"""Lines of the log without personal data: reference, pattern of the address, and of a fault its kind and its places.

What an exception says may quote what somebody typed (`Key (username)=(...) already exists`), and an address may hold a
name or a token, so neither is written. The reference leads from the page to the line, and the line to the code.
"""

import logging
import traceback
from types import TracebackType
from typing import override

from baton.web.operations.reference import reference
from baton.web.operations.watching import pattern_of
from baton.words import Refused

type Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
LINE = "%(asctime)s %(levelname)s %(reference)s %(name)s %(message)s"


class PlainFormatter(logging.Formatter):
    """Writes one line, and below it the places where a fault happened."""

    def __init__(self) -> None:
        super().__init__(LINE)

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Write a record; what Django logs of a request names its pattern instead of its address."""
        copied = logging.makeLogRecord(record.__dict__)
        copied.reference = reference()
        copied.exc_text = None
        request = getattr(record, "request", None)
        if request is not None:
            copied.msg, copied.args = f"{request.method} {pattern_of(request)} {getattr(record, 'status_code', '')}", ()
        elif record.name.startswith("django.security"):
            copied.msg, copied.args = "refused", ()
        return super().format(copied)

    @override
    def formatException(self, ei: Fault) -> str:
        """Write kind and places of a fault and of what led to it, not what it said."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append(_kind(error))
            lines += [
                f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
            ]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def _kind(error: BaseException) -> str:
    """Name a fault; codes of problems and of the database (SQLSTATE) are ours or the standard's, and quote nobody."""
    if isinstance(error, Refused):
        codes = ",".join(problem.code for problem in error.problems)
    else:
        codes = str(getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None) or "")
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name} {codes}".rstrip()
