"""The seed protocol."""
