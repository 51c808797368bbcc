"""`baton reindex`: fills the search index anew."""

from baton.config.cli.answer import Answer
from baton.config.ready import SETTINGS as SETTINGS
from baton.config.screen.tables import print_line
from baton.core.search.filling import refill
from baton.words import Language


def reindex() -> Answer:
    """Take in everything that can be found, and take out what is gone. JSON: `entries`."""
    count = max(refill(), default=0)

    def show(language: Language) -> None:
        print_line("services.search_filled", language, count=count)

    return Answer({"entries": count}, show)
