"""What is put together at start: the command line and its settings."""
