"""How scores are made: every version of the scheme in words, and every indicator with its rule, curve and examples."""
