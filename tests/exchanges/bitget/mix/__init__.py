"""Tests of Bitget's V2 futures over REST."""
