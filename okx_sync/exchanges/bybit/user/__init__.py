"""Keys and sub-accounts."""
