"""Keeping files: what is refused by its bytes, quotas, who may read, and a disk that is full."""

import io
import os
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from baton.core import disk
from baton.core.acting import Actor, acting
from baton.core.choices import FileKind
from baton.core.files import keep, let_go, plain_name, receive, sweep
from baton.core.models import AuditRow, FileAccount, Parameter, StoredFile, User
from baton.core.queries.files import file_for, files_of
from baton.core.readers import _READERS, register_reader
from baton.core.rules.content import workbook_kind
from baton.org.models import Unit
from baton.words import Refused
from people import make_unit

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0rest"
JPG = b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x0b\x08\0\x10\0\x10\1\1\x11\0\xff\xd9"


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def readers() -> Iterator[Callable[..., None]]:
    before = dict(_READERS)
    yield register_reader
    _READERS.clear()
    _READERS.update(before)


def xlsx() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def docx() -> bytes:
    made = io.BytesIO()
    Document().save(made)
    return made.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def lying() -> bytes:
    """A package whose directory says that a part is shorter than it is."""
    data = bytearray(packed({"a.txt": b"x" * 5000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("表.xlsx", xlsx(), FileKind.XLSX),
        ("报告.docx", docx(), FileKind.DOCX),
        ("图.png", PNG, FileKind.PNG),
        ("图.JPEG", JPG, FileKind.JPG),
        ("扫描.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n", FileKind.PDF),
        ("数.csv", "单位,数值\n柳林驿镇,12".encode("gb18030"), FileKind.CSV),
        ("包.zip", packed({"a.txt": b"1", "子/b.txt": b"2"}), FileKind.ZIP),
    ],
)
def test_a_file_is_known_by_its_bytes(name: str, data: bytes, kind: FileKind) -> None:
    assert receive(name, [data[:7], data[7:]]).kind is kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("表.xlsx", b"", "services.file_empty"),
        ("表.pdf", xlsx(), "services.file_not_its_name"),
        ("页.csv", b"<html><script>alert(1)</script>", "services.file_kind_unknown"),
        ("程序.png", b"MZ\x90\x00\x03", "services.file_kind_unknown"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "services.file_not_its_name"),
        ("宏.xlsx", packed({"xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"}), "services.file_with_macros"),
        ("包.zip", packed({"../../etc/passwd": b"x"}), "services.zip_leads_outside"),
        ("弹.zip", packed({"a": bytes(64 << 20)}), "sheets.packed_too_tightly"),
        ("谎.zip", lying(), "sheets.broken_file"),
        ("大.png", PNG[:16] + (60_000).to_bytes(4) * 2 + PNG[24:], "services.picture_too_large"),
        ("坏.jpg", b"\xff\xd8\xff\xe0\0\4ab", "services.picture_too_large"),
        ("断.xlsx", xlsx()[:-40], "sheets.broken_file"),
    ],
)
def test_what_is_not_kept_is_refused_with_its_reason(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        receive(name, [data])
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_file_beyond_the_limit_is_cut_short(settings: Any, user: User) -> None:
    given: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(100):
            given.append(number)
            yield b"x" * (1 << 20)

    with pytest.raises(Refused, match=r"services\.file_too_large"):
        receive("大.csv", pieces())
    assert len(given) == 21
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [("C:\\用户\\a.xlsx", "a.xlsx"), ("../../b\n.pdf", "b.pdf"), ("长" * 300 + ".docx", "长" * 195 + ".docx")],
)
def test_a_name_is_made_plain(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def kept(user: User, owner: Any, name: str = "图.png", data: bytes = PNG, unit: Unit | None = None) -> StoredFile:
    received = receive(name, [data])
    with acting(Actor(user)) as told:
        return keep(told, received, owner=owner, charged_to=unit)


def test_the_same_bytes_lie_on_disk_once_and_the_chain_says_who_kept_them(user: User) -> None:
    unit = make_unit()
    one, two = kept(user, unit, unit=unit), kept(user, unit, "另.png", unit=unit)
    assert one.digest == two.digest
    assert disk.path_of(one.digest).read_bytes() == PNG
    assert FileAccount.objects.get().used == 2 * len(PNG)
    row = AuditRow.objects.order_by("sequence").first()
    assert row is not None
    assert (row.action, row.object_name, row.detail["digest"]) == ("services.file_kept", "柳林驿镇", one.digest)


def test_a_quota_is_kept_by_unit(user: User) -> None:
    unit, other = make_unit(), make_unit("T05", "马鞍岭镇")
    kept(user, unit, unit=unit)
    FileAccount.objects.update(used=(2048 << 20) - len(PNG) + 1)
    with pytest.raises(Refused, match=r"services\.quota_used_up"):
        kept(user, unit, unit=unit)
    assert StoredFile.objects.count() == 1
    assert kept(user, other, unit=other).account_id is not None


def test_the_county_changes_the_limit(user: User) -> None:
    Parameter.objects.create(
        code="services.file_mebibytes",
        value=1,
        effective_from="2026-01-01",
        source="x",
        certainty="M",
        changed_at="2026-01-01T00:00Z",
    )
    with pytest.raises(Refused, match=r"services\.file_too_large"):
        receive("大.csv", [b"x" * ((1 << 20) + 1)])


def test_nothing_is_read_that_nobody_spoke_for(user: User, readers: Callable[..., None]) -> None:
    unit = make_unit()
    file = kept(user, unit)
    _READERS.pop("org.unit", None)
    assert file_for(user, file.pk) is None
    assert not files_of(user, unit)
    readers("org.unit", lambda who, number: who == user and number == str(unit.pk))
    assert file_for(user, file.pk) == file
    assert list(files_of(user, unit)) == [file]
    user.is_active = False
    assert file_for(user, file.pk) is None
    with pytest.raises(ValueError, match="twice"):
        readers("org.unit", lambda who, number: True)


def test_what_is_let_go_gives_its_room_back_and_is_swept_up(user: User) -> None:
    unit = make_unit()
    file, other = kept(user, unit, unit=unit), kept(user, unit, "别.png", PNG + b"1", unit=unit)
    with acting(Actor(user)) as told:
        let_go(told, file)
    assert FileAccount.objects.get().used == other.size
    assert sweep(time.time() - 3600) == 0, "written a moment ago: somebody may be about to keep it"
    assert sweep(time.time() + 60) == 1
    assert not disk.path_of(file.digest).exists()
    assert disk.path_of(other.digest).exists()


def test_a_full_disk_leaves_nothing_half_written(settings: Any, user: User) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(Refused, match=r"services\.disk_full"):
            receive("大.csv", [b"x" * 3000, b"y" * 3000])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


def test_a_draft_of_a_process_that_died_is_swept_up(settings: Any) -> None:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True)
    draft = root / ".draft-lost"
    draft.write_bytes(b"half")
    os.utime(draft, (0, 0))
    assert sweep(time.time() - 3600) == 1
    assert not draft.exists()


def packed(part: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(part, b"<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (packed("xl/workbook.xml"), FileKind.XLSX),
        (packed("xl/workbook.bin"), FileKind.XLSB),
        (packed("content.xml"), FileKind.ODS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), FileKind.XLS),
        ("单位,得分\n".encode("gb18030"), FileKind.CSV),
    ],
)
def test_a_workbook_that_was_read_is_kept_whatever_its_kind(content: bytes, kind: FileKind) -> None:
    assert workbook_kind(content, "报表") is kind


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00\x03", packed("word/document.xml")])
def test_what_holds_no_table_is_kept_as_no_workbook(content: bytes) -> None:
    with pytest.raises(Refused):
        workbook_kind(content, "报表.xls")
