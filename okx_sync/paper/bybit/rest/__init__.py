"""Bybit V5 over REST at the paper exchange."""
