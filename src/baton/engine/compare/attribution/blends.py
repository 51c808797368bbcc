"""Scores between two cases: every state in which some factors are as after and the others as before."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from baton.engine.compare.attribution.figures import Figures
from baton.engine.compare.attribution.parts import Case, Factor
from baton.engine.compare.attribution.schemes import blended
from baton.engine.compare.pieces import Spot, pieces_of
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.model import Scheme
from baton.engine.score import score

type State = frozenset[Factor]
type Pieces = Mapping[str, Mapping[Spot, int]]

_EVERYTHING = frozenset(Factor)


@dataclass
class Blends:
    """Pieces of the totals in every state, scored once each. `units`: those whose pieces are wanted.

    A unit's own figures and those of its peers can come from different sides. Then one unit of each group at a time
    has its own figures from the other side: as many scores as the largest group has units whose figures differ. Where
    a scheme treats figures across groups it is one unit of all at a time.
    """

    before: Case
    after: Case
    sheets: tuple[ScoreSheet, ScoreSheet]
    units: Collection[str]
    tell: Callable[[int, int], None] = lambda done, total: None
    found: dict[State, Pieces] = field(default_factory=dict)

    @cached_property
    def figures(self) -> Figures:
        """The rows of both sides."""
        return Figures(self.before, self.after)

    @property
    def decimals(self) -> int:
        """The finer quantum of both sides."""
        return max(self.before.scheme.decimals, self.after.scheme.decimals)

    @cached_property
    def unchanged(self) -> State:
        """Factors that are the same on both sides, whatever else is replaced."""
        return frozenset(factor for factor in Factor if self._same(factor))

    @cached_property
    def same_units(self) -> bool:
        """Whether both sides assess the same units in the same groups and year."""
        return self.before.scheme.units == self.after.scheme.units and self.before.year == self.after.year

    def pieces(self, replaced: State) -> Pieces:
        """Give the pieces of every wanted unit's total in a state; raises `Refused` where its parts do not fit."""
        state = replaced - self.unchanged
        if state not in self.found:
            self.found[state] = self._pieces(state)
        return self.found[state]

    def _same(self, factor: Factor) -> bool:
        if factor is Factor.VALUES:
            return not self.figures.moved
        if factor is Factor.PEERS:
            return not self.figures.moved and self.same_units
        first = self._scheme(frozenset()) == self._scheme(frozenset({factor}))
        alike = first and self._scheme(_EVERYTHING) == self._scheme(_EVERYTHING - {factor})
        if factor is Factor.ADJUSTMENTS:
            return alike and self.before.panel.events == self.after.panel.events
        return alike

    def _scheme(self, state: State) -> Scheme:
        return blended(self.before.scheme, self.after.scheme, state)

    def _pieces(self, state: State) -> Pieces:
        if not state or state == _EVERYTHING - self.unchanged:
            return pieces_of(self.sheets[bool(state)], self.units, self.decimals)
        own, peers = Factor.VALUES in state, Factor.PEERS in state
        if own == peers or Factor.VALUES in self.unchanged:
            return pieces_of(self._score(state, ()), self.units, self.decimals)
        return self._apart(state)

    def _score(self, state: State, swapped: Collection[str]) -> ScoreSheet:
        """Score a state; `swapped` units have their own figures from the side of `VALUES`, all others of `PEERS`."""
        scheme = self._scheme(state)
        own, peers = Factor.VALUES in state, Factor.PEERS in state
        year = (self.before, self.after)[peers].year
        panel = self.figures.panel(scheme, year, peers, own, swapped, Factor.ADJUSTMENTS in state)
        return score(scheme, panel, year)

    def _apart(self, state: State) -> Pieces:
        """Give the pieces where own figures and those of peers come from different sides."""
        found = {unit: pieces for unit, pieces in self._as_peers(state).items() if unit not in self.figures.moved}
        rest = [unit for unit in self.units if unit not in found]
        alone = set(self._alone(rest, state))
        if alone:
            together = self.pieces(state ^ {Factor.PEERS})
            found |= {unit: together[unit] for unit in alone if unit in together}
        turns = self._turns([unit for unit in rest if unit not in alone], state)
        for done, turn in enumerate(turns):
            self.tell(done, len(turns))
            found |= pieces_of(self._score(state, turn), turn, self.decimals)
        return found

    def _as_peers(self, state: State) -> Pieces:
        """Give the pieces in the state in which own figures come from the side of the peers."""
        return self.pieces(state ^ {Factor.VALUES})

    def _alone(self, units: Collection[str], state: State) -> list[str]:
        """Name the units whose peers' figures are the same on both sides."""
        if not self.same_units:
            return []
        group = self._groups(state)
        moved: dict[str | None, set[str]] = defaultdict(set)
        for unit in self.figures.moved:
            moved[group.get(unit)].add(unit)
        return [unit for unit in units if moved[group.get(unit)] <= {unit}]

    def _turns(self, units: Collection[str], state: State) -> list[tuple[str, ...]]:
        """Put units into turns that hold at most one of each group."""
        group = self._groups(state)
        members: dict[str | None, list[str]] = defaultdict(list)
        for unit in units:
            members[group.get(unit)].append(unit)
        return [tuple(unit for unit in turn if unit is not None) for turn in zip_longest(*members.values())]

    def _groups(self, state: State) -> Mapping[str, str | None]:
        """Say who is compared with whom: units of a group, or all with all where figures are treated across groups."""
        scheme = (self.before, self.after)[Factor.PEERS in state].scheme
        across = any(case.scheme.treatment for case in (self.before, self.after))
        return {unit.code: None if across else unit.group for unit in scheme.units}
