"""The app as Django knows it."""

from typing import override

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """The platform's own tables."""

    name = "baton.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Let every app register what it brings: `registers.py` of each, once all tables are known."""
        autodiscover_modules("registers")
