"""Places to back up and to restore into, on both databases."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.config.operations.installations import database_on_server, filled, installed

from baton.config.operations.installation import Installation

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    """A filled installation and an empty one, of the same kind."""
    with ExitStack() as stack:
        urls = ["", ""]
        if request.param == "postgresql":
            urls = [stack.enter_context(database_on_server()) for _ in urls]
        yield filled(installed(tmp_path / "old", urls[0])), installed(tmp_path / "new", urls[1])


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    """A filled installation on SQLite."""
    return filled(installed(tmp_path / "old"))
