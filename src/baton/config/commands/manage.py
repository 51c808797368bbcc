"""`baton manage`: Django's own commands, for those who develop and operate (migrate, makemigrations, shell)."""

import os
from typing import Annotated

import typer
from django.core.management import execute_from_command_line


def manage(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="COMMAND", help="config.help_manage")] = None,
) -> None:
    """Run one of Django's commands with the settings of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.config.settings")
    execute_from_command_line(["baton manage", *(words or ["help"]), *context.args])
