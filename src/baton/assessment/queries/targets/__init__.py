"""Reads of yearly targets: what history lets expect, a target's page, and whether all together make the county's."""
