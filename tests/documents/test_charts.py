"""Charts: typed figures become SVG and PNG with Chinese text, the same bytes each time, on a machine without fonts."""

import hashlib
import os
import re
import struct
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from baton.documents import charts
from baton.documents.charts.lines import spread
from baton.documents.charts.palette import GRADE_TONES, HEAT_RANGE, INK

LONG = "云渡高新技术产业开发区管理委员会"
GRADES = ("优秀", "良好", "一般", "较差")


def bars(title: str = "乡镇考核得分") -> charts.RankedBars:
    return charts.RankedBars(
        title,
        "单位",
        "得分（分）",
        (
            charts.Bar("白鹭洲镇", Decimal("93.210"), "优秀", "/units/T02?year=2026&part=M"),
            charts.Bar(LONG, Decimal("88.5"), "良好"),
            charts.Bar("'引号'<镇>", None),
        ),
        GRADES,
        "等次",
    )


FIGURES: dict[str, charts.Figure] = {
    "bars": bars(),
    "lines": charts.Lines(
        "序时完成率",
        "月份",
        "%",
        ("1月", "2月", "3月"),
        (
            charts.Series("云渡镇", (Decimal("80.1"), None, Decimal("99.9")), "/units/T01"),
            charts.Series("白鹭洲镇", (Decimal(81), Decimal(82), Decimal("99.8"))),
        ),
    ),
    "heat": charts.HeatMap(
        "月度得分",
        "单位",
        "分",
        ("1月", "2月"),
        (("云渡镇", (None, Decimal("80.00"))), ("云渡镇", (Decimal("79.5"), Decimal(60)))),
    ),
    "curve": charts.Curve(
        "完成率计分",
        "完成率（%）",
        "得分",
        (
            charts.Piece(((Decimal(0), Decimal(0)), (Decimal(60), Decimal(0)))),
            charts.Piece(((Decimal(60), Decimal(6)), (Decimal(100), Decimal(10)))),
        ),
        (charts.Mark(Decimal(60), Decimal(0), "不得分", hollow=True), charts.Mark(Decimal(100), Decimal(10), "满分")),
    ),
    "points": charts.PointsBars(
        "各项得分",
        "指标",
        "得分",
        "满分",
        (
            charts.PointsBar("固定资产投资", Decimal("12.71"), Decimal(14), "/i/M01"),
            charts.PointsBar("通报扣分", Decimal("-1.50"), Decimal(0)),
            charts.PointsBar("未报", None, Decimal(5)),
        ),
    ),
    "ranges": charts.RangeBars(
        "名次有多稳",
        "单位",
        "名次",
        "数据波动",
        "办法取舍",
        (
            charts.RangeBar("白鹭洲镇", Decimal(1), (1, 3), (1, 2), "优秀 82%", link="/units/T02"),
            charts.RangeBar("云渡镇", Decimal("2.5"), (1, 6), None, "优秀 51%", marked=True),
            charts.RangeBar(LONG, Decimal(7), (7, 7), (7, 7)),
        ),
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_svg_is_well_formed_named_and_fit_for_a_strict_policy(name: str) -> None:
    figure = FIGURES[name]
    text = charts.svg(figure)
    root = ElementTree.fromstring(text)
    assert root.get("aria-label") == figure.title
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == charts.alternative(figure)
    assert not re.search(r"\sstyle=|<script|<style|<image|vega\.github", text)
    assert figure.title in text
    assert 200 < int(root.get("width", "0")) <= 640


@pytest.mark.parametrize("name", FIGURES)
def test_every_value_stands_in_the_table_and_in_the_alternative(name: str) -> None:
    rows = charts.table(FIGURES[name])
    assert len({len(row) for row in rows}) == 1
    words = charts.alternative(FIGURES[name])
    assert all(cell in words for row in rows[1:] for cell in row)


def test_the_same_figure_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    heat = FIGURES["heat"]
    first = charts.svg(heat), charts.png(heat, scale=1)
    charts.svg(bars("另一张图"))
    assert (charts.svg(heat), charts.png(heat, scale=1)) == first


def test_two_charts_in_one_page_share_no_ids() -> None:
    one = FIGURES["heat"]
    assert isinstance(one, charts.HeatMap)
    other = charts.HeatMap("另一张", *(getattr(one, f) for f in ("label_title", "value_title", "columns", "rows")))
    ids = [set(re.findall(r' id="([^"]*)"', charts.svg(figure))) for figure in (one, other)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_links_come_out_as_given_and_values_keep_their_zeros() -> None:
    text = charts.svg(bars())
    assert 'xlink:href="/units/T02?year=2026&amp;part=M"' in text
    assert "93.210" in text
    assert "◆ 良好" in text


def test_columns_stay_in_order_when_the_first_row_lacks_one() -> None:
    drawn = ElementTree.fromstring(charts.svg(FIGURES["heat"]))
    labels = [node.text for node in drawn.iter("{http://www.w3.org/2000/svg}text") if (node.text or "").endswith("月")]
    assert labels == ["1月", "2月"]


def test_png_has_the_size_asked_for() -> None:
    width, height = struct.unpack(">II", charts.png(FIGURES["curve"], scale=2)[16:24])
    again = struct.unpack(">II", charts.png(FIGURES["curve"], scale=1)[16:24])
    assert (width, height) == (again[0] * 2, again[1] * 2)


def test_the_alternative_takes_the_punctuation_of_its_title() -> None:
    bars_ = (charts.Bar("Yundu", Decimal(1)), charts.Bar("Bailuzhou", None))
    english = charts.alternative(charts.RankedBars("Scores", "unit", "points", bars_))
    assert english == "Scores (unit, points): Yundu 1; Bailuzhou —."


def test_long_alternative_shows_first_and_last_rows() -> None:
    many = tuple(charts.Bar(f"单位{i}", Decimal(i)) for i in range(85))
    words = charts.alternative(charts.RankedBars("得分", "单位", "分", many))
    assert "单位0 0" in words
    assert "单位84 84" in words
    assert "单位40 40" not in words
    assert "…" in words


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([0.0, 10.0], [0.0, 10.0]),
        ([5.0, 5.0], [4.5, 5.5]),
        ([5.2, 5.0, 9.0], [5.6, 4.6, 9.0]),
        ([], []),
    ],
)
def test_labels_are_moved_apart_about_their_middle(wanted: list[float], expected: list[float]) -> None:
    assert spread(wanted, 1.0) == pytest.approx(expected)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_grades_stay_apart_in_grey_and_text_stays_readable_on_heat() -> None:
    lightness = [116 * _luminance(tone) ** (1 / 3) - 16 for tone in GRADE_TONES[:4]]
    assert all(after - before >= 12 for before, after in pairwise(lightness))
    contrast = [(_luminance(end) + 0.05) / (_luminance(INK) + 0.05) for end in HEAT_RANGE]
    assert min(contrast) >= 4.5


DRAW = """
import hashlib
from decimal import Decimal
from baton.documents import charts
def drawn(title):
    figure = charts.RankedBars(title, "单位", "分", (charts.Bar("䶮镇", Decimal(1)),))
    return hashlib.sha256(charts.png(figure, scale=1)).hexdigest()
print(drawn("考核得分"), drawn("年度等次"))
"""


def test_chinese_text_is_drawn_on_a_machine_without_fonts(tmp_path: Path) -> None:
    """Two titles of equal length would be the same row of empty boxes if no font had the characters."""
    empty = tmp_path / "fonts.conf"
    empty.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
    source = Path(__file__).parents[2] / "src"
    environment = {**os.environ, "FONTCONFIG_FILE": str(empty), "HOME": str(tmp_path), "PYTHONPATH": str(source)}
    run = subprocess.run([sys.executable, "-c", DRAW], env=environment, capture_output=True, text=True, check=True)
    first, second = run.stdout.split()
    assert first != second
    here = charts.RankedBars("考核得分", "单位", "分", (charts.Bar("䶮镇", Decimal(1)),))
    assert hashlib.sha256(charts.png(here, scale=1)).hexdigest() == first
