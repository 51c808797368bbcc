"""Makes an installation ready, and serves it."""

import os

import django
from django.conf import settings
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from baton.web.styles.compile import compile_styles

SETTINGS = "baton.config.settings"


def prepare() -> None:
    """Bring the database up to date and compile the styles."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    compile_styles(settings.COMPILED_STYLES)


def run_server(host: str, port: int) -> None:
    """Serve until the process is told to stop. One process with threads: SQLite writes one at a time anyway."""
    Server(
        "baton.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=8,
        log_access=False,
    ).serve()
