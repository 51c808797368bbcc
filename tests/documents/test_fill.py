"""Filling an office's own docx: names that Word has cut up, tables in their place, everything wrong at once."""

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt

from baton.documents.content import Align, Column, Table
from baton.documents.word.fill import fill, names_in
from baton.words import Refused

TABLE = Table(
    (Column("单位"), Column("得分", Align.RIGHT)), (("柳林驿镇", "98.12"), ("石鼓岭镇", "97.40")), caption="甲组"
)


def saved(word: "docx.document.Document") -> bytes:
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def opened(content: bytes) -> "docx.document.Document":
    return docx.Document(io.BytesIO(content))


def test_a_name_that_word_has_cut_into_runs_is_filled_and_keeps_its_font() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("关于")
    for piece in ("{", "{标", "题 }", "}的通知"):
        paragraph.add_run(piece).bold = True
    assert names_in(saved(word)) == ["标题"]
    filled = opened(fill(saved(word), {"标题": "九月考核"}, {}))
    assert filled.paragraphs[0].text == "关于九月考核的通知"
    assert filled.paragraphs[0].runs[1].bold


def test_names_in_tables_heads_and_feet_are_filled() -> None:
    word = docx.Document()
    word.add_table(1, 1).cell(0, 0).text = "{{月份}}"
    word.sections[0].header.paragraphs[0].text = "第{{文号}}号"
    filled = opened(fill(saved(word), {"月份": "2026年9月", "文号": "9"}, {}))
    assert filled.tables[0].cell(0, 0).text == "2026年9月"
    assert filled.sections[0].header.paragraphs[0].text == "第9号"


def test_a_table_stands_where_its_name_stood_with_the_font_of_its_paragraph() -> None:
    word = docx.Document()
    word.add_paragraph("前")
    word.add_paragraph().add_run("{{排名表}}").font.name = "仿宋_GB2312"
    word.add_paragraph("后")
    filled = opened(fill(saved(word), {}, {"排名表": (TABLE,)}))
    rows = [[cell.text for cell in row.cells] for row in filled.tables[0].rows]
    assert rows == [["单位", "得分"], ["柳林驿镇", "98.12"], ["石鼓岭镇", "97.40"]]
    assert [one.text for one in filled.paragraphs] == ["前", "甲组", "", "后"]
    assert filled.tables[0].cell(1, 0).paragraphs[0].runs[0].font.name == "仿宋_GB2312"


@pytest.mark.parametrize("points", [0, 10.5, 16, 22])
def test_no_figure_is_broken_whatever_size_the_template_sets_it_in(points: float) -> None:
    word = docx.Document()
    piece = word.add_paragraph().add_run("{{排名表}}")
    if points:
        piece.font.size = Pt(points)
    filled = opened(fill(saved(word), {}, {"排名表": (TABLE,)}))
    size = points or word.styles["Normal"].font.size or Pt(11).pt
    width = filled.tables[0].cell(1, 1).width
    assert width is not None
    assert width.pt - 2 * 85 / 20 > 5 * 0.6 * size, "five figures of a wide font"


def test_a_table_keeps_within_the_text_of_its_template() -> None:
    word = docx.Document()
    word.sections[0].left_margin = word.sections[0].right_margin = Mm(50)
    word.add_paragraph("{{排名表}}")
    wide = Table(tuple(Column(f"第{number}项指标得分") for number in range(9)), (("1234.56",) * 9,))
    filled = opened(fill(saved(word), {}, {"排名表": (wide,)}))
    section = filled.sections[0]
    widths = [cell.width for cell in filled.tables[0].rows[0].cells]
    assert sum(widths) <= section.page_width - section.left_margin - section.right_margin + Mm(1)


def test_a_table_that_is_empty_leaves_its_place_empty() -> None:
    word = docx.Document()
    word.add_table(1, 1).cell(0, 0).text = "{{滞后清单}}"
    filled = opened(fill(saved(word), {}, {"滞后清单": ()}))
    assert filled.tables[0].cell(0, 0).text == ""


def test_everything_wrong_is_said_at_once() -> None:
    word = docx.Document()
    word.add_paragraph("{{落款}}和{{盖章}}")
    word.add_paragraph("见{{排名表}}")
    with pytest.raises(Refused) as refused:
        fill(saved(word), {"标题": ""}, {"排名表": (TABLE,)})
    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["documents.placeholder_unknown"] * 2 + ["documents.table_within_text"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a document"])
def test_what_is_no_docx_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        names_in(content)
    assert refused.value.problems[0].code == "documents.no_docx"


@pytest.mark.office
def test_an_office_program_opens_what_was_filled(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("{{标题}}")
    word.add_paragraph("{{排名表}}")
    (tmp_path / "通报.docx").write_bytes(fill(saved(word), {"标题": "九月考核"}, {"排名表": (TABLE,)}))
    office = [str(shutil.which("soffice")), f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "通报.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pdf = [str(shutil.which("pdftotext")), "-layout", str(tmp_path / "通报.pdf"), "-"]
    text = subprocess.run(pdf, check=True, capture_output=True, timeout=30).stdout.decode()
    for words in ("九月考核", "甲组", "柳林驿镇", "98.12"):
        assert words in text
