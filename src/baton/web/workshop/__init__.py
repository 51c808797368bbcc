"""The scheme workshop: a scheme from a draft through comments and approval to a version, and amended in its year."""
