"""What a bulletin says that no result knows: who issues it, to whom, on which day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BulletinTerms:
    """The office's own words; `authority`, `recipients` and `number` may be left out."""

    title: str
    on: date
    authority: str = ""
    recipients: str = ""
    number: str = ""
