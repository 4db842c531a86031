"""Coins, balances of all wallets, deliveries and settlements."""
