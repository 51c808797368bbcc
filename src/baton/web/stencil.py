"""Stencils: a template that a page needs hundreds of times, rendered once for each look and filled in each time.

A template engine asks every question of a template again for every cell of a grid. Of a thousand cells most look alike
and hold other figures, so a template is rendered once for each look, with a mark where a figure goes.
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_MARK = "\ue000"
"""Stands around the name of what is filled in; a letter for private use, which no text of the catalogue has."""


class Stencil:
    """A template, for as long as one page is made."""

    def __init__(self, template: str, names: tuple[str, ...], given: Mapping[str, Any]) -> None:
        """Take a template, the names of what is filled in each time, and what is the same all over the page."""
        self._template = get_template(template)
        self._names = names
        self._marks = {name: mark_safe(f"{_MARK}{name}{_MARK}") for name in names}
        self._given = dict(given)
        self._looks: dict[tuple[object, ...], list[str]] = {}

    def filled(self, look: Mapping[str, Any], values: Mapping[str, str]) -> SafeString:
        """Give the template as it looks where `look` holds, with the values, escaped, at their names.

        The template may ask what `look` holds, not what the values are. Raises `KeyError` where a value that the
        template shows is not given.
        """
        key = tuple(look.values())
        pieces = self._looks.get(key)
        if pieces is None:
            made = self._template.render({**self._given, **self._marks, **look})
            pieces = self._looks[key] = made.split(_MARK)
        texts = pieces.copy()
        for place in range(1, len(texts), 2):
            texts[place] = conditional_escape(values[texts[place]])
        return mark_safe("".join(texts))
