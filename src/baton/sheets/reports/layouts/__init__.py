"""How figures are laid out on a sheet: our own forms, units in rows, indicators in rows, events."""
