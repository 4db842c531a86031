"""What joins the rooms for one client: links, subscriptions, recovery, books, orders, account. Threads live here."""
