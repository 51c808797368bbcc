"""A unit's check: what others reported about it, contested by the cell or signed, by phone or at the desk."""
