"""Algo orders: orders that wait for a price, follow it, or are split up."""
