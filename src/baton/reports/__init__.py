"""Results turned into the documents an office hands out; reads results, never recomputes."""
