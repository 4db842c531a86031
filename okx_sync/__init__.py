"""Typed, threaded, synchronous client for OKX V5: REST and streams.

``WsClient`` streams, ``OkxClient`` calls, ``PaperExchange`` is the embedded exchange to try both on.
"""

from typing import TYPE_CHECKING, Any

from okx_sync.client import WsClient
from okx_sync.credentials import Credentials
from okx_sync.delivery.subscription import SubscribeOptions, Subscription, SubscriptionStats
from okx_sync.errors import (
    BookInvalid,
    CallbackError,
    ConfigError,
    ConnectionLost,
    DecodeError,
    MailboxOverflow,
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxHttpError,
    OkxRateLimitError,
    OkxTimeoutError,
    OkxWebSocketError,
    OrderStatusUnknown,
    StreamClosed,
    SubscriptionError,
)
from okx_sync.exchanges.okx.config import Config
from okx_sync.logs import enable_debug
from okx_sync.okx_client import OkxClient
from okx_sync.protocol.life import StateEvent
from okx_sync.state.live_book import OrderBook
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:
    from okx_sync.paper import PaperExchange as PaperExchange

__all__ = [
    "BookInvalid",
    "CallbackError",
    "Config",
    "ConfigError",
    "ConnectionLost",
    "Credentials",
    "DecodeError",
    "LinkOptions",
    "MailboxOverflow",
    "OkxApiError",
    "OkxAuthError",
    "OkxClient",
    "OkxError",
    "OkxHttpError",
    "OkxRateLimitError",
    "OkxTimeoutError",
    "OkxWebSocketError",
    "OrderBook",
    "OrderStatusUnknown",
    "PaperExchange",
    "StateEvent",
    "StreamClosed",
    "SubscribeOptions",
    "Subscription",
    "SubscriptionError",
    "SubscriptionStats",
    "WsClient",
    "enable_debug",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # The paper exchange needs a server library, which is an extra: nobody pays for it who does not use it.
    if name == "PaperExchange":
        from okx_sync.paper import PaperExchange

        return PaperExchange
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
