"""Typed, threaded, synchronous client for OKX V5, Bybit V5 and Bitget V2 and V3: REST and streams on one engine.

``WsClient`` streams, ``OkxClient`` calls, ``PaperExchange`` is the embedded exchange to try both on; ``BybitWsClient``,
``BybitClient``, ``BitgetWsClient`` and ``BitgetClient`` do the same on those exchanges.

Each name is imported when it is first asked for, so that nobody waits for what he does not use.
"""

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.algo_types import TriggerPrice
    from okx_sync.clients import WsClient
    from okx_sync.clients.bitget_async import AsyncBitgetClient
    from okx_sync.clients.bitget_rest import BitgetClient
    from okx_sync.clients.bitget_ws import BitgetWsClient
    from okx_sync.clients.bybit_async import AsyncBybitClient
    from okx_sync.clients.bybit_rest import BybitClient
    from okx_sync.clients.bybit_ws import BybitWsClient
    from okx_sync.clients.followed import BitgetFanoutClient, BybitFanoutClient, OkxFanoutClient
    from okx_sync.clients.okx_async import AsyncOkxClient
    from okx_sync.clients.okx_rest import OkxClient
    from okx_sync.clients.publishers import BitgetPublisher, BybitPublisher, OkxPublisher
    from okx_sync.clients.replayed import BitgetReplayClient, BybitReplayClient, ReplayClient
    from okx_sync.credentials import Credentials
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription, SubscriptionStats
    from okx_sync.delivery.subscription_group import SubscriptionGroup
    from okx_sync.errors import (
        BookInvalid,
        CallbackError,
        ConfigError,
        ConnectionLost,
        DecodeError,
        DryRun,
        JournalError,
        MailboxOverflow,
        NotAllowedError,
        OkxApiError,
        OkxAuthError,
        OkxError,
        OkxHttpError,
        OkxRateLimitError,
        OkxTimeoutError,
        OkxWebSocketError,
        OrderLimitError,
        OrderStatusUnknown,
        ReadOnlyError,
        RecordingError,
        StreamClosed,
        SubscriptionError,
    )
    from okx_sync.exchanges.bitget.config import BitgetConfig
    from okx_sync.exchanges.bybit.config import BybitConfig
    from okx_sync.exchanges.okx.config import Config
    from okx_sync.exchanges.okx.order_lookup import OrderLookup
    from okx_sync.fanout.followed_stream import FollowedStats
    from okx_sync.fanout.order_server import OrderServer, OrderServerStats
    from okx_sync.fanout.published_stream import PublishedStats
    from okx_sync.fanout.publisher import Publisher
    from okx_sync.live.audit import AuditMismatch
    from okx_sync.live.metrics import ClientMetrics
    from okx_sync.live.metrics_export import MetricsCollector, MetricsServer, serve_metrics
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.logs import enable_debug
    from okx_sync.paper import PaperExchange
    from okx_sync.rows.dataframe import to_df
    from okx_sync.state.account_monitor import AccountMonitor
    from okx_sync.state.book.order_book import OrderBook
    from okx_sync.state.instrument_spec import InstrumentSpec
    from okx_sync.state.instruments import InstrumentChange, Instruments
    from okx_sync.state.orders.algo_manager import AlgoManager
    from okx_sync.state.orders.algo_state import AlgoChange
    from okx_sync.state.orders.cancel_all import AlgoCancelAllResult, AlgoCancelOutcome, CancelAllResult, CancelOutcome
    from okx_sync.state.orders.close_position import CloseOutcome, ClosePositionResult
    from okx_sync.state.orders.order_handle import AlgoHandle, OrderHandle
    from okx_sync.state.orders.order_manager import OrderManager
    from okx_sync.state.position_monitor import PositionMonitor
    from okx_sync.state.risk import RiskEvent
    from okx_sync.state_event import StateEvent
    from okx_sync.store.book_snapshots import RecordedBook
    from okx_sync.store.download import Download, download
    from okx_sync.store.parquet_sink import ParquetSink, TableGap
    from okx_sync.store.recorded_messages import RecordingStats
    from okx_sync.store.recorder import Recorder
    from okx_sync.store.recording import Recording
    from okx_sync.store.tables import query_tables, read_gaps, read_table
    from okx_sync.store.verification import Verification
    from okx_sync.transport.options import LinkOptions
else:
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "clients.okx_async": "AsyncOkxClient",
            "clients": "WsClient",
            "algo_types": "TriggerPrice",
            "live.audit": "AuditMismatch",
            "live.metrics": "ClientMetrics",
            "live.metrics_export": "MetricsCollector MetricsServer serve_metrics",
            "live.order_limits": "OrderLimits",
            "clients.bitget_async": "AsyncBitgetClient",
            "clients.bybit_async": "AsyncBybitClient",
            "clients.bitget_rest": "BitgetClient",
            "clients.bitget_ws": "BitgetWsClient",
            "clients.bybit_rest": "BybitClient",
            "clients.bybit_ws": "BybitWsClient",
            "exchanges.okx.order_lookup": "OrderLookup",
            "credentials": "Credentials",
            "delivery.subscription": "SubscribeOptions Subscription SubscriptionStats",
            "delivery.subscription_group": "SubscriptionGroup",
            "errors": (
                "BookInvalid CallbackError ConfigError ConnectionLost DecodeError DryRun JournalError MailboxOverflow "
                "NotAllowedError OkxApiError OkxAuthError OkxError OkxHttpError OkxRateLimitError OkxTimeoutError "
                "OkxWebSocketError OrderLimitError OrderStatusUnknown ReadOnlyError RecordingError StreamClosed "
                "SubscriptionError"
            ),
            "exchanges.bitget.config": "BitgetConfig",
            "exchanges.bybit.config": "BybitConfig",
            "exchanges.okx.config": "Config",
            "logs": "enable_debug",
            "rows.dataframe": "to_df",
            "clients.okx_rest": "OkxClient",
            "clients.followed": "BitgetFanoutClient BybitFanoutClient OkxFanoutClient",
            "clients.publishers": "BitgetPublisher BybitPublisher OkxPublisher",
            "fanout.followed_stream": "FollowedStats",
            "fanout.order_server": "OrderServer OrderServerStats",
            "fanout.published_stream": "PublishedStats",
            "fanout.publisher": "Publisher",
            "clients.replayed": "BitgetReplayClient BybitReplayClient ReplayClient",
            "paper": "PaperExchange",
            "state_event": "StateEvent",
            "state.orders.algo_manager": "AlgoManager",
            "state.orders.algo_state": "AlgoChange",
            "state.orders.cancel_all": "AlgoCancelAllResult AlgoCancelOutcome CancelAllResult CancelOutcome",
            "state.orders.close_position": "CloseOutcome ClosePositionResult",
            "state.instrument_spec": "InstrumentSpec",
            "state.account_monitor": "AccountMonitor",
            "state.book.order_book": "OrderBook",
            "state.instruments": "InstrumentChange Instruments",
            "state.orders.order_manager": "OrderManager",
            "state.position_monitor": "PositionMonitor",
            "state.orders.order_handle": "AlgoHandle OrderHandle",
            "state.risk": "RiskEvent",
            "store.book_snapshots": "RecordedBook",
            "store.download": "Download download",
            "store.parquet_sink": "ParquetSink TableGap",
            "store.recorded_messages": "RecordingStats",
            "store.recorder": "Recorder",
            "store.recording": "Recording",
            "store.tables": "query_tables read_gaps read_table",
            "store.verification": "Verification",
            "transport.options": "LinkOptions",
        },
    )

__all__ = [
    "AccountMonitor",
    "AlgoCancelAllResult",
    "AlgoCancelOutcome",
    "AlgoChange",
    "AlgoHandle",
    "AlgoManager",
    "AsyncBitgetClient",
    "AsyncBybitClient",
    "AsyncOkxClient",
    "AuditMismatch",
    "BitgetClient",
    "BitgetConfig",
    "BitgetFanoutClient",
    "BitgetPublisher",
    "BitgetReplayClient",
    "BitgetWsClient",
    "BookInvalid",
    "BybitClient",
    "BybitConfig",
    "BybitFanoutClient",
    "BybitPublisher",
    "BybitReplayClient",
    "BybitWsClient",
    "CallbackError",
    "CancelAllResult",
    "CancelOutcome",
    "ClientMetrics",
    "CloseOutcome",
    "ClosePositionResult",
    "Config",
    "ConfigError",
    "ConnectionLost",
    "Credentials",
    "DecodeError",
    "Download",
    "DryRun",
    "FollowedStats",
    "InstrumentChange",
    "InstrumentSpec",
    "Instruments",
    "JournalError",
    "LinkOptions",
    "MailboxOverflow",
    "MetricsCollector",
    "MetricsServer",
    "NotAllowedError",
    "OkxApiError",
    "OkxAuthError",
    "OkxClient",
    "OkxError",
    "OkxFanoutClient",
    "OkxHttpError",
    "OkxPublisher",
    "OkxRateLimitError",
    "OkxTimeoutError",
    "OkxWebSocketError",
    "OrderBook",
    "OrderHandle",
    "OrderLimitError",
    "OrderLimits",
    "OrderLookup",
    "OrderManager",
    "OrderServer",
    "OrderServerStats",
    "OrderStatusUnknown",
    "PaperExchange",
    "ParquetSink",
    "PositionMonitor",
    "PublishedStats",
    "Publisher",
    "ReadOnlyError",
    "RecordedBook",
    "Recorder",
    "Recording",
    "RecordingError",
    "RecordingStats",
    "ReplayClient",
    "RiskEvent",
    "StateEvent",
    "StreamClosed",
    "SubscribeOptions",
    "Subscription",
    "SubscriptionError",
    "SubscriptionGroup",
    "SubscriptionStats",
    "TableGap",
    "TriggerPrice",
    "Verification",
    "WsClient",
    "download",
    "enable_debug",
    "query_tables",
    "read_gaps",
    "read_table",
    "serve_metrics",
    "to_df",
]

__version__ = "0.2.0"
