"""Writes a restore into the audit chain it brought back; its tables can be named only after Django is ready."""

from baton.config.operations.restore import Restored
from baton.core.acting import SYSTEM, acting


def record_restore(done: Restored) -> None:
    """Say that what follows in the chain comes after a restore, and of which moment it was."""
    with acting(SYSTEM) as told:
        told.did("operations.backup_restored", taken=done.manifest.taken.isoformat(), aside=done.aside)
