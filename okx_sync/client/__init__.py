"""The stream facades: they wire the rooms together and hold no logic of their own. Loaded when asked for."""

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.client.okx import WsClient
else:
    __getattr__, __dir__ = late_names(__name__, {"okx": "WsClient"})

__all__ = ["WsClient"]
