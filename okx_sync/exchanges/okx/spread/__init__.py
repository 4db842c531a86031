"""Spread trading."""
