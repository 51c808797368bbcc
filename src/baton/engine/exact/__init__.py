"""The oracle: the same scores in exact decimals, one unit after the other."""
