"""The stream facades: they wire the rooms together and hold no logic of their own."""

from okx_sync.client.okx import WsClient

__all__ = ["WsClient"]
