"""The menu: what a person may open, in the order of their day."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from baton.org.choices import COUNTY_WIDE, LENDS_NOTHING, SEES_ITS_PEOPLE, Role
from baton.org.oversight.queries import WATCHERS
from baton.org.queries.people import RIGHTS_READERS
from baton.web.asking import powers_of
from baton.web.templatetags.words import page_language
from baton.words import text


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu."""

    words: str
    address: str
    current: bool


_EVERYBODY: frozenset[Role] = frozenset()
_WITH_LONG_WORK = frozenset({Role.OFFICE_HEAD, Role.OFFICE, Role.VERIFIER, Role.SYSTEM_ADMINISTRATOR})
_OFFICE, _IN_UNITS = frozenset({Role.OFFICE, Role.OFFICE_HEAD}), frozenset({Role.LEADER_IN_CHARGE, Role.UNIT_HEAD})
_REPORTS = frozenset({Role.REPORTER, Role.VERIFIER}) | _IN_UNITS | _OFFICE
_ITEMS = (
    ("guide.menu", "guide", _EVERYBODY),
    ("web.menu_home", "home", _EVERYBODY),
    ("reporting.menu", "reports", _REPORTS),
    ("reporting.ledger", "ledger", _REPORTS),
    ("corrections.menu", "corrections", _REPORTS | {Role.COUNTY_LEADER, Role.AUDITOR}),
    ("targets.menu", "targets", _REPORTS | {Role.COUNTY_LEADER, Role.AUDITOR, Role.OFFICIAL}),
    ("office.board_menu", "office", _OFFICE),
    ("earlier.menu", "earlier", _OFFICE),
    ("workshop.menu", "workshop", _REPORTS | {Role.COUNTY_LEADER, Role.AUDITOR}),
    ("office.check_menu", "check", frozenset({Role.REPORTER}) | _IN_UNITS),
    ("office.verify_menu", "verify", frozenset({Role.VERIFIER}) | _OFFICE),
    ("office.tracking_title", "tracking", _REPORTS | {Role.COUNTY_LEADER, Role.AUDITOR}),
    ("plans.menu", "plan", _REPORTS | {Role.COUNTY_LEADER, Role.AUDITOR}),
    ("results.menu", "results", _EVERYBODY),
    ("results.league", "newest-league", _EVERYBODY),
    ("annual.menu", "years", _EVERYBODY),
    ("objections.methods", "methods", _EVERYBODY),
    ("objections.menu", "objections", _REPORTS | {Role.COUNTY_LEADER, Role.AUDITOR, Role.OFFICIAL}),
    ("web.menu_units", "units", _EVERYBODY),
    ("units.people", "people", COUNTY_WIDE | SEES_ITS_PEOPLE),
    ("units.lending", "lending", frozenset(Role) - LENDS_NOTHING),
    ("units.requests", "role-requests", frozenset({Role.SECURITY_ADMINISTRATOR})),
    ("units.rights", "rights", RIGHTS_READERS),
    ("units.calendar", "calendar", _EVERYBODY),
    ("services.jobs_title", "jobs", _WITH_LONG_WORK),
    ("account.slips_title", "slips", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    ("account.parameters_title", "parameters", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    ("api.keys_title", "keys", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    ("account.security_title", "security", frozenset({Role.SECURITY_ADMINISTRATOR})),
    ("services.audit_title", "audit", WATCHERS),
)
"""Words, name of the address, and the roles that see the line (none named: everybody)."""


def menu_of(request: HttpRequest) -> list[Item]:
    """Give the menu for the person who asks; nothing for a visitor."""
    if not request.user.is_authenticated:
        return []
    mine = powers_of(request)
    shown = [
        (code, reverse(name))
        for code, name, roles in _ITEMS
        if (not roles or mine.has(*roles)) and (name != "guide" or settings.GUIDE)
    ]
    here = _nearest(request.path, [address for _, address in shown])
    return [Item(text(code, page_language()), address, address == here) for code, address in shown]


def _nearest(path: str, addresses: Iterable[str]) -> str:
    """Give the address of the menu below which a page lies; empty where there is none."""
    above = (one for one in addresses if path == one or (one != "/" and path.startswith(f"{one.rstrip('/')}/")))
    return max(above, key=len, default="")
