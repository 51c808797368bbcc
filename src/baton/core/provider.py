"""The county's own identity provider, as settings name it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the provider is, as whom this installation asks it, and which claim holds the account's name."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    claim: str
    name: str = ""
