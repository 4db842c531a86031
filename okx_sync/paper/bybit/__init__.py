"""Bybit's wire at the paper exchange: V5, and the USDC perpetual protocol before it, over the same venue."""
