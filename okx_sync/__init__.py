"""Typed, threaded, synchronous client for OKX V5: REST and streams. Streams of Bitget and Bybit on the same engine.

``WsClient`` streams, ``OkxClient`` calls, ``PaperExchange`` is the embedded exchange to try both on;
``BitgetWsClient`` and ``BybitWsClient`` stream from those exchanges.

Each name is imported when it is first asked for, so that nobody waits for what he does not use.
"""

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.async_client import AsyncOkxClient
    from okx_sync.client import WsClient
    from okx_sync.client.audit import AuditMismatch
    from okx_sync.client.bitget import BitgetWsClient
    from okx_sync.client.bybit import BybitWsClient
    from okx_sync.client.order_lookup import OrderLookup
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
    from okx_sync.exchanges.bitget.config import BitgetConfig
    from okx_sync.exchanges.bybit.config import BybitConfig
    from okx_sync.exchanges.okx.config import Config
    from okx_sync.logs import enable_debug
    from okx_sync.models.tables import to_df
    from okx_sync.okx_client import OkxClient
    from okx_sync.paper import PaperExchange
    from okx_sync.protocol.life import StateEvent
    from okx_sync.state.cancel_all import CancelAllResult, CancelOutcome
    from okx_sync.state.instruments import InstrumentSpec
    from okx_sync.state.live_account import AccountMonitor
    from okx_sync.state.live_book import OrderBook
    from okx_sync.state.live_instruments import InstrumentChange, Instruments
    from okx_sync.state.live_orders import OrderManager
    from okx_sync.state.live_positions import PositionMonitor
    from okx_sync.state.order_handle import OrderHandle
    from okx_sync.state.risk import RiskEvent
    from okx_sync.transport.options import LinkOptions
else:
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "async_client": "AsyncOkxClient",
            "client": "WsClient",
            "client.audit": "AuditMismatch",
            "client.bitget": "BitgetWsClient",
            "client.bybit": "BybitWsClient",
            "client.order_lookup": "OrderLookup",
            "credentials": "Credentials",
            "delivery.subscription": "SubscribeOptions Subscription SubscriptionStats",
            "errors": (
                "BookInvalid CallbackError ConfigError ConnectionLost DecodeError DryRun MailboxOverflow "
                "OkxApiError OkxAuthError OkxError OkxHttpError OkxRateLimitError OkxTimeoutError "
                "OkxWebSocketError OrderStatusUnknown ReadOnlyError StreamClosed SubscriptionError"
            ),
            "exchanges.bitget.config": "BitgetConfig",
            "exchanges.bybit.config": "BybitConfig",
            "exchanges.okx.config": "Config",
            "logs": "enable_debug",
            "models.tables": "to_df",
            "okx_client": "OkxClient",
            "paper": "PaperExchange",
            "protocol.life": "StateEvent",
            "state.cancel_all": "CancelAllResult CancelOutcome",
            "state.instruments": "InstrumentSpec",
            "state.live_account": "AccountMonitor",
            "state.live_book": "OrderBook",
            "state.live_instruments": "InstrumentChange Instruments",
            "state.live_orders": "OrderManager",
            "state.live_positions": "PositionMonitor",
            "state.order_handle": "OrderHandle",
            "state.risk": "RiskEvent",
            "transport.options": "LinkOptions",
        },
    )

__all__ = [
    "AccountMonitor",
    "AsyncOkxClient",
    "AuditMismatch",
    "BitgetConfig",
    "BitgetWsClient",
    "BookInvalid",
    "BybitConfig",
    "BybitWsClient",
    "CallbackError",
    "CancelAllResult",
    "CancelOutcome",
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
    "OrderLookup",
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

__version__ = "0.2.0"
