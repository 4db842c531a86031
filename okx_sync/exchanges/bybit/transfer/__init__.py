"""Transfers between wallets and accounts."""
