"""The style sheet: its source, and how it is compiled from the templates without Node."""
