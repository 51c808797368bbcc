"""Word documents: the layout of GB/T 9704 as XML says it, and as LibreOffice sets it on the page."""

import datetime
import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from baton.documents import charts, content, word
from baton.documents.word.head import sign_points
from baton.documents.word.numbering import Counter, chinese
from baton.documents.word.styles import CELL_SIDE_TWIPS
from baton.documents.word.table import needs_landscape, widths_for
from baton.documents.word.title import broken
from baton.words import Language, Refused, render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG_UNIT = "云渡高新技术产业开发区管理委员会"
OFFICE = "云渡县绩效考核委员会办公室"
FIGURE = charts.RankedBars("考核得分", "单位", "分", (charts.Bar("云渡镇", Decimal("93.20")),))


def league_table(rows: int = 85) -> content.Table:
    columns = (
        content.Column("名次", content.Align.CENTRE),
        content.Column("单位"),
        content.Column("得分", content.Align.RIGHT),
    )
    texts = tuple((str(i), LONG_UNIT if i % 9 == 0 else "白鹭洲镇", f"{100 - i / 7:.2f}") for i in range(1, rows + 1))
    return content.Table(columns, texts, caption="表1 考核结果", notes=("注：得分保留两位小数。",))


def wide_table() -> content.Table:
    months = tuple(content.Column(f"{i}月", content.Align.RIGHT) for i in range(1, 13))
    return content.Table((content.Column("单位"), *months), ((LONG_UNIT, *["100.00"] * 12),))


def document(*body: content.Block, **parts: object) -> content.Document:
    return content.Document("关于2026年度考核结果的通报", body, **parts)  # type: ignore[arg-type]


def full() -> content.Document:
    return document(
        content.Heading("总体情况"),
        content.Paragraph("有关情况如下。", lead="乡镇组。"),
        league_table(),
        content.Chart(FIGURE, "图1 得分"),
        letterhead=content.Letterhead(f"{OFFICE}文件", "云绩办〔2027〕3号", signatory="李明", copy_number="000001"),
        recipients="各乡镇人民政府",
        attachments=(content.Attachment("得分表", (wide_table(),)), content.Attachment("一票否优事项")),
        signature=content.Signature((OFFICE,), datetime.date(2027, 1, 5)),
        remark="联系人：李明",
        imprint=content.Imprint(OFFICE, datetime.date(2027, 1, 6), ("县委办公室", "县政府办公室")),
    )


def part(raw: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return etree.fromstring(package.read(name))


def said(node: etree._Element) -> str:
    return "".join(node.itertext(f"{W}t"))


def test_the_same_content_gives_the_same_bytes_and_no_time_of_writing() -> None:
    raw = word.write(full())
    assert word.write(full()) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4})-", core)) == {"2027"}
    assert "python-docx" not in core


def test_paper_margins_and_line_grid() -> None:
    section = part(word.write(document())).find(f"{W}body/{W}sectPr")
    assert section is not None
    size, margin, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    assert size is not None
    assert margin is not None
    assert grid is not None
    millimetres = {
        key.removeprefix(W): round(int(v) * 25.4 / 1440) for key, v in {**size.attrib, **margin.attrib}.items()
    }
    wanted = {"w": 210, "h": 297, "top": 37, "bottom": 35, "left": 28, "right": 26}
    assert {key: millimetres[key] for key in wanted} == wanted
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")


def test_fonts_are_the_standards_names_and_can_be_changed() -> None:
    def face(raw: bytes, style: str) -> tuple[str | None, str | None]:
        found = part(raw, "word/styles.xml").find(f"{W}style[@{W}styleId='{style}']/{W}rPr")
        assert found is not None
        fonts, size = found.find(f"{W}rFonts"), found.find(f"{W}sz")
        return fonts.get(f"{W}eastAsia") if fonts is not None else None, size.get(
            f"{W}val"
        ) if size is not None else None

    raw = word.write(document())
    assert face(raw, "Normal") == ("仿宋_GB2312", "32")
    assert face(raw, "Title") == ("方正小标宋简体", "44")
    assert [face(raw, f"Heading{level}")[0] for level in (1, 2, 3)] == ["黑体", "楷体_GB2312", "仿宋_GB2312"]
    assert face(raw, "Footer") == ("宋体", "28")
    assert face(word.write(document(), word.Fonts(body="仿宋")), "Normal")[0] == "仿宋"


def test_headings_are_numbered_by_level_and_begin_anew_below_a_higher_one() -> None:
    counter = Counter(Language.CHINESE)
    assert [counter.next(level) for level in (1, 2, 3, 4, 4, 2, 3, 1, 2)] == [
        "一、", "（一）", "1. ", "（1）", "（2）", "（二）", "1. ", "二、", "（一）",
    ]  # fmt: skip
    english = Counter(Language.ENGLISH)
    assert [english.next(level) for level in (1, 2, 2, 1, 2)] == ["1 ", "1.1 ", "1.2 ", "2 ", "2.1 "]


@pytest.mark.parametrize(("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_chinese_numerals(number: int, written: str) -> None:
    assert chinese(number) == written


def test_table_rows_are_whole_headers_repeat_and_numbers_stand_right() -> None:
    root = part(word.write(document(league_table(3))))
    rows = root.findall(f".//{W}tbl/{W}tr")
    assert len(rows) == 4
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]
    stands = [node.get(f"{W}val") for node in rows[1].findall(f".//{W}pPr/{W}jc")]
    assert stands == ["center", "left", "right"]


def test_merged_header_cells_span_columns_and_rows() -> None:
    head = (
        (content.HeaderCell("单位", rows=2), content.HeaderCell("得分", columns=2)),
        (content.HeaderCell("月度"), content.HeaderCell("年终")),
    )
    table = content.Table((content.Column(),) * 3, (("云渡镇", "1", "2"),), head)
    rows = part(word.write(document(table))).findall(f".//{W}tbl/{W}tr")
    assert [[said(cell) for cell in row.findall(f"{W}tc")] for row in rows[:2]] == [
        ["单位", "得分"],
        ["", "月度", "年终"],
    ]
    assert [node.get(f"{W}val") for node in rows[0].iter(f"{W}gridSpan")] == ["2"]
    assert [node.get(f"{W}val") for row in rows for node in row.iter(f"{W}vMerge")] == ["restart", "continue"]


def test_only_a_table_that_cannot_stand_upright_turns_the_page_and_takes_its_heading_along() -> None:
    assert needs_landscape(wide_table())
    assert not needs_landscape(league_table())
    raw = word.write(document(content.Paragraph("前"), content.Heading("月度"), wide_table(), content.Paragraph("后")))
    root = part(raw)
    turned = [node.get(f"{W}orient") for node in root.iter(f"{W}pgSz")]
    assert turned == [None, "landscape", None]
    first_break = next(p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}sectPr") is not None)
    before = [said(p) for p in root.iter(f"{W}p")][: list(root.iter(f"{W}p")).index(first_break) + 1]
    assert "前" in before
    assert "一、月度" not in before


def test_column_widths_fill_the_room_and_never_pass_it() -> None:
    for table in (league_table(), wide_table()):
        assert sum(widths_for(table, 156)) <= 156.001
    small = content.Table((content.Column("甲"), content.Column("乙")), (("1", "2"),))
    assert sum(widths_for(small, 156)) < 60


@pytest.mark.parametrize(("signed", "kept"), [(True, True), (False, False)])
def test_the_last_lines_of_the_text_go_with_the_signature(signed: bool, kept: bool) -> None:
    signature = content.Signature(("县考核办",), datetime.date(2026, 1, 5)) if signed else None
    made = part(word.write(content.Document("告知书", (content.Paragraph("末段"),), signature=signature)))
    last = next(one for one in made.iter("{*}p") if said(one) == "末段")
    assert (next(last.iter("{*}keepNext"), None) is not None) is kept


def test_pictures_carry_a_text_alternative() -> None:
    root = part(word.write(document(content.Chart(FIGURE, "图1"))))
    described = [node.get("descr") for node in root.iter() if node.tag.endswith("}docPr")]
    assert described == [charts.alternative(FIGURE)]


def test_a_long_sign_shrinks_to_one_line() -> None:
    assert sign_points("云渡县人民政府文件") == 44
    assert sign_points("云渡县委绩效考核委员会办公室云渡县人力资源和社会保障局文件") * 28 <= 442.3


@pytest.mark.parametrize(
    "title",
    [
        "云渡县绩效考核委员会办公室关于2026年度全县单位绩效考核结果的通报",
        "云渡县2026年度绩效考核一票否优事项及依据一览表（含党风廉政建设、安全生产、生态环境保护等事项）",
        "关于印发《云渡县2026年度绩效考核方案》的通知",
        "A" * 30 + "关于通知",
    ],
)
def test_long_titles_break_where_the_sense_allows(title: str) -> None:
    lines = broken(title, 20).split("\n")
    assert "".join(lines) == title
    for left, right in pairwise(lines):
        assert not re.search(r"[0-9A-Za-z]$", left) or not re.match(r"[0-9A-Za-z]", right)
        assert right[0] not in "的、，）》年"


def test_a_title_that_fits_or_is_broken_by_hand_stays() -> None:
    assert broken("关于结果的通报", 20) == "关于结果的通报"
    assert broken("云渡县关于\n" + "结果" * 15, 20).count("\n") == 1


def test_every_problem_is_reported_at_once_in_both_languages() -> None:
    bad = content.Document(
        " ",
        (
            content.Heading("深", 5),
            content.Table((content.Column("甲"),) * 2, (("1",), ("1", "2"), ("1", "2", "3"))),
            content.Table((content.Column(),) * 2, (), ((content.HeaderCell("甲", columns=3),),)),
            content.Picture(b"GIF89a", "图"),
        ),
    )
    with pytest.raises(Refused) as refused:
        word.write(bad)
    codes = [(p.code.removeprefix("documents."), p.place.field) for p in refused.value.problems]
    assert codes == [
        ("no_title", "title"),
        ("heading_level", "body[0]"),
        ("row_length", "body[1].rows[0]"),
        ("row_length", "body[1].rows[2]"),
        ("header_spans", "body[2].header"),
        ("not_png", "body[3]"),
    ]
    sentences = [render(problem, language) for problem in refused.value.problems for language in Language]
    assert all(sentence.what and sentence.mend for sentence in sentences)


def test_an_english_document_uses_english_labels() -> None:
    parts = {
        "recipients": "All townships",
        "attachments": (content.Attachment("Scores", (content.Paragraph("None."),)),),
        "signature": content.Signature(("Office",), datetime.date(2027, 1, 5)),
        "language": Language.ENGLISH,
    }
    words = said(part(word.write(document(content.Heading("Overview"), **parts))))
    assert all(piece in words for piece in ("All townships:", "1 Overview", "Annexes: Scores", "Annex", "2027-01-05"))


def test_control_characters_of_pasted_texts_do_not_break_the_file() -> None:
    assert "甲乙" in said(part(word.write(document(content.Paragraph("甲\x0b\x00乙")))))


def lines_of(raw: bytes, folder: Path) -> list[list[tuple[float, float, float, str]]]:
    """Set a docx with LibreOffice; per page, the lines as (left, top, right, text) in points from the corner."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("LibreOffice or pdftotext is missing")
    source = folder / "d.docx"
    source.write_bytes(raw)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    layout = ["pdftotext", "-bbox-layout", str(folder / "d.pdf"), "-"]
    xml = subprocess.run(layout, check=True, capture_output=True, timeout=60).stdout
    root = etree.fromstring(xml)
    pages = []
    for page in root.iter("{*}page"):
        rows: dict[int, list[tuple[float, float, float, str]]] = {}
        for node in page.iter("{*}word"):
            box = [float(node.get(key) or 0) for key in ("xMin", "yMin", "xMax")]
            rows.setdefault(round(box[1] / 8), []).append((box[0], box[1], box[2], node.text or ""))
        pages.append(
            [
                (min(w[0] for w in row), row[0][1], max(w[2] for w in row), "".join(w[3] for w in sorted(row)))
                for _, row in sorted(rows.items())
            ]
        )
    return pages


@pytest.mark.office
def test_a_page_has_22_lines_of_28_characters_and_its_number_where_it_belongs(tmp_path: Path) -> None:
    pages = lines_of(word.write(document(content.Paragraph("字" * 28 * 60))), tmp_path)
    first, second, third = pages[0], pages[1], pages[2]
    text = [line for line in second if line[3].startswith("字")]
    assert len(text) == 22
    assert {len(line[3]) for line in text} == {28}
    assert next(line for line in first if line[3].startswith("字"))[3] == "字" * 26
    numbers = [next(line for line in page if "—" in line[3]) for page in (first, second, third)]
    assert [re.sub(r"\s", "", line[3]) for line in numbers] == ["—1—", "—2—", "—3—"]
    left, right = 28 * 72 / 25.4, (210 - 26) * 72 / 25.4
    assert numbers[0][2] == pytest.approx(right - 14, abs=1.5)
    assert numbers[1][0] == pytest.approx(left + 14, abs=1.5)
    assert numbers[0][1] > (297 - 35) * 72 / 25.4


@pytest.mark.office
def test_a_whole_document_is_set_with_repeated_header_and_imprint_at_the_foot(tmp_path: Path) -> None:
    pages = lines_of(word.write(full()), tmp_path)
    texts = ["\n".join(line[3] for line in page) for page in pages]
    assert sum("名次单位得分" in text.replace("\n", "") for text in texts) >= 3
    assert any("2027年1月5日" in text and OFFICE in text for text in texts)
    last = next(line for line in pages[-1] if "印发" in line[3])
    assert last[1] > 230 * 72 / 25.4
    assert "附件：1.得分表" in "".join(texts).replace("\n", "")


def test_a_number_has_room_in_a_font_with_wider_figures() -> None:
    columns = (content.Column("单位"), content.Column("目标", content.Align.RIGHT))
    table = content.Table(columns, (("龙潭溪乡", "23200"),))
    _, width = widths_for(table, 156)
    assert width * 72 / 25.4 - 2 * CELL_SIDE_TWIPS / 20 > 5 * 0.58 * table.points
