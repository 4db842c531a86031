"""Offers of structured products of Bybit Earn."""
