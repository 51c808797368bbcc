"""Say in the user's language what the framework found wrong with a call."""

from difflib import get_close_matches
from enum import EnumType
from typing import Any

from baton.config.cli.called import called
from baton.words import Problem


def usage_problem(error: Any) -> Problem:
    """Turn a usage error of Typer into a problem of the catalogue.

    The framework tells its errors apart by class; only the last resort shows its own English sentence.
    """
    kind = type(error).__name__
    name = _parameter(error)
    if kind == "NoSuchOption":
        near = "、".join(sorted(error.possibilities or ())) or "-"
        return Problem("config.no_such_option", {"given": error.option_name, "near": near})
    if kind == "MissingParameter":
        command = error.ctx.command_path if error.ctx else called()
        return Problem("config.missing_parameter", {"name": name, "command": command})
    if kind == "BadParameter":
        wanted = getattr(getattr(error.param, "type_descriptor", None), "annotation", None)
        if isinstance(wanted, EnumType):
            return Problem("config.not_a_choice", {"name": name, "choices": "、".join(map(str, wanted))})
        return Problem("config.bad_parameter", {"name": name, "detail": error.message})
    return Problem("config.usage", {"detail": error.format_message()})


def no_such_command(given: str, commands: tuple[str, ...]) -> Problem:
    """Say that there is no such command, and which come near."""
    near = "、".join(get_close_matches(given, commands) or commands)
    return Problem("config.no_such_command", {"given": given, "near": near})


def _parameter(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return str(getattr(error, "param_hint", "") or "?")
    return str(param.opts[-1] if param.param_type_name == "option" else param.metavar or param.name)
