"""`baton worker`: does the long work of an installation on PostgreSQL; as many processes as wanted."""

from typing import Annotated

import typer

from baton.config.ready import SETTINGS as SETTINGS
from baton.core.jobs.worker import work


def worker(
    with_parent: Annotated[bool, typer.Option("--with-parent", help="config.help_worker_with_parent")] = False,
) -> None:
    """Do jobs until SIGTERM or Ctrl-C; the one at hand is finished first."""
    work(with_parent=with_parent)
