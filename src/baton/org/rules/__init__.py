"""Policy of units, roles and the calendar as pure functions on plain values."""
