"""The first page: what I must do, and by when."""
