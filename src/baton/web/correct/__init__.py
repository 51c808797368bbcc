"""Corrections after the window: asked for with reason and file, confirmed by a second person, listed for all."""
