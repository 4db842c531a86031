"""Bitget futures over WebSocket: the current protocol (V2 classic), V1, and a third that private gateways speak."""
