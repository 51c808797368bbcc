"""Keys of an installation: made once, kept in the home, readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret_of(home: Path, name: str) -> str:
    """Give a key of the installation (86 characters); makes it on first use, once even if two processes ask at once.

    Where keys can be changed, the file holds several, a line each, the newest first.
    """
    folder = home / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text("ascii")
