"""Grid bots."""
