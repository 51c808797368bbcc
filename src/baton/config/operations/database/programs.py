"""Runs PostgreSQL's own programs `pg_dump` and `pg_restore`, and says in words what they refuse."""

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from baton.config.cli.ending import Unavailable
from baton.words import Problem

_LONGEST = 400


def program_of(name: str, server: int) -> str:
    """Give the path of a program that can read a server of this main version.

    Raises `Unavailable` where it is missing or older than the server, which pg_dump itself would refuse
    (postgresql.org, pg_dump, Notes).
    """
    path = shutil.which(name)
    if path is None:
        raise Unavailable(Problem("operations.program_missing", {"program": name, "version": server}))
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\)\s+(\d+)", said)
    if found is None or int(found[1]) < server:
        params = {"program": name, "found": found[1] if found else "?", "version": server}
        raise Unavailable(Problem("operations.program_old", params))
    return path


def run_program(path: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a program to its end; Ctrl-C ends it too. Raises `OSError` for a full disk, `Unavailable` for the rest.

    The password goes by the environment (`PGPASSWORD`), for other users of the machine can read a command line.
    """
    told = {**os.environ, **environment, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen([path, *arguments], env=told, stderr=subprocess.PIPE, text=True) as process:
        try:
            _, said = process.communicate()
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        if os.strerror(errno.ENOSPC) in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        program = os.path.basename(path)  # noqa: PTH119 - the last part of a name
        raise Unavailable(Problem("operations.program_failed", {"program": program, "detail": said.strip()[:_LONGEST]}))
