"""Indicators scored every month or quarter: a block of rows each, a column per period, the sum under each figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baton.documents.excel import Column, Kind, Table, Value
from baton.engine.explain import Explanation
from baton.reports.results import LightLevels, Results, light
from baton.reports.results.results import bare
from baton.reports.workbook.figures import actual, due
from baton.reports.workbook.formulas import formula
from baton.reports.workbook.unit import grid
from baton.reports.workbook.unit.parts import Entry, Section
from baton.reports.workbook.unit.scores import Counted, score_row
from baton.reports.workbook.words import flags_in_short, rule_lines

type Row = tuple[Value, ...]


@dataclass(frozen=True)
class Periodic:
    """The entries of a part that are scored more often than once a year, over the periods they have."""

    results: Results
    explained: Explanation
    section: Section
    levels: LightLevels

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods, in order."""
        return tuple(sorted({leaf.period for entry in self.section.periodic for leaf in entry.periods}))

    def table(self, first: int) -> Table:
        """Give the table; `first` is the number of its first row."""
        rows: list[Row] = []
        counted: dict[str, list[Counted]] = {period: [] for period in self.periods}
        for entry in self.section.periodic:
            start = first + 1 + len(rows)
            for leaf in entry.periods:
                if leaf.points is not None:
                    column = grid.letter(self.periods.index(leaf.period))
                    spot = f"{column}{start + _labels(entry).index('reports.points')}"
                    counted[leaf.period].append(Counted(spot, leaf.points, leaf.full))
            rows += self._block(entry, start)
        head = score_row(self.results, self.section.node, counted, first)
        return Table(self._columns(), [head, *rows], caption=self.section.node.name, emphasised=frozenset({0}))

    def rows(self) -> int:
        """Give how many rows the table has."""
        return 1 + sum(_height(entry) for entry in self.section.periodic)

    def _columns(self) -> tuple[Column, ...]:
        say = self.results.say
        width = grid.CELL_WIDTH
        middle = [Column(self.results.period(period), Kind.DECIMAL, width=width) for period in self.periods]
        middle += [Column("", Kind.DECIMAL, width=width)] * (grid.MONTHS - len(middle))
        return (
            Column(say("reports.indicator"), width=grid.NAME_WIDTH),
            Column(say("reports.figure"), width=grid.UNIT_WIDTH, centred=True),
            *middle,
            Column(
                say("reports.year_sum"), Kind.DECIMAL, width=grid.SHARE_WIDTH, note=say("reports.contribution_note")
            ),
            Column(say("reports.rule"), width=grid.WORDS_WIDTH),
        )

    def _block(self, entry: Entry, first: int) -> Iterator[Row]:
        explained = {leaf.period: leaf for leaf in entry.periods}
        labels = _labels(entry)
        columns: dict[str, list[Value]] = {label: [] for label in labels}
        for place, period in enumerate(self.periods):
            leaf = explained.get(period)
            if leaf is None:
                for label in labels:
                    columns[label].append(None)
                continue
            cell = grid.letter(place)
            wanted = due(entry.leaf, leaf, self.explained.year, f"{cell}{first}")
            found = actual(entry.leaf, leaf, f"{cell}{first + labels.index('reports.actual')}")
            values: dict[str, Value] = {
                "reports.due": wanted.value,
                "reports.actual": found.value,
                "reports.points": formula(entry.leaf, leaf, found.written, wanted.written) or leaf.points,
                "reports.rank": leaf.rank,
                "reports.treatment": flags_in_short(self.results, leaf),
            }
            for label in labels:
                columns[label].append(values[label])
        yield from self._labelled(entry, labels, columns)

    def _labelled(self, entry: Entry, labels: Sequence[str], columns: dict[str, list[Value]]) -> Iterator[Row]:
        heads = self._heads(entry)
        says = rule_lines(self.results, entry.leaf)
        says[len(labels) - 1 :] = [self.results.run_on(says[len(labels) - 1 :])]
        for row, label in enumerate(labels):
            cells = columns[label] + [None] * (grid.MONTHS - len(columns[label]))
            share = sum((leaf.contribution for leaf in entry.periods), start=bare(entry.periods[0].contribution * 0))
            yield (
                heads[row] if row < len(heads) else None,
                self.results.say(label),
                *cells,
                share if label == "reports.points" else None,
                says[row] if row < len(says) and says[row] else None,
            )

    def _heads(self, entry: Entry) -> list[str]:
        say, indicator = self.results.say, entry.leaf.indicator
        points = sum(leaf.points for leaf in entry.periods if leaf.points is not None)
        full = sum(leaf.full for leaf in entry.periods if leaf.points is not None)
        lamp = light(self.results, self.levels.level(points / full if full else None))
        unit = say("reports.head_unit", unit=indicator.unit) if indicator.unit else ""
        lead = self.results.short_name(indicator.lead) if indicator.lead in self.results.units else ""
        lines = [say("reports.head_full", points=f"{bare(entry.leaf.points):f}", light=lamp) + unit]
        return [entry.title(self.results), *lines, *([say("reports.head_lead", lead=lead)] if lead else [])]


def _labels(entry: Entry) -> list[str]:
    """Give the rows of a block: target and treatment only where there is anything to say."""
    wanted = [
        ("reports.due", any(leaf.due is not None for leaf in entry.periods)),
        ("reports.actual", True),
        ("reports.points", True),
    ]
    wanted += [("reports.rank", True), ("reports.treatment", any(leaf.flags for leaf in entry.periods))]
    return [label for label, needed in wanted if needed]


def _height(entry: Entry) -> int:
    return len(_labels(entry))
