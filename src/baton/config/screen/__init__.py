"""The terminal: tables, league tables and progress bars; nothing here computes."""
