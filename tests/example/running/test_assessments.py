"""The special assessment of the example's headquarters goes by their branch of the county's scheme."""

from baton.engine.scheme.structure import check
from baton.engine.scheme.text import from_yaml, to_yaml
from baton.engine.terms import Reporter
from baton.example.running.assessments import special_scheme
from baton.example.running.plan import scheme_of_2026


def test_the_headquarters_branch_stands_alone() -> None:
    scheme = special_scheme(scheme_of_2026())
    assert not check(scheme)
    assert {unit.code for unit in scheme.units if unit.group} == {"H01", "H02", "H03"}
    assert sum(one.points["ZH"] for one in scheme.indicators) == 100
    assert {one.reporter for one in scheme.indicators} == {Reporter.LEAD_DEPARTMENT}
    assert from_yaml(to_yaml(scheme), "") == (scheme,)
