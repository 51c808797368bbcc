"""Templates that a page needs hundreds of times: looks are rendered once, values filled in, escaped."""

from pathlib import Path

import pytest
from django.test import override_settings

from baton.web.stencil import Stencil

TEMPLATE = '{% if wrong %}<b>{{ name }}</b>{% else %}{{ name }}{% endif %}<i title="{{ name }}">{{ given }}</i>'


@pytest.fixture
def stencil(tmp_path: Path) -> Stencil:
    (tmp_path / "cell.html").write_text(TEMPLATE)
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [str(tmp_path)]}
    with override_settings(TEMPLATES=[engine]):
        return Stencil("cell.html", ("name",), {"given": "R&D"})


def test_each_look_is_filled_with_its_values(stencil: Stencil) -> None:
    assert stencil.filled({"wrong": False}, {"name": "甲乡"}) == '甲乡<i title="甲乡">R&amp;D</i>'
    assert stencil.filled({"wrong": True}, {"name": "7"}) == '<b>7</b><i title="7">R&amp;D</i>'
    assert stencil.filled({"wrong": False}, {"name": "乙乡"}) == '乙乡<i title="乙乡">R&amp;D</i>'


@pytest.mark.parametrize(
    ("value", "written"),
    [("<script>", "&lt;script&gt;"), ('"onclick="', "&quot;onclick=&quot;"), ("\ue000name\ue000", "\ue000name\ue000")],
)
def test_a_value_is_escaped_and_never_read_as_a_mark(stencil: Stencil, value: str, written: str) -> None:
    assert stencil.filled({"wrong": False}, {"name": value}) == f'{written}<i title="{written}">R&amp;D</i>'


def test_a_value_that_the_template_shows_must_be_given(stencil: Stencil) -> None:
    with pytest.raises(KeyError):
        stencil.filled({"wrong": False}, {})
