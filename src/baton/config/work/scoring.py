"""Score the years that were asked for, on the engine that was asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import narwhals as nw

from baton.config.engines import EngineName, carried, open_engine
from baton.config.inputs import Data, SchemeFile
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.adjustments import Event
from baton.engine.score import score
from baton.words import Problem, Refused

type Step = Callable[[str], None]


def score_years(
    file: SchemeFile,
    data: Data,
    years: Sequence[int],
    engine: EngineName = EngineName.POLARS,
    spark_master: str = "",
    step: Step = lambda code: None,
) -> Iterator[ScoreSheet]:
    """Score year by year, each by the version of the scheme in force at its end.

    Raises `Refused` with the lines or cells of the scheme file that problems name, `Unavailable` where the machine
    lacks the engine.
    """
    with open_engine(engine, spark_master) as backend:
        for year in years:
            scheme = file.at(year)
            panel = carried(of_year(data.panel, year) if len(years) > 1 else data.panel, backend)
            try:
                yield score(scheme, panel, year, backend, step)
            except Refused as refused:
                raise Refused(file.located(scheme, refused.problems)) from None


def year_of(data: Data) -> int:
    """Give the only year of the data; raises `Refused` where it holds several, or none."""
    years = data.panel.years
    if not years:
        raise Refused([Problem("config.no_figures")])
    if len(years) != 1:
        found = "、".join(map(str, years))
        raise Refused([Problem("config.which_year", {"years": found})])
    return years[0]


def of_year(panel: Panel, year: int) -> Panel:
    """Give the part of a panel that belongs to a year; the data digest stays that of the whole."""
    coded = None if panel.coded is None else panel.coded.of_year(year)
    frame = (
        panel.frame.filter(nw.col("period").str.slice(0, 4) == str(year))
        if coded is None
        else nw.from_native(coded.texts())
    )
    return replace(panel, frame=frame, years=(year,), events=tuple(_events(panel, year)), known=None, coded=coded)


def _events(panel: Panel, year: int) -> Iterator[Event]:
    undated = [event for event in panel.events if event.on is None]
    if undated:
        raise Refused([Problem("config.event_undated", {"unit": one.unit, "item": one.item}) for one in undated])
    return (event for event in panel.events if event.on is not None and event.on.year == year)
