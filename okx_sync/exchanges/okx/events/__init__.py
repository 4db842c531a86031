"""State of the exchange, announcements, event contracts, the economic calendar."""
