"""The plan of assessments: its items and their filing numbers, what units bear, and special assessments of key work."""
