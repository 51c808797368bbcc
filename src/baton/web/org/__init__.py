"""Units: the tree, and a page for each."""
