"""What a channel is, which kinds there are, and which are on.

`settings.CHANNELS` names those that are on: `{"group": {"kind": "wecom", "url": "https://..."}}`; empty: none.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from pydantic import BaseModel, ConfigDict

from baton.core.models import User


class ChannelFailed(Exception):  # noqa: N818 - the name says what happened
    """The other side did not take a message. The text is for the log and holds no secret."""


class Options(BaseModel):
    """Options of a channel; a name that is none is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str


class Channel(ABC):
    """One way out. `personal`: it reaches persons one by one; otherwise one message reaches a group.

    A channel is given the words and nothing else: it could not tell a figure, a rank or a name if it wanted to.
    """

    kind: ClassVar[str]
    personal: ClassVar[bool]
    Options: ClassVar[type[Options]]

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Validate options; raises `pydantic.ValidationError`."""
        self.options = self.Options.model_validate(given)

    def reaches(self, user: User) -> bool:
        """Whether a person can be reached; asked of personal channels only."""
        return self.personal and user.is_active

    @abstractmethod
    def send(self, subject: str, words: str, recipient: User | None) -> None:
        """Send one message. Raises `ChannelFailed`."""


_KINDS: dict[str, type[Channel]] = {}


def register_channel(kind: type[Channel]) -> type[Channel]:
    """Add a kind of channel."""
    _KINDS[kind.kind] = kind
    return kind


def active_channels() -> dict[str, Channel]:
    """Give the channels that are on, by name. Raises `KeyError` for an unknown kind, `ValidationError` for options."""
    return {name: _KINDS[given["kind"]](given) for name, given in settings.CHANNELS.items()}
