"""Who may read what belongs to an object of some app: each app says so for its own kinds, in its `registers.py`.

Closed by default: of a kind that nobody spoke for nothing is read.
"""

from collections.abc import Callable

from baton.core.models import User

type MayRead = Callable[[User, str], bool]

_READERS: dict[str, MayRead] = {}


def register_reader(object_type: str, may_read: MayRead) -> None:
    """Say who may read what belongs to objects of a type (`assessment.submission`), each by its number.

    Raises `ValueError` for a type that is spoken for: two answers to who may read are one too many.
    """
    if object_type in _READERS:
        msg = f"readers of {object_type} are registered twice"
        raise ValueError(msg)
    _READERS[object_type] = may_read


def may_read(user: User, object_type: str, object_id: str) -> bool:
    """Ask the owner's app; a closed account reads nothing."""
    known = _READERS.get(object_type)
    return user.is_active and known is not None and known(user, object_id)
