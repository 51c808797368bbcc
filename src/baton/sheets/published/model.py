"""The mapping file that says what the columns of a published table are of."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from baton.engine.scheme.model import Language
from baton.engine.terms import Number, Record
from baton.sheets.mapping_file import read_mapping_file

FIGURES = Literal["total", "rank", "score", "points", "value"]


def _several(given: Any) -> Any:
    return given if isinstance(given, (list, tuple)) else (given,)


class PublishedColumn(Record):
    """What a column holds, and how near ours must be.

    `figure`: the unit's `total` or `rank`, the `score` of a node, the `points` or the `value` of an indicator. `of`:
    which node or indicator (`INV`, or `INV/area` for its part); of several codes the first that the unit is assessed by
    counts; a rank is then taken of that node. `decimals`: ours is rounded to it first, half up; `within`: how far apart
    both may be. `rows`: only rows in which the columns named here hold these words. `blank`: `skip` where a blank cell
    says nothing, `none` where it says that there is no figure.
    """

    figure: FIGURES
    of: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    within: Number = Field(default=0, ge=0, validate_default=True)
    decimals: int | None = Field(default=None, ge=0, le=9)
    rows: dict[str, str] = Field(default_factory=dict)
    blank: Literal["skip", "none"] = "skip"


class PublishedMapping(Record):
    """The whole file. `period`: what all rows are of (`2021`, `2021-04`); without it a column of periods says it.

    `columns`: what stands under a heading, in one way or in several; headings that are not named are passed over.
    """

    language: Language = 1
    period: str = Field(default="", pattern=r"^(\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?)?$")
    unit_headings: tuple[str, ...] = Field(min_length=1)
    period_headings: tuple[str, ...] = ()
    passed_rows: tuple[str, ...] = ()
    columns: dict[str, Annotated[tuple[PublishedColumn, ...], BeforeValidator(_several)]] = Field(min_length=1)


def read_published_mapping(text: str, name: str) -> PublishedMapping:
    """Read the file; raises `Refused` with every problem by line."""
    return read_mapping_file(text, name, PublishedMapping)[0]
