"""Three people for every unit of the county, so that every figure has somebody who entered, put on and signed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from baton.core import clock
from baton.core.acting import Actor
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment, Person, Unit

_SURNAMES = "周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
_GIVEN = (
    "安然",
    "书宁",
    "立夏",
    "明远",
    "知行",
    "子衿",
    "若水",
    "长青",
    "怀瑾",
    "景行",
    "望舒",
    "清和",
    "思齐",
    "允升",
)
_ROLES = {
    "liaison": ("考核联络员", (Role.REPORTER, Role.VERIFIER)),
    "deputy": ("分管领导", (Role.LEADER_IN_CHARGE,)),
    "head": ("主要负责人", (Role.UNIT_HEAD,)),
}
"""Beginning of the account, title of the person, roles in the unit."""
SINCE = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Staff:
    """The three people of a unit."""

    liaison: Actor
    deputy: Actor
    head: Actor


def make_staff(units: list[Unit]) -> Mapping[int, Staff]:
    """Make three accounts per unit, named after its code; nobody can sign in with them until a slip is issued.

    Gives them by the unit's number. An account that is there already is kept.
    """
    wanted = [(unit, kind) for unit in units for kind in _ROLES]
    names = [_account(unit, kind) for unit, kind in wanted]
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    unusable = make_password(None)
    User.objects.bulk_create(
        User(username=name, name=_name(number), created_at=clock.now(), password=unusable)
        for number, name in enumerate(names)
        if name not in there
    )
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    fresh = [(unit, kind, users[_account(unit, kind)]) for unit, kind in wanted if _account(unit, kind) not in there]
    Person.objects.bulk_create(
        Person(name=user.name, unit=unit, title=_ROLES[kind][0], user=user) for unit, kind, user in fresh
    )
    Assignment.objects.bulk_create(
        Assignment(user=user, role=role.value, unit=unit, valid_from=SINCE)
        for unit, kind, user in fresh
        for role in _ROLES[kind][1]
    )
    return {unit.pk: Staff(*(Actor(users[_account(unit, kind)]) for kind in _ROLES)) for unit in units}


def _account(unit: Unit, kind: str) -> str:
    return f"{kind}-{unit.code.lower()}"


def _name(number: int) -> str:
    return f"{_SURNAMES[number % len(_SURNAMES)]}{_GIVEN[number * 7 % len(_GIVEN)]}"
