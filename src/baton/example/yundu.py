"""The example county's scheme, read from the YAML file beside this module."""

from functools import cache
from importlib import resources

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml

FILE = "yundu.yaml"


def scheme_text() -> str:
    """Give 云渡县2025年度考核方案 as the YAML text that people read and edit, comments and all."""
    return resources.files("baton.example").joinpath(FILE).read_text("utf-8")


@cache
def scheme() -> Scheme:
    """Give 云渡县2025年度考核方案: 85 units, 46 scored and 6 special indicators, 100 points in every group and part."""
    (only,) = from_yaml(scheme_text(), FILE)
    return only
