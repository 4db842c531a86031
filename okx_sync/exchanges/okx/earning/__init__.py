"""Simple Earn, OKUSD, staking, dual investment."""
