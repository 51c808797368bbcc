"""The whole workbook, and what is left out of it when a scheme is very large."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from baton.documents import excel
from baton.documents.excel import Sheet, Workbook
from baton.engine.explain import Explanation, LeafExplanation, contributions, explain_all
from baton.engine.panel import Observation
from baton.engine.result import ScoreSheet
from baton.engine.robustness.result import Robustness
from baton.reports.results import LightLevels, Results, by_unit, leagues
from baton.reports.workbook.adjustments import adjustments_sheet
from baton.reports.workbook.handled import handled_sheet
from baton.reports.workbook.league import lamps_of, league_sheet
from baton.reports.workbook.matrix import Shares, matrix_sheet
from baton.reports.workbook.origins import origins_sheet
from baton.reports.workbook.overview import overview
from baton.reports.workbook.sureness import sureness_sheet
from baton.reports.workbook.unit import unit_sheet
from baton.reports.workbook.weights import weights_sheet
from baton.words import Language

MOST_UNIT_SHEETS = 300
MOST_SCORES = 1_000_000
DEFAULT_LIGHTS = LightLevels()


def results_workbook(
    sheet: ScoreSheet,
    language: Language | str = Language.CHINESE,
    origins: Iterable[Observation] | None = None,
    lights: LightLevels = DEFAULT_LIGHTS,
    robustness: Robustness | None = None,
) -> bytes:
    """Write the results of a year as xlsx; the same sheet gives the same bytes.

    An overview, a league table and a matrix of indicators per group, a sheet per unit with every sum, every
    adjustment, everything missing. `origins` are the observations with the cells they came from, for a sheet that
    names them. `robustness` (None: not analysed) adds two sheets: how sure ranks are, and which weights matter. Over
    300 units have no sheets of their own, over a million scores no matrices; the overview says so.
    """
    results = Results(sheet, Language(language), tuple(origins or ()))
    linked = len(sheet.standings) <= MOST_UNIT_SHEETS
    matrices = len(sheet.leaves) <= MOST_SCORES
    return excel.write(
        Workbook(
            tuple(_sheets(results, lights, robustness, linked=linked, matrices=matrices)),
            title=results.say("reports.workbook_title", scheme=sheet.scheme.name),
            author=sheet.scheme.organisation,
            created=date(sheet.year, 12, 31),
            language=results.language,
        )
    )


def _sheets(
    results: Results, lights: LightLevels, robustness: Robustness | None, *, linked: bool, matrices: bool
) -> Iterator[Sheet]:
    explained = list(explain_all(results.sheet)) if linked and matrices else []
    left_out = (
        [] if explained else [results.say("reports.no_unit_sheets", most=MOST_UNIT_SHEETS, units=len(results.units))]
    )
    left_out += [] if matrices else [results.say("reports.no_matrices", most=MOST_SCORES)]
    yield overview(results, matrices=matrices, levels=lights, notes=tuple(left_out))
    lamps = lamps_of(by_unit(results), lights)
    tables = list(leagues(results))
    for league in tables:
        yield league_sheet(results, league, lamps, linked=bool(explained))
    if robustness is not None:
        yield sureness_sheet(results, robustness, linked=bool(explained))
        yield weights_sheet(results, robustness)
    if matrices:
        shares = _shares(results.sheet, explained)
        for league in tables:
            yield matrix_sheet(results, league, shares, linked=bool(explained))
    yield adjustments_sheet(results, linked=bool(explained))
    yield handled_sheet(results, linked=bool(explained))
    for unit in explained:
        yield unit_sheet(results, unit, lights)
    if results.observations:
        yield origins_sheet(results, linked=bool(explained))


def _shares(sheet: ScoreSheet, explained: list[Explanation]) -> Shares:
    """Give what each indicator gave to each unit's base score, in quanta, from the explanations where there are any."""
    if explained:
        shift = sheet.scheme.decimals
        return {
            one.unit: {x.code: int(x.contribution.scaleb(shift)) for x in one.indicators if _scored(x.leaves)}
            for one in explained
        }
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, leaves in contributions(sheet).items():
        for key, quanta in leaves.items():
            found[unit][key.indicator] += quanta
    return found


def _scored(leaves: Iterable[LeafExplanation]) -> bool:
    return any(leaf.points is not None for leaf in leaves)
