"""What a report says that no result knows: who issues it, who decides, how long one may object."""

from dataclasses import dataclass

from baton.documents.content import Imprint, Letterhead, Signature


@dataclass(frozen=True, slots=True)
class Appeal:
    """How a unit objects: within `days` working days, to whom, answered in writing within `answer_days` (None: open).

    `source` is the rule that says so.
    """

    days: int
    to: str
    answer_days: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReportTerms:
    """The office's own words; everything may be left out.

    `title` empty: made of the scheme's name. `decided_by`: the body that decides on grades (empty: the competent body).
    `appeal` None: the report does not speak of objections. `withheld`: codes of items whose cases are not listed
    (they count all the same). `attached`: titles of files that go with the report. `public`: the report is a public
    notice, which shows ranges of places only if the scheme says so (`ranking.intervals_in_public`).
    """

    title: str = ""
    letterhead: Letterhead | None = None
    recipients: str = ""
    signature: Signature | None = None
    remark: str = ""
    imprint: Imprint | None = None
    decided_by: str = ""
    appeal: Appeal | None = None
    withheld: frozenset[str] = frozenset()
    attached: tuple[str, ...] = ()
    public: bool = False
