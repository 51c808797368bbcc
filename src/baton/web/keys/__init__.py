"""Keys of outside systems: the administrator issues and revokes them."""
