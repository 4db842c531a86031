"""The service itself: maintenance, announcements, rate limits, demo accounts."""
