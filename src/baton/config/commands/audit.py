"""`baton audit verify`: whether the audit chain holds."""

from enum import StrEnum
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.ready import SETTINGS as SETTINGS
from baton.config.screen.tables import print_line
from baton.core.chain import verify_chain
from baton.words import Language, Problem


class What(StrEnum):
    """What can be done with the chain here."""

    VERIFY = "verify"


def audit(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="config.help_audit_what")],
) -> Answer:
    """Go along the whole chain. JSON: `verified`, `rows`, and where it breaks `sequence`."""
    rows, broken = verify_chain()
    payload = {"verified": broken is None, "rows": rows, "sequence": broken.sequence if broken else None}

    def show(language: Language) -> None:
        if broken is None:
            print_line("services.audit_verify_held", language, rows=rows)

    return Answer(payload, show, (Problem(broken.code, {"sequence": broken.sequence}),) if broken else ())
