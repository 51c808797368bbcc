"""`baton targets` with records of entry and a folder of evidence: what they raise, and what is wrong with them."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.config.small import call
from tests.config.test_targets import UNITS, figures, scheme

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
HEAD = "单位,指标,期间,填报时间,截止时间,佐证材料"


def rows(late: int | None = None, evidence: str = "{unit}-{month}.pdf") -> list[str]:
    """Records of I1 in 2025: everybody in time, unit `late` three weeks late from July on."""
    found = [HEAD]
    for unit in range(UNITS):
        for number, month in enumerate(MONTHS, 1):
            following = "2026-01-{}" if number == 12 else f"2025-{number + 1:02d}-{{}}"
            entered = following.format("26 17:00" if unit == late and number > 6 else "04 09:30")
            name = evidence.format(unit=f"U{unit}", month=month)
            found.append(f"单位{unit},投资,{month},{entered},{following.format('05')},{name}")
    return found


def folder_of(base: Path, records: Sequence[str], same: str = "") -> Path:
    """Write every file that records name, each with content of its own; those of unit `same` are one file."""
    folder = base / "佐证"
    folder.mkdir()
    for line in records[1:]:
        name = line.rsplit(",", 1)[1]
        content = same if same and name.startswith(same) else name
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture
def county(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "scheme.yaml", tmp_path / "figures.csv"
    paths[0].write_text(scheme(), "utf-8")
    paths[1].write_text(figures(), "utf-8")
    return paths


def table(base: Path, lines: Sequence[str]) -> Path:
    path = base / "填报记录.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def kinds(said, kind: str) -> list[tuple[str, str, int]]:
    return [
        (flag["unit"], flag["indicator"], len(flag["months"]))
        for flag in said.json["result"]["flags"]
        if flag["kind"] == kind
    ]


def test_entries_long_after_the_deadline_are_flagged(county: tuple[Path, Path], tmp_path: Path) -> None:
    said = call("targets", *county, "--records", table(tmp_path, rows(late=4)), "--json")
    assert said.code == 0
    assert kinds(said, "backdated") == [("U4", "I1", 6)]
    assert said.json["result"]["entries"] == {"timed": UNITS * 12, "by_register": 0, "evidence": 0}
    flag = next(flag for flag in said.json["result"]["flags"] if flag["kind"] == "backdated")
    assert flag["evidence"]["longest_days"] == pytest.approx(21.7, abs=0.1)
    assert not kinds(call("targets", *county, "--records", table(tmp_path, rows()), "--json"), "backdated")


def test_one_file_under_twelve_names_is_one_file(county: tuple[Path, Path], tmp_path: Path) -> None:
    lines = rows()
    said = call(
        "targets",
        *county,
        "--records",
        table(tmp_path, lines),
        "--evidence",
        folder_of(tmp_path, lines, same="U7"),
        "--json",
    )
    assert kinds(said, "same_evidence") == [("U7", "I1", 12)]
    assert said.json["result"]["entries"]["evidence"] == UNITS * 12


def test_a_digest_needs_no_folder_and_stands_beside_other_files(county: tuple[Path, Path], tmp_path: Path) -> None:
    digest = "0123456789abcdef" * 4
    lines = [line.replace("U2-2025-0", f"{digest};U2-2025-0") if "单位2," in line else line for line in rows()]
    said = call("targets", *county, "--records", table(tmp_path, lines), "--json")
    assert kinds(said, "same_evidence") == [("U2", "I1", 9)]
    assert "config.evidence_not_looked_at" in said.codes


def test_of_several_files_a_month_the_repeated_one_is_asked_about(county: tuple[Path, Path], tmp_path: Path) -> None:
    """All units hand in one bulletin with every month; unit 3 hands in one file of its own again and again."""
    bulletin, own = "a" * 64, "b" * 64
    lines = [f"{line};{bulletin}" + (f";{own}" if "单位3," in line else "") for line in rows()]
    lines[0] = HEAD
    said = call("targets", *county, "--records", table(tmp_path, lines), "--json")
    assert kinds(said, "same_evidence") == [("U3", "I1", 12)]


def test_files_that_are_missing_empty_or_of_one_name_are_told_by_cell(
    county: tuple[Path, Path], tmp_path: Path
) -> None:
    lines = rows()
    folder = folder_of(tmp_path, lines)
    (folder / "U0-2025-01.pdf").unlink()
    (folder / "U0-2025-02.pdf").write_text("", "utf-8")
    (folder / "U0-2025-03.pdf").unlink()
    for place in ("甲", "乙"):
        (folder / place).mkdir()
        (folder / place / "U0-2025-03.pdf").write_text(place, "utf-8")
    said = call("targets", *county, "--records", table(tmp_path, lines), "--evidence", folder, "--json")
    assert said.code == 0
    told = {one["code"]: one for one in said.json["problems"]}
    assert told["config.evidence_missing"]["place"]["cell"] == "F2"
    assert told["config.evidence_empty"]["place"]["cell"] == "F3"
    assert told["config.evidence_ambiguous"]["place"]["cell"] == "F4"
    assert told["config.evidence_missing"]["severity"] == "warning"
    assert said.json["result"]["entries"]["evidence"] == UNITS * 12 - 3


def test_a_name_with_its_folder_and_a_link_that_leads_elsewhere(county: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "elsewhere.pdf").write_text("secret", "utf-8")
    folder = tmp_path / "佐证"
    (folder / "甲").mkdir(parents=True)
    (folder / "甲" / "三月.PDF").write_text("x", "utf-8")
    (folder / "link.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    names = ["甲\\三月.pdf", "link.pdf", "../elsewhere.pdf", str(tmp_path / "elsewhere.pdf")]
    lines = [HEAD, *(f"U1,I1,{month},,,{name}" for month, name in zip(MONTHS, names, strict=False))]
    said = call("targets", *county, "--records", table(tmp_path, lines), "--evidence", folder, "--json")
    assert said.codes.count("config.evidence_missing") == 3
    assert said.json["result"]["entries"]["evidence"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--evidence", "nowhere"], "config.not_found"),
        (["--evidence", "empty"], "config.evidence_none_there"),
    ],
)
def test_a_folder_without_the_evidence_is_refused(county, tmp_path, arguments, code) -> None:
    (tmp_path / "empty").mkdir()
    given = [arguments[0], tmp_path / arguments[1]]
    said = call("targets", *county, "--records", table(tmp_path, rows()), *given, "--json")
    assert said.code == 1
    assert said.codes == [code]


def test_evidence_without_records_is_wrong_usage(county: tuple[Path, Path], tmp_path: Path) -> None:
    assert call("targets", *county, "--evidence", tmp_path).code == 2


@pytest.mark.parametrize(
    ("before", "after", "code", "cell"),
    [
        ("单位0,投资,2025-01", "单拉0,投资,2025-01", "sheets.unit_near_miss", "A2"),
        ("单位0,投资,2025-01", "单位0,投次,2025-01", "sheets.records_unknown_indicator", "B2"),
        ("2025-02-04 09:30", "二月四日", "sheets.not_a_moment", "D2"),
    ],
)
def test_records_with_errors_are_refused_by_cell(county, tmp_path, before, after, code, cell) -> None:
    lines = "\n".join(rows()).replace(before, after, 1).split("\n")
    said = call("targets", *county, "--records", table(tmp_path, lines), "--json")
    assert said.code == 1
    assert [(one["code"], one["place"]["cell"]) for one in said.json["problems"]] == [(code, cell)]


def test_records_of_figures_that_are_not_there_are_counted(county: tuple[Path, Path], tmp_path: Path) -> None:
    lines = [*rows(), "单位0,投资,2021-01,2021-02-04,2021-02-05,"]
    said = call("targets", *county, "--records", table(tmp_path, lines), "--json")
    lost = next(one for one in said.json["problems"] if one["code"] == "config.records_without_figure")
    assert lost["params"] == {"rows": "1", "of": str(UNITS * 12 + 1)}


@pytest.mark.parametrize(("language", "words"), [("zh", "知道填报时间和截止时间的数 144 个"), ("en", "known of 144")])
def test_people_read_what_was_known(county: tuple[Path, Path], tmp_path: Path, language: str, words: str) -> None:
    said = call("targets", *county, "--records", table(tmp_path, rows(late=4)), language=language, COLUMNS="200")
    assert words in said.out
    assert {"zh": "逾期补填", "en": "entered after the deadline"}[language] in said.out


def test_the_form_comes_from_template_and_is_read_by_targets(county: tuple[Path, Path], tmp_path: Path) -> None:
    form = tmp_path / "记录.xlsx"
    assert call("template", county[0], form, "--period", "2025", "--records").code == 0
    book = openpyxl.load_workbook(BytesIO(form.read_bytes()))
    sheet = book.worksheets[0]
    assert sheet.max_row == 3 + 2 * UNITS * 12
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 4, "2026-01-03")
        sheet.cell(row, 5, "2026-01-05")
    book.save(form)
    said = call("targets", *county, "--records", form, "--json")
    assert said.json["result"]["entries"]["timed"] == 2 * UNITS * 12
    assert not kinds(said, "backdated")


def test_a_register_tells_when_figures_came(county: tuple[Path, Path], tmp_path: Path) -> None:
    """Each unit sends its figure of I1 in a file of its own; the register says when each was due and came."""
    folder, register = tmp_path / "data", ["文件名,应报日期,收到时间"]
    folder.mkdir()
    lines = figures().splitlines()
    apart = [line for line in lines if ",I1,actual,2025" in line]
    county[1].write_text("\n".join(line for line in lines if line not in apart), "utf-8")
    for unit, _, _, month, value in (line.split(",") for line in apart):
        name = f"{unit}-{month}.csv"
        (folder / name).write_text(f"{month[:4]}年{int(month[5:])}月\n单位,投资\n{unit},{value}\n", "utf-8")
        following = "2026-01" if month == MONTHS[-1] else f"2025-{int(month[5:]) + 1:02d}"
        register.append(f"{name},{following}-05,{following}-{'25' if unit == 'U6' else '04'}")
    (folder / "收件登记.csv").write_text("\n".join(register), "utf-8")
    heading = "language: 1\nunit_headings: [单位]\ntables:\n  - files: ['U*']\n    grain: month\n    columns: "
    (folder / "对照表.yaml").write_text(heading + "{投资: {figure: I1.actual}}\n", "utf-8")
    asked = ["targets", county[0], folder, "--history", county[1], "--year", "2025", "--json"]
    said = call(*asked)
    assert said.json["result"]["entries"] == {"timed": UNITS * 12, "by_register": UNITS * 12, "evidence": 0}
    assert kinds(said, "backdated") == [("U6", "I1", 12)]
    # An import keeps the arrivals in its account, and figures.csv names the files.
    imported = tmp_path / "imported"
    assert call("import", folder, "--scheme", county[0], "--output", imported, "--accept-good").code == 0
    for path in (imported, imported / "figures.csv"):
        again = call(*asked[:2], path, *asked[3:])
        assert again.json["result"]["entries"] == said.json["result"]["entries"]
        assert kinds(again, "backdated") == [("U6", "I1", 12)]
    (imported / "import.json").write_text("{}", "utf-8")
    assert call(*asked[:2], imported, *asked[3:]).json["result"]["entries"]["timed"] == 0
    # What the office wrote down itself goes before the arrival of the file.
    assert not kinds(call(*asked, "--records", table(tmp_path, rows())), "backdated")
