"""`baton demo`: the example county from a thousand workbooks to a published result, and then in a browser."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.called import called, pasted
from baton.config.screen.imports import print_errors, print_import
from baton.config.screen.league import print_leagues
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.work.demo import RESULTS, RETURNED, SCHEME, WORKBOOKS, refuse_other_folder, run_demo
from baton.config.work.imports import told
from baton.config.work.pages import show_pages
from baton.reports.store import new_folder
from baton.words import Language


def demo(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="config.help_demo_output")] = Path(
        "yundu-demo"
    ),
    seed: Annotated[int, typer.Option("--seed", min=0, metavar="NUMBER", help="config.help_seed")] = 2025,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="config.help_demo_serve")] = True,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="config.help_serve_host")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, metavar="NUMBER", help="config.help_serve_port")
    ] = 8000,
) -> Answer:
    """Run the demo. JSON: `folder`, `import` with the counts of the first reading, `returned`, `mended`, `digest`."""
    refuse_other_folder(output)
    language: Language = context.obj.language
    with new_folder(output) as folder, meter(context.obj) as progress:
        found = run_demo(folder, seed, language, datetime.now(UTC).astimezone(), progress)

    def show(language: Language) -> None:
        print_import(found.first, language)
        print_errors(found.first, language)
        print_line("config.demo_mended", language, returned=found.returned, mended=found.mended)
        print_leagues(found.sheet, language)
        params = {"year": found.sheet.year, "units": len(found.sheet.standings), "digest": found.sheet.digest}
        print_line("config.scored", language, **params)
        places = {
            "scheme": output / SCHEME,
            "workbooks": output / WORKBOOKS,
            "returned": output / RETURNED,
            "results": output / RESULTS,
        }
        print_line("config.demo_places", language, **places)
        quoted = {name: pasted(path) for name, path in places.items()}
        print_line("config.demo_next", language, baton=called(), **quoted)
        if serve:
            print_line("config.demo_pages", language)

    payload = {
        "folder": str(output),
        "import": told(found.first, language)["counts"],
        "returned": found.returned,
        "mended": found.mended,
        "digest": found.sheet.digest,
    }
    pages = None if context.obj.json or not serve else partial(show_pages, output, host, port)
    return Answer(payload, show, after=pages)
