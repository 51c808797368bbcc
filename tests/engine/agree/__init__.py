"""Whether the engines agree with each other and with the exact oracle."""
