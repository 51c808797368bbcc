"""The command line: which commands there are, in which language they speak, and how they end."""

from baton.config.cli.app import main

__all__ = ["main"]
