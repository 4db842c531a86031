"""The exchange behind the wire: instruments, books, matching, accounts and a seeded market. No I/O, no threads."""
