"""All units bring a workbook in at once: uploaded, looked at, and taken; nothing may be lost."""

from dataclasses import dataclass
from html import unescape
from pathlib import Path
from threading import Barrier, Thread

from house import House
from visit import Answer, Visitor

NOW = "2026-12"


@dataclass
class Upload:
    """One unit's workbook on its way: how long each answer took, and how the last one ended."""

    code: str
    content: bytes
    name: str
    tried: float = 0.0
    looked: float = 0.0
    taken: float = 0.0
    landed: bool = False
    said: str = ""

    def bring(self, visitor: Visitor, gate: Barrier) -> None:
        """Upload, look, take."""
        gate.wait()
        place = f"/report/{NOW}/{self.code}/workbook"
        answer = visitor.upload(place, self.name, self.content)
        self.tried = answer.seconds
        page = visitor.get(answer.leads) if answer.status == 302 else answer
        self.looked = page.seconds
        if not page.hidden("agreed"):
            self.said = _why(page)
            return
        given = {"agreed": unescape(page.hidden("agreed")), "key": page.hidden("key")}
        last = visitor.post(answer.leads, **given)
        self.taken = last.seconds
        self.landed = last.status == 302
        self.said = "" if self.landed else _why(last)


def _why(answer: Answer) -> str:
    return f"{answer.status} {answer.text[:200]!r}"


def all_at_once(house: House) -> list[Upload]:
    """Let every unit begin in the same moment; give all of them once the last is through."""
    folder: Path = house.folder
    books: dict[str, str] = house.county["workbooks"]
    uploads = [Upload(code, (folder / name).read_bytes(), name) for code, name in books.items()]
    gate = Barrier(len(uploads))
    sessions = house.county["sessions"]
    threads = [
        Thread(target=one.bring, args=(Visitor(house.port, sessions[f"reporter-{one.code}".lower()]), gate))
        for one in uploads
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return uploads
