"""The first part: by which plan, who, what the total is made of, and how many have which suggested grade."""

from collections import Counter
from collections.abc import Iterator

from baton.documents.content import Align, Block, Column, Paragraph, Table
from baton.engine.explain.line import percent
from baton.engine.plan.leaf import for_group
from baton.engine.scheme.nodes import Sum
from baton.reports.report.terms import ReportTerms
from baton.reports.results import League, Results, leagues


def general(results: Results, terms: ReportTerms) -> Iterator[Block]:
    """Give the paragraphs and the table of grades by group."""
    scheme, say = results.sheet.scheme, results.say
    number = say("reports.numbered", number=scheme.document_number) if scheme.document_number else ""
    counts = {"groups": len(results.groups), "units": len(results.sheet.standings), "year": results.sheet.year}
    made = results.run_on(_made_of(results))
    yield Paragraph(results.run_on([say("reports.opening", scheme=scheme.name, number=number, **counts), made]))
    yield _table(results)
    if results.grades:
        by = terms.decided_by or say("reports.competent_body")
        yield Paragraph(say("reports.suggested_only", body=by))


def _made_of(results: Results) -> Iterator[str]:
    """Say for each tree what its total is made of, naming the groups it scores."""
    roots = dict.fromkeys(group.root for group in results.groups)
    for root in roots:
        own = [group for group in results.groups if group.root == root]
        parts = [node for node in results.nodes.values() if node.parent == root and node.in_total]
        if not parts:
            continue
        weighted = not isinstance(results.nodes[root].combine, Sum)
        named = []
        for node in parts:
            weight = for_group(node.weight, own[0].code) if weighted else None
            share = "" if weight is None else " " + (percent(weight) if weight <= 1 else f"{weight:f}")
            named.append(f"{node.name}{share}")
        names = results.say("reports.words_joined_by").join(group.name for group in own)
        code = "reports.made_of" if len(roots) == 1 else "reports.made_of_for"
        yield results.say(code, groups=names, parts=results.say("reports.words_joined_by").join(named))


def _table(results: Results) -> Table:
    say = results.say
    graded = results.grades
    columns = (
        Column(say("reports.group")),
        Column(say("reports.units"), Align.RIGHT),
        Column(say("reports.highest"), Align.RIGHT),
        Column(say("reports.lowest"), Align.RIGHT),
        *(Column(say("reports.suggested", grade=name), Align.RIGHT) for name in graded.values()),
    )
    found = list(leagues(results))
    rows = [_row(results, league) for league in found]
    return Table(columns, tuple(rows), caption=say("reports.caption_general"))


def _row(results: Results, league: League) -> tuple[str, ...]:
    scored = [one.compared for one in league.standings if one.compared is not None]
    counts = Counter(one.grade for one in league.standings)
    none = results.say("reports.none")
    return (
        league.group.name,
        f"{len(league.standings)}",
        results.shown(max(scored, default=None)),
        results.shown(min(scored, default=None)),
        *(f"{counts[code]}" if league.group.graded else none for code in results.grades),
    )
