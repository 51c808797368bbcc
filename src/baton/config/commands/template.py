"""`baton template`: blank reporting workbooks."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.ending import Misused
from baton.config.commands.parameters import SchemePath
from baton.config.inputs import read_scheme
from baton.config.inputs.years import check_period
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.work.templates import Form, all_forms, lead_form, records_form, unit_form
from baton.engine.scheme.model import Scheme
from baton.reports.store import write_files
from baton.words import Language, Problem, Refused

_WORKBOOK = ".xlsx"
_NAMED = 3


def template(
    context: typer.Context,
    scheme: SchemePath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="config.help_template_out")],
    period: Annotated[str, typer.Option("--period", metavar="PERIOD", help="config.help_period")],
    lead: Annotated[str | None, typer.Option("--lead", metavar="UNIT", help="config.help_lead")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="config.help_template_unit")] = None,
    every: Annotated[bool, typer.Option("--all", help="config.help_all")] = False,
    records: Annotated[bool, typer.Option("--records", help="config.help_template_records")] = False,
) -> Answer:
    """Write workbooks that are all written or none. JSON: `files`."""
    if sum((lead is not None, unit is not None, every, records)) != 1:
        raise Misused([Problem("config.template_for_whom")])
    version = read_scheme(scheme).at(int(check_period(period)[:4]))
    language: Language = context.obj.language
    with meter(context.obj) as progress:
        progress.step("config.step_write")
        if every:
            forms = {out / name: content for name, content in all_forms(version, period, language)}
        else:
            made = _one(version, period, language, lead, unit)
            forms = {out if out.suffix.lower() == _WORKBOOK else out / made[0]: made[1]}
        _refuse_to_write_over(forms)
        write_files(forms)

    def show(language: Language) -> None:
        for path in forms:
            print_line("config.written", language, path=path)

    return Answer({"files": [str(path) for path in forms]}, show)


def _one(scheme: Scheme, period: str, language: Language, lead: str | None, unit: str | None) -> Form:
    """Make the one workbook that is asked for: of a lead department, of a unit, or the records of entry."""
    if lead is not None:
        return lead_form(scheme, lead, period, language)
    return records_form(scheme, period, language) if unit is None else unit_form(scheme, unit, period, language)


def _refuse_to_write_over(forms: Iterable[Path]) -> None:
    """Refuse files that are there: an office may have filled them in. Raises `Refused`."""
    there = [path for path in forms if path.exists()]
    if there:
        named = "、".join(str(path) for path in there[:_NAMED]) + ("……" if len(there) > _NAMED else "")
        raise Refused([Problem("config.files_exist", {"files": named})])
