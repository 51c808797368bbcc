"""Reads of the platform, each starting at who asks."""
