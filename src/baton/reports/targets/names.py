"""What units, groups and indicators are called, and words in the language of a document."""

from baton.engine.scheme.model import Scheme
from baton.words import Language, text


class Names:
    """Names of units, groups and indicators, and words in the language of the book."""

    def __init__(self, scheme: Scheme, language: Language) -> None:
        self.language = language
        self.units = {unit.code: unit.name for unit in scheme.units}
        self.groups = {group.code: group.name for group in scheme.groups}
        self.indicators = {one.code: one.name for one in scheme.indicators}

    def say(self, code: str, **params: object) -> str:
        """Give a text of the catalogue."""
        return text(code, self.language, **params)
