"""What holds for one call of the command line, whichever command it is: language, JSON, tracebacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from baton.config.cli.ending import Misused
from baton.words import Language, Problem

LANGUAGE_VARIABLE = "BATON_LANGUAGE"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LOCALE = ("", "C", "POSIX")


class Flag(StrEnum):
    """Options that every command takes, before or after its name."""

    LANGUAGE = "--language"
    JSON = "--json"
    DEBUG = "--debug"


class Common(NamedTuple):
    """A common option on a help page."""

    shown: str
    about: str


COMMON = (
    Common("--language [zh|en]", "commands.help_language"),
    Common("--json", "commands.help_json"),
    Common("--debug", "commands.help_debug"),
)


@dataclass(frozen=True, slots=True)
class Session:
    """One call: the language it speaks, whether it answers in JSON, and whether a fault shows where it happened."""

    language: Language = Language.CHINESE
    json: bool = False
    debug: bool = False


def open_session(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[Session, list[str]]:
    """Take the common options out of the arguments; gives the session and what is left.

    They may stand anywhere before `--`. Raises `Misused` for a language there is none of.
    """
    rest: list[str] = []
    wanted: str | None = None
    found: set[str] = set()
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            rest += [argument, *waiting]
        elif name == Flag.LANGUAGE:
            wanted = value if equals else next(waiting, "")
        elif argument in (Flag.JSON, Flag.DEBUG):
            found.add(argument)
        else:
            rest.append(argument)
    return Session(_language(wanted, environment), Flag.JSON in found, Flag.DEBUG in found), rest


def _language(wanted: str | None, environment: Mapping[str, str]) -> Language:
    if wanted is None:
        return language_of(environment)
    if wanted not in set(Language):
        raise Misused([Problem("config.unknown_language", {"given": wanted})])
    return Language(wanted)


def language_of(environment: Mapping[str, str]) -> Language:
    """Give the language of an environment: Chinese unless BATON_LANGUAGE or the locale names another one.

    BATON_LANGUAGE, then LC_ALL, LC_MESSAGES and LANG (POSIX.1-2017, 8.2), the first that is set; `C` names none.
    """
    locales = (environment.get(name, "") for name in _LOCALE_VARIABLES)
    locale = environment.get(LANGUAGE_VARIABLE) or next((name for name in locales if name), "")
    name = locale.partition(".")[0]
    return Language.CHINESE if name in _NO_LOCALE or name.lower().startswith("zh") else Language.ENGLISH
