"""Objections as pages read them: what may be objected to, the lists, one objection and what came of it."""
