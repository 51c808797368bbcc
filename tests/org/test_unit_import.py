"""Units come by workbook: every problem at its cell, what changes before it does, all or nothing, and back again."""

import json
from datetime import date

import pytest
from django.db.models import ProtectedError

from baton.core.acting import Actor
from baton.core.models import AuditRow, User
from baton.example import scheme_text
from baton.org.actions.changes import rename_unit
from baton.org.actions.imports import take_back, take_import, try_import
from baton.org.choices import ImportKind, ImportState, Role
from baton.org.models import Import, Person, Unit, UnitChange
from baton.org.models.unit import UnitQuerySet
from baton.org.queries import tree
from baton.org.rules.imports import problems_of
from baton.org.workbooks.units import COLUMNS
from baton.words import Language, Refused, render
from people import give, make_unit, make_user
from small_books import workbook

pytestmark = pytest.mark.django_db
HEAD = tuple(column.headers[0] for column in COLUMNS)
DAY = date(2026, 9, 8)


@pytest.fixture
def by(user: User) -> Actor:
    """The system administrator."""
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return Actor(user)


def tried(by: Actor, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Import:
    return try_import(kind=ImportKind.UNITS, content=workbook(head, *rows), file_name="单位.xlsx", by=by)


def said(kept: Import) -> list[tuple[str, str]]:
    return [(one.place.cell, one.code) for one in problems_of(kept.problems)]


COUNTY = ("C", "云渡县", "", "", "县", "", "", "", "")
TOWN = ("T04", "柳林驿镇", "柳林驿", "柳林、老柳林", "镇", "云渡县", "2019-03-12", "", "交通枢纽镇")
VILLAGE = ("T04001", "柳林村", "", "", "村", "柳林驿镇", date(2019, 3, 12), "", "")


def test_a_tree_down_to_villages_comes_in_whole_and_goes_back_whole(by: Actor, user: User) -> None:
    kept = tried(by, VILLAGE, TOWN, COUNTY)
    assert (kept.state, kept.problems, Unit.objects.count()) == (ImportState.READY.value, [], 0)
    assert [(one["key"], one["fields"]["parent"]) for one in kept.changes] == [
        ("T04001", ["", "T04"]),
        ("T04", ["", "C"]),
        ("C", ["", ""]),
    ]
    take_import(imported=kept, by=by)
    take_import(imported=kept, by=by)
    assert [(one.unit.code, one.depth) for one in tree(user, DAY)] == [("C", 0), ("T04", 1), ("T04001", 2)]
    town = Unit.objects.get(code="T04")
    assert (town.valid_from, town.note) == (date(2019, 3, 12), "交通枢纽镇")
    assert sorted(town.names.values_list("name", flat=True)) == ["柳林", "老柳林"]
    assert AuditRow.objects.filter(action="org.unit_added").count() == 3
    take_back(imported=kept, by=by)
    take_back(imported=kept, by=by)
    assert not Unit.objects.exists()
    assert Import.objects.get().state == ImportState.UNDONE.value


def test_what_changes_is_shown_before_and_after_and_taken_back(by: Actor) -> None:
    take_import(imported=tried(by, COUNTY, TOWN), by=by)
    changed = (*TOWN[:2], "柳林", "", "镇", "C", "", "", "枢纽")
    kept = tried(by, COUNTY, changed)
    assert kept.unchanged == 1
    assert kept.changes[0]["fields"] == {
        "short_name": ["柳林驿", "柳林"],
        "aliases": ["柳林、老柳林", ""],
        "valid_from": ["2019-03-12", ""],
        "note": ["交通枢纽镇", "枢纽"],
    }
    take_import(imported=kept, by=by)
    town = Unit.objects.get(code="T04")
    assert (town.short_name, town.valid_from, town.names.count()) == ("柳林", None, 0)
    take_back(imported=kept, by=by)
    town.refresh_from_db()
    assert (town.short_name, town.valid_from, town.names.count()) == ("柳林驿", date(2019, 3, 12), 2)


def test_columns_that_are_not_there_change_nothing(by: Actor) -> None:
    take_import(imported=tried(by, COUNTY, TOWN), by=by)
    kept = tried(by, ("T04", "柳林驿镇"), head=("代码", "名称"))
    assert (kept.problems, kept.changes, kept.unchanged) == ([], [], 1)


def test_every_problem_is_told_at_its_cell(by: Actor) -> None:
    make_unit("D06", "县委组织部")
    kept = tried(
        by,
        COUNTY,
        ("T04", "柳林驿镇", "", "", "镇", "云渡", "2019年13月", "", ""),
        ("T04", "马鞍岭镇", "", "", "镇", "云渡县", "2020-01-02", "2020-01-01", ""),
        ("", "无码镇", "", "", "镇", "", "", "", ""),
        ("T06", "", "x" * 101, "", "镇", "T07", "", "", ""),
        ("T07", "罗家坝镇", "", "", "镇", "T07", "", "", ""),
        ("D06", "县委党校", "", "", "", "", "", "", ""),
    )
    assert kept.state == ImportState.REFUSED.value
    assert sorted(said(kept)) == [
        ("A5", "org.row_code_twice"),
        ("A6", "org.row_without_code"),
        ("B7", "org.row_without_name"),
        ("B9", "org.row_renames"),
        ("C7", "org.row_too_long"),
        ("F4", "sheets.unit_near_miss"),
        ("F8", "org.row_below_itself"),
        ("G4", "org.not_a_day"),
        ("H5", "org.ends_before_it_begins"),
    ]
    for problem in problems_of(json.loads(json.dumps(kept.problems))):
        for language in Language:
            assert render(problem, language).what
    with pytest.raises(Refused) as refused:
        take_import(imported=kept, by=by)
    assert refused.value.problems[0].code == "org.import_not_ready"


def test_a_file_that_is_no_workbook_is_told(by: Actor) -> None:
    kept = try_import(kind=ImportKind.UNITS, content=b"%PDF-1.7", file_name="a.pdf", by=by)
    assert (kept.state, len(kept.problems)) == (ImportState.REFUSED.value, 1)


def test_a_try_that_is_out_of_date_is_not_taken(by: Actor) -> None:
    kept = tried(by, COUNTY, TOWN)
    make_unit("C", "云渡县", kind="县")
    with pytest.raises(Refused) as refused:
        take_import(imported=kept, by=by)
    assert refused.value.problems[0].code == "org.import_stale"
    assert Unit.objects.count() == 1


def test_what_others_have_built_on_is_not_taken_back(by: Actor) -> None:
    kept = tried(by, COUNTY, TOWN)
    take_import(imported=kept, by=by)
    town, county = Unit.objects.get(code="T04"), Unit.objects.get(code="C")
    Person.objects.create(name="林小满", unit=town)
    rename_unit(unit=county, name="云渡市", on=date(2026, 1, 1), document="国函〔2026〕1号", by=by)
    with pytest.raises(Refused) as refused:
        take_back(imported=kept, by=by)
    assert {(one.code, one.params["code"]) for one in refused.value.problems} == {
        ("org.undo_changed_since", "C"),
        ("org.undo_in_use", "C"),
        ("org.undo_in_use", "T04"),
    }
    assert Unit.objects.count() == 2
    assert AuditRow.objects.filter(action="org.import_undone").count() == 0


def test_only_the_system_administrator_brings_units_in(by: Actor) -> None:
    kept = tried(by, COUNTY)
    other = make_user("duanzhiqiu", "段知秋")
    give(other, Role.OFFICE)
    for attempt in (
        lambda: tried(Actor(other), COUNTY),
        lambda: take_import(imported=kept, by=Actor(other)),
        lambda: take_back(imported=kept, by=Actor(other)),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.problems[0].code == "org.needs_role"
    assert not Import.objects.visible_to(other)
    assert by.user is not None
    assert Import.objects.visible_to(by.user).get() == kept


def test_the_units_of_a_scheme_go_below_the_one_root(by: Actor, user: User) -> None:
    make_unit("C", "云渡县")
    content = scheme_text().encode()
    kept = try_import(kind=ImportKind.UNITS, content=content, file_name="yundu.yaml", by=by)
    take_import(imported=kept, by=by)
    assert Unit.objects.filter(parent__code="C").count() == 87
    changes = {tuple(one.code for one in change.before.all()): change for change in UnitChange.objects.all()}
    assert {before: (change.kind, change.on) for before, change in changes.items()} == {
        ("L01",): ("merge", date(2024, 3, 21)),
        ("L02",): ("split", date(2024, 4, 15)),
        ("D39",): ("merge", date(2026, 7, 1)),
    }
    assert [one.code for one in changes["L02",].after.order_by("code")] == ["D23", "D24"]
    again = try_import(kind=ImportKind.UNITS, content=content, file_name="yundu.yaml", by=by)
    assert (again.changes, again.unchanged) == ([], 87)
    take_back(imported=kept, by=by)
    assert (Unit.objects.count(), UnitChange.objects.count()) == (1, 0)


def test_a_unit_that_an_app_above_holds_is_not_taken_back(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tried(by, COUNTY)
    take_import(imported=kept, by=by)

    def held(rows: object) -> None:
        raise ProtectedError("held", set())

    monkeypatch.setattr(UnitQuerySet, "delete", held)
    with pytest.raises(Refused) as refused:
        take_back(imported=kept, by=by)
    assert [one.code for one in refused.value.problems] == ["org.undo_in_use"]
    assert Unit.objects.count() == 1
