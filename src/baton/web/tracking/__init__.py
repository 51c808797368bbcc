"""Lagging work: what is behind, whose it is, what is done about it, how it ended; consequences only by a person."""
