"""The account's balances and positions."""
