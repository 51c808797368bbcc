"""`baton county`: the example county's year in progress, loaded into the database of this installation."""

from typing import Annotated

import typer
from django.urls import reverse

from baton.config.cli.answer import Answer
from baton.config.operations.installation import this_installation
from baton.config.ready import SETTINGS as SETTINGS
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line, print_table
from baton.config.serving import prepare
from baton.core.acting import Actor
from baton.core.models import User
from baton.core.search.filling import refill
from baton.example.county import load_people, load_units, load_villages
from baton.example.guide import STEPS
from baton.example.running.finished import load_finished_year
from baton.example.running.load import load_year
from baton.example.running.staff import staff_of_units
from baton.words import Language, text

HEAD = "zhouhe"
"""The head of the assessment office, who publishes."""


def county(
    context: typer.Context,
    password: Annotated[
        str, typer.Option("--password", envvar="BATON_DEMO_PASSWORD", help="config.help_county_password")
    ],
) -> Answer:
    """Fill an empty database. JSON: `accounts` with name, role and account. Refused where there is any account."""
    prepare(this_installation())
    with meter(context.obj) as progress:
        progress.step("config.step_county_people")
        load_units()
        load_villages()
        accounts = load_people(password=password)
        head = Actor(User.objects.get(username=HEAD))

        def told(done: int, of: int) -> None:
            progress.count("config.step_county_months", done, of)

        progress.step("config.step_county_finished")
        load_finished_year(head)
        load_year(staff_of_units(), head, progress=told)
        progress.step("config.step_county_search")
        refill()

    def show(language: Language) -> None:
        heads = ("config.county_title", "config.county_name", "config.county_account", "config.county_role")
        rows = [(one.title, one.name, one.username, text(f"org.role_{one.role.value}", language)) for one in accounts]
        print_table(text("config.county_accounts", language), heads, rows, language)
        print_line("config.county_password", language, password=password)
        led = ("guide.step", "config.county_account", "guide.where")
        steps = [
            (f"{number}. {text(one.code, language)}", one.account, reverse(one.address))
            for number, one in enumerate(STEPS, 1)
        ]
        print_table(text("guide.steps", language), led, steps, language)

    listed = [{"account": one.username, "name": one.name, "role": one.role.value} for one in accounts]
    return Answer({"accounts": listed}, show)
