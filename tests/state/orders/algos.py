"""Who sends algo orders, and what an exchange tells of them, in tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.state.orders.algo_manager import AlgoManager
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.new_order import OrderRules, new_order
from okx_sync.state.orders.order_handle import AlgoHandle
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.types import OrderUpdate
from tests.state.orders.sender import Sender

BTC = "BTC"


class AlgoSide:
    """An ``AlgoActions``. ``answer`` is what each request brings, or raises."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.settled: list[AlgoHandle] = []
        self.answer: Callable[[], str | None] = lambda: None
        self.has_cancel = True
        self.listed: list[AlgoUpdate] = []
        self.is_closed = False

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        if words["kind"] == "chase":
            raise ConfigError("this exchange has no chase orders")
        given: dict[str, Any] = {word: words.get(word) for word in ("inst_id", "kind", "side", "client_order_id")}
        given |= {word: TriggerPrice.of(word, words[word]) for word in ("trigger", "take_profit") if word in words}
        given |= {word: Decimal(words[word]) for word in ("size", "price") if word in words}
        return PreparedAlgo(**given)

    def place_algo(self, new: PreparedAlgo) -> str | None:
        self.asked.append(new)
        return self.answer()

    def cancel_algo(self, algo: AlgoState) -> bool:
        self.asked.append(("cancel", algo.algo_id))
        self.answer()
        return self.has_cancel

    def amend_algo(self, algo: AlgoState, changes: Mapping[str, Any]) -> None:
        self.asked.append(("amend", algo.algo_id, dict(changes)))
        self.answer()

    def list_open_algos(self, inst_id: str | None) -> list[AlgoUpdate]:
        self.asked.append(("list", inst_id))
        return self.listed

    def settle_algo(self, algo: AlgoHandle) -> None:
        self.settled.append(algo)

    def algo_row_lost(self, reason: str) -> None:
        self.asked.append(("row_lost", reason))

    def close_algos(self) -> None:
        self.is_closed = True


class BracketSender(Sender):
    """A ``Sender`` whose orders bring a take profit and a stop loss with them, one algo order or one for each."""

    def __init__(self, attaches: Any) -> None:
        super().__init__()
        self._rules = OrderRules(order_types={"limit": True, "market": False}, attaches=attaches)

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        numbers = iter(range(100))
        return new_order(words, lambda: f"own{len(self.asked)}-{next(numbers)}", self._rules)


class Bench:
    """An order manager and the algo manager beside it, both with a side that sends."""

    def __init__(self, attaches: Any = "together") -> None:
        self.sender = BracketSender(attaches)
        self.side = AlgoSide()
        self.orders = OrderManager(
            actions=self.sender, algos=lambda: AlgoManager(self.orders, actions=self.side, over=self.over.append)
        )
        self.over: list[AlgoState] = []

    @property
    def algos(self) -> AlgoManager:
        return self.orders.algos

    def tell(self, status: Any, **facts: Any) -> AlgoHandle:
        """The exchange tells of one algo order."""
        return self.algos.apply(algo(status, **facts))[0]

    def order(self, status: Any, order_id: str, **facts: Any) -> None:
        """The exchange tells of an order."""
        self.orders.apply(OrderUpdate(inst_id=BTC, order_id=order_id, status=status, **facts))


def algo(status: Any, **facts: Any) -> AlgoUpdate:
    """News of an algo order."""
    return AlgoUpdate(inst_id=BTC, status=status, **facts)


def price(value: int, **more: Any) -> TriggerPrice:
    """A trigger."""
    return TriggerPrice(Decimal(value), **more)
