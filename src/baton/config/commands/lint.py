"""`baton lint`: what is wrong or doubtful in a scheme."""

from collections import Counter
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import Mapping, SchemePath
from baton.config.inputs import read_data, read_scheme
from baton.config.inputs.schemes import SchemeFile
from baton.config.screen.progress import Meter, meter
from baton.config.screen.tables import print_line
from baton.engine.lint import Observed, observe
from baton.engine.lint import lint as lint_scheme
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.words import Language, Problem, Severity


def lint(
    context: typer.Context,
    scheme: SchemePath,
    data: Annotated[list[Path] | None, typer.Option("--data", metavar="PATH", help="config.help_lint_data")] = None,
    mapping: Mapping = None,
) -> Answer:
    """Check every version in the file. JSON: `versions` with scheme, version, digest, and counts of findings."""
    file = read_scheme(scheme)
    found: list[Problem] = []
    versions = []
    with meter(context.obj) as progress:
        for version in file.schemes:
            progress.step("config.step_lint")
            observed = _observed(version, file, data or [], mapping, progress)
            problems = file.located(version, lint_scheme(version, observed))
            found += problems
            counts = Counter(problem.severity.value for problem in problems)
            versions.append(
                {
                    "scheme": version.code,
                    "name": version.name,
                    "version": version.version,
                    "digest": digest(version),
                    "units": sum(unit.group is not None for unit in version.units),
                    "indicators": len(version.indicators),
                    **{f"{severity.value}s": counts[severity.value] for severity in Severity},
                }
            )

    def show(language: Language) -> None:
        for one in versions:
            print_line("config.lint_summary", language, **one)

    return Answer({"versions": versions}, show, tuple(found))


def _observed(
    scheme: Scheme, file: SchemeFile, data: list[Path], mapping: Path | None, progress: Meter
) -> Table[tuple[str, str], Observed]:
    """Gather what figures show, for the newest version only: they are its figures."""
    if not data or scheme is not file.latest:
        return {}
    return observe(scheme, read_data(data, scheme, mapping, progress.files, only_good=True).observations)
