"""Orders and fills of one account: the table, the handles on it, and what is placed through it."""
