"""Pages of units and people that need an argument, in real Chromium, with long names, at both widths."""

from datetime import timedelta

import pytest
from django.urls import reverse

from baton.core import clock
from baton.core.acting import Actor
from baton.org.actions.imports import take_import, try_import
from baton.org.choices import ImportKind, Role
from baton.org.models import Import, Person, RoleRequest, Unit, UnitChange, UnitName
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from people import give, make_unit, make_user
from small_books import workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "云渡高新技术产业开发区管理委员会综合行政执法和应急管理协调办公室"


def a_county() -> tuple[Unit, Person, dict[str, int]]:
    county = make_unit("C", "云渡县")
    unit = make_unit("P01", LONG, parent=county, short_name="云渡高新区", note=LONG)
    Unit.objects.bulk_create(Unit(code=f"V{n}", name=f"{LONG}第{n}分局", parent=county) for n in range(150))
    UnitName.objects.create(unit=unit, name=f"原{LONG}", valid_to=clock.today())
    change = UnitChange.objects.create(kind="merge", on=clock.today(), document=LONG)
    change.before.add(county)
    change.after.add(unit)
    user = make_user("clerk", "欧阳若水")
    person = Person.objects.create(name="欧阳若水", unit=unit, user=user, title=LONG)
    held = give(user, Role.REPORTER, unit, reason=LONG)
    make_user_request(user, unit)
    head = ("代码", "名称", "上级单位")
    keeper = Actor(make_user("keeper", "程木"))
    assert keeper.user is not None
    give(keeper.user, Role.SYSTEM_ADMINISTRATOR)
    good = try_import(
        kind=ImportKind.UNITS, content=workbook(head, ("N1", LONG + "一", "C")), file_name="单位.xlsx", by=keeper
    )
    bad = try_import(kind=ImportKind.UNITS, content=workbook(head, ("", LONG, "无")), file_name="单位.xlsx", by=keeper)
    take_import(imported=good, by=keeper)
    return unit, person, {"held": held.pk, "good": good.pk, "bad": bad.pk}


def make_user_request(user: object, unit: Unit) -> None:
    RoleRequest.objects.create(
        user=user,
        role=Role.VERIFIER,
        unit=unit,
        valid_from=clock.today() + timedelta(days=1),
        asked_at=clock.now(),
        asked_by=user,
        reason=LONG,
    )


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.OFFICE])
def test_pages_are_accessible_with_long_names(open_page: Open, role: Role, viewport: dict[str, int]) -> None:
    unit, person, numbers = a_county()
    user = make_user("somebody", "段知秋")
    give(user, role)
    both = [reverse("unit", args=[unit.code]), reverse("person", args=[person.pk]), f"{reverse('units')}?q=分局"]
    wanted = {
        Role.SYSTEM_ADMINISTRATOR: [
            *both,
            *(reverse(name, args=[unit.code]) for name in ("unit-edit", "unit-rename", "unit-split")),
            *(reverse(name, args=[person.pk]) for name in ("person-edit", "handover", "account-close")),
            reverse("imports", args=["units"]),
            reverse("import", args=[numbers["good"]]),
            reverse("import", args=[numbers["bad"]]),
        ],
        Role.SECURITY_ADMINISTRATOR: [
            *both,
            reverse("role-grant", args=[person.pk]),
            reverse("role-end", args=[numbers["held"]]),
            reverse("role-requests"),
            reverse("rights"),
        ],
        Role.OFFICE: [*both, f"{reverse('calendar')}?year=2098", reverse("imports", args=["days"])],
    }[role]
    page = open_page(reverse("people"), user, viewport)
    for address in wanted:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + address)
        assert page.locator("h1").count() == 1, address
        accessible(page)
        no_sideways(page)
    assert Import.objects.count() == 2
