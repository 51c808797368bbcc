"""A PostgreSQL server of the benchmark's own, as a county would run it: everything flushed, nothing tuned.

Debian's package has its programs beside each other. They refuse to run as root, so root lends them the account that the
package made. `BATON_POSTGRES` names a server to use instead; a database of its own is made there.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

NAME = "baton_bench_pages"


@contextmanager
def database(folder: Path, filled: bool) -> Iterator[str]:
    """Give the address of a database: an empty one, or, where it was `filled` before, as it was left."""
    given = os.environ.get("BATON_POSTGRES", "")
    if given:
        yield _made(given, filled)
        return
    with _server(folder) as server:
        yield _made(server, filled)


def _made(server: str, filled: bool) -> str:
    if not filled:
        with psycopg.connect(server, autocommit=True) as connection:
            for words in ("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {}"):
                connection.execute(sql.SQL(words).format(sql.Identifier(NAME)))  # type: ignore[arg-type]
    return urlunsplit(urlsplit(server)._replace(path=f"/{NAME}"))


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not programs:
        msg = "no PostgreSQL server here: install Debian's package postgresql, or name one by BATON_POSTGRES"
        raise SystemExit(msg)
    bin_, data, port = programs[-1], folder / "data", _free_port()
    if not data.exists():
        data.mkdir(parents=True)
        folder.chmod(0o711)
        if os.geteuid() == 0:
            shutil.chown(data, "postgres")
        options = ["-A", "trust", "-U", "baton", "-E", "UTF8", "--locale=C.UTF-8"]
        _run([str(bin_ / "initdb"), "-D", str(data), *options])
    settings = f"-p {port} -h 127.0.0.1 -k {data}"
    _run([str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-l", str(data / "log"), "-o", settings, "start"])
    try:
        yield f"postgresql://baton@127.0.0.1:{port}/postgres"
    finally:
        _run([str(bin_ / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "stop"])


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _run(words: list[str]) -> None:
    lent = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*lent, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")
