"""Bitget's wire for the paper exchange.

The V2 futures streams, the V1 mix stream before them, a private gateway that speaks a documented older form (`seed`),
and REST of V2 and V3.

Market, accounts and orders are the venue's own: what OKX's wire places shows up here, and the other way round.
"""
