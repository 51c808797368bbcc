"""Forms of this room: what was typed is kept, every problem stands on top and at its field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.core import clock
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries.names import NamesOnDay
from baton.web.asking import powers_of, user_of
from baton.web.problems import Shown, by_field, shown
from baton.words import Place, Problem, Refused

type View = Callable[..., HttpResponse]


@dataclass
class Form:
    """What was typed; problems gather while it is read. Fields are read by name, blanks around are nothing."""

    given: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Give a field as text."""
        return self.given.get(name, "").strip()

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """Give a field as a day, None where it is empty or no day."""
        written = self.text(name)
        try:
            if written:
                return date.fromisoformat(written)
        except ValueError:
            self.problems.append(Problem("org.not_a_day", {"given": written}, Place(field=name)))
            return None
        if needed:
            self.problems.append(Problem("units.day_missing", {}, Place(field=name)))
        return None

    def unit(self, name: str, names: NamesOnDay, *, needed: bool = False) -> Unit | None:
        """Give the unit that a field names by code or any of its names; what is only near is suggested."""
        written = self.text(name)
        if not written:
            if needed:
                self.problems.append(Problem("units.unit_missing", {}, Place(field=name)))
            return None
        found = names.find(written, Place(field=name))
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def check(self) -> None:
        """Refuse what could not be read; raises `Refused`."""
        if self.problems:
            raise Refused(self.problems)

    @property
    def shown(self) -> list[Shown]:
        """The problems in the language of the page."""
        return shown(self.problems)

    @property
    def messages(self) -> dict[str, str]:
        """The first message of each field."""
        return by_field(self.shown)


def only(*roles: Role) -> Callable[[View], View]:
    """Let only people with one of these roles open a page."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            if not powers_of(request).has(*roles):
                raise PermissionDenied
            return view(request, *given, **named)

        return opened

    return wrapped


def form_page(
    request: HttpRequest, template: str, form: Form, do: Callable[[Form], HttpResponse], **context: Any
) -> HttpResponse:
    """Show a form, or on POST do what it says; what is refused comes back with what was typed."""
    status = 200
    if request.method == "POST":
        form.given = request.POST.dict()
        try:
            return do(form)
        except Refused as refused:
            form.problems = list(refused.problems)
            status = 422
    return page(request, template, status=status, form=form, problems=form.shown, **context)


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Show a page of this room."""
    return render(request, template, {"today": clock.today(), **context}, status=status)


def names_today(request: HttpRequest) -> NamesOnDay:
    """Give the names of units as they are today, for fields in which people name one."""
    return NamesOnDay(user_of(request), clock.today())


def refused_on_a_page(request: HttpRequest, template: str, problems: Iterable[Problem], **context: Any) -> HttpResponse:
    """Show a page with what stood against a click on it."""
    return page(request, template, status=422, problems=shown(problems), **context)
