"""`baton serve`: the pages, on this machine's own database or on PostgreSQL."""

from typing import Annotated

import typer
from django.conf import settings

from baton.config.cli.called import called, pasted
from baton.config.cli.ending import Code
from baton.config.cli.say import say_problems
from baton.config.operations.installation import this_installation
from baton.config.operations.listening import addresses, refuse_port, told_of_hosts
from baton.config.serving import prepare, run_server, usual_processes
from baton.config.working import worker_beside
from baton.words import text


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="config.help_serve_host")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, metavar="NUMBER", help="config.help_serve_port")
    ] = 8000,
    processes: Annotated[
        int | None,
        typer.Option("--processes", min=1, max=64, metavar="NUMBER", help="config.help_serve_processes"),
    ] = None,
) -> None:
    """Bring the database up to date, compile the styles, and serve until Ctrl-C or a request to terminate."""
    refuse_port(host, port)
    place = this_installation()

    def tell(code: str, **params: object) -> None:
        typer.echo(text(code, context.obj.language, **params))

    done = prepare(place)
    if done.backup is not None:
        tell("operations.upgraded", version=place.version, steps=done.steps)
        tell("operations.upgrade_back", baton=called(), backup=pasted(done.backup))
    say_problems(told_of_hosts(host, settings.ALLOWED_HOSTS), context.obj, Code.GOOD)

    def listening() -> None:
        for address in addresses(host, port, settings.ALLOWED_HOSTS, settings.HTTPS):
            tell("operations.serving", address=address)
        tell("operations.serving_stop")

    with worker_beside():
        many = processes or usual_processes(settings.DATABASES["default"]["ENGINE"])
        run_server(place, host, port, many, listening)
    tell("operations.stopped")
