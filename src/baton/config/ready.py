"""Makes Django ready when it is imported: for commands, whose modules name tables at their head."""

import os

import django

SETTINGS = "baton.config.settings"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
django.setup()
