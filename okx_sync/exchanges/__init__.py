"""One package per exchange: its wire words, its tables, its models; no I/O, no threads."""
