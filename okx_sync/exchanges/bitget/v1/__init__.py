"""Rows of V1, where they differ from those of V2."""
