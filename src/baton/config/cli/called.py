"""How the user called the program, so that every command it proposes can be pasted."""

import os
import shlex
from collections.abc import Mapping

NAME = "baton"
NAME_VARIABLE = "BATON_CALLED"


def called(environment: Mapping[str, str] = os.environ) -> str:
    """Give the program as the user writes it, quoted for a POSIX shell.

    The script of the house says in BATON_CALLED how it was called (`./baton`); an installed program is `baton`. A name
    without a folder means that a shell was given the script, which the same shell then finds here.
    """
    given = environment.get(NAME_VARIABLE, "")
    if not given:
        return NAME
    return shlex.quote(given if "/" in given else f"./{given}")
