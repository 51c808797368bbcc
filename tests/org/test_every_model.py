"""Every table of the house says who may see its rows, or stands here with the reason why nobody asks it."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from people import make_user

INTERNAL = {
    "core.user": "shown as people of a unit (org.person), and to administrators by core's own queries",
    "core.auditrow": "read by auditors and the audit administrator only, through org.oversight",
    "core.audithead": "the end of the chain, one row without content",
    "core.fileaccount": "bytes kept for a unit, counted while a file comes in",
    "core.storedfile": "served after the check on the record that owns it",
    "core.schedule": "when recurring work was asked for",
    "core.leader": "which worker asks for recurring work",
    "core.message": "what goes outside; says nothing but that there is something to do",
    "core.parameter": "numbers that everybody may know, kept by the system administrator",
    "core.searchentry": "asked of the object's own app each time",
    "core.secondfactor": "of its own person only, and sealed",
    "core.recoverycode": "hashes",
    "core.signinguard": "failures counted, without names",
    "core.passwordused": "hashes",
    "core.slip": "hashes, and who was given one, for the system administrator",
    "assessment.call": "a key against doing the same twice",
    "assessment.release": "when figures are expected from above: everybody may know",
    "assessment.reopening": "read with its window",
    "assessment.schemetext": "read with its version, which whoever signs in may read",
    "assessment.draftcell": "read with its sheet, by its own unit",
    "assessment.resultreader": "the list of who may see results, asked by the check itself",
    "assessment.pastimport": "the office's alone, whose page asks for the office first",
    "assessment.pastresult": "read with the results, under their check",
    "assessment.submissionstep": "read with its submission",
    "assessment.trackedstep": "read with its tracked item",
    "assessment.decidedgrade": "read with its decision, under the check on the run it rests on",
    "assessment.annualunitchange": "read with its change, under the check on both runs",
    "assessment.annualplan": "when a year's plan was approved: everybody may know",
    "assessment.specialcheck": "read with its special assessment, each unit's own",
    "assessment.specialchange": "read under the check on both of its runs",
    "assessment.specialreopening": "read with its special assessment, of all units or one's own",
    "assessment.specialresult": "read with its special assessment, under the check on its run",
    "assessment.specialverdict": "read with the report it is about, by who made it and who verifies it",
}
"""Tables without `visible_to`, each with the reason."""


def tables() -> list[type[models.Model]]:
    """List the tables of the house, of other packages none."""
    return [model for model in apps.get_models() if model.__module__.startswith("baton.")]


def asks_who(model: type[models.Model]) -> bool:
    """Whether a table's rows are read starting at who asks."""
    return hasattr(model._default_manager.all(), "visible_to")


def test_every_table_asks_who_reads_it_or_is_internal() -> None:
    silent = {model._meta.label_lower for model in tables() if not asks_who(model)}
    assert silent - set(INTERNAL) == set(), "give their querysets `visible_to`, or a reason here"
    assert set(INTERNAL) - silent == set(), "these have `visible_to` by now, or are gone"
    assert all(INTERNAL.values())


@pytest.mark.django_db
@pytest.mark.parametrize("model", list(apps.get_app_config("org").get_models()), ids=lambda one: one._meta.label_lower)
def test_units_people_and_roles_are_not_even_looked_up_for_a_closed_account(model: type[models.Model]) -> None:
    rows: Any = model._default_manager.all()
    assert rows.visible_to(make_user(is_active=False)).query.is_empty()
