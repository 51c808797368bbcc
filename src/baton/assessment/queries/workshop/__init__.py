"""Reads of the scheme workshop: drafts line by line with what is found in them, comments, comparisons, the library."""
