"""Baton (指挥棒): the system with which a county runs its organisation work as one whole."""

__version__ = "0.1.0"
