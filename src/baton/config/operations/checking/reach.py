"""Who can reach the pages and how: names, TLS, proxies, mail, logs."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

from baton.config.operations.checking.finding import Finding, error, good, warning

_HERE = {"localhost", "127.0.0.1", "[::1]"}


@dataclass(frozen=True, slots=True)
class Reach:
    """What the environment says of it.

    `log`: the file that logs go to, empty for the standard error; `channels`: kinds of ways out of the house (`mail`).
    """

    hosts: tuple[str, ...]
    https: bool
    proxies: tuple[str, ...]
    channels: tuple[str, ...]
    log: str

    @property
    def outward(self) -> list[str]:
        """The names under which other machines know this one."""
        return sorted(set(self.hosts) - _HERE)


def look_at_reach(reach: Reach) -> Iterator[Finding]:
    """Ask how the pages are reached."""
    yield _hosts(reach)
    yield from _proxies(reach)
    yield _logs(reach)
    if reach.channels:
        yield good("operations.check_mail", kinds="、".join(reach.channels))
    else:
        yield good("operations.check_mail_off")


def _hosts(reach: Reach) -> Finding:
    if "*" in reach.hosts:
        return warning("operations.check_hosts_any")
    if reach.outward:
        return good("operations.check_hosts", names="、".join(reach.outward))
    return good("operations.check_hosts_here")


def _proxies(reach: Reach) -> Iterator[Finding]:
    wrong = [one for one in reach.proxies if not _is_address(one)]
    if wrong:
        yield error("operations.check_proxies_wrong", given="、".join(wrong))
    if reach.https and not reach.proxies:
        yield error("operations.check_https_alone")
    elif reach.https:
        yield good("operations.check_https", proxies="、".join(reach.proxies))
    elif reach.proxies:
        yield warning("operations.check_proxies_plain")
    elif reach.outward:
        yield warning("operations.check_https_off")
    else:
        yield good("operations.check_https_here")


def _logs(reach: Reach) -> Finding:
    if reach.log:
        return good("operations.check_log", path=reach.log)
    return warning("operations.check_log_none") if reach.outward else good("operations.check_log_here")


def _is_address(given: str) -> bool:
    """Tell an address or a network of addresses."""
    try:
        ipaddress.ip_network(given, strict=False)
    except ValueError:
        return False
    return True
