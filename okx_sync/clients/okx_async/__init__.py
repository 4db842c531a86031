"""The REST client for programs with an event loop: the synchronous one, on threads; no second implementation."""

from okx_sync.clients.okx_async.client import AsyncOkxClient

__all__ = ["AsyncOkxClient"]
