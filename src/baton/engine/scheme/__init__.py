"""The scheme language: typed, frozen, validated records for a whole plan of assessment."""
