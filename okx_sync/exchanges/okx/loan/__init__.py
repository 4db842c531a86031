"""Flexible loans."""
