"""Years and periods as they are named on the command line."""

import re

from baton.config.cli.ending import Misused
from baton.words import Problem

_YEARS = re.compile(r"(?P<first>[12]\d{3})(-(?P<last>[12]\d{3}))?", re.ASCII)
_PERIOD = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])|-Q[1-4])?", re.ASCII)
_MOST_YEARS = 200


def years_of(given: str) -> tuple[int, ...]:
    """Read `2025` or `1990-2021`; raises `Misused` for anything else."""
    found = _YEARS.fullmatch(given.strip())
    if found is not None:
        first, last = int(found["first"]), int(found["last"] or found["first"])
        if first <= last < first + _MOST_YEARS:
            return tuple(range(first, last + 1))
    raise Misused([Problem("config.not_a_year", {"given": given})])


def check_period(given: str) -> str:
    """Take `2025`, `2025-06` or `2025-Q2`; raises `Misused` for anything else."""
    if not _PERIOD.fullmatch(given):
        raise Misused([Problem("config.not_a_period", {"given": given})])
    return given
