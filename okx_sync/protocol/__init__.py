"""The conversation with an exchange, without I/O: events, topics, sessions, subscriptions and calls."""
