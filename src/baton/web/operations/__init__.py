"""What operators and faults need: probes, error pages, the reference of a request, and what is logged of it."""
