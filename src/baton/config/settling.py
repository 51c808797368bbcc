"""Processes that live long: what they loaded stays."""

import gc

_APART, _ROUNDS = 20_000, (20, 50)
"""How many new objects apart Python looks for unused ones, and how many such rounds apart for older ones."""


def settle() -> None:
    """Let Python look for unused objects among new ones only.

    Going through all that was loaded again and again took a tenth of the time of a busy evening, and each time kept a
    page waiting.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_APART, *_ROUNDS)
