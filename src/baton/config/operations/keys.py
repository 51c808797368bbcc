"""Keys of an installation, in a file of their own.

They are not in a backup: whoever has them can make sign-ins and read the seeds of second factors, and a backup lies on
disks and in hands where the running system does not. Without them a backup still restores; then everybody signs in
anew, and second factors are set up again.
"""

import json
import os
from pathlib import Path

from baton.config.operations.installation import KEYS
from baton.config.operations.private import private_file
from baton.words import Place, Problem, Refused


def save_keys(folder: Path, target: Path) -> None:
    """Write the keys of a home into a new file of the owner's."""
    told = {name: (folder / name).read_text("ascii") for name in KEYS}
    with private_file(target) as file:
        file.write(json.dumps(told, indent=1).encode("ascii"))


def read_keys(path: Path) -> dict[str, str]:
    """Read such a file; raises `Refused` for any other."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except ValueError:
        told = None
    if not isinstance(told, dict) or set(told) != set(KEYS) or not all(isinstance(one, str) for one in told.values()):
        raise Refused([Problem("operations.no_keys_file", {}, Place(file=str(path)))])
    return told


def write_keys(folder: Path, keys: dict[str, str]) -> None:
    """Write keys into a new folder, for the owner only."""
    folder.mkdir(mode=0o700)
    for name, key in keys.items():
        with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
