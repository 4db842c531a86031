"""The clients: facades over what :mod:`okx_sync.live` joins, with the typed verbs. Loaded when asked for."""

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.clients.okx_ws import WsClient
else:
    __getattr__, __dir__ = late_names(__name__, {"okx_ws": "WsClient"})

__all__ = ["WsClient"]
