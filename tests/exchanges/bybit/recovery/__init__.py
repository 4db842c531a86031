"""Tests of what an outage of Bybit's streams swallowed."""
