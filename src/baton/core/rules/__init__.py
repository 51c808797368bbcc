"""Policy of the platform as pure functions on plain values."""
