"""From contents to Word: the house's own form after GB/T 9704, or the county's template, filled."""

from collections.abc import Iterator, Mapping

from baton.assessment.choices import Light
from baton.documents import word
from baton.documents.content import Block, Document, Heading, Letterhead, Paragraph, Signature, Table
from baton.documents.word.fill import fill, names_in
from baton.documents.word.tail import written
from baton.reports.bulletin.contents import Contents
from baton.reports.bulletin.saying import month_words, say
from baton.reports.bulletin.terms import BulletinTerms
from baton.words import Language, Problem, Refused

_WORDS = ("title", "month", "number", "authority", "recipients", "date", "summary", "lights")
_TABLES = ("leagues", "moved", "behind")


def placeholders(language: Language) -> Mapping[str, str]:
    """Give what a template may hold: the name as it is written in it, and what it becomes."""
    return {
        say(f"office.placeholder_{one}", language): say(f"office.placeholder_{one}_is", language)
        for one in (*_WORDS, *_TABLES)
    }


def bulletin_docx(contents: Contents, terms: BulletinTerms) -> bytes:
    """Set a bulletin in the house's own form; the same contents give the same bytes."""
    language = contents.language
    return word.write(
        Document(
            title=terms.title,
            body=tuple(_body(contents)),
            letterhead=Letterhead(terms.authority, terms.number) if terms.authority else None,
            recipients=terms.recipients,
            signature=Signature((terms.authority,), terms.on) if terms.authority else None,
            language=language,
        )
    )


def _body(contents: Contents) -> Iterator[Block]:
    language = contents.language
    yield Paragraph(_summary(contents))
    yield Paragraph(_lights(contents))
    yield Heading(say("office.part_leagues", language))
    for name, table in contents.leagues:
        if len(contents.leagues) > 1:
            yield Heading(name, 2)
        yield table
    if contents.moved is not None:
        yield Heading(say("office.part_moved", language))
        yield Paragraph(say("office.moved_says", language))
        yield contents.moved
    yield Heading(say("office.part_behind", language))
    if contents.behind is None:
        yield Paragraph(say("office.behind_none", language))
    else:
        yield Paragraph(say("office.behind_says", language, count=contents.behind_count))
        yield contents.behind


def check_template(template: bytes) -> None:
    """Refuse what is no docx, has no placeholder or one that nobody knows, or a table within a sentence."""
    if not names_in(template):
        raise Refused([Problem("office.template_no_placeholder")])
    every = [say(f"office.placeholder_{one}", language) for language in Language for one in _WORDS]
    some = [say(f"office.placeholder_{one}", language) for language in Language for one in _TABLES]
    fill(template, dict.fromkeys(every, ""), dict.fromkeys(some, ()))


def filled_docx(template: bytes, contents: Contents, terms: BulletinTerms) -> bytes:
    """Fill the county's template; placeholders may be written in either language. Raises `Refused`."""
    words: dict[str, str] = {}
    tables: dict[str, tuple[Table, ...]] = {}
    for language in Language:
        words |= {say(f"office.placeholder_{one}", language): said for one, said in _said(contents, terms).items()}
        tables |= {say(f"office.placeholder_{one}", language): some for one, some in _tables(contents).items()}
    return fill(template, words, tables)


def _said(contents: Contents, terms: BulletinTerms) -> dict[str, str]:
    language = contents.language
    return {
        "title": terms.title,
        "month": month_words(contents.period, language),
        "number": terms.number,
        "authority": terms.authority,
        "recipients": terms.recipients,
        "date": written(terms.on, language),
        "summary": _summary(contents),
        "lights": _lights(contents),
    }


def _tables(contents: Contents) -> dict[str, tuple[Table, ...]]:
    leagues = tuple(Table(table.columns, table.rows, caption=name) for name, table in contents.leagues)
    return {
        "leagues": leagues,
        "moved": (contents.moved,) if contents.moved else (),
        "behind": (contents.behind,) if contents.behind else (),
    }


def _summary(contents: Contents) -> str:
    month = month_words(contents.period, contents.language)
    given = {"period": month, "units": contents.units, "groups": contents.groups}
    return say("office.summary_says", contents.language, **given)


def _lights(contents: Contents) -> str:
    lit = contents.lights
    given = {"green": lit[Light.GREEN], "yellow": lit[Light.YELLOW], "red": lit[Light.RED]}
    return say("office.lights_say", contents.language, **given)
