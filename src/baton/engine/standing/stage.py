"""One grade being filled: who is called, who gets a place, who moves up."""

from dataclasses import dataclass

from baton.engine.scheme.grades import Grade
from baton.engine.standing.candidate import Candidate
from baton.engine.standing.reasons import Reasons


@dataclass(slots=True)
class Stage:
    """The places of one grade, `number` in the scheme's list; `size` None: as many as there are units.

    `called` counts everyone whose turn came, kept out or not; once `closed` nobody gets a place any more, so that no
    unit overtakes a better one that found too few places for its equals.
    """

    number: int
    grade: Grade
    last: int
    size: int | None
    vetoed_use: bool
    all_tied: bool
    words: Reasons
    taken: int = 0
    called: int = 0
    closed: bool = False

    def has_room(self, more: int) -> bool:
        """Tell whether so many more find a place."""
        return self.size is None or (not self.closed and self.taken + more <= self.size)

    def call(self, equals: list[Candidate]) -> None:
        """Call units with equal scores, together: all of them get a place, or none, or all in spite of the quota."""
        kept_out = [one for one in equals if one.is_kept_out(self.number)]
        free = [one for one in equals if not one.is_kept_out(self.number)]
        using = [one for one in kept_out if self.vetoed_use and not one.spent]
        wanted = len(free) + len(using)
        tied = wanted if self.has_room(1) and wanted > 1 else 0
        fits = self.has_room(wanted)
        squeezed = not fits and self.has_room(1) and self.all_tied
        self.called += len(equals)
        for one in free:
            if fits or squeezed:
                one.take(self.number, self.last)
                if fits and self._moved_up():
                    one.reasons.append(self.words.moved_up(self.grade))
            else:
                one.reasons.append(self.words.no_place(self.grade, self.size or 0, tied))
        for one in kept_out:
            would_fit = fits if one in using else self.has_room(wanted + 1)
            self._keep_out(one, granted=would_fit or squeezed, uses=one in using, tied=tied)
        self.taken += wanted if fits or squeezed else 0
        self.closed = self.closed or not fits

    def _moved_up(self) -> bool:
        return self.size is not None and not self.vetoed_use and self.called > self.size

    def _keep_out(self, one: Candidate, *, granted: bool, uses: bool, tied: int) -> None:
        if granted:
            one.take(self.number, self.last)
            one.spent = one.spent or uses
        elif self.number >= one.barred:
            one.reasons.append(self.words.no_place(self.grade, self.size or 0, tied))
