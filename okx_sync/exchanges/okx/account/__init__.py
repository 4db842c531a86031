"""The account: balances, positions, limits, fees."""
