"""How steps of the tables follow each other."""
