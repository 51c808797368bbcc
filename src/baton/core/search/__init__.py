"""Full-text search in which Chinese words of two characters work: what apps let be found, and the index under it."""
