"""The app as Django knows it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The platform's own tables."""

    name = "baton.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
