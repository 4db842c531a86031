"""Borrowing and repaying of a unified account, and what counts as collateral."""
