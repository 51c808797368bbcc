"""The notice as Word, in the layout of GB/T 9704: 告知书."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from baton.assessment.choices import LedgerKind
from baton.assessment.models import LedgerEntry
from baton.documents import word
from baton.documents.content import Align, Block, Column, Document, Heading, Letterhead, Paragraph, Signature, Table
from baton.documents.word.tail import written
from baton.engine.adjust.items import asked_points, items_of
from baton.engine.explain.items import explain_items
from baton.engine.scheme.adjustments import Deduction, Veto
from baton.engine.scheme.model import Scheme
from baton.engine.terms import plain
from baton.reports.bulletin.saying import say
from baton.words import Language

_HEADS = ("reporting.notice_item", "reporting.notice_on", "reporting.notice_points", "reporting.notice_document")
_KINDS = {
    frozenset({LedgerKind.DEDUCTION.value}): "reporting.notice_title_deduction",
    frozenset({LedgerKind.VETO.value}): "reporting.notice_title_veto",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of a notice. `points`: what it costs before caps, empty for a veto; `rule` in sentences.

    `files`: names of the evidence that is kept with it; `link`: where the unit replies.
    """

    kind: str
    name: str
    on: date
    points: str
    document: str
    note: str
    basis: str
    rule: tuple[str, ...]
    zeroed: str
    until: date
    files: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """What no matter knows: whom it is for, who writes and when, under which number, by which scheme, whom to ask."""

    unit: str
    authority: str
    on: date
    number: str
    scheme: str
    contact: str = ""
    language: Language = field(default=Language.CHINESE)


def matter_of(
    scheme: Scheme,
    row: LedgerEntry,
    unit: str,
    files: Sequence[str] = (),
    link: str = "",
    language: Language = Language.CHINESE,
) -> Matter:
    """Read an entry that was announced as a matter of its notice; `unit`: the code of whom it is about.

    Points are those the event asks for by its item, times its share; caps of items and matters show in the result.
    """
    known = {code: item for code, (_, _, item) in items_of(scheme).items()}
    item = known.get(row.item)
    told = next(iter(explain_items(scheme, {row.item})), None)
    names = {one.code: one.name for one in scheme.indicators}
    points = plain(asked_points(item, row.event(unit))) if isinstance(item, Deduction) else ""
    return Matter(
        kind=row.kind,
        name=f"{row.item if item is None else item.name}{f'（{row.level}）' if row.level else ''}",
        on=row.on,
        points=points,
        document=row.document,
        note=row.note,
        basis=item.basis if isinstance(item, Deduction) else "",
        rule=() if told is None else tuple(line.text(language) for line in told.rule),
        zeroed=names.get(row.indicator, row.indicator) if isinstance(item, Veto) else "",
        until=row.reply_until or row.on,
        files=tuple(files),
        link=link,
    )


def notice_docx(matters: Sequence[Matter], terms: NoticeTerms) -> bytes:
    """Write a unit's notice; the same matters and terms give the same bytes."""
    kinds = frozenset(one.kind for one in matters)
    return word.write(
        Document(
            title=say(_KINDS.get(kinds, "reporting.notice_title_both"), terms.language),
            body=tuple(_body(matters, terms)),
            letterhead=Letterhead(terms.authority, terms.number),
            recipients=terms.unit,
            signature=Signature((terms.authority,), terms.on),
            language=terms.language,
        )
    )


def _body(matters: Sequence[Matter], terms: NoticeTerms) -> Iterator[Block]:
    language = terms.language
    yield Paragraph(say("reporting.notice_first", language, scheme=terms.scheme, count=len(matters)))
    yield Heading(say("reporting.notice_matters", language))
    veto = say("reporting.notice_veto", language)
    rows = tuple((one.name, written(one.on, language), one.points or veto, one.document or "—") for one in matters)
    widths = dict(zip(_HEADS, (56.0, 28.0, 22.0, 50.0), strict=True))
    columns = (Column(say(head, language), _align(head), widths[head]) for head in _HEADS)
    yield Table(tuple(columns), rows)
    yield Heading(say("reporting.notice_rules", language))
    for one in matters:
        yield Paragraph(_ground(one, language), lead=f"{one.name}。" if len(matters) > 1 else "")
    yield Heading(say("reporting.notice_evidence", language))
    none = say("reporting.notice_evidence_none", language)
    if not any(one.files for one in matters):
        yield Paragraph(none)
    for one in matters if any(one.files for one in matters) else ():
        files = "、".join(one.files) or none
        yield Paragraph(say("reporting.notice_evidence_one", language, item=one.name, files=files))
    yield Heading(say("reporting.notice_reply", language))
    for until, names in _days(matters).items():
        items = "、".join(names)
        yield Paragraph(say("reporting.notice_reply_until", language, items=items, until=written(until, language)))
    links = "；".join(one.link for one in matters if one.link)
    yield Paragraph(say("reporting.notice_reply_how", language, links=links))
    yield Paragraph(say("reporting.notice_reply_after", language))
    yield Paragraph(say("reporting.notice_asks", language, contact=terms.contact or terms.authority))


def _align(head: str) -> Align:
    return Align.RIGHT if head == "reporting.notice_points" else Align.LEFT


def _ground(one: Matter, language: Language) -> str:
    ground = say("reporting.notice_ground", language, note=one.note.rstrip("。.")) if one.note else ""
    said = [f"{ground}。" if ground else say("reporting.notice_ground_none", language)]
    if one.rule:
        joined = "；".join(line.rstrip("。.") for line in one.rule)
        said.append(f"{say('reporting.notice_rule', language, rule=joined)}。")
    if one.basis:
        said.append(f"{say('reporting.notice_basis', language, basis=one.basis)}。")
    if one.zeroed:
        said.append(say("reporting.notice_zeroed", language, indicator=one.zeroed))
    return "".join(said)


def _days(matters: Sequence[Matter]) -> Mapping[date, list[str]]:
    """Give the names of the matters by the last day of reply."""
    found: dict[date, list[str]] = {}
    for one in matters:
        found.setdefault(one.until, []).append(one.name)
    return found
