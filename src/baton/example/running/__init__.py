"""The county's year in progress: 2026 up to September, as figures and as a filled database."""
