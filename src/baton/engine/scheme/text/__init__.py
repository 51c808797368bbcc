"""Schemes as YAML: read with every problem by line, written so that nothing is lost."""

from baton.engine.scheme.text.reader import Source, from_yaml, read, version_for
from baton.engine.scheme.text.writer import to_yaml

__all__ = ["Source", "from_yaml", "read", "to_yaml", "version_for"]
