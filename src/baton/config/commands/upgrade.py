"""`baton upgrade`: the database brought up to this version, after a backup."""

from baton.config.cli.answer import Answer
from baton.config.cli.called import called, pasted
from baton.config.operations.installation import this_installation
from baton.config.operations.upgrade import upgrade as upgrade_schema
from baton.config.screen.tables import print_line
from baton.words import Language


def upgrade() -> Answer:
    """Upgrade. JSON: `version`, `steps`, `backup`."""
    place = this_installation()
    done = upgrade_schema(place)

    def show(language: Language) -> None:
        if not done.steps:
            print_line("operations.upgrade_nothing", language, version=place.version)
            return
        print_line("operations.upgraded", language, version=place.version, steps=done.steps)
        if done.backup is not None:
            print_line("operations.upgrade_back", language, baton=called(), backup=pasted(done.backup))

    backup = None if done.backup is None else str(done.backup)
    return Answer({"version": place.version, "steps": done.steps, "backup": backup}, show)
