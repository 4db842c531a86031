"""Market data of V5."""
