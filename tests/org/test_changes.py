"""Units get other names, merge and split, with document and day; what contradicts is refused, all of it at once."""

from datetime import date

import pytest

from baton.core.acting import SYSTEM, Actor
from baton.core.chain import verify_chain
from baton.core.models import AuditRow, User
from baton.org.actions.changes import merge_units, rename_unit, split_unit
from baton.org.actions.units import add_unit, edit_unit
from baton.org.choices import Role
from baton.org.models import Unit, UnitChange, UnitName
from baton.org.queries.names import NamesOnDay
from baton.words import Problem, Refused
from people import give, make_unit, make_user

pytestmark = pytest.mark.django_db
DOCUMENT = "民函〔2021〕7号"


@pytest.fixture
def by(user: User) -> Actor:
    """The system administrator."""
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return Actor(user)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_a_county_becomes_a_city(by: Actor, user: User) -> None:
    """祁阳县 became 祁阳市 in 2021; the day and the document are made up here."""
    county = make_unit("431121", "祁阳县")
    rename_unit(unit=county, name="祁阳市", on=date(2021, 1, 20), document=DOCUMENT, by=by)
    county.refresh_from_db()
    assert county.name == "祁阳市"
    before, after = NamesOnDay(user, date(2021, 1, 19)), NamesOnDay(user, date(2021, 1, 20))
    assert before.find("祁阳县") == county == after.find("祁阳市")
    for names, given, called in ((before, "祁阳市", "祁阳县"), (after, "祁阳县", "祁阳市")):
        found = names.find(given)
        assert isinstance(found, Problem)
        assert (found.code, found.params["name"]) == ("org.called_otherwise_then", called)
    row = AuditRow.objects.get()
    assert (row.action, row.object_name, row.detail["old"]) == ("org.unit_renamed", "祁阳市", "祁阳县")
    assert verify_chain() == (1, None)


def test_names_follow_each_other_without_a_gap(by: Actor) -> None:
    unit = make_unit("D35", "县大数据中心", valid_from=date(2019, 3, 12))
    rename_unit(unit=unit, name="县数据资源局", on=date(2022, 5, 1), document=DOCUMENT, by=by)
    rename_unit(unit=unit, name="县数据局", on=date(2024, 3, 28), document=DOCUMENT, by=by)
    rename_unit(unit=unit, name="县大数据中心", on=date(2025, 1, 1), document=DOCUMENT, by=by)
    rows = list(UnitName.objects.order_by("valid_from").values_list("name", "valid_from", "valid_to"))
    assert rows == [
        ("县大数据中心", date(2019, 3, 12), date(2022, 4, 30)),
        ("县数据资源局", date(2022, 5, 1), date(2024, 3, 27)),
        ("县数据局", date(2024, 3, 28), date(2024, 12, 31)),
        ("县大数据中心", date(2025, 1, 1), None),
    ]


def test_a_renaming_that_contradicts_is_refused_with_every_reason(by: Actor) -> None:
    unit = make_unit(valid_from=date(2019, 3, 12))
    with pytest.raises(Refused) as refused:
        rename_unit(unit=unit, name=unit.name, on=date(2019, 3, 12), document="", by=by)
    assert codes(refused) == ["org.document_missing", "org.day_before_it_began", "org.rename_to_the_same"]
    with pytest.raises(Refused) as refused:
        rename_unit(unit=unit, name="新柳镇", on=date(2999, 1, 1), document=DOCUMENT, by=by)
    assert codes(refused) == ["org.day_to_come"]
    rename_unit(unit=unit, name="新柳镇", on=date(2024, 1, 1), document=DOCUMENT, by=by)
    with pytest.raises(Refused) as refused:
        rename_unit(unit=unit, name="老柳镇", on=date(2024, 1, 1), document=DOCUMENT, by=by)
    assert codes(refused) == ["org.rename_before_the_last"]
    assert UnitChange.objects.count() == 1


def test_the_road_centre_goes_into_the_transport_bureau(by: Actor, user: User) -> None:
    centre = make_unit("D39", "县公路建设养护中心", short_name="县公路中心", valid_from=date(2019, 3, 12))
    bureau = make_unit("D29", "县交通运输局", short_name="县交通局")
    merge_units(units=[centre], into=bureau, on=date(2026, 7, 1), document=DOCUMENT, by=by)
    centre.refresh_from_db()
    assert centre.valid_to == date(2026, 6, 30)
    assert NamesOnDay(user, date(2026, 6, 30)).find("县公路中心") == centre
    found = NamesOnDay(user, date(2026, 7, 1)).find("县公路中心")
    assert isinstance(found, Problem)
    assert (found.code, found.params["successors"]) == ("sheets.unit_ended", "县交通运输局（D29）")
    assert AuditRow.objects.get().detail == {"into": "县交通运输局", "on": "2026-07-01", "document": DOCUMENT}


def test_a_merger_that_contradicts_is_refused(by: Actor) -> None:
    one, gone = make_unit(valid_from=date(2020, 1, 1)), make_unit("L01", "县乡村振兴局", valid_to=date(2024, 3, 20))
    late = make_unit("N01", "新局", valid_from=date(2026, 1, 1))
    for units, into, on, wanted in (
        ([one], one, date(2025, 1, 1), ["org.merged_into_itself"]),
        ([], one, date(2025, 1, 1), ["org.merge_of_nothing"]),
        ([one], late, date(2025, 12, 31), ["org.not_there_on_the_day"]),
        ([one], late, date(2019, 12, 31), ["org.day_before_it_began", "org.not_there_on_the_day"]),
        ([gone], one, date(2024, 3, 21), ["org.has_ended_already"]),
        ([gone], one, date(2024, 3, 1), ["org.end_is_settled"]),
    ):
        with pytest.raises(Refused) as refused:
            merge_units(units=units, into=into, on=on, document=DOCUMENT, by=by)
        assert codes(refused) == wanted
    assert not UnitChange.objects.exists()


def test_a_bureau_is_split_in_two(by: Actor) -> None:
    county = make_unit("C", "云渡县")
    old = make_unit("L02", "县科技和工业信息化局", parent=county, kind="政府部门")
    parts = [("D23", "县工业和信息化局"), ("D24", "县科学技术局")]
    change = split_unit(unit=old, parts=parts, on=date(2024, 4, 15), document=DOCUMENT, by=by)
    old.refresh_from_db()
    assert old.valid_to == date(2024, 4, 14)
    assert [(one.code, one.parent, one.kind, one.valid_from) for one in change.after.order_by("code")] == [
        ("D23", county, "政府部门", date(2024, 4, 15)),
        ("D24", county, "政府部门", date(2024, 4, 15)),
    ]


def test_a_split_may_go_to_a_unit_that_is_there(by: Actor) -> None:
    old, there = make_unit(), make_unit("T05", "马鞍岭镇")
    change = split_unit(unit=old, parts=[("T05", ""), ("T19", "新镇")], on=date(2026, 1, 1), document=DOCUMENT, by=by)
    assert there in change.after.all()


def test_a_split_that_contradicts_is_refused(by: Actor) -> None:
    old, other = make_unit(), make_unit("T05", "马鞍岭镇", valid_to=date(2025, 1, 1))
    for parts, wanted in (
        ([("T19", "新镇")], ["org.split_into_fewer_than_two"]),
        ([("T04", "新镇"), ("T20", "")], ["org.split_into_itself", "org.name_missing"]),
        ([("T19", "新镇"), ("T19", "新镇"), ("", "x")], ["org.split_twice", "org.code_missing"]),
        ([("T05", ""), ("T19", "新镇")], ["org.not_there_on_the_day"]),
    ):
        with pytest.raises(Refused) as refused:
            split_unit(unit=old, parts=parts, on=date(2026, 1, 1), document=DOCUMENT, by=by)
        assert codes(refused) == wanted
    assert other.code
    assert Unit.objects.count() == 2


def test_only_the_system_administrator_touches_units() -> None:
    unit, clerk = make_unit(), make_user()
    give(clerk, Role.OFFICE)
    by, on = Actor(clerk), date(2026, 1, 1)
    for attempt in (
        lambda: add_unit(code="X", name="x", by=by),
        lambda: edit_unit(unit=unit, name="x", parent=None, aliases=(), by=by),
        lambda: rename_unit(unit=unit, name="x", on=on, document=DOCUMENT, by=by),
        lambda: merge_units(units=[unit], into=unit, on=on, document=DOCUMENT, by=by),
        lambda: split_unit(unit=unit, parts=[], on=on, document=DOCUMENT, by=by),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == ["org.needs_role"]
    assert not AuditRow.objects.exists()


def test_a_unit_is_added_and_put_right(by: Actor) -> None:
    county = add_unit(code="C", name="云渡县", by=by)
    unit = add_unit(code="T04", name="柳林译镇", parent=county, kind="镇", by=by)
    edit_unit(unit=unit, name="柳林驿镇", parent=county, aliases=["柳林", " "], short_name="柳林驿", by=by)
    unit.refresh_from_db()
    assert (unit.name, unit.short_name, unit.kind) == ("柳林驿镇", "柳林驿", "镇")
    changed = AuditRow.objects.filter(action="org.unit_edited").get().detail["changed"]
    assert changed == {"name": ["柳林译镇", "柳林驿镇"], "short_name": ["", "柳林驿"], "aliases": ["", "柳林"]}
    with pytest.raises(Refused) as refused:
        edit_unit(unit=county, name="", parent=unit, aliases=(), by=by)
    assert codes(refused) == ["org.name_missing", "org.below_itself"]
    with pytest.raises(Refused) as refused:
        add_unit(code="T04", name="柳林驿镇", parent=county, by=by)
    assert codes(refused) == ["org.code_taken", "org.name_taken"]


@pytest.mark.parametrize("given", ["T04", "柳林驿镇", " 柳 林驿镇 ", "柳林驿", "柳林街道"])
def test_a_unit_is_found_by_any_of_its_names(user: User, given: str) -> None:
    unit = make_unit(short_name="柳林驿")
    UnitName.objects.create(unit=unit, name="柳林街道", alias=True)
    assert NamesOnDay(user, date(2026, 9, 8)).find(given) == unit


def test_what_is_only_near_is_suggested_and_not_taken(user: User) -> None:
    make_unit()
    found = NamesOnDay(user, date(2026, 9, 8)).find("柳林译镇")
    assert isinstance(found, Problem)
    assert (found.code, found.params["near"]) == ("sheets.unit_near_miss", "柳林驿镇（T04）")


def test_the_system_itself_may_write_units() -> None:
    assert add_unit(code="C", name="云渡县", by=SYSTEM).pk
