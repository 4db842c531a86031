"""The rooms joined for one client: links, subscriptions, recovery, books, orders, account. Threads live here."""
