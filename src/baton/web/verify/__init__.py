"""A verifying department's desk: reports by indicator, the striking on top, verbs on many, contests answered."""
