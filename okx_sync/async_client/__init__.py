"""The REST client for programs with an event loop: the synchronous one, on threads; no second implementation."""

from okx_sync.async_client.client import AsyncOkxClient

__all__ = ["AsyncOkxClient"]
