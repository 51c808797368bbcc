"""What makes a password too weak, on plain values."""

from collections.abc import Iterable
from datetime import date, timedelta

_SHORTEST_NAME = 2


def kinds_of(password: str) -> int:
    """Count the kinds of characters: capitals, small letters, digits, all others (Chinese characters among them)."""
    capital = any("A" <= one <= "Z" for one in password)
    small = any("a" <= one <= "z" for one in password)
    digit = any("0" <= one <= "9" for one in password)
    other = any(not (one.isascii() and one.isalnum()) for one in password)
    return capital + small + digit + other


def holds_a_name(password: str, names: Iterable[str]) -> bool:
    """Tell whether the account or the name stands in a password, forwards or backwards, capitals or not."""
    folded = password.casefold()
    known = {name.strip().casefold() for name in names}
    return any(name in folded or name[::-1] in folded for name in known if len(name) >= _SHORTEST_NAME)


def has_expired(changed: date | None, today: date, days: int) -> bool:
    """Tell whether a password must be changed for its age. 0 days: never; nor one whose day nobody knows."""
    return days > 0 and changed is not None and today >= changed + timedelta(days=days)
