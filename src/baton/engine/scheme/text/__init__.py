"""Schemes as YAML: read with every problem by line, written so that nothing is lost."""

from baton.engine.scheme.text.reader import Source, from_flow, from_yaml, read, version_for
from baton.engine.scheme.text.writer import to_flow, to_yaml, written

__all__ = ["Source", "from_flow", "from_yaml", "read", "to_flow", "to_yaml", "version_for", "written"]
