"""Units, people, accounts and roles of the measured county, written in bulk; sessions for those who will work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from plan import ROOT, YEAR, Plan

from baton.core import clock
from baton.core.acting import SYSTEM, acting
from baton.core.models import User
from baton.engine.scheme.text import to_yaml
from baton.org.actions.imports import take_import, try_import
from baton.org.actions.units import add_unit
from baton.org.choices import COUNTY_WIDE, ImportKind, Role
from baton.org.models import Assignment, Person, Unit

SINCE = date(YEAR - 1, 1, 1)
VILLAGES = 5
IN_UNITS = (Role.UNIT_HEAD, Role.LEADER_IN_CHARGE, Role.REPORTER, Role.VERIFIER)
FOR_THE_COUNTY = (
    Role.OFFICE_HEAD,
    *[Role.OFFICE] * 4,
    *[Role.COUNTY_LEADER] * 6,
    *[Role.AUDITOR] * 2,
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)
TITLES = {
    Role.UNIT_HEAD: "主要负责人",
    Role.LEADER_IN_CHARGE: "分管领导",
    Role.REPORTER: "填报员",
    Role.VERIFIER: "审核员",
}
FAMILY = "王李张刘陈杨黄赵吴周沈陆叶秦苏许俞温柏乔"
GIVEN = "芳伟敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A person to be made: name for signing in, name, unit, title, role."""

    username: str
    name: str
    unit: str
    title: str
    role: Role


def load_units(plan: Plan) -> None:
    """Write the county's units down from its scheme, and villages below the townships."""
    add_unit(code=ROOT, name="云渡县", kind="县", by=SYSTEM)
    content = to_yaml(plan.scheme()).encode()
    take_import(
        imported=try_import(kind=ImportKind.UNITS, content=content, file_name="county.yaml", by=SYSTEM), by=SYSTEM
    )
    above = Unit.objects.in_bulk([plan.code(number) for number in range(plan.townships)], field_name="code")
    with acting(SYSTEM) as told:
        made = Unit.objects.bulk_create(
            Unit(code=f"{code}V{n}", name=f"{unit.name[:-1]}{n + 1}村", kind="村", parent=unit, order=1_000 + n)
            for code, unit in above.items()
            for n in range(VILLAGES)
        )
        told.did("example.people_loaded", count=len(made))


def load_people(plan: Plan) -> None:
    """Write people down, all with an account that nobody knows the password of: their sessions are made beside."""
    wanted = list(_wanted(plan))
    units = {unit.code: unit for unit in Unit.objects.all()}
    now, secret = clock.now(), make_password(None)
    with acting(SYSTEM) as told:
        users = User.objects.bulk_create(
            User(username=one.username, name=one.name, password=secret, created_at=now, password_changed_at=now)
            for one in wanted
        )
        people = Person.objects.bulk_create(
            Person(name=one.name, unit=units[one.unit], title=one.title, user=user)
            for one, user in zip(wanted, users, strict=True)
        )
        Assignment.objects.bulk_create(
            Assignment(
                user=user,
                role=one.role.value,
                unit=None if one.role in COUNTY_WIDE else units[one.unit],
                valid_from=SINCE,
                reason="初始角色",
            )
            for one, user in zip(wanted, users, strict=True)
        )
        told.did("example.people_loaded", count=len(people))


def _wanted(plan: Plan) -> Iterator[Wanted]:
    """Name who does what: the county's own people, four of each unit, and officials up to the number there is."""
    home = plan.code(plan.townships)
    for number, role in enumerate(FOR_THE_COUNTY):
        yield Wanted(f"{role.value}-{number}", _name(number), home, "工作人员", role)
    for at, code in enumerate(plan.codes):
        for number, role in enumerate(IN_UNITS):
            yield Wanted(f"{role.value}-{code}".lower(), _name(97 * at + number), code, TITLES[role], role)
    rest = plan.people - len(FOR_THE_COUNTY) - len(IN_UNITS) * plan.units
    for number, code in zip(range(rest), cycle(plan.codes), strict=False):
        yield Wanted(f"p{number:05d}", _name(31 * number), code, "科员", Role.OFFICIAL)


def _name(number: int) -> str:
    at, rest = number % len(FAMILY), number // len(FAMILY)
    return FAMILY[at] + GIVEN[rest % len(GIVEN)] + GIVEN[rest // len(GIVEN) % len(GIVEN)]


def sessions() -> dict[str, str]:
    """Sign everybody with work to do in, as of now; give the session's key by the name for signing in."""
    rows = Assignment.objects.exclude(role=Role.OFFICIAL).select_related("user")
    users = {one.user.username: one.user for one in rows}
    official = User.objects.filter(username="p00000").first()
    if official is not None:
        users[official.username] = official
    return {name: _session(user) for name, user in users.items()}


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    session.update({"seen": int(clock.now().timestamp()), "idle": 8 * 3600, "warn": 60})
    session.set_expiry(8 * 3600)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value
