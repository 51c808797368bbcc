"""The detectors: one kind of flag a file, each against the unit's own past and its peers."""
