"""What those who watch over the house may do: read the audit chain, verify it, take it along."""
