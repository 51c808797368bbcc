"""What a decision on grades may not do, and what it is asked to look at again."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from baton.assessment.rules.annual.placed import Placed, Pool, barred_above, pools
from baton.engine.scheme.model import Scheme
from baton.engine.terms import plain
from baton.words import Place, Problem, Word

type Grades = Mapping[str, str]
_LISTED = 10


def against(scheme: Scheme, placed: Sequence[Placed], chosen: Grades, reasons: Mapping[str, str]) -> list[Problem]:
    """Give everything that stands against deciding so: unknown grades, broken quotas, vetoes, reasons that lack.

    A quota is refused with its arithmetic (党政领导干部考核工作条例：优秀一般不超过总数的规定比例). A veto rests on a
    document of a higher authority, so that a committee of the county cannot set it aside; the ledger can drop it.
    """
    codes = [grade.code for grade in scheme.grading.grades]
    known = {"", *codes}
    found = []
    for one in placed:
        grade = chosen.get(one.unit, one.grade)
        field = Place(field=f"grade-{one.unit}")
        if grade not in known:
            allowed = "、".join(one.name for one in scheme.grading.grades)
            found.append(Problem("annual.grade_unknown", {"unit": one.name, "grade": grade, "allowed": allowed}, field))
        elif grade and one.vetoes and codes.index(grade) < barred_above(scheme, one):
            found.append(_vetoed(scheme, one, grade, field))
        elif grade != one.grade and not reasons.get(one.unit, "").strip():
            names = dict(_names(scheme))
            params = {
                "unit": one.name,
                "grade": names.get(grade, grade) or Word("annual.no_grade"),
                "suggested": names.get(one.grade, one.grade) or Word("annual.no_grade"),
            }
            found.append(Problem("annual.departs_without_reason", params, Place(field=f"reason-{one.unit}")))
    full = {one.unit: chosen.get(one.unit, one.grade) for one in placed}
    return [*found, *(problem for pool in pools(scheme, placed, full) for problem in _over(scheme, pool, full))]


def _names(scheme: Scheme) -> Iterator[tuple[str, str]]:
    yield from ((grade.code, grade.name) for grade in scheme.grading.grades)


def _vetoed(scheme: Scheme, one: Placed, grade: str, field: Place) -> Problem:
    grades = scheme.grading.grades
    names = dict(_names(scheme))
    vetoes = {veto.code: veto.name for veto in scheme.vetoes}
    params = {
        "unit": one.name,
        "grade": names[grade],
        "veto": "、".join(f"{code} {vetoes[code]}" for code in dict.fromkeys(one.vetoes)),
        "best": grades[barred_above(scheme, one)].name,
    }
    return Problem("annual.veto_stands_against", params, field)


def _over(scheme: Scheme, pool: Pool, chosen: Grades) -> Iterator[Problem]:
    for one in pool.grades:
        if one.over and one.exact is not None:
            named = [member.name for member in pool.members if chosen[member.unit] == one.code]
            shown = "、".join(named[:_LISTED]) + ("…" if len(named) > _LISTED else "")
            params = {
                "pool": pool.name,
                "grade": one.name,
                "units": len(pool.members),
                "quota": one.percent,
                "exact": plain(one.exact),
                "places": one.size,
                "taken": one.taken,
                "over": one.over,
                "named": shown,
                "rounding": Word(f"annual.rounding_{scheme.grading.quota_rounding.value}"),
            }
            first = next(member.unit for member in pool.members if chosen[member.unit] == one.code)
            yield Problem("annual.quota_broken", params, Place(field=f"grade-{first}"))


def overtaken(scheme: Scheme, placed: Sequence[Placed], chosen: Grades) -> Iterator[tuple[Placed, Placed]]:
    """Give pairs of a pool in which the second has a better grade and stands behind the first, vetoes apart.

    Each unit that is overtaken once, with the last one that overtakes it.
    """
    order = {grade.code: number for number, grade in enumerate(scheme.grading.grades)}
    lowest = len(order)
    for pool in pools(scheme, placed, chosen):
        ranked = sorted(pool.members, key=lambda one: one.compared or Decimal(0), reverse=True)
        for number, one in enumerate(ranked):
            if one.vetoes:
                continue
            mine = order.get(chosen.get(one.unit, ""), lowest)
            behind = [
                other
                for other in ranked[number + 1 :]
                if order.get(chosen.get(other.unit, ""), lowest) < mine and other.compared != one.compared
            ]
            if behind:
                yield one, behind[-1]


def weak_months(best: str, chosen: Grades, monthly: Mapping[str, Mapping[str, Decimal]]) -> Collection[str]:
    """Give the units with the best grade whose monthly score stands in the lower half of their group.

    `monthly`: score of the monthly part by group and unit. 年度考核以平时考核为基础，优秀应在平时考核结果好的对象中产生
    (党政领导干部考核工作条例, domain.md §1.1). Groups of fewer than three have no half.
    """
    weak = set()
    for units in monthly.values():
        if len(units) < _FEWEST:
            continue
        ordered = sorted(units.values())
        middle = ordered[(len(ordered) - 1) // 2]
        weak |= {
            unit for unit, own in units.items() if chosen.get(unit) == best and own <= middle and own < ordered[-1]
        }
    return weak


_FEWEST = 3
