"""The pages that are measured: who opens which, and what kind of page it is."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from django.urls import reverse
from plan import MONTHS, NOW, YEAR, Plan

from baton.assessment.models import (
    Contest,
    Duty,
    LedgerEntry,
    Release,
    Run,
    Submission,
    TrackedItem,
    Window,
)
from baton.core.models import User
from baton.org.models import Person

LAST = f"{YEAR}-{MONTHS - 1:02d}"
HEAD, OFFICE, LEADER = "office_head-0", "office-1", "county_leader-5"
KEEPER, GIVER, WATCHER = "system_administrator-13", "security_administrator-14", "audit_administrator-15"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its kind (list, form, league, overview, search), who opens it, its address."""

    kind: str
    who: str
    address: str

    def told(self) -> dict[str, str]:
        """Give it as JSON wants it."""
        return asdict(self)


def pages(plan: Plan) -> list[Page]:
    """List every page that is measured."""
    return [*_homes(plan), *_reporting(plan), *_office(), *_checking(plan), *_results(plan), *_org(plan), *_rest()]


def _page(kind: str, who: str, name: str, *args: Any, query: str = "") -> Page:
    return Page(kind, who, reverse(name, args=args) + query)


def _homes(plan: Plan) -> Iterator[Page]:
    for who in (HEAD, OFFICE, LEADER, "p00000", *(f"{role}-{_busy(plan)}" for role in _ROLES)):
        yield _page("list", who, "home")


_ROLES = ("reporter", "verifier", "unit_head", "leader_in_charge")


def _busy(plan: Plan) -> str:
    """A department that leads several indicators."""
    return plan.code(plan.townships + 1).lower()


def _reporting(plan: Plan) -> Iterator[Page]:
    clerk, code = f"reporter-{_busy(plan)}", _busy(plan).upper()
    own = Submission.objects.filter(month__period=NOW, unit__code=code).order_by("pk")[0].pk
    entry = LedgerEntry.objects.filter(announced_at__isnull=False).select_related("unit")[0]
    yield _page("list", clerk, "reports")
    yield _page("list", OFFICE, "reports")
    yield _page("form", clerk, "report-grid", NOW, code)
    yield _page("form", clerk, "report-check", NOW, code)
    yield _page("form", clerk, "report-workbook", NOW, code)
    yield _page("form", clerk, "report-own", own)
    yield _page("list", OFFICE, "ledger")
    yield _page("list", clerk, "ledger")
    yield _page("form", OFFICE, "ledger-note")
    yield _page("form", f"reporter-{entry.unit.code.lower()}", "ledger-entry", entry.pk)


def _office() -> Iterator[Page]:
    window = Window.objects.filter(month__period=LAST)[0].pk
    yield _page("list", HEAD, "office-month", NOW)
    yield _page("list", HEAD, "office-month", LAST)
    yield _page("list", OFFICE, "windows", NOW)
    yield _page("form", OFFICE, "window-reopen", window)
    yield _page("form", HEAD, "result-readers")
    yield _page("league", HEAD, "run", LAST, Run.objects.filter(month__period=LAST)[0].pk)
    yield _page("form", HEAD, "publish", LAST)
    for release in Release.objects.filter(month__period=NOW)[:1]:
        yield _page("form", OFFICE, "release", NOW, release.pk)


def _checking(plan: Plan) -> Iterator[Page]:
    code = _busy(plan)
    head, verifier = f"unit_head-{code}", f"verifier-{code}"
    contest = Contest.objects.all()[0]
    duty = Duty.objects.get(series=contest.about.series, unit=contest.unit)
    item = TrackedItem.objects.order_by("pk")[0]
    yield _page("list", head, "check-sheet", LAST, code.upper())
    yield _page("list", head, "check-sheet", NOW, code.upper())
    yield _page("list", verifier, "verify-month", NOW)
    yield _page("list", OFFICE, "verify-month", LAST)
    if duty.verifier is not None:
        yield _page("form", f"verifier-{duty.verifier.code.lower()}", "contest-answer", contest.pk)
    yield _page("list", OFFICE, "tracking")
    yield _page("list", head, "tracking")
    yield _page("form", f"unit_head-{item.unit.code.lower()}", "tracked-item", item.pk)
    yield _page("form", OFFICE, "track-task")


def _results(plan: Plan) -> Iterator[Page]:
    code = plan.code(3)
    yield _page("overview", LEADER, "results-month", LAST)
    yield _page("overview", "p00000", "results-month", LAST)
    yield _page("league", LEADER, "league", LAST)
    yield _page("league", LEADER, "league", LAST, query="?group=TA")
    yield _page("league", LEADER, "newest-league")
    yield _page("league", LEADER, "indicator-result", LAST, "I007")
    yield _page("list", LEADER, "unit-result", LAST, code)
    yield _page("list", LEADER, "trace", LAST, code, "I007")
    yield _page("league", LEADER, "compare", query=f"?month={LAST}&unit={code}")
    yield _page("league", LEADER, "peers", LAST)


def _org(plan: Plan) -> Iterator[Page]:
    code = plan.code(2)
    person = Person.objects.get(user__username=f"reporter-{code.lower()}").pk
    yield _page("list", OFFICE, "units")
    yield _page("list", OFFICE, "units", query="?q=镇&sort=-code&page=2")
    yield _page("list", OFFICE, "unit", code)
    for name in ("unit-add", "unit-merge", "person-add"):
        yield _page("form", KEEPER, name)
    for name in ("unit-edit", "unit-rename", "unit-split"):
        yield _page("form", KEEPER, name, code)
    yield _page("list", KEEPER, "people")
    yield _page("list", KEEPER, "people", query="?page=100")
    yield _page("list", KEEPER, "people", query="?sort=-name&q=王")
    yield _page("list", GIVER, "person", person)
    yield _page("form", KEEPER, "person-edit", person)
    yield _page("form", GIVER, "role-grant", person)
    yield _page("form", KEEPER, "handover", person)
    yield _page("form", f"reporter-{code.lower()}", "lending")
    yield _page("list", GIVER, "role-requests")
    yield _page("list", WATCHER, "rights")
    yield _page("list", OFFICE, "calendar")
    for kind in ("units", "accounts"):
        yield _page("form", KEEPER, "imports", kind)


def _rest() -> Iterator[Page]:
    yield _page("list", WATCHER, "audit")
    yield _page("list", f"unit_head-{'t001'}", "notices")
    yield _page("list", HEAD, "jobs")
    yield _page("list", KEEPER, "slips")
    yield _page("form", KEEPER, "parameters")
    yield _page("list", KEEPER, "keys")
    yield _page("list", GIVER, "security")
    yield _page("form", GIVER, "security-account", User.objects.get(username="reporter-t001").pk)
    for name in ("account", "password", "sign-ins"):
        yield _page("form", OFFICE, name)
    for words in ("王芳", "财政", "柳林驿东", "管理局", "王", "没有这个"):
        yield _page("search", OFFICE, "search", query=f"?q={words}")
    yield Page("form", "", reverse("sign-in"))
