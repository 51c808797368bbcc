"""`baton serve`: the pages, on this machine's own database or on PostgreSQL."""

from typing import Annotated

import typer

from baton.config.serving import prepare, run_server


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="config.help_serve_host")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, metavar="NUMBER", help="config.help_serve_port")
    ] = 8000,
) -> None:
    """Bring the database up to date, compile the styles, and serve until Ctrl-C."""
    prepare()
    run_server(host, port)
