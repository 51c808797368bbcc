"""Writes of yearly targets: called for, proposed, answered, flags explained, fixed, changed by request."""
