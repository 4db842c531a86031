"""Block trading."""
