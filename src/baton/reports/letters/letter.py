"""The letter as Word, in the layout of GB/T 9704: 反馈函."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from baton.documents import word
from baton.documents.content import Align, Block, Column, Document, Heading, Letterhead, Paragraph, Signature, Table
from baton.reports.bulletin.saying import place, say, shown_points
from baton.reports.letters.facts import LetterFacts, Lost
from baton.words import Language, Problem, render

_PARTS = ("annual.letter_part", "annual.letter_score", "annual.letter_mean")
_EVENTS = ("annual.event", "annual.event_asked", "annual.event_counted", "annual.event_why")
_LOST = ("annual.letter_indicator", "annual.letter_got", "annual.letter_full", "annual.letter_kind")


@dataclass(frozen=True, slots=True)
class LetterTerms:
    """What no result knows: who writes, under which number (may be empty), on which day, in which language."""

    authority: str
    on: date
    number: str = ""
    language: Language = Language.CHINESE


def letter_docx(facts: LetterFacts, lost: tuple[Lost, ...], terms: LetterTerms) -> bytes:
    """Write a unit's letter; the same facts and terms give the same bytes."""
    told = replace(facts, lost=lost)
    return word.write(
        Document(
            title=say("annual.letter_title", terms.language, year=facts.year),
            body=tuple(_body(told, terms.language)),
            letterhead=Letterhead(terms.authority, terms.number) if terms.authority else None,
            recipients=facts.result.unit.name,
            signature=Signature((terms.authority,), terms.on) if terms.authority else None,
            language=terms.language,
        )
    )


def _body(facts: LetterFacts, language: Language) -> Iterator[Block]:
    result = facts.result
    yield Paragraph(_first(facts, language))
    yield Heading(say("annual.letter_how", language))
    given = {"base": result.base, "bonus": result.bonus, "deduction": result.deduction, "total": result.total}
    yield Paragraph(say("annual.letter_sum", language, **{name: shown_points(one) for name, one in given.items()}))
    if facts.parts:
        rows = tuple((one.name, shown_points(one.score), shown_points(one.mean)) for one in facts.parts)
        yield _table(_PARTS, rows, language)
    if facts.events:
        yield Heading(say("annual.events", language))
        yield _table(_EVENTS, tuple(_event(one, language) for one in facts.events), language)
    if result.reasons and facts.grade:
        yield Heading(say("annual.letter_grade_why", language))
        for one in result.reasons:
            yield Paragraph(render(Problem(one["code"], one["params"]), language).what)
    if facts.lost:
        yield Heading(say("annual.letter_lost", language))
        yield Paragraph(say("annual.letter_lost_says", language))
        yield _table(_LOST, tuple(_lost(one, language) for one in facts.lost), language)
    yield Heading(say("annual.letter_objection", language))
    contact = facts.publication.contact
    yield Paragraph(say("annual.letter_objection_says", language, contact=contact, digest=result.run.digest[:16]))


def _first(facts: LetterFacts, language: Language) -> str:
    result, decision = facts.result, facts.publication.decision
    given = {
        "year": facts.year,
        "body": decision.body,
        "document": decision.document,
        "group": facts.group,
        "of": facts.of,
        "rank": place(result.rank),
        "total": shown_points(result.compared),
    }
    said = say("annual.letter_first", language, **given)
    if facts.no_grade:
        said += say("annual.letter_no_grade", language)
    elif facts.grade:
        said += say("annual.letter_grade", language, grade=facts.grade)
    if facts.reason:
        said += say("annual.letter_departs", language, suggested=facts.suggested, reason=facts.reason)
    return said


def _event(event: Mapping[str, str], language: Language) -> tuple[str, ...]:
    reason = render(Problem(event["reason"]), language).what if event["reason"] else ""
    level = f"·{event['level']}" if event["level"] else ""
    asked, counted = ("—", "—") if event["kind"] == "veto" else (event["asked"], event["points"])
    return f"{event['name']}{level}", asked, counted, reason


def _lost(one: Lost, language: Language) -> tuple[str, ...]:
    kind = say("annual.letter_monthly" if one.monthly else "annual.letter_yearly", language)
    return one.name, shown_points(one.got), shown_points(one.full), kind


def _table(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], language: Language) -> Table:
    """Make a table with numbers in its second and third column."""
    aligned = (Align.RIGHT if at in (1, 2) else Align.LEFT for at in range(len(heads)))
    return Table(tuple(Column(say(head, language), align) for head, align in zip(heads, aligned, strict=True)), rows)
