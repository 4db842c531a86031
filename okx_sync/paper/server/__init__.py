"""The wire: listening, sessions, login, limits, faults and replay, on one asyncio loop in one thread."""
