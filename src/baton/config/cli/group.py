"""The group of commands: loads a command when it is asked for, and turns every ending into a message and a code."""

import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from typing import Any, override

import typer
from typer.core import TyperCommand, TyperGroup

from baton.config.cli.answer import Answer
from baton.config.cli.called import called
from baton.config.cli.ending import Code, Misused, ending_of
from baton.config.cli.page import help_page
from baton.config.cli.say import say_answer, say_problems
from baton.config.cli.session import Flag, Session, language_of, open_session
from baton.config.cli.table import COMMANDS
from baton.config.cli.usage import no_such_command, usage_problem


class OneCommand(TyperCommand):
    """A command whose help page is in the user's language."""

    @override
    def get_help(self, ctx: Any) -> str:
        return help_page(ctx, self, ctx.find_object(Session) or Session(), listed=False)


class CommandGroup(TyperGroup):
    """The application: a lazy group, as the framework's documentation has it, over the table of commands."""

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        row = COMMANDS.get(cmd_name)
        if row is None:
            return None
        loaded = typer.Typer(add_completion=False, rich_markup_mode=None)
        function = pkgutil.resolve_name(row.target)
        settings = {"ignore_unknown_options": True, "allow_extra_args": True} if row.hands_on else {}
        loaded.command(cmd_name, cls=OneCommand, help=row.about, epilog=row.example, context_settings=settings)(
            function
        )
        return typer.main.get_command(loaded)

    @override
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise Misused([no_such_command(args[0], tuple(COMMANDS))])
        return super().resolve_command(ctx, args)

    @override
    def get_help(self, ctx: Any) -> str:
        return help_page(ctx, self, ctx.find_object(Session) or Session(), listed=True)

    @override
    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *given: Any, **extra: Any) -> Any:
        """Run a call to its end and leave the process with its code (`SystemExit`)."""
        words = list(sys.argv[1:] if args is None else args)
        session = Session(language_of(os.environ), json=Flag.JSON in words, debug=Flag.DEBUG in words)
        try:
            session, rest = open_session(words, os.environ)
            answer = super().main(rest or ["--help"], called(), standalone_mode=False, obj=session)
            if isinstance(answer, Answer):
                _say(answer, session)
                if answer.after is not None:
                    answer.after()
        except Exception as error:  # the one place where every ending is told
            sys.exit(_ended(error, session))
        if isinstance(answer, Answer):
            sys.exit(Code.GOOD if answer.good else Code.INPUT)
        if answer == Code.INTERRUPTED:
            sys.exit(_ended(KeyboardInterrupt(), session))
        sys.exit(answer or Code.GOOD)


def _say(answer: Answer, session: Session) -> None:
    """Say an answer; a reader who has seen enough (`| head`) closes the pipe, which is no error."""
    try:
        say_answer(answer, session)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ended(error: BaseException, session: Session) -> Code:
    if hasattr(error, "format_message"):
        error = Misused([usage_problem(error)])
    code, problems = ending_of(error)
    if session.debug:
        traceback.print_exception(error)
    say_problems(problems, session, code)
    return code
