"""A step of the guided tour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody by account, the name of the address that they open, and the code of what there is to see.

    The catalogue has `<code>` as the title and `<code>_look` as what to try.
    """

    account: str
    address: str
    code: str

    @property
    def look(self) -> str:
        """Code of what to try."""
        return f"{self.code}_look"
