"""Bybit: V5 streams and order entry, and the older USDC perpetual streams. No I/O, no threads."""
