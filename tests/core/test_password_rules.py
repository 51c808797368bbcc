"""What makes a password too weak."""

from datetime import date

import pytest

from baton.core.rules.passwords import has_expired, holds_a_name, kinds_of
from baton.core.rules.slips import ALPHABET, read, written


@pytest.mark.parametrize(
    ("password", "kinds"), [("", 0), ("abc", 1), ("aB", 2), ("aB3", 3), ("aB3!", 4), ("柳林a", 2), ("a b", 2), ("é", 1)]
)
def test_kinds_are_counted(password: str, kinds: int) -> None:
    assert kinds_of(password) == kinds


@pytest.mark.parametrize(
    ("password", "held"),
    [
        ("LinXiaoman2026", True),
        ("2026namoaixnil", True),
        ("我是林小满", True),
        ("correct horse", False),
        ("", False),
    ],
)
def test_names_are_found(password: str, held: bool) -> None:
    assert holds_a_name(password, ("linxiaoman", "林小满", "")) is held


@pytest.mark.parametrize(
    ("changed", "days", "expired"),
    [
        (date(2026, 1, 1), 180, False),
        (date(2025, 12, 31), 180, False),
        (date(2025, 12, 30), 180, True),
        (date(2000, 1, 1), 0, False),
        (None, 180, False),
        (date(2027, 1, 1), 180, False),
    ],
)
def test_a_password_grows_old(changed: date | None, days: int, expired: bool) -> None:
    assert has_expired(changed, date(2026, 6, 28), days) is expired


def test_a_code_is_read_as_people_type_it() -> None:
    code = "23AB-CDEF-GHJK"
    assert {read(typed) for typed in (code, code.lower(), "23ab cdef ghjk", "２３ＡＢ－ＣＤＥＦ－ＧＨＪＫ")} == {
        "23ABCDEFGHJK"
    }
    assert written("23ABCDEFGHJK") == code
    assert not set("0O1IL") & set(ALPHABET)
