"""Help pages in the user's language, set for terminals where a Chinese character takes two columns."""

import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from baton.config.cli.called import called
from baton.config.cli.session import COMMON, Session
from baton.config.cli.table import COMMANDS
from baton.words import text

_AREAS = ("commands.", "config.")
_BRACES = re.compile(r"\{([^}]*)\}(?:\.\.\.)?")  # the framework writes {DATA...}... for what must be given
_WIDEST = 100
_NAMES_AT_MOST = 34
_NOT_AT_LINE_START = "，。；：、！？）】》”’%,.;:!?)"


def help_page(context: Any, command: Any, session: Session, listed: bool) -> str:
    """Write the help page of a command; `listed`: of the application itself, with its commands."""
    page = _Page(session, min(shutil.get_terminal_size().columns, _WIDEST))
    pieces = _BRACES.sub(r"\1", " ".join(command.collect_usage_pieces(context)))
    page.line(f"{page.word('commands.word_usage')} {context.command_path} {pieces}")
    page.paragraph(page.translated(command.help or ""))
    records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            kind = parameter.param_type_name
            names = record[0].partition(" <")[0] if kind == "argument" else record[0]
            records[kind].append((names, page.record(*record)))
    page.table("commands.word_arguments", records["argument"])
    if listed:
        page.table("commands.word_commands", [(name, page.word(row.about)) for name, row in COMMANDS.items()])
    page.table("commands.word_options", records["option"])
    page.table("commands.word_common", [(one.shown, page.word(one.about)) for one in COMMON])
    page.paragraph(page.translated(command.epilog or ""))
    return "\n".join(page.lines)


class _Page:
    """Lines of text under construction."""

    def __init__(self, session: Session, width: int) -> None:
        self.session = session
        self.width = width
        self.lines: list[str] = []

    def word(self, code: str) -> str:
        return text(code, self.session.language, baton=called())

    def translated(self, given: str) -> str:
        """Give the words where a text is a code of the catalogue."""
        return self.word(given) if given.startswith(_AREAS) and " " not in given else given

    def record(self, names: str, given: str) -> str:
        """Translate the framework's record of a parameter: help, two spaces, `[default: x; required]`."""
        if names.endswith("--help"):
            return self.word("commands.help_help")
        code, _, extra = given.partition("  [")
        if not extra:
            return self.translated(code)
        for english, known in (("default: ", "commands.word_default"), ("required", "commands.word_required")):
            extra = extra.replace(english, self.word(known))
        return f"{self.translated(code)} [{extra}"

    def line(self, content: str) -> None:
        self.lines.append(content)

    def paragraph(self, content: str) -> None:
        if content:
            self.lines.append("")
            for line in content.strip("\n").splitlines():
                indent = line[: len(line) - len(line.lstrip())]
                self.lines += [indent + part for part in wrapped(line.strip(), self.width - len(indent))]

    def table(self, heading: str, rows: Sequence[tuple[str, str]]) -> None:
        """Write names in one column and what they mean in another."""
        if not rows:
            return
        self.lines += ["", self.word(heading)]
        names = min(max(columns(name) for name, _ in rows), _NAMES_AT_MOST) + 2
        for name, content in rows:
            parts = wrapped(content, max(self.width - names - 2, 20))
            indent = " " * (names + 2)
            if columns(name) + 2 > names:
                self.lines += [f"  {name}", *(indent + part for part in parts)]
            else:
                first = f"  {name}{' ' * (names - columns(name))}{parts[0]}".rstrip()
                self.lines += [first, *(indent + part for part in parts[1:])]


def columns(content: str) -> int:
    """Count the terminal columns of a text: two for a wide character (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in content)


def wrapped(content: str, width: int) -> list[str]:
    """Break a text into lines: between words, and after any Chinese character that no punctuation follows."""
    lines = [""]
    for piece in _pieces(content):
        if lines[-1] and columns(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [lines[-1].rstrip()] if len(lines) == 1 else [*lines[:-1], lines[-1].rstrip()]


def _pieces(content: str) -> Iterable[str]:
    """Cut a text where a line may end."""
    piece = ""
    for character in content:
        wide = unicodedata.east_asian_width(character) in "WF"
        ends = piece and (piece[-1] == " " or unicodedata.east_asian_width(piece[-1]) in "WF" or wide)
        if ends and character not in _NOT_AT_LINE_START and character != " ":
            yield piece
            piece = ""
        piece += character
    yield piece
