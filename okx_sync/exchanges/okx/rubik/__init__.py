"""Statistics of trading."""
