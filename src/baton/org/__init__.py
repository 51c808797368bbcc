"""Units as a tree, people, and who has which role where and until when."""
