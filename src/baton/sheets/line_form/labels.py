"""What an option of a rule is called on a form, what stands below it, and how problems call it."""

from collections.abc import Iterable, Mapping

from baton.sheets.line_form.options import Hold, Option, options_of
from baton.sheets.line_form.texts import default_words
from baton.sheets.scheme_book.vocabulary import nothing
from baton.words import Language, text

_AMOUNTS = frozenset(
    {"floor", "cap", "step", "ahead_step", "base", "otherwise", "first", "table", "bottom_table", "cases"}
)
"""Options that are shares of the full points, or points where the rule measures in points."""


def label_code(option: Option) -> str:
    """Give the code of an option's name: that of its kind before the common one."""
    name = "_".join(option.route)
    own = f"vocabulary.option_{option.kind}_{name}"
    return own if _known(own) else f"vocabulary.option_{name}"


def _known(code: str) -> bool:
    try:
        text(code)
    except KeyError:
        return False
    return True


def label(option: Option, language: Language) -> str:
    """Name an option."""
    return text(label_code(option), language)


def hint(option: Option, language: Language) -> str:
    """Say how an option is written, whether it is needed, and what holds where it stays empty."""
    name = "_".join(option.route)
    codes = (f"vocabulary.option_hint_{option.kind}_{name}", f"vocabulary.option_hint_{name}")
    said = [text(code, language) for code in codes if _known(code)][:1]
    measured = any(one.route == ("measured_in",) for one in options_of(option.vocabulary, option.kind) or ())
    if measured and name in _AMOUNTS:
        said.append(text("vocabulary.option_in_points", language))
    if option.required:
        said.append(text("vocabulary.option_needed", language))
    default = default_words(option, language)
    if default and option.hold is not Hold.CHOICE:
        said.append(text("vocabulary.option_default", language, default=default))
    if option.may_lack:
        said.append(text("vocabulary.option_may_lack", language, none=nothing(language)))
    return ("" if language is Language.CHINESE else " ").join(said)


def terms_of(options: Iterable[Option]) -> Mapping[str, str]:
    """Name options by the words that problems use of them, as codes of the catalogue."""
    return {".".join(option.route): label_code(option) for option in options}
