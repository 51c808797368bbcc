"""One scheme, one digest, however it is written; and the schema that editors use is the model's."""

import json
import os
from pathlib import Path

import pytest
from tests.engine.scheme.small import SMALL

from baton.engine.scheme.digest import canonical, digest, schema
from baton.engine.scheme.text import from_yaml

PUBLISHED = Path(__file__).parents[3] / "docs" / "scheme.schema.json"


def digest_of(text: str) -> str:
    return digest(from_yaml(text, "")[0])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cap: 1.2", "cap: 1.20"),
        ("cap: 1.2", "cap: 12e-1"),
        ("cap: 1.2", "cap: 1.2, floor: 0"),
        ("points: {A: 60}", "points: {A: 60.00}"),
        ("name: 甲组, root: R", "root: R, name: 甲组, graded: true"),
        ("code: S1\n", "code: S1\nversion: '1'\ngrading: {quota_rounding: down}\n"),
    ],
)
def test_ways_of_writing_make_no_difference(old: str, new: str) -> None:
    assert old in SMALL
    assert digest_of(SMALL.replace(old, new)) == digest_of(SMALL)


@pytest.mark.parametrize(("old", "new"), [("cap: 1.2", "cap: 1.21"), ("name: 甲组", "name: 乙组"), ("hooks: [t1]", "")])
def test_what_is_said_makes_a_difference(old: str, new: str) -> None:
    assert digest_of(SMALL.replace(old, new, 1)) != digest_of(SMALL)


def test_the_order_of_levels_counts_and_the_order_of_groups_in_points_does_not() -> None:
    levels = SMALL.replace("{kind: efficacy_linear}", "{kind: level_table, levels: {好: 1, 差: 0}}")
    assert digest_of(levels) != digest_of(levels.replace("{好: 1, 差: 0}", "{差: 0, 好: 1}"))
    two = SMALL.replace("  - {code: A,", "  - {code: B, name: 乙组, root: R}\n  - {code: A,")
    one, other = two.replace("{A: 60}", "{A: 60, B: 1}"), two.replace("{A: 60}", "{B: 1, A: 60}")
    assert digest_of(one) == digest_of(other)


def test_the_canonical_form_is_plain_json() -> None:
    data = json.loads(canonical(from_yaml(SMALL, "")[0]))
    assert data["indicators"][0]["rule"]["cap"] == "1.2"
    assert data["effective_from"] == "2025-01-01"


def test_the_published_schema_is_the_schema_of_the_code() -> None:
    """To publish a changed language, run this test once with BATON_PUBLISH=1."""
    text = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("BATON_PUBLISH"):
        PUBLISHED.write_text(text, "utf-8")
    assert PUBLISHED.read_text("utf-8") == text, "docs/scheme.schema.json is old: run this test with BATON_PUBLISH=1"
