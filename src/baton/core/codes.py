"""Codes that are given once and kept as hashes: slips and recovery codes."""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from baton.core.models import User
from baton.core.rules.slips import ALPHABET, read, written

LENGTH = 12
"""Letters of a code: 59 bits, which nobody guesses within its days even if the hashes are stolen."""


def new_code() -> str:
    """Make a code, as it is written on paper."""
    return written("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def hash_of(user: User | None, code: str) -> str:
    """Give the hash of a code for a person, keyed with the installation's key: a stolen database tells nothing."""
    number = 0 if user is None else user.pk
    return salted_hmac("baton.core.codes", f"{number}:{read(code)}", algorithm="sha256").hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two hashes in a time that says nothing."""
    return constant_time_compare(one, other)
