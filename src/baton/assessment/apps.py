"""The app as Django knows it."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """The monthly cycle: figures, checks, scores, publication, lagging work."""

    name = "baton.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
