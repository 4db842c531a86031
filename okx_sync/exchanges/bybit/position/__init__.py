"""Positions of V5: what they are worth, their leverage, margin and stops."""
