"""Kept files, given only to those whom the owner's app lets read them."""
