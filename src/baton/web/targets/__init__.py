"""Yearly targets: called for, proposed and answered in rounds, fixed, changed by request, held against the county's."""
