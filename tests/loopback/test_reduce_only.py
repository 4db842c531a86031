"""No verb of any client sends an order that says it only reduces and would open the position that it names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from typing import Any, Final

import pytest

from okx_sync import (
    AsyncOkxClient,
    BitgetClient,
    BitgetWsClient,
    BybitClient,
    BybitWsClient,
    ConfigError,
    OkxApiError,
    OkxClient,
    WsClient,
)
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST

Verb = Callable[[Any, bool], Any]

OKX: Final[dict[str, Any]] = {
    "inst_id": "BTC-USDT-SWAP", "td_mode": "cross", "side": "buy", "order_type": "limit", "size": 1, "price": 50_000,
    "pos_side": "long",
}  # fmt: skip
OKX_ALGO: Final[dict[str, Any]] = {
    "inst_id": "BTC-USDT-SWAP", "td_mode": "cross", "side": "sell", "pos_side": "short", "ord_type": "trigger",
    "sz": 1, "trigger_px": 90_000, "order_px": -1,
}  # fmt: skip
BYBIT: Final[dict[str, Any]] = {
    "inst_id": "BTCUSDT", "side": "Sell", "order_type": "Limit", "size": "0.01", "price": 90_000, "position_idx": 2,
}  # fmt: skip
BITGET: Final[dict[str, Any]] = {
    "inst_id": "BTCUSDT", "side": "sell", "order_type": "limit", "size": "0.01", "price": 90_000, "pos_side": "short",
}  # fmt: skip
STRATEGY: Final[dict[str, Any]] = {
    "category": "USDT-FUTURES", "symbol": "BTCUSDT", "pos_side": "short", "side": "sell", "qty": "0.01",
    "type_": "trigger", "trigger_price": 90_000, "trigger_by": "market", "trigger_order_type": "market",
}  # fmt: skip
CLASSIC: Final[dict[str, Any]] = {
    "side": "sell", "order_type": "limit", "size": "0.01", "price": 90_000, "trade_side": "open",
}  # fmt: skip
MIX: Final[dict[str, Any]] = {
    "symbol": "BTCUSDT", "product_type": "USDT-FUTURES", "margin_mode": "crossed", "margin_coin": "USDT",
}  # fmt: skip
PLAN: Final[dict[str, Any]] = {
    **MIX, "plan_type": "normal_plan", "side": "buy", "order_type": "market", "size": "0.01", "trigger_price": 90_000,
    "trigger_type": "mark_price", "trade_side": "open",
}  # fmt: skip
OWN_IDS: Final = ("clOrdId", "orderLinkId", "clientOid")
NEUTRAL: Final[dict[str, Any]] = {"side": "buy", "size": "0.01", "price": 50_000}


def awaited(client: OkxClient, reduce_only: bool) -> Any:
    """The asynchronous client of the same account."""

    async def place() -> Any:
        async with AsyncOkxClient(client.config) as one:
            return await one.place_order(**OKX, reduce_only=reduce_only)

    return asyncio.run(place())


VERBS: Final[dict[str, list[Verb]]] = {
    "okx rest": [
        lambda c, r: c.place_order(**OKX, reduce_only=r),
        lambda c, r: c.place_batch_orders([{**OKX, "pos_side": "short"}, {**OKX, "reduce_only": r}]),
        lambda c, r: c.algo.place_algo_order(**OKX_ALGO, reduce_only=r),
        awaited,
    ],
    "okx ws": [
        lambda c, r: c.place_order(**OKX, reduce_only=r),
        lambda c, r: c.place_order(**OKX, reduce_only=r, wait=False).result(5),
        lambda c, r: c.place_batch_orders([{**OKX, "reduce_only": r}]),
        lambda c, r: c.orders.place(**OKX, reduce_only=r),
        lambda c, r: c.orders.place_algo(
            "conditional", "BTC-USDT-SWAP", "buy", 1, td_mode="cross", stop_loss=90_000, pos_side="long", reduce_only=r
        ),
    ],
    "bybit rest": [
        lambda c, r: c.place_order(**BYBIT, reduce_only=r),
        lambda c, r: c.place_batch_orders([{**BYBIT, "reduce_only": r}]),
        lambda c, r: c.order.place_order("linear", **BYBIT, reduce_only=r),
    ],
    "bybit ws": [
        lambda c, r: c.place_order(**BYBIT, reduce_only=r),
        lambda c, r: c.place_batch_orders([{**BYBIT, "reduce_only": r}]),
        lambda c, r: c.orders.place("BTCUSDT", **NEUTRAL, position_idx=1, reduce_only=r),
    ],
    "v3 rest": [
        lambda c, r: c.place_order(**BITGET, reduce_only=r),
        lambda c, r: c.uta.place_order("USDT-FUTURES", **BITGET, reduce_only=r),
        lambda c, r: c.uta.place_strategy_order(**STRATEGY, reduce_only=r),
    ],
    "v3 ws": [
        lambda c, r: c.place_order(**BITGET, reduce_only=r),
        lambda c, r: c.place_order(**BITGET, reduce_only=r, wait=False).result(5),
        lambda c, r: c.orders.place("BTCUSDT", **NEUTRAL, pos_side="long", reduce_only=r),
        lambda c, r: c.orders.place_algo(
            "trigger", "BTCUSDT", "buy", "0.01", trigger=90_000, pos_side="long", reduce_only=r
        ),
    ],
    "v2 rest": [
        lambda c, r: c.place_order(**BITGET, reduce_only=r),
        lambda c, r: c.mix.place_order(**MIX, **CLASSIC, reduce_only=r),
        lambda c, r: c.mix.place_batch_orders(**MIX, order_list=[{**CLASSIC, "reduce_only": r}]),
        lambda c, r: c.mix.place_plan_order(**PLAN, reduce_only=r),
    ],
    "v2 ws": [
        lambda c, r: c.place_order("BTCUSDT", **CLASSIC, reduce_only=r),
        lambda c, r: c.place_batch_orders([{"inst_id": "BTCUSDT", **CLASSIC, "reduce_only": r}]),
        lambda c, r: c.orders.place("BTCUSDT", **NEUTRAL, pos_side="long", reduce_only=r),
    ],
}  # fmt: skip


@pytest.fixture
def clients() -> Iterator[tuple[PaperExchange, dict[str, Any]]]:
    """A client of each exchange, kind of account and way, of one exchange in the box."""
    with PaperExchange(flow_per_s=0) as paper, ExitStack() as stack:
        v3, v2 = paper.bitget_config("v3", account="carol"), paper.bitget_config("v2")
        bybit = paper.bybit_config()
        made: dict[str, Any] = {
            "okx rest": OkxClient(paper.config),
            "okx ws": WsClient(paper.config, options=FAST),
            "bybit rest": BybitClient(bybit),
            "bybit ws": BybitWsClient(bybit, options=FAST),
            "v3 rest": BitgetClient(v3),
            "v3 ws": BitgetWsClient(v3, options=FAST),
            "v2 rest": BitgetClient(v2),
            "v2 ws": BitgetWsClient(v2, options=FAST),
        }
        yield paper, {name: stack.enter_context(one) for name, one in made.items()}


def test_no_verb_sends_it(clients: tuple[PaperExchange, dict[str, Any]]) -> None:
    """It is a ConfigError everywhere, before anything is sent; without ``reduce_only`` the exchange judges it."""
    paper, by_name = clients
    for name, verbs in VERBS.items():
        for number, verb in enumerate(verbs):
            with pytest.raises(ConfigError, match="reduce_only"):
                verb(by_name[name], True)
            assert orders_of(paper) == 0, f"{name} {number} was sent"
    for name, verbs in VERBS.items():
        for number, verb in enumerate(verbs):
            before = orders_of(paper)
            with suppress(OkxApiError):  # as in one-way mode
                verb(by_name[name], False)
            assert orders_of(paper) > before, f"{name} {number} was not sent"


def orders_of(paper: PaperExchange) -> int:
    """How many requests the exchange was sent that may place orders, over REST and streams."""
    by_rest = sum(one.method == "POST" for one in paper.requests)
    return by_rest + sum(any(name in frame.text for name in OWN_IDS) for frame in paper.seen)
