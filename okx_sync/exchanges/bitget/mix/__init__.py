"""Futures of a classic Bitget account (V2 ``mix``) over REST: market data, account, positions, orders, plan orders."""
