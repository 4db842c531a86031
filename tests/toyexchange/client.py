"""``ToyWsClient``: the facade, made of the parts that every exchange's facade is made of."""

from __future__ import annotations

from okx_sync.errors import OkxError
from okx_sync.live.account import MonitorSource
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.live_client import LiveClient
from okx_sync.live.live_objects import LiveSpec
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.transport.options import LinkOptions
from tests.toyexchange.channels import TABLE
from tests.toyexchange.config import ToyConfig
from tests.toyexchange.dialect import ToyDialect
from tests.toyexchange.streams import Subscriber


class ToyWsClient(LiveClient, Subscriber):
    """The toy exchange over WebSocket. Parameters: as of ``WsClient``."""

    def __init__(self, config: ToyConfig, *, options: LinkOptions | None = None) -> None:
        self.config = config
        super().__init__(_spec(config), lambda: _live_spec(self), options=options)


def _spec(config: ToyConfig) -> StreamSpec:
    def sync_clock(times: int = 1) -> float:
        raise OkxError("nobody can be asked for the toy exchange's time", hint="set the clock")

    return StreamSpec(
        dialect=ToyDialect(),
        environment="toy",
        credentials=config.credentials,
        lookup=TABLE.lookup,
        topic_for=TABLE.topic_for,
        url=config.ws_url,
        paths=("market", "account"),
        login_paths=frozenset({"account"}),
        sync_clock=sync_clock,
        timeout_s=config.timeout_secs,
    )


def _live_spec(client: ToyWsClient) -> LiveSpec:
    return LiveSpec(
        books=BookStreams(channel="book", args=lambda _info, symbol: {"symbol": symbol}),
        positions=MonitorSource("account", "holdings", {}, lambda _push: True, lambda _rows: None),
        account=None,
        orders=StreamOrders(client.subscribe, "account", "orders", fills=None, sender=None),
    )
