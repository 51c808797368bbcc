"""The app as Django knows it."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Units, people and roles."""

    name = "baton.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"
