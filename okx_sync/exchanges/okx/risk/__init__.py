"""Liquidations, margin, Greeks and tiers; moved positions and the position builder."""
