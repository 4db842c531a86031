"""How algo orders of Bybit are changed and ended: what goes out for each status, and what Bybit cannot change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import BybitConfig, ConfigError, OkxApiError
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.bybit.algo_sender import BybitAlgoSender
from okx_sync.exchanges.bybit.models import Order
from okx_sync.exchanges.bybit.order_sender import BybitSender
from okx_sync.state.orders.algo_state import AlgoState

LIMIT = TriggerPrice(58000, by="mark", limit=57900)
ATTACHED = AlgoState(
    inst_id="BTCUSDT", status="attached", kind="conditional", leg="stop_loss", stop_loss=LIMIT, parent_order_id="p-1",
    product="linear",
)  # fmt: skip
ARMED = attrs.evolve(ATTACHED, status="armed", algo_id="s-1", parent_order_id=None, parent_client_order_id="mine")
TRIGGER = AlgoState(
    inst_id="BTCUSDT", status="armed", algo_id="t-1", kind="trigger", trigger=TriggerPrice(61000), product="linear",
    take_profit=TriggerPrice(66000),
)  # fmt: skip


class Client:
    """Notes what it is asked for; ``error`` is what the exchange answers."""

    def __init__(self) -> None:
        self.config = BybitConfig()
        self.asked: list[tuple[Any, ...]] = []
        self.error: OkxApiError | None = None

    def cancel_order(self, *args: Any, **options: Any) -> None:
        self._note("cancel", *args, options)

    def amend_order(self, *args: Any, **options: Any) -> None:
        self._note("amend", *args, options)

    def _note(self, *asked: Any) -> None:
        self.asked.append(asked)
        if self.error is not None:
            raise self.error


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def sender(client: Client) -> BybitAlgoSender:
    """One that sends to it."""
    return BybitAlgoSender(client, BybitSender(client), None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("algo", "changes", "asked"),
    [
        (
            ATTACHED,
            {"stop_loss": TriggerPrice(57000, limit=56900), "timeout": 2},
            ("p-1", None, {"stop_loss": 57000, "sl_trigger_by": "LastPrice", "sl_limit_price": 56900, "timeout": 2}),
        ),
        (ATTACHED, {"stop_loss": Decimal(0)}, ("p-1", None, {"stop_loss": 0})),
        (
            attrs.evolve(ATTACHED, product="spot", parent_order_id=None, parent_client_order_id="mine"),
            {"stop_loss": TriggerPrice(57000, limit=56900)},
            (None, "mine", {"category": "spot", "stop_loss": 57000, "sl_limit_price": 56900}),
        ),
        (
            ARMED,
            {"stop_loss": TriggerPrice(57000, by="index", limit=56900), "size": Decimal(1)},
            ("s-1", None, {"trigger_price": 57000, "trigger_by": "IndexPrice", "price": 56900, "size": 1}),
        ),
        (
            attrs.evolve(TRIGGER, algo_id=None, client_order_id="own"),
            {"trigger": TriggerPrice(62000), "take_profit": Decimal(0), "stop_loss": TriggerPrice(57000)},
            (
                None, "own",
                {
                    "trigger_price": 62000, "trigger_by": "LastPrice", "take_profit": 0, "stop_loss": 57000,
                    "sl_trigger_by": "LastPrice",
                },
            ),
        ),
        (
            attrs.evolve(TRIGGER, product="spot"),
            {"trigger": TriggerPrice(62000), "price": Decimal(1)},
            ("t-1", None, {"category": "spot", "trigger_price": 62000, "price": 1}),
        ),
    ],
)  # fmt: skip
def test_changes(
    client: Client, sender: BybitAlgoSender, algo: AlgoState, changes: dict[str, Any], asked: tuple[Any, ...]
) -> None:
    """Of what is attached its order is changed, what waits is an order of its own; a pair says no kind of price."""
    sender.amend_algo(algo, changes)
    order_id, link, options = asked
    assert client.asked == [("amend", "BTCUSDT", order_id, link, {"category": "linear"} | options)]


@pytest.mark.parametrize(
    ("algo", "changes", "text"),
    [
        (ATTACHED, {"size": Decimal(1), "stop_loss": LIMIT}, "cannot change size"),
        (ATTACHED, {"take_profit": TriggerPrice(66000)}, "cannot change take_profit"),
        (ATTACHED, {"stop_loss": TriggerPrice(57000)}, "sends a limit order"),
        (ARMED, {"take_profit": TriggerPrice(66000)}, "take_profit is not of this one"),
        (ARMED, {"stop_loss": Decimal(0), "size": Decimal(1)}, "cannot change size"),
        (ARMED, {"stop_loss": LIMIT, "price": Decimal(1)}, "price is given twice"),
        (TRIGGER, {"trigger": TriggerPrice(62000, limit=62100)}, "sends a market order"),
        (TRIGGER, {"take_profit": TriggerPrice(67000, limit=66900)}, "sends a market order"),
        (attrs.evolve(TRIGGER, kind="trailing_stop"), {"size": Decimal(1)}, "does not change a trailing stop"),
    ],
)
def test_what_bybit_cannot_change(
    client: Client, sender: BybitAlgoSender, algo: AlgoState, changes: dict[str, Any], text: str
) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(ConfigError, match=text):
        sender.amend_algo(algo, changes)
    assert client.asked == []


def test_ends(client: Client, sender: BybitAlgoSender) -> None:
    """A side is taken from its order, what waits is canceled; what is over says so; without any id nothing is sent."""
    row = Order.from_wire({"stopOrderType": "tpslOrder", "orderStatus": "Untriggered", "category": "spot"})
    stop = attrs.evolve(ARMED, product="spot")
    assert sender.cancel_algo(ATTACHED)
    sender.amend_algo(ARMED, {"stop_loss": Decimal(0)})
    for algo in stop, attrs.evolve(stop, kind="trigger"), attrs.evolve(stop, raw=row, kind="trigger"):
        assert sender.cancel_algo(algo)
    assert client.asked == [
        ("amend", "BTCUSDT", "p-1", None, {"category": "linear", "stop_loss": 0}),
        ("cancel", "BTCUSDT", "s-1", None, {"category": "linear"}),
        ("cancel", "BTCUSDT", "s-1", None, {"category": "spot", "order_filter": "tpslOrder"}),
        ("cancel", "BTCUSDT", "s-1", None, {"category": "spot", "order_filter": "StopOrder"}),
        ("cancel", "BTCUSDT", "s-1", None, {"category": "spot", "order_filter": "tpslOrder"}),
    ]
    with pytest.raises(ConfigError, match="has not told which order it is"):
        sender.cancel_algo(attrs.evolve(ATTACHED, parent_order_id=None))
    client.error = OkxApiError("gone", code="110001")
    assert [sender.cancel_algo(ATTACHED), sender.cancel_algo(ARMED)] == [False, False]
    client.error = OkxApiError("partly filled", code="110059")
    with pytest.raises(OkxApiError):
        sender.cancel_algo(ATTACHED)
