"""`baton administrators`: the first three administrators of an installation, with their one-time slips."""

from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.operations.installation import this_installation
from baton.config.ready import SETTINGS as SETTINGS
from baton.config.screen.tables import print_line, print_table
from baton.config.serving import prepare
from baton.core.acting import SYSTEM
from baton.core.actions.slips import issue_slips
from baton.org.actions.first import first_administrators
from baton.org.choices import Role
from baton.words import Language, text

_FORM = "ACCOUNT=NAME"


def administrators(
    system: Annotated[str, typer.Option("--system", metavar=_FORM, help="config.help_administrators_system")],
    security: Annotated[str, typer.Option("--security", metavar=_FORM, help="config.help_administrators_security")],
    audit: Annotated[str, typer.Option("--audit", metavar=_FORM, help="config.help_administrators_audit")],
) -> Answer:
    """Make them where there are none yet. JSON: `accounts` with account, name, role, code and until when it is good."""
    prepare(this_installation())
    given = {
        Role.SYSTEM_ADMINISTRATOR: system,
        Role.SECURITY_ADMINISTRATOR: security,
        Role.AUDIT_ADMINISTRATOR: audit,
    }
    people = {role: _pair(written) for role, written in given.items()}
    made = first_administrators(people=people, reason=text("config.administrators_reason"))
    slips = issue_slips(by=SYSTEM, users=made)
    rows = [
        (role.value, slip.user.name, slip.user.username, slip.code, f"{slip.until:%Y-%m-%d}")
        for role, slip in zip(people, slips, strict=True)
    ]

    def show(language: Language) -> None:
        heads = (
            "units.role",
            "web.name",
            "web.username",
            "config.administrators_code",
            "config.administrators_until",
        )
        shown = [(text(f"org.role_{role}", language), *rest) for role, *rest in rows]
        print_table(text("config.administrators_made", language), heads, shown, language)
        print_line("config.administrators_next", language)

    names = ("role", "name", "account", "code", "until")
    return Answer({"accounts": [dict(zip(names, row, strict=True)) for row in rows]}, show)


def _pair(written: str) -> tuple[str, str]:
    username, _, name = written.partition("=")
    return username.strip(), name.strip()
