"""Search: two Chinese characters are enough, rights hold, and what somebody types is never taken for a command."""

from typing import Any

import pytest

from baton.core.acting import SYSTEM, acting
from baton.core.models import SearchEntry, User
from baton.core.queries.search import find
from baton.core.rules.grams import grams, normal, terms
from baton.core.search.filling import refill, refresh
from baton.core.search.refilling import out_of_step
from baton.org.choices import Role
from baton.org.models import Person, Unit, UnitName
from people import give, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("污水处理厂", ["污", "水", "处", "理", "厂", "污水", "水处", "处理", "理厂"]),
        ("Ｔ０４ 柳林", ["t04", "柳", "林", "柳林"]),
        ("2026年", ["2026", "年"]),
        ("", []),
        ("，。！", []),
    ],
)
def test_words_become_characters_pairs_and_words(words: str, made: list[str]) -> None:
    assert grams(words) == made


def test_a_question_asks_for_pairs_or_the_one_character() -> None:
    assert terms("污水处理") == [("污水", False), ("水处", False), ("处理", False)]
    assert terms("王") == [("王", False)]
    assert terms("Lin 镇") == [("lin", True), ("镇", False)]
    assert len(terms("字" * 20 + "".join(map(chr, range(0x4E00, 0x4F00))))) <= 32
    assert normal("　Ａ　b\n") == "a b"


def titles(user: User, words: str) -> list[str]:
    return [hit.title for hit in find(user, words)]


@pytest.fixture
def office(user: User) -> User:
    give(user, Role.OFFICE)
    return user


@pytest.fixture
def county(db: None) -> Unit:
    unit = make_unit("D07", "县污水处理中心", kind="部门")
    finance = make_unit("D01", "县财政局", short_name="财政")
    make_unit("T04", "柳林驿镇")
    Person.objects.create(name="王芳", unit=finance, title="科员")
    Person.objects.create(name="王小芳", unit=unit)
    list(refill())
    return unit


def test_two_characters_are_enough(office: User, county: Unit) -> None:
    assert titles(office, "污水") == ["县污水处理中心", "王小芳"], "the unit, and whose unit it is"
    assert titles(office, "财政") == ["县财政局", "王芳"]
    assert titles(office, "王芳") == ["王芳"], "the pair itself, not two characters apart"
    assert titles(office, "王") == ["王小芳", "王芳"]
    assert titles(office, "柳林驿") == ["柳林驿镇"]
    assert titles(office, "水厂") == []


def test_several_words_must_all_be_there_and_latin_ones_may_go_on(office: User, county: Unit) -> None:
    assert titles(office, "王 财政") == ["王芳"]
    assert titles(office, "d0 县") == ["县污水处理中心", "县财政局"]
    assert titles(office, "Ｄ０１") == ["县财政局"]
    assert titles(office, "财政 柳林") == []


def test_pairs_that_stand_apart_are_no_hit(office: User) -> None:
    make_unit("X1", "水厂管理站", short_name="污水")
    list(refill())
    assert titles(office, "污水厂") == []
    assert titles(office, "水厂") == ["水厂管理站"]


def test_what_it_is_comes_before_what_begins_with_it_and_what_has_it(office: User) -> None:
    for number, name in enumerate(("大柳林村", "柳林驿镇", "柳林")):
        make_unit(f"U{number}", name)
    make_unit("U9", "别处", kind="柳林片区")
    list(refill())
    assert titles(office, "柳林") == ["柳林", "柳林驿镇", "大柳林村", "别处"]


def test_rights_hold(user: User, county: Unit) -> None:
    reporter, clerk = user, make_user("clerk", "办事员")
    give(reporter, Role.REPORTER, county)
    assert titles(reporter, "王") == ["王小芳"], "of one's own unit"
    assert titles(clerk, "王") == []
    assert titles(clerk, "污水") == ["县污水处理中心"], "everybody sees that a unit exists"
    clerk.is_active = False
    assert titles(clerk, "污水") == []


@pytest.mark.parametrize(
    "words", ['" OR 1', "' OR '1'='1", "柳林* NOT", "a:b", "NEAR(", "%_", "\\", "柳'林", ")(", "&|!"]
)
def test_nothing_typed_is_a_command(office: User, county: Unit, words: str) -> None:
    found = titles(office, words)
    assert "县财政局" not in found


def test_a_percent_sign_is_no_joker(office: User, county: Unit) -> None:
    assert titles(office, "县%局") == titles(office, "县 局") != []


def test_an_action_brings_the_entry_of_what_it_names_up_to_date(office: User, county: Unit) -> None:
    with acting(SYSTEM) as told:
        county.name = "县水务集团"
        county.save()
        told.did("services.job_retried", county)
    assert titles(office, "水务") == ["县水务集团", "王小芳"], "its people go with it"
    assert titles(office, "县污水处理") == [], "its old words are gone"
    number = county.pk
    Person.objects.filter(unit=county).delete()
    county.delete()
    refresh([("org.unit", str(number)), ("org.unit", "None"), ("core.user", "1")])
    assert titles(office, "水务") == []


def test_a_former_name_finds_the_unit(office: User, county: Unit) -> None:
    UnitName.objects.create(unit=county, name="县排水公司")
    list(refill())
    assert titles(office, "排水") == ["县污水处理中心"]


def test_filling_anew_takes_in_what_lacks_and_out_what_is_gone(office: User, county: Unit) -> None:
    assert not out_of_step()
    Person.objects.create(name="李四", unit=county)
    assert out_of_step()
    list(refill())
    assert titles(office, "李四") == ["李四"]
    Person.objects.filter(name="李四").delete()
    assert out_of_step()
    assert list(refill())[-1] == 5
    assert not SearchEntry.objects.filter(title="李四").exists()
    assert titles(office, "李四") == []


def test_a_county_of_people_takes_no_more_queries(office: User, django_assert_max_num_queries: Any) -> None:
    units = Unit.objects.bulk_create([Unit(code=f"U{n}", name=f"第{n}乡镇财政所") for n in range(150)])
    surnames, given = "王李张刘陈杨黄赵吴周", "芳伟敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平"
    names = [surnames[n % 10] + given[n // 10 % 20] + given[n // 200 % 20] for n in range(5000)]
    Person.objects.bulk_create([Person(name=name, unit=units[n % 150]) for n, name in enumerate(names)])
    list(refill())
    for words in ("王芳", "财政", "第3", "王", "没有这个"):
        with django_assert_max_num_queries(10):  # one finds, the others ask who looks, once a kind
            find(office, words)
