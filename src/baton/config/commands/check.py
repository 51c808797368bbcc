"""`baton check`: the self-test of an installation."""

import pkgutil
from collections import Counter

import typer
from django.conf import settings

from baton.config.cli.answer import Answer
from baton.config.operations.checking import Finding, Reach, State, self_test
from baton.config.operations.installation import this_installation
from baton.config.screen.tables import print_line
from baton.words import Language, render, text

_WORDS = {
    State.GOOD: ("operations.state_good", "green"),
    State.WARNING: ("operations.state_warning", "yellow"),
    State.ERROR: ("operations.state_error", "red"),
}


def check(context: typer.Context) -> Answer:
    """Ask everything. JSON: `findings` with `code`, `state`, `what`, `mend`; `counts`. Code 1 if there is an error."""
    place = this_installation()
    reach = Reach(
        hosts=tuple(settings.ALLOWED_HOSTS),
        https=settings.HTTPS,
        proxies=tuple(sorted(settings.TRUSTED_PROXIES)),
        channels=tuple(sorted({str(one.get("kind")) for one in getattr(settings, "CHANNELS", {}).values()})),
        log=settings.LOG_FILE,
    )
    # Tables can be named only after Django is ready, which the line above made it.
    findings = list(self_test(place, reach, pkgutil.resolve_name("baton.config.operations.checking.audited:audited")))
    counts = Counter(one.state for one in findings)
    spoken: Language = context.obj.language
    payload = {
        "findings": [_plain(one, spoken) for one in findings],
        "counts": {state.value: counts[state] for state in State},
    }

    def show(language: Language) -> None:
        for one in findings:
            _show(one, language)
        print_line("operations.check_counts", language, **{state.value: counts[state] for state in State})

    return Answer(payload, show, failed=bool(counts[State.ERROR]))


def _plain(one: Finding, language: Language) -> dict[str, str]:
    sentence = render(one.problem, language)
    return {"code": one.problem.code, "state": one.state.value, "what": sentence.what, "mend": sentence.mend}


def _show(one: Finding, language: Language) -> None:
    code, colour = _WORDS[one.state]
    sentence = render(one.problem, language)
    typer.echo(f"{typer.style(text(code, language), fg=colour, bold=True)} {sentence.what}")
    if sentence.mend and one.state is not State.GOOD:
        typer.echo(f"    {text('config.word_mend', language)} {sentence.mend}")
