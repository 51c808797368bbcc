"""What a backup says about itself: version, steps of the schema, times, and the SHA-256 of everything in it."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from baton.config.operations.database import Kind, Migration

NAME = "manifest.json"
DATABASE = "database"
FILES = "files"
CHANNELS = "channels.toml"
"""Ways out of the house (`config.channels`), with the passwords of mailers: a secret, where the home has one."""


class Member(BaseModel):
    """A file in a backup, by its name there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    bytes: int
    sha256: str


class Manifest(BaseModel):
    """The manifest. `taken`: all that was written before is in; `keys`: SHA-256, from which no key can be had."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal["baton-backup-1"] = "baton-backup-1"
    version: str
    taken: datetime
    ended: datetime
    kind: Kind
    database_version: str
    migrations: tuple[Migration, ...]
    keys: dict[str, tuple[str, ...]]
    members: tuple[Member, ...]

    @property
    def files(self) -> int:
        """How many files are in it, beside the database."""
        return sum(one.name.startswith(f"{FILES}/") for one in self.members)

    @property
    def has_channels(self) -> bool:
        """Whether the ways out of the house are in it."""
        return any(one.name == CHANNELS for one in self.members)


def fingerprints(keys: Path) -> dict[str, tuple[str, ...]]:
    """Give the fingerprints of every key of a home; a file holds one key a line."""
    if not keys.is_dir():
        return {}
    named = sorted(path for path in keys.iterdir() if path.is_file() and not path.name.startswith("."))
    return {
        path.name: tuple(hashlib.sha256(key.encode()).hexdigest() for key in path.read_text("ascii").split())
        for path in named
    }
