"""Bitget's REST: V2 (mix, spot, wallet, common) for classic accounts, V3 for unified ones."""
