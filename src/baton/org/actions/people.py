"""Writing down people, with or without an account."""

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Person, Unit
from baton.org.queries.access import require
from baton.org.workbooks.accounts import USERNAME
from baton.words import Place, Problem, Refused


def add_person(*, name: str, unit: Unit | None, title: str, by: Actor, username: str = "", email: str = "") -> Person:
    """Write down a person; with a sign-in name they get an account, without a password. Raises `Refused`."""
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        problems = _problems(name, unit)
        if username and not USERNAME.match(username):
            problems.append(Problem("org.account_username", {"given": username}, Place(field="username")))
        there = User.objects.filter(username__iexact=username).first() if username else None
        if there is not None:
            params = {"username": there.username, "name": there.name}
            problems.append(Problem("org.account_is_anothers", params, Place(field="username")))
        if problems or unit is None:
            raise Refused(problems)
        user = None
        if username:
            user = User(username=username, name=name, email=email, created_at=clock.now())
            user.set_unusable_password()
            user.save()
            told.did("org.account_made", user, username=username, unit=unit.name)
        person = Person.objects.create(name=name, unit=unit, title=title, user=user)
        told.did("org.person_added", person, unit=unit.name, title=title)
    return person


def edit_person(*, person: Person, name: str, unit: Unit | None, title: str, email: str, by: Actor) -> Person:
    """Put a person right; the account goes by the same name. Roles stay where they are. Raises `Refused`."""
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        one = (
            Person.objects.select_for_update(of=("self",), no_key=True).select_related("user", "unit").get(pk=person.pk)
        )
        problems = _problems(name, unit)
        if problems or unit is None:
            raise Refused(problems)
        before = [one.name, one.unit.name, one.title, one.user.email if one.user else ""]
        one.name, one.unit, one.title = name, unit, title
        one.save(update_fields=["name", "unit", "title"])
        if one.user is not None:
            one.user.name, one.user.email = name, email
            one.user.save(update_fields=["name", "email"])
        after = [name, unit.name, title, email if one.user else ""]
        if before != after:
            told.did("org.person_edited", one, before=before, after=after)
    return one


def _problems(name: str, unit: Unit | None) -> list[Problem]:
    found = []
    if not name:
        found.append(Problem("org.account_without_name", {}, Place(field="name")))
    if unit is None:
        found.append(Problem("org.person_without_unit", {}, Place(field="unit")))
    return found
