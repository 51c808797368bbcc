"""The fifth part: what was missing, preliminary or corrected, and what the scheme did about it."""

from collections.abc import Iterator

from baton.documents.content import Align, Block, Column, Paragraph, Table
from baton.reports.results import Results, tallied
from baton.reports.results.handled import flag_sentence, flag_word


def missing(results: Results) -> Iterator[Block]:
    """Give a table of treatments with counts, and how many figures were corrected where that is known."""
    found, say = tallied(results), results.say
    if found:
        columns = (
            Column(say("reports.treatment"), Align.CENTRE),
            Column(say("reports.meaning")),
            Column(say("reports.scores"), Align.RIGHT),
            Column(say("reports.units"), Align.RIGHT),
        )
        rows = tuple(
            (flag_word(results, flag), flag_sentence(results, flag), f"{scores}", f"{units}")
            for flag, (scores, units) in found.items()
        )
        yield Paragraph(say("reports.missing_opening", scores=len(results.sheet.leaves)))
        yield Table(columns, rows, caption=say("reports.caption_missing"), notes=(say("reports.missing_note"),))
    else:
        yield Paragraph(say("reports.nothing_special"))
    corrected = [one for one in results.observations if one.version]
    if corrected:
        units = len({one.unit for one in corrected})
        yield Paragraph(say("reports.corrected_figures", figures=len(corrected), units=units))
