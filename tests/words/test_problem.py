"""The one shape of a problem, and how it is put into words."""

import pickle

import pytest

from baton.words import Language, Place, Problem, Refused, Sentence, Severity, render, text
from baton.words import catalogue as catalogue_module


@pytest.fixture
def area(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of one area, so that these tests do not hang on the words of any package."""
    entries = {
        "wrong_unit": {
            "zh": "单位“{given}”不在名单内",
            "en": "unit {given!r} is not in the list",
            "mend_zh": "请从 {allowed} 中选择",
            "mend_en": "choose one of {allowed}",
        },
        "title": {"zh": "名次", "en": "standing"},
        "wrong_rank": {
            "zh": "名次不对",
            "en": "wrong rank",
            "mend_zh": "在 rank_by 写 {rank_by}，不是 rank_by.x，见 docs/rank_by",
            "mend_en": "set rank_by to {rank_by} of rank",
        },
    }
    monkeypatch.setattr(catalogue_module, "_area", {"trial": entries}.__getitem__)


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Place(), ""),
        (Place(file="a.xlsx"), "a.xlsx"),
        (Place(file="a.xlsx", sheet="9月", cell="C7"), "a.xlsx › 9月!C7"),
        (Place(sheet="9月"), "9月"),
        (Place(cell="C7"), "C7"),
        (
            Place(file="plan.yaml", line=12, field="indicators[M01].rule.cap"),
            "plan.yaml:12 › indicators[M01].rule.cap",
        ),
        (
            Place(file="方案.xlsx", sheet="指标", cell="G7", field="indicators[M01].rule.cap", column="规则选项"),
            "方案.xlsx › 指标!G7 › 规则选项",
        ),
    ],
)
def test_a_place_reads_from_the_outside_in(place: Place, label: str) -> None:
    assert place.label() == label


def test_a_problem_is_an_error_unless_said_otherwise() -> None:
    assert Problem("trial.title").severity is Severity.ERROR


def test_problems_without_parameters_share_nothing_that_can_change() -> None:
    with pytest.raises(TypeError):
        Problem("trial.title").params["given"] = 1  # type: ignore[index]


def test_a_refusal_carries_every_problem_and_names_each() -> None:
    problems = (Problem("trial.a", {"given": 1}, Place(cell="C7")), Problem("trial.b", place=Place(cell="D9")))
    refused = Refused(iter(problems))
    assert refused.problems == problems
    assert "trial.a {'given': 1} C7" in str(refused)
    assert "trial.b {} D9" in str(refused)


@pytest.mark.usefixtures("area")
def test_a_problem_is_rendered_in_both_languages_with_its_mend() -> None:
    problem = Problem("trial.wrong_unit", {"given": "白水", "allowed": "白水镇"})
    assert render(problem) == Sentence("单位“白水”不在名单内", "请从 白水镇 中选择")
    assert render(problem, Language.ENGLISH) == Sentence("unit '白水' is not in the list", "choose one of 白水镇")
    assert render(problem, "en") == render(problem, Language.ENGLISH)


@pytest.mark.usefixtures("area")
def test_an_entry_without_a_mend_is_rendered_without_one() -> None:
    assert render(Problem("trial.title"), "en") == Sentence("standing", "")


@pytest.mark.usefixtures("area")
def test_a_label_is_given_in_the_language_asked() -> None:
    assert (text("trial.title"), text("trial.title", "en")) == ("名次", "standing")


@pytest.mark.usefixtures("area")
@pytest.mark.parametrize("code", ["trial.unheard_of", "nowhere.title"])
def test_a_code_the_catalogue_lacks_is_a_mistake_of_the_program(code: str) -> None:
    with pytest.raises(KeyError):
        text(code)


@pytest.mark.usefixtures("area")
def test_a_parameter_that_is_missing_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        render(Problem("trial.wrong_unit", {"given": "白水"}))


def test_a_mend_speaks_the_words_of_the_file(area: None) -> None:
    terms = {"rank_by": "trial.title", "rank": "trial.title", "docs": "trial.title"}
    problem = Problem("trial.wrong_rank", {"rank_by": "rank_by"}, terms=terms)
    assert render(problem).mend == "在“名次”写 rank_by，不是 rank_by.x，见 docs/rank_by"
    assert render(problem, "en").mend == "set “standing” to rank_by of rank"


def test_a_problem_comes_back_from_another_process_as_it_was() -> None:
    for problem in (Problem("words.title"), Problem("words.title", {"given": "a"}, Place("f.csv"), Severity.NOTICE)):
        assert pickle.loads(pickle.dumps(problem)) == problem
