"""Spot margin trading of unified accounts."""
