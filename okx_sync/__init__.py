"""Typed, threaded, synchronous client for OKX V5: REST and streams.

``WsClient`` streams, ``OkxClient`` calls, ``PaperExchange`` is the embedded exchange to try both on.
"""

from importlib import import_module
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
    DryRun,
    MailboxOverflow,
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxHttpError,
    OkxRateLimitError,
    OkxTimeoutError,
    OkxWebSocketError,
    OrderStatusUnknown,
    ReadOnlyError,
    StreamClosed,
    SubscriptionError,
)
from okx_sync.exchanges.okx.config import Config
from okx_sync.logs import enable_debug
from okx_sync.models.tables import to_df
from okx_sync.protocol.life import StateEvent
from okx_sync.state.instruments import InstrumentSpec
from okx_sync.state.live_account import AccountMonitor
from okx_sync.state.live_book import OrderBook
from okx_sync.state.live_instruments import InstrumentChange, Instruments
from okx_sync.state.live_orders import OrderManager
from okx_sync.state.live_positions import PositionMonitor
from okx_sync.state.order_handle import OrderHandle
from okx_sync.state.risk import RiskEvent
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:
    from okx_sync.async_client import AsyncOkxClient as AsyncOkxClient
    from okx_sync.okx_client import OkxClient as OkxClient
    from okx_sync.paper import PaperExchange as PaperExchange

__all__ = [
    "AccountMonitor",
    "AsyncOkxClient",
    "BookInvalid",
    "CallbackError",
    "Config",
    "ConfigError",
    "ConnectionLost",
    "Credentials",
    "DecodeError",
    "DryRun",
    "InstrumentChange",
    "InstrumentSpec",
    "Instruments",
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
    "OrderHandle",
    "OrderManager",
    "OrderStatusUnknown",
    "PaperExchange",
    "PositionMonitor",
    "ReadOnlyError",
    "RiskEvent",
    "StateEvent",
    "StreamClosed",
    "SubscribeOptions",
    "Subscription",
    "SubscriptionError",
    "SubscriptionStats",
    "WsClient",
    "enable_debug",
    "to_df",
]

__version__ = "0.1.0"


_LATER = {
    "AsyncOkxClient": "okx_sync.async_client",
    "OkxClient": "okx_sync.okx_client",
    "PaperExchange": "okx_sync.paper",
}


def __getattr__(name: str) -> Any:
    # Hundreds of endpoints, and a server that is an extra: nobody pays for importing what he does not use.
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
