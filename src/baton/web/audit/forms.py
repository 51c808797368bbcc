"""What is asked of the audit chain, read from the address."""

from collections.abc import Mapping
from datetime import date

from baton.org.oversight.queries import Wanted
from baton.words import Place, Problem


def read_wanted(given: Mapping[str, str]) -> tuple[Wanted, list[Problem]]:
    """Read the filters; a day that is none is told and left out."""
    problems: list[Problem] = []
    first, last = _day(given, "first", problems), _day(given, "last", problems)
    if first and last and first > last:
        params = {"first": first.isoformat(), "last": last.isoformat()}
        problems.append(Problem("services.days_reversed", params, Place(field="last")))
    who, action, thing = (given.get(name, "").strip() for name in ("who", "action", "thing"))
    return Wanted(who, action, thing, first, last), problems


def _day(given: Mapping[str, str], name: str, problems: list[Problem]) -> date | None:
    written = given.get(name, "").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        problems.append(Problem("services.no_day", {"given": written}, Place(field=name)))
        return None
