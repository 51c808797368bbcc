"""People who sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from baton.words import Language


class UserManager(BaseUserManager["User"]):
    """Finds users by the name they sign in with, capitals or not."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Give the user of a sign-in name. Raises `User.DoesNotExist`."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in. One name field: names are not cut into parts. What they may do is in `org`."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    language = models.CharField(
        max_length=2, choices=[(one.value, one.value) for one in Language], default=Language.CHINESE.value
    )
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Sorted by name, for lists."""

        ordering = ("name", "username")
        constraints = (models.UniqueConstraint(Lower("username"), name="user_username_any_case"),)

    def __str__(self) -> str:
        """The name people call them by."""
        return self.name
