"""The page that tells how to recompute published results names the files that are there, and no others."""

import re
from pathlib import Path

from baton.engine.scheme.text import from_yaml, to_yaml


def test_the_page_names_every_file_and_every_file_it_names_is_there(files: Path) -> None:
    page = (files.parent / "published-results.md").read_text("utf-8")
    named = set(re.findall(r"docs/howto/published/([\w.-]+\.yaml)", page)) | {"wanjiang-effect.yaml"}
    assert named == {path.name for path in files.iterdir()}


def test_schemes_of_the_page_are_written_and_read_without_loss(files: Path) -> None:
    for name in ("hdi", "pci", "asem", "coinr", "honduras"):
        versions = from_yaml((files / f"{name}.yaml").read_text("utf-8"), name)
        assert from_yaml(to_yaml(*versions), name) == versions
