"""The example county in the database: its units, its people, and accounts to try it with."""

from baton.example.county.people import DemoAccount, load_people
from baton.example.county.units import ROOT, load_units
from baton.example.county.villages import load_villages

__all__ = ["ROOT", "DemoAccount", "load_people", "load_units", "load_villages"]
