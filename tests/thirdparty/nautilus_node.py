"""A trading node of nautilus with one strategy, whose events a program waits for.

It runs in an environment that has nautilus_trader.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nautilus_trader.config import LoggingConfig, StrategyConfig, TradingNodeConfig
from nautilus_trader.live.node import TradingNode
from nautilus_trader.model.identifiers import TraderId
from nautilus_trader.model.objects import Price, Quantity
from nautilus_trader.trading.strategy import Strategy

__all__ = ["Told", "price", "run", "size"]

TIMEOUT_S = 10

price, size = Price.from_str, Quantity.from_str


class Told:
    """What the node told of orders and positions."""

    def __init__(self, strategy: Any) -> None:
        self.strategy = strategy
        self._events: list[Any] = []
        self._changed = asyncio.Event()

    def take(self, event: Any) -> None:
        """Note an event."""
        self._events.append(event)
        self._changed.set()

    async def until(self, kind: str, order: Any = None, times: int = 1) -> Any:
        """The event of this kind, about this order if one is given, that is the last of so many."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                while len(found := self._about(kind, order)) < times:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"no {kind}, but {[str(event) for event in self._events[-3:]]}") from None
        return found[-1]

    def _about(self, kind: str, order: Any) -> list[Any]:
        return [
            event
            for event in self._events
            if type(event).__name__ == kind and (order is None or event.client_order_id == order.client_order_id)
        ]


Script = Callable[[Told], Awaitable[Any]]


def run(venue: str, data: Any, execution: Any, factories: Mapping[str, Any], script: Script, claims: Any = None) -> Any:
    """What the script saw on a running node; `data`, if any, and `execution` are its clients' configurations.

    Its strategy claims the orders of the instruments `claims` that are not of its making.
    """
    config = TradingNodeConfig(
        trader_id=TraderId("PAPER-001"),
        logging=LoggingConfig(log_level="ERROR"),
        data_clients={} if data is None else {venue: data},
        exec_clients={venue: execution},
        timeout_disconnection=2.0,
        timeout_post_stop=0.1,
    )
    node = TradingNode(config=config)
    strategy = Strategy(StrategyConfig(use_hyphens_in_client_order_ids=False, external_order_claims=claims))
    told = Told(strategy)
    node.trader.add_strategy(strategy)
    if data is not None:
        node.add_data_client_factory(venue, factories["data"])
    node.add_exec_client_factory(venue, factories["execution"])
    node.build()
    for topic in ("events.order.*", "events.position.*"):
        node.kernel.msgbus.subscribe(topic=topic, handler=told.take)
    work = node.get_event_loop().create_task(_work(node, told, script))
    try:
        node.run()
    finally:
        node.dispose()
    return work.result()


async def _work(node: Any, told: Told, script: Script) -> Any:
    try:
        async with asyncio.timeout(4 * TIMEOUT_S):
            while not told.strategy.is_running:
                await asyncio.sleep(0.01)
        return await script(told)
    finally:
        await node.stop_async()
