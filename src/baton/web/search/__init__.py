"""Finding anything from anywhere: the palette (Ctrl+K) and the page that works without a script."""
