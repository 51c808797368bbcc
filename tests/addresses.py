"""The pages of the house, read from its addresses."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

OPEN_TO_VISITORS = {"sign-in", "sign-in-code", "oidc", "oidc-back", "language", "guide", "guide-step"}


def _all(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if str(one.pattern) != "api/v1/":
                yield from _all(one)
        else:
            yield one


def addresses() -> list[URLPattern]:
    """List every named address of the pages; the API has keys instead of pages."""
    return sorted((one for one in _all(get_resolver()) if one.name), key=lambda one: str(one.name))


def plain_pages() -> list[str]:
    """Name the addresses that need no argument."""
    return [str(one.name) for one in addresses() if "<" not in str(one.pattern)]
