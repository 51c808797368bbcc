"""Reads for who reports: what there is to do, a department's grid, its batches, a unit's own figures, the ledger."""
