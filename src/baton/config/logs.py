"""Where lines of the log go: to the standard error, or to a file that logrotate may take away at any time."""

from typing import Any


def logging_of(file: str, level: str) -> dict[str, Any]:
    """Give Django's settings of the log. `file`: empty for the standard error; `level`: from which lines are kept.

    One line per request is kept in a file; on a terminal only if INFO is asked for.
    """
    if file:
        # It looks before each line whether the file is still there, so several processes can share it with logrotate.
        handler: dict[str, Any] = {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": file,
            "encoding": "utf-8",
        }
    else:
        handler = {"class": "logging.StreamHandler"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": "baton.web.operations.logs.PlainFormatter"}},
        "handlers": {"kept": {**handler, "formatter": "plain"}},
        "root": {"handlers": ["kept"], "level": level},
        "loggers": {
            "baton.access": {"level": "INFO" if file else level},
            # Django's own handlers write addresses and send mails to administrators; ours are enough.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
        },
    }
