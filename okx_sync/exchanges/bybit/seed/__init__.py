"""The USDC perpetual streams of before V5."""
