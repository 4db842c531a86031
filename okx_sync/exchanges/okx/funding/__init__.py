"""The funding account: deposits, withdrawals, transfers, conversions, fiat money."""
