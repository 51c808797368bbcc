"""What commands do, as plain functions: the demo calls the same ones."""
