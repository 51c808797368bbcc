"""`baton readmit`: lets somebody back in who is locked out, where no administrator can help."""

from typing import Annotated

import typer
from django.utils import timezone

from baton.config.cli.answer import Answer
from baton.config.operations.installation import this_installation
from baton.config.ready import SETTINGS as SETTINGS
from baton.config.screen.tables import print_line
from baton.config.serving import prepare
from baton.core.acting import SYSTEM
from baton.core.actions.readmission import readmit as let_back_in
from baton.words import Language


def readmit(
    username: Annotated[str, typer.Argument(metavar="ACCOUNT", help="config.help_readmit_username")],
) -> Answer:
    """Reset the second factor, open the lock, and print a one-time code. JSON: `account`, `code`, `until`."""
    prepare(this_installation())
    one = let_back_in(by=SYSTEM, username=username)
    until = f"{timezone.localtime(one.until):%Y-%m-%d %H:%M}"

    def show(language: Language) -> None:
        given = {"username": one.user.username, "name": one.user.name, "slip": one.code, "until": until}
        print_line("account.readmitted", language, **given)

    return Answer({"account": one.user.username, "code": one.code, "until": until}, show)
