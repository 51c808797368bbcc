"""The assessment office's board of a month, and what it does there."""
