"""Long work of whoever asks: how far it is, stopping it, trying it again."""
