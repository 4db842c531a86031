"""The streams of Bitget V3, for unified (UTA) accounts: their rows, and the channels that no other protocol has."""
