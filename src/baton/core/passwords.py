"""The password policy as Django's validators (`AUTH_PASSWORD_VALIDATORS`), fed by the numbers of the day.

Each raises a code of the catalogue; `problems_of` turns them into problems at a field.
"""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from baton.core import clock
from baton.core.models import User
from baton.core.queries.parameters import parameter
from baton.core.rules.passwords import holds_a_name, kinds_of
from baton.words import Place, Problem


def problems_of(password: str, user: User, field: str) -> list[Problem]:
    """Say everything that is wrong with a new password."""
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return [Problem(str(one.code), one.params or {}, Place(field=field)) for one in refused.error_list]
    return []


def _refuse(code: str, **params: Any) -> None:
    raise ValidationError(code, code=code, params=params)


class LongEnough:
    """Length."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what is too short."""
        least = parameter("account.password_length", clock.today())
        if len(password) < least:
            _refuse("account.password_short", least=least, given=len(password))


class ManyKinds:
    """Kinds of characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what has too few kinds."""
        least = parameter("account.password_kinds", clock.today())
        if kinds_of(password) < least:
            _refuse("account.password_plain", least=least, given=kinds_of(password))


class NoName:
    """Neither account nor name."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what anybody who knows the person would try."""
        if user is not None and holds_a_name(password, (user.username, user.name)):
            _refuse("account.password_has_name")


class NotCommon(CommonPasswordValidator):
    """None of the 20,000 that everybody tries first (the list is Django's)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what stands in the list."""
        try:
            super().validate(password, user)
        except ValidationError:
            _refuse("account.password_common")


class NotOfLate:
    """None of the last ones, the present one among them."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what was used of late."""
        last = parameter("account.password_history", clock.today())
        if user is None or user.pk is None or not last:
            return
        used = list(user.passwords_used.order_by("-pk").values_list("hash", flat=True)[:last])
        if any(check_password(password, one) for one in {user.password, *used}):
            _refuse("account.password_used", last=last)
