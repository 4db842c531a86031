"""Bitget's REST of the paper exchange."""
