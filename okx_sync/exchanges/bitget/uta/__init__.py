"""Unified (UTA) accounts of Bitget: the V3 REST API."""
