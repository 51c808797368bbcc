"""A result with treated figures in the workbook and the report: nothing that happened is without words."""

import pytest

from baton.engine.flags import Happened
from baton.words import Language, text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("flag", [flag for flag in Happened if flag])
def test_everything_that_can_happen_has_a_word_and_a_sentence(flag: Happened, language: Language) -> None:
    name = str(flag.name).lower()
    assert text(f"engine.flag_{name}", language)
    assert text(f"reports.flag_{name}", language)
