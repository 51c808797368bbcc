"""`baton init`: a folder to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.called import called, pasted
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.work.templates import all_forms
from baton.example import scheme as example_scheme
from baton.example import scheme_text
from baton.reports.store import new_folder
from baton.sheets.scheme_book import write_scheme
from baton.words import Language, Place, Problem, Refused, text

_SCHEME, _BOOK = "scheme.yaml", "scheme.xlsx"


def init(
    context: typer.Context, folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="config.help_init_folder")]
) -> Answer:
    """Write the example scheme in both forms, and its reporting workbooks of June and of the year. JSON: `files`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused([Problem("config.folder_not_empty", {}, Place(file=str(folder)))])
    version, language = example_scheme(), context.obj.language
    year = version.effective_from.year
    with new_folder(folder) as place, meter(context.obj) as progress:
        progress.step("config.step_write")
        (place / _SCHEME).write_text(scheme_text(), "utf-8")
        (place / _BOOK).write_bytes(write_scheme(version, language))
        forms = place / text("config.folder_templates", language)
        forms.mkdir()
        for period in (f"{year}-06", str(year)):
            for name, content in all_forms(version, period, language):
                (forms / name).write_bytes(content)
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

    def show(language: Language) -> None:
        params = {"path": folder, "forms": len(files) - 2, "scheme": _SCHEME, "book": _BOOK}
        print_line("config.init_done", language, **params)
        print_line("config.init_next", language, baton=called(), scheme=pasted(folder / _SCHEME))

    return Answer({"folder": str(folder), "files": files}, show)
