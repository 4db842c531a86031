"""What somebody who sends orders for others needs of a client: its live orders, and the exchange's side of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from okx_sync.errors import ConfigError
from okx_sync.live.algo_source import AlgoSource
from okx_sync.live.live_client import LiveClient
from okx_sync.live.live_objects import sends_orders
from okx_sync.live.order_source import OrderSource
from okx_sync.live.stream_algos import StreamAlgos
from okx_sync.live.stream_client import StreamClient
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.timing import Clock

__all__ = ["OrderAccess"]


class OrderAccess:
    """The orders of a client. Raises ``ConfigError`` for a client that cannot send any."""

    def __init__(self, client: StreamClient) -> None:
        config: Any = getattr(client, "config", None)
        if not isinstance(client, LiveClient) or not sends_orders(config):
            raise ConfigError(
                "this client sends no orders, so that it cannot send any for followers",
                hint="a stream client with credentials=, and without read_only",
            )
        self._client = client
        self.source: OrderSource = client._live.spec.orders
        self.algos: AlgoSource | None = client._live.spec.algos
        self.clock: Clock = client.clock

    @property
    def manager(self) -> OrderManager:
        """The live orders, which are opened if they are not open."""
        return self._client.orders

    def topics(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the channels that tell what becomes of orders and algo orders, each once, with its arguments."""
        told: list[tuple[str, Mapping[str, str]]] = []
        for source in (self.source, self.algos):
            if isinstance(source, StreamOrders | StreamAlgos):
                told += [one for one in source.topics() if one not in told]
        yield from told
