"""Published results recomputed by the public command line, with the files of docs/howto/published."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.config.small import Said, call

FILES = Path(__file__).parents[2] / "docs" / "howto" / "published"


@pytest.fixture(scope="session")
def files() -> Path:
    """The scheme and mapping files of the how-to."""
    return FILES


@pytest.fixture(scope="session")
def scored(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Score a table by a scheme and a mapping of the how-to; gives the folder of results."""

    def run(name: str, table: str | Path, *options: str, scheme: Path | None = None) -> Path:
        folder = tmp_path_factory.mktemp(name) / "results"
        mapping = FILES / f"{name}.mapping.yaml"
        said = call(
            *("score", scheme or FILES / f"{name}.yaml", shared_data / table, "--mapping", mapping),
            *("--output", folder, "--no-report", *options),
        )
        assert said.code == 0, said.err
        return folder

    return run


@pytest.fixture(scope="session")
def matched(shared_data: Path) -> Callable[..., tuple[Said, dict[tuple[int, str], dict[str, Any]]]]:
    """Hold results against a published table; gives what was said, and the columns by year and heading."""

    def run(results: Path, table: str | Path, mapping: str) -> tuple[Said, dict[tuple[int, str], dict[str, Any]]]:
        said = call("match", results, shared_data / table, "--mapping", FILES / f"{mapping}.published.yaml", "--json")
        columns = said.json["result"].get("columns", ())
        return said, {(one["year"], one["column"]): one for one in columns}

    return run
