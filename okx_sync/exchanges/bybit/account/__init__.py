"""Positions and wallet of V5."""
