"""Policy of the monthly cycle as pure functions on plain values: no database, no clock."""
