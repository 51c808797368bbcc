"""Parameters that several commands share, each with its line on the help pages."""

from pathlib import Path
from typing import Annotated

import typer

SchemePath = Annotated[Path, typer.Argument(metavar="SCHEME", help="config.help_scheme")]
DataPaths = Annotated[list[Path], typer.Argument(metavar="DATA...", help="config.help_data")]
Mapping = Annotated[Path | None, typer.Option("--mapping", metavar="FILE", help="config.help_mapping")]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="config.help_output")]
AcceptGood = Annotated[bool, typer.Option("--accept-good", help="config.help_accept_good")]
ResultFolder = Annotated[Path, typer.Argument(metavar="RESULTS", help="config.help_results")]
