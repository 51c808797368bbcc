"""The report from its first sentence to its annexes."""

from collections.abc import Iterable, Iterator

from baton.documents import word
from baton.documents.content import Attachment, Block, Document, Heading
from baton.engine.panel import Observation
from baton.engine.result import ScoreSheet
from baton.engine.robustness.result import Robustness
from baton.reports.report.adjusted import adjusted, adjusted_in_short
from baton.reports.report.general import general
from baton.reports.report.groups import groups
from baton.reports.report.losses import losses
from baton.reports.report.missing import missing
from baton.reports.report.months import months
from baton.reports.report.procedure import procedure, reading
from baton.reports.report.striking import striking
from baton.reports.report.sureness import sureness
from baton.reports.report.terms import ReportTerms
from baton.reports.results import Results
from baton.words import Language

DEFAULT_TERMS = ReportTerms()


def annual_report(
    sheet: ScoreSheet,
    language: Language | str = Language.CHINESE,
    terms: ReportTerms = DEFAULT_TERMS,
    observations: Iterable[Observation] | None = None,
    robustness: Robustness | None = None,
) -> Document:
    """Make the report of a year's result; grades in it are suggestions.

    `observations` (None: not given) let it say how many figures were corrected. Every number is one of the result's,
    at the precision of ranks, or a count. With `robustness` (None: not analysed) a part says how sure ranks are, in a
    public notice only if the scheme allows it.
    """
    results = Results(sheet, Language(language), tuple(observations or ()))
    attachments = [
        Attachment(title, body)
        for title, body in (
            (results.say("reports.annex_months"), tuple(months(results))),
            (results.say("reports.annex_adjusted"), tuple(adjusted(results, terms))),
        )
        if body
    ]
    return Document(
        title=terms.title or _title(results),
        body=tuple(_body(results, terms, robustness)),
        letterhead=terms.letterhead,
        recipients=terms.recipients,
        attachments=(*attachments, *(Attachment(title) for title in terms.attached)),
        signature=terms.signature,
        remark=terms.remark,
        imprint=terms.imprint,
        language=results.language,
    )


def report_docx(
    sheet: ScoreSheet,
    language: Language | str = Language.CHINESE,
    terms: ReportTerms = DEFAULT_TERMS,
    observations: Iterable[Observation] | None = None,
    robustness: Robustness | None = None,
) -> bytes:
    """Write the report as docx in the layout of GB/T 9704; the same result gives the same bytes."""
    return word.write(annual_report(sheet, language, terms, observations, robustness))


def _title(results: Results) -> str:
    name = results.sheet.scheme.name.removesuffix(results.say("reports.plan_word"))
    return results.say("reports.report_title", name=name)


def _body(results: Results, terms: ReportTerms, robustness: Robustness | None) -> Iterator[Block]:
    for title, blocks in (
        ("reports.part_general", general(results, terms)),
        ("reports.part_groups", groups(results)),
        ("reports.sureness", sureness(results, terms, robustness)),
        ("reports.part_losses", losses(results)),
        ("reports.part_striking", striking(results)),
        ("reports.part_missing", missing(results)),
        ("reports.part_adjusted", adjusted_in_short(results, terms)),
        ("reports.part_reading", reading(results)),
        ("reports.part_procedure", procedure(results, terms)),
    ):
        part = tuple(blocks)
        if part:
            yield Heading(results.say(title))
            yield from part
