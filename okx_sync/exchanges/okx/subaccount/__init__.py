"""Sub-accounts."""
