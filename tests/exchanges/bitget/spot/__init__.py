"""Bitget's V2 API of spot."""
