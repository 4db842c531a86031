"""Signal bots."""
