"""People of the example county: the accounts to try it with, and a head, a leader and a clerk for every unit.

All names are made up. One password for all accounts to try belongs to a demo and to nothing else: it is refused where
there is any account already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.models import User
from baton.engine.scheme.text import read
from baton.example.county.units import ROOT
from baton.example.yundu import scheme_text
from baton.org.choices import COUNTY_WIDE, Role
from baton.org.models import Assignment, Person, Unit
from baton.words import Problem, Refused

SINCE = date(2025, 1, 1)
"""The day from which all of them hold their roles: the first of the county's first year."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to try the county with: who it is, where, and in which role."""

    username: str
    name: str
    unit: str
    title: str
    role: Role


ACCOUNTS = (
    DemoAccount("zhouhe", "周禾", "D06", "考核办主任", Role.OFFICE_HEAD),
    DemoAccount("duanzhiqiu", "段知秋", "D06", "考核办经办", Role.OFFICE),
    DemoAccount("heqing", "贺青", "D26", "牵头部门审核员", Role.VERIFIER),
    DemoAccount("guruoshui", "顾若水", "D31", "责任部门审核员", Role.VERIFIER),
    DemoAccount("linxiaoman", "林小满", "T04", "填报员", Role.REPORTER),
    DemoAccount("shengyuanchuan", "盛远川", "T04", "党委书记", Role.UNIT_HEAD),
    DemoAccount("heyaqin", "何雅琴", "T04-V01", "村填报员", Role.REPORTER),
    DemoAccount("xianlingdao", "江望舒", ROOT, "分管县领导", Role.COUNTY_LEADER),
    DemoAccount("wenluming", "文鹿鸣", "D13", "党校教务", Role.OFFICIAL),
    DemoAccount("zhuyifan", "祝一帆", "T07", "干部", Role.OFFICIAL),
    DemoAccount("lingshi", "凌石", "D33", "审计（只读）", Role.AUDITOR),
    DemoAccount("chengmu", "程木", "D35", "系统管理员", Role.SYSTEM_ADMINISTRATOR),
    DemoAccount("anlan", "安澜", "D35", "安全管理员", Role.SECURITY_ADMINISTRATOR),
    DemoAccount("jianning", "简宁", "D35", "审计管理员", Role.AUDIT_ADMINISTRATOR),
)
"""Accounts for every role, in the order in which a tour meets them; the village's fills in a part of its township's."""
_FAMILY = "沈陆叶秦苏许俞温柏乔岑邵阮梁纪凌傅裴邱顾"
_GIVEN = "见山知行清和既白望川怀谷听澜守正云开思齐一鸣若水长青子衿亦安南乔"
"""Given names of two characters each."""
_CLERKS = (
    (Role.UNIT_HEAD, "主要负责人"),
    (Role.LEADER_IN_CHARGE, "分管领导"),
    (Role.REPORTER, "填报员"),
)


def load_people(*, password: str, by: Actor = SYSTEM) -> tuple[DemoAccount, ...]:
    """Make the accounts to try the county with, all with one password, and people for every unit without one.

    Wants the units (`load_units`). Gives the accounts, for the command to tell. Raises `Refused` where there is any
    account: a county that works is never opened with a password that a command told.
    """
    if User.objects.exists():
        raise Refused([Problem("example.county_has_accounts")])
    wanted = (*ACCOUNTS, *_everybody_else())
    units = {unit.code: unit for unit in Unit.objects.all()}
    wanted = tuple(one for one in wanted if one.unit in units)
    secret, now = make_password(password), clock.now()
    tried = {one.username for one in ACCOUNTS}
    with acting(by) as told:
        made = User.objects.bulk_create(
            User(
                username=one.username,
                name=one.name,
                password=secret if one.username in tried else make_password(None),
                created_at=now,
                password_changed_at=now if one.username in tried else None,
            )
            for one in wanted
        )
        Person.objects.bulk_create(
            Person(name=one.name, unit=units[one.unit], title=one.title, user=user)
            for one, user in zip(wanted, made, strict=True)
        )
        Assignment.objects.bulk_create(_assignments(wanted, made, units))
        told.did("example.people_loaded", count=len(made))
    return tuple(one for one in ACCOUNTS if one.unit in units)


def _assignments(wanted: Sequence[DemoAccount], made: Sequence[User], units: dict[str, Unit]) -> Iterator[Assignment]:
    for one, user in zip(wanted, made, strict=True):
        unit = None if one.role in COUNTY_WIDE else units[one.unit]
        yield Assignment(user=user, role=one.role.value, unit=unit, valid_from=SINCE, reason="示例县的初始角色")


def _given(number: int) -> str:
    """Give one of the given names, another for each number."""
    at = 2 * ((number * 7 + number // len(_FAMILY)) % (len(_GIVEN) // 2))
    return _GIVEN[at : at + 2]


def _everybody_else() -> Iterator[DemoAccount]:
    """Name a head, a leader in charge and a clerk for each unit, and who verifies where a unit leads an indicator."""
    scheme = max((source.scheme for source in read(scheme_text(), "yundu.yaml")), key=lambda one: one.effective_from)
    leads = {one.lead for one in scheme.indicators if one.lead}
    there = {(one.unit, one.role) for one in ACCOUNTS}
    number = 0
    for unit in scheme.units:
        if unit.group is None:
            continue
        roles = [*_CLERKS, *([(Role.VERIFIER, "审核员")] if unit.code in leads else [])]
        for role, title in roles:
            if (unit.code, role) in there:
                continue
            name = _FAMILY[number % len(_FAMILY)] + _given(number)
            yield DemoAccount(f"{unit.code.lower()}-{role.value.replace('_', '-')}", name, unit.code, title, role)
            number += 1
