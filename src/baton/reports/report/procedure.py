"""The last parts: how to read and check the result, who decides, and how to object."""

from collections.abc import Iterator

from baton.documents.content import Block, Column, Paragraph, Table
from baton.reports.report.terms import ReportTerms
from baton.reports.results import Results

_SMALL_POINTS = 9.0


def reading(results: Results) -> Iterator[Block]:
    """Say how numbers are rounded and compared, and by which digests the result can be checked."""
    sheet, say = results.sheet, results.say
    scheme = sheet.scheme
    yield Paragraph(say("reports.how_rounded", decimals=scheme.decimals, shown=scheme.ranking.decimals))
    yield Paragraph(say("reports.how_compared"))
    yield Paragraph(say("reports.how_checked"))
    engine = say("reports.engine_version", engine=sheet.engine, version=sheet.engine_version)
    rows = (
        (say("reports.scheme_digest"), sheet.scheme_digest),
        (say("reports.data_digest"), sheet.data_digest),
        (say("reports.result_digest"), sheet.digest),
        (say("reports.engine"), engine),
    )
    yield Table((Column(say("reports.matter_of")), Column(say("reports.content"))), rows, points=_SMALL_POINTS)


def procedure(results: Results, terms: ReportTerms) -> Iterator[Block]:
    """Say that grades are suggestions until they are decided, and how to object where the office says so."""
    say = results.say
    body = terms.decided_by or say("reports.competent_body")
    yield Paragraph(say("reports.decides", body=body))
    if terms.appeal:
        appeal = terms.appeal
        words = [say("reports.may_object", days=appeal.days, to=appeal.to)]
        if appeal.answer_days is not None:
            words.append(say("reports.is_answered", days=appeal.answer_days, to=appeal.to))
        if appeal.source:
            words.append(say("reports.by_rule", source=appeal.source))
        yield Paragraph(results.run_on(words))
