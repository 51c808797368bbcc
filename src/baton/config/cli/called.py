"""How the user called the program, so that every command it proposes can be pasted."""

import os
import re
import shlex
from collections.abc import Mapping

NAME = "baton"
NAME_VARIABLE = "BATON_CALLED"
_SPECIAL = re.compile(r"[^\w@%+=:,./-]|^$")


def called(environment: Mapping[str, str] = os.environ) -> str:
    """Give the program as the user writes it, quoted for a POSIX shell.

    The script of the house says in BATON_CALLED how it was called (`./baton`); an installed program is `baton`. A name
    without a folder means that a shell was given the script, which the same shell then finds here.
    """
    given = environment.get(NAME_VARIABLE, "")
    if not given:
        return NAME
    return pasted(given if "/" in given else f"./{given}")


def pasted(word: object) -> str:
    """Write a word of a command so that a shell reads it as one; Chinese names need no quotes."""
    return shlex.quote(str(word)) if _SPECIAL.search(str(word)) else str(word)
