"""Shared fixtures: where the real input lies, and a loud word when it is missing."""

import os
from pathlib import Path

import pytest


def shared_root() -> Path:
    """Give the folder with the real input: `BATON_SHARED`, or `../shared` beside the checkout."""
    return Path(os.environ.get("BATON_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs with published results; skips, saying so, where it is missing."""
    folder = shared_root() / "data"
    if not folder.is_dir():
        pytest.skip(f"the real input is missing: no folder {folder}")
    return folder


@pytest.fixture(scope="session")
def shared_county() -> Path:
    """The folder of the example county's tables; skips, saying so, where it is missing."""
    folder = shared_root() / "example_county"
    if not folder.is_dir():
        pytest.skip(f"the example county's tables are missing: no folder {folder}")
    return folder
