"""A unit where a run has put it, and the pools of units that share places of grades."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.scheme.adjustments import GradeCap
from baton.engine.scheme.model import Scheme
from baton.engine.standing.grade import places
from baton.engine.terms import plain


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit's total and place. `compared`: the total as ranks compare it; grades are codes, empty: none."""

    unit: str
    name: str
    group: str
    total: Decimal | None
    compared: Decimal | None
    rank: Decimal | None
    by_score: str
    grade: str
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PoolGrade:
    """A grade in a pool: how many places its quota gives (None: no quota), out of what, and how many have it.

    `exact`: quota x units before it was made whole.
    """

    code: str
    name: str
    at_least: Decimal | None
    quota: Decimal | None
    exact: Decimal | None
    size: int | None
    taken: int

    @property
    def percent(self) -> str:
        """The quota as people write it."""
        return "" if self.quota is None else f"{plain(self.quota * 100)}%"

    @property
    def over(self) -> int:
        """How many more have it than there are places."""
        return 0 if self.size is None else max(0, self.taken - self.size)


@dataclass(frozen=True, slots=True)
class Pool:
    """Units that share the places of each grade: a group, or small groups together; those that have a score."""

    name: str
    members: tuple[Placed, ...]
    grades: tuple[PoolGrade, ...]

    @property
    def limited(self) -> tuple[PoolGrade, ...]:
        """Its grades that have a quota."""
        return tuple(one for one in self.grades if one.quota is not None)

    def grade(self, code: str) -> PoolGrade | None:
        """Give one of its grades."""
        return next((one for one in self.grades if one.code == code), None)


def pools(scheme: Scheme, placed: Iterable[Placed], chosen: Mapping[str, str]) -> list[Pool]:
    """Give the pools of the groups that are graded, in the scheme's order; `chosen`: each unit's grade (code).

    Places are counted as the suggestion counts them: quota x units of the pool that have a score.
    """
    if not scheme.grading.grades:
        return []
    groups = {group.code: group for group in scheme.groups}
    found: dict[str, list[Placed]] = {}
    names: dict[str, dict[str, None]] = {}
    for one in placed:
        group = groups.get(one.group)
        if group is None or not group.graded or one.total is None:
            continue
        key = f"pool {group.quota_pool}" if group.quota_pool else f"group {group.code}"
        found.setdefault(key, []).append(one)
        names.setdefault(key, {})[group.name] = None
    return [_pool(scheme, "、".join(names[key]), members, chosen) for key, members in found.items()]


def _pool(scheme: Scheme, name: str, members: list[Placed], chosen: Mapping[str, str]) -> Pool:
    count, grading = len(members), scheme.grading
    grades = tuple(
        PoolGrade(
            code=one.code,
            name=one.name,
            at_least=one.at_least,
            quota=one.quota,
            exact=None if one.quota is None else one.quota * count,
            size=None if one.quota is None else places(one.quota, count, grading.quota_rounding),
            taken=sum(chosen.get(member.unit, "") == one.code for member in members),
        )
        for one in grading.grades
    )
    return Pool(name, tuple(members), grades)


def barred_above(scheme: Scheme, one: Placed) -> int:
    """Give the place, in the scheme's list of grades, of the best grade that the unit's vetoes leave open to it.

    Of several caps the lowest holds, drops add up from the grade by score; never below the last grade.
    """
    codes = [grade.code for grade in scheme.grading.grades]
    consequences = {veto.code: veto.consequence for veto in scheme.vetoes}
    cap = drop = 0
    for code in one.vetoes:
        consequence = consequences[code]
        if isinstance(consequence, GradeCap):
            cap = max(cap, codes.index(consequence.grade) if consequence.grade in codes else 0)
        else:
            drop += consequence.steps
    reached = codes.index(one.by_score) if one.by_score in codes else len(codes) - 1
    return min(max(cap, reached + drop if drop else 0), len(codes) - 1)
