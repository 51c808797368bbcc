"""The pack as a document. Questions are drafts that rest on the facts before them; who chairs asks what they will."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baton.assessment.queries.looking.meeting import Commitment, Meeting, Moved
from baton.documents import word
from baton.documents.content import Align, Block, Column, Document, Heading, Paragraph, Signature, Table
from baton.reports.bulletin.saying import month_words, place, say, shown_points
from baton.words import Language

_NUMBER = frozenset({"meeting.score", "results.rank", "meeting.places"})
_PROMISED = ("results.unit", "meeting.matter", "meeting.promise", "meeting.day", "meeting.became")
_MOVED = ("results.unit", "meeting.score", "results.rank", "meeting.places", "meeting.moved_how")


@dataclass(frozen=True, slots=True)
class PackTerms:
    """What no result knows: the title, who prepared it (may be empty), the day of the meeting."""

    title: str
    on: date
    authority: str = ""


def pack_docx(meeting: Meeting, terms: PackTerms, language: Language) -> bytes:
    """Write a pack; the same contents give the same bytes."""
    return word.write(
        Document(
            title=terms.title,
            body=tuple(_body(meeting, language)),
            signature=Signature((terms.authority,), terms.on) if terms.authority else None,
            language=language,
        )
    )


def _body(meeting: Meeting, language: Language) -> Iterator[Block]:
    period = month_words(meeting.shown.month.period, language)
    yield Paragraph(say("meeting.opening", language, period=period, since=meeting.since.isoformat()))
    yield Heading(say("meeting.part_promised", language))
    yield from _commitments(meeting.promised, "meeting.promised_none", language)
    if meeting.caught_up:
        named = "；".join(f"{one.unit.name}：{one.title}" for one in meeting.caught_up)
        yield Paragraph(say("meeting.caught_up", language, count=len(meeting.caught_up), named=named))
    yield Heading(say("meeting.part_changed", language))
    yield from _changed(meeting, language)
    yield Heading(say("meeting.part_coming", language))
    yield from _commitments(meeting.coming, "meeting.coming_none", language)
    yield Heading(say("meeting.part_questions", language))
    if not meeting.questions:
        yield Paragraph(say("meeting.questions_none", language))
    for number, one in enumerate(meeting.questions, 1):
        yield Paragraph(f"{number}. {say(one.code, language, **one.params)}")


def _commitments(rows: tuple[Commitment, ...], none: str, language: Language) -> Iterator[Block]:
    if not rows:
        yield Paragraph(say(none, language))
        return
    yield _table(_PROMISED, tuple(_commitment(one, language) for one in rows), language)


def _commitment(one: Commitment, language: Language) -> tuple[str, ...]:
    item = one.item
    due = "" if item.new_date is None else item.new_date.isoformat()
    return item.unit.name, item.title, item.measures, due, _became(one, language)


def _became(one: Commitment, language: Language) -> str:
    if one.kept:
        return say(f"meeting.item_{one.item.state}", language)
    said = say("meeting.not_kept" if one.kept is False else "meeting.running", language)
    if one.leaf is not None and one.leaf.value:
        given = {"value": one.leaf.value, "target": one.leaf.target or "—", "months": one.leaf.behind}
        said += say("meeting.stands", language, **given)
    return said


def _changed(meeting: Meeting, language: Language) -> Iterator[Block]:
    if meeting.moved:
        yield _table(_MOVED, tuple(_moved(one, language) for one in meeting.moved), language)
    else:
        yield Paragraph(say("meeting.moved_none", language))
    if meeting.newly_red:
        named = "；".join(f"{unit}：{name}" for unit, name in meeting.newly_red)
        yield Paragraph(say("meeting.newly_red", language, count=len(meeting.newly_red), named=named))
    counts = {"put_right": meeting.put_right, "contested": meeting.contested, "waiting": meeting.open_contests}
    yield Paragraph(say("meeting.figures", language, **counts))


def _moved(one: Moved, language: Language) -> tuple[str, ...]:
    row = one.row
    how = say(f"results.movement_{row.movement}", language)
    if one.lost:
        lost = "、".join(f"{name}（−{shown_points(points)}）" for name, points in one.lost)
        how += say("meeting.lost_on", language, named=lost)
    return row.unit.name, shown_points(row.score), place(row.rank), _signed(one.places), how


def _signed(places: Decimal) -> str:
    sign = "+" if places > 0 else "−" if places < 0 else ""
    return f"{sign}{place(abs(places))}"


def _table(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], language: Language) -> Table:
    columns = (Column(say(head, language), Align.RIGHT if head in _NUMBER else Align.LEFT) for head in heads)
    return Table(tuple(columns), rows)
