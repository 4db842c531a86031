"""Bitget's V2 API of spot: market data, orders, trigger orders, account and wallet."""
