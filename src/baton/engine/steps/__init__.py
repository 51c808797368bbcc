"""The stages of a score: feeds, cells, statistics, rules, and the first sums up the tree."""
