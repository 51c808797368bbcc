"""The app as Django knows it: templates, tags and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "baton.web"
    label = "web"
