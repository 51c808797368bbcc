"""Signing in as people do, for tests of the web."""

from typing import Any

import pyotp
from django.test import Client
from django.urls import reverse

from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions import second_factor
from baton.core.models import SecondFactor, User
from people import PASSWORD


def sign_in(client: Client, user: User, password: str = PASSWORD, **given: Any) -> Any:
    """Post the sign-in form."""
    return client.post(reverse("sign-in"), {"username": user.username, "password": password, **given})


def signed_in(user: User, **headers: str) -> Client:
    """Give a client in which somebody has signed in."""
    client = Client(headers=headers or None)
    assert sign_in(client, user).status_code == 302
    return client


def with_second_factor(user: User) -> str:
    """Give somebody a second factor; the seed of their telephone."""
    seed = second_factor.offer(by=Actor(user))
    second_factor.confirm(by=Actor(user), code=code_of(seed))
    SecondFactor.objects.update(last_step=0)
    return seed


def code_of(seed: str) -> str:
    """Give the code that the telephone shows now."""
    return pyotp.TOTP(seed).at(clock.now())
