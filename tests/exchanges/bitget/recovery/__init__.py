"""Tests of what an outage of Bitget's streams swallowed."""
