"""The `baton` command: a Typer application whose commands are loaded when they are called."""

import signal
from typing import Annotated

import typer

from baton import __version__
from baton.config.cli.group import CommandGroup

app = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"baton {__version__}")
        raise typer.Exit


@app.callback(help="commands.about_baton", epilog="commands.exit_codes")
def baton(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="commands.help_version")
    ] = False,
) -> None:
    """Baton (指挥棒): from workbooks to a published result."""


def main() -> None:
    """Run the command line on the arguments of the process; ends the process with the codes of `ending.Code`.

    Ctrl-C and a request to terminate end a command by an exception, so that it clears away what it has begun.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app()
