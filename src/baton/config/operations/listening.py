"""Where the server listens: refused in words before anything starts, and told as addresses that can be clicked."""

import errno
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Sequence

from baton.config.cli.ending import Unavailable
from baton.words import Problem, Severity

_SECONDS_BETWEEN_LOOKS = 0.1
_HERE = {"localhost", "127.0.0.1", "[::1]", "*"}
_WORDS = {
    errno.EADDRINUSE: "operations.port_used",
    errno.EACCES: "operations.port_reserved",
    errno.EADDRNOTAVAIL: "operations.address_not_here",
}


def refuse_port(host: str, port: int) -> None:
    """Raise `Unavailable` where nobody could listen: the port is used or reserved, or the address is another's."""
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror as error:
        raise Unavailable(Problem("operations.address_not_here", {"host": host, "port": port})) from error
    except OSError as error:
        code = _WORDS.get(error.errno or 0)
        if code is None:
            raise
        raise Unavailable(Problem(code, {"host": host, "port": port})) from error


def is_outward(host: str) -> bool:
    """Tell whether other machines reach a server that listens at this address."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def once_open(host: str, port: int, tell: Callable[[], None]) -> None:
    """Call `tell`, from a thread of its own, when the port answers: the server opens it only when it is ready."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}

    def wait() -> None:
        while True:
            try:
                socket.create_connection((everywhere.get(host, host), port), timeout=1).close()
            except OSError:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            else:
                tell()
                return

    threading.Thread(target=wait, daemon=True, name="once-open").start()


def addresses(host: str, port: int, known: Sequence[str], https: bool) -> list[str]:
    """Give the addresses to open in a browser: this machine's, and the names others may use."""
    names = sorted(set(known) - _HERE)
    if https:
        return [f"https://{name}/" for name in names]
    everywhere = host in ("0.0.0.0", "::")
    shown = "127.0.0.1" if everywhere else f"[{host}]" if ":" in host else host
    return [f"http://{name}:{port}/" for name in [shown, *(names if is_outward(host) else [])]]


def told_of_hosts(host: str, known: Sequence[str]) -> tuple[Problem, ...]:
    """Warn where others reach the port, but no name is known by which they may ask."""
    if is_outward(host) and set(known) <= _HERE - {"*"}:
        return (Problem("operations.hosts_missing", {"host": host}, severity=Severity.WARNING),)
    return ()
