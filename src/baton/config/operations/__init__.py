"""Runs an installation: backs it up, restores and upgrades it, checks it, and packs a kit for closed networks."""
