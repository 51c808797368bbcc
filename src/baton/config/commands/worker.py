"""`baton worker`: does the long work of an installation on PostgreSQL; as many processes as wanted."""

from typing import Annotated

import typer
from django.conf import settings

from baton.config.operations.in_use import at_work
from baton.config.ready import SETTINGS as SETTINGS
from baton.config.settling import settle
from baton.core.jobs.worker import work


def worker(
    with_parent: Annotated[bool, typer.Option("--with-parent", help="config.help_worker_with_parent")] = False,
) -> None:
    """Do jobs until SIGTERM or Ctrl-C; the one at hand is finished first. Refused while a restore or upgrade runs."""
    settle()
    with at_work(settings.HOME):
        work(with_parent=with_parent)
