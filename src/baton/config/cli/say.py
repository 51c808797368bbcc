"""Say an answer or what was wrong: sentences for people, one JSON object for machines.

The JSON object is `{"ok": bool, "code": exit code, "problems": [...], "result": {...}}`, and a problem is
`{"code", "severity", "what", "mend", "place": {file, sheet, cell, field, line, column},
"params"}`.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.ending import Code
from baton.config.cli.missing import Line, gathered
from baton.config.cli.session import Session
from baton.words import Problem, Severity, render, text

MOST_SHOWN = 40
MOST_OF_A_KIND = 3
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_NAMES = {
    Severity.ERROR: "config.severity_error",
    Severity.WARNING: "config.severity_warning",
    Severity.NOTICE: "config.severity_notice",
}


def say_answer(answer: Answer, session: Session) -> None:
    """Print what a command gives back: problems to stderr, the answer to stdout; or one JSON object."""
    if session.json:
        code = Code.GOOD if answer.good else Code.INPUT
        _print_json(answer.good, code, answer.problems, answer.payload, session)
        return
    _print_problems(answer.problems, session)
    answer.show(session.language)


def say_problems(problems: Sequence[Problem], session: Session, code: Code) -> None:
    """Print why a command ended without an answer."""
    if session.json:
        _print_json(False, code, problems, {}, session)
    else:
        _print_problems(problems, session)


def _print_json(
    good: bool, code: Code, problems: Iterable[Problem], result: Mapping[str, Any], session: Session
) -> None:
    told = {"ok": good, "code": int(code), "problems": [shape(one, session) for one in problems], "result": result}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n")


def shape(problem: Problem, session: Session) -> dict[str, Any]:
    """Give a problem as plain values for JSON."""
    sentence = render(problem, session.language)
    place = {name: value for name, value in asdict(problem.place).items() if value}
    params = {name: str(value) for name, value in problem.params.items()}
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "what": sentence.what,
        "mend": sentence.mend,
        "place": place,
        "params": params,
    }


def _chosen(lines: Sequence[Line]) -> Iterator[Line]:
    """Choose what a terminal shows: errors up to a limit, everything gathered, a few of each warning and notice."""
    errors = [line for line in lines if line.problem.severity is Severity.ERROR]
    yield from (line for number, line in enumerate(errors) if number < MOST_SHOWN or line.stands_for > 1)
    seen: Counter[str] = Counter()
    for severity in (Severity.WARNING, Severity.NOTICE):
        for line in lines:
            if line.problem.severity is severity and seen[line.problem.code] < MOST_OF_A_KIND:
                seen[line.problem.code] += 1
                yield line


def _print_problems(problems: Sequence[Problem], session: Session) -> None:
    shown = list(_chosen(gathered(problems, session.language)))
    for line, following in zip_longest(shown, shown[1:]):
        problem = line.problem
        sentence = render(problem, session.language)
        head = typer.style(text(_NAMES[problem.severity], session.language), fg=_COLOURS[problem.severity], bold=True)
        place = problem.place.label()
        typer.echo(f"{head} {place + '  ' if place else ''}{sentence.what}", err=True)
        same = following is not None and render(following.problem, session.language).mend == sentence.mend
        if sentence.mend and not same:
            typer.echo(f"    {text('config.word_mend', session.language)} {sentence.mend}", err=True)
    told = sum(line.stands_for for line in shown)
    if told < len(problems):
        counts = Counter(problem.severity for problem in problems)
        typer.echo(
            text(
                "config.more_problems",
                session.language,
                shown=told,
                errors=counts[Severity.ERROR],
                warnings=counts[Severity.WARNING] + counts[Severity.NOTICE],
            ),
            err=True,
        )
