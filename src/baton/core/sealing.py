"""The sealing of second-factor seeds with the installation's key (`settings.SECOND_FACTOR_KEYS`, newest first).

To change the key, put a new one in front: what the old ones sealed is still opened, and sealed anew when next used.
The person's number is sealed in, so that a seed moved to another row of the database opens nothing.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from baton.core.models import User


def _ring() -> list[Fernet]:
    return [
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"baton.second-factor:{key}".encode()).digest()))
        for key in settings.SECOND_FACTOR_KEYS
    ]


def seal(user: User, seed: str) -> str:
    """Seal a seed for a person, with the newest key."""
    return _ring()[0].encrypt(f"{user.pk}:{seed}".encode()).decode()


def opened(user: User, sealed: str) -> str | None:
    """Open a seed; None where no key of the installation opens it, or it is another person's."""
    try:
        number, _, seed = MultiFernet(_ring()).decrypt(sealed.encode()).decode().partition(":")
    except InvalidToken:
        return None
    return seed if number == str(user.pk) else None


def is_newest(sealed: str) -> bool:
    """Tell whether a seed was sealed with the newest key."""
    try:
        _ring()[0].decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True
