"""Probes for whatever watches over the server: open to all, without personal data, never kept by a cache."""

from collections.abc import Callable, Mapping

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse


def alive() -> HttpResponse:
    """Say that the process answers; asks nothing else, so a slow database does not get it killed."""
    return _answer(200, {"alive": True})


def ready() -> HttpResponse:
    """Say whether pages can be served: the database answers, and its schema is this version's. 503 where not."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, OSError):
        return _answer(503, {"ready": False, "database": False})
    return _answer(503 if pending else 200, {"ready": not pending, "database": True, "schema": not pending})


def _answer(status: int, told: Mapping[str, bool]) -> HttpResponse:
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})


PROBES: Mapping[str, Callable[[], HttpResponse]] = {"/healthz": alive, "/readyz": ready}
