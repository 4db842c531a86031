"""Bills of the account, interest and loans."""
