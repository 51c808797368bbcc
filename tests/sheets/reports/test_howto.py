"""The mapping file printed in the guide is one that the county's scheme accepts."""

import re
from pathlib import Path

from baton.example import yundu
from baton.sheets.forms import fields_of
from baton.sheets.reports import read_report_mapping

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "office-tables.md"


def test_the_printed_mapping_file_is_accepted() -> None:
    (printed,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    mapping = read_report_mapping(printed, PAGE.name, fields_of(yundu.scheme()))
    layouts = {"units_in_rows", "indicators_in_rows", "months_in_columns", "events", "long"}
    assert {table.layout for table in mapping.tables} == layouts
