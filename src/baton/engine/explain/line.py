"""A sentence of an explanation, as a code of the catalogue with its parameters; and how numbers stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from types import MappingProxyType

from baton.engine.terms import plain
from baton.words import Language, text

_NOTHING: Mapping[str, object] = MappingProxyType({})
_SHOWN = Decimal("1e-9")
_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: `code` of the catalogue and what its placeholders stand for."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)

    def text(self, language: Language | str = Language.CHINESE) -> str:
        """Give the sentence in a language."""
        return text(self.code, language, **self.params)


def shown(number: Decimal) -> str:
    """Write a number for a reader: plain, with at most nine decimals."""
    return plain(number.quantize(_SHOWN, ROUND_HALF_EVEN, _WIDE))


def percent(share: Decimal) -> str:
    """Write a share as a percentage: 0.025 is 2.5%."""
    return f"{shown(share * 100)}%"
