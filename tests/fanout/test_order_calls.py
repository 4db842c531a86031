"""What a publisher does for followers: checked by its rules, about the order that it knows, and once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import ConfigError, DecodeError, NotAllowedError, OrderManager, OrderStatusUnknown
from okx_sync.algo_types import AlgoUpdate
from okx_sync.fanout.order_calls import OrderCalls, failed
from okx_sync.fanout.serving_rules import ServingRules
from okx_sync.state.orders.algo_manager import AlgoManager
from okx_sync.state.orders.algo_state import AlgoState, OpenAlgos, PreparedAlgo
from okx_sync.state.orders.close_position import CloseReceipt, CloseRequest, PreparedClose, PreparedCloses
from okx_sync.state.orders.order_state import OpenOrders, OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate, PositionUpdate

BTC = "BTC-USDT-SWAP"
NEW = PreparedOrder(inst_id=BTC, side="buy", size=Decimal(1), order_type="limit", client_order_id="a")
ALGO = PreparedAlgo(inst_id=BTC, kind="trigger", client_order_id="t")
ORDER = OrderState(inst_id=BTC, order_id="1")
KNOWN = OrderUpdate(inst_id=BTC, order_id="1", status="live", size=Decimal(5))
LOST = DecodeError("a row cannot be read")


class Exchange:
    """The exchange's side of orders and of algo orders, which remembers what it was asked for."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Any]] = []
        self.lost: list[DecodeError] = []
        self.sender = self
        self.queries: Any = self
        self.makers: Any = self
        self.positions = [PositionUpdate(inst_id=BTC, size=Decimal(3))]

    def __getattr__(self, name: str) -> Any:
        def note(*args: Any) -> Any:
            self.done.append((name, args))
            return True

        return note

    def place(self, new: PreparedOrder) -> str:
        self.done.append(("place", new))
        return "1"

    def cancel_many(self, orders: list[OrderState]) -> list[tuple[str, None]]:
        return [("accepted", None)] * len(orders)

    def open_orders(self, inst_id: str | None) -> OpenOrders:
        return OpenOrders([KNOWN] if inst_id != "none" else [], self.lost)

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        return KNOWN if order.order_id == "1" else None

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        self.done.append(("fills_of", order))
        return []

    def open_algos(self, inst_id: str | None) -> OpenAlgos:
        del inst_id
        return OpenAlgos([], self.lost)

    def new_algo(self, words: dict[str, Any]) -> PreparedAlgo:
        return attrs.evolve(ALGO, inst_id=words["inst_id"])

    def makers_of(self, made: AlgoUpdate, parent: str, known: Any) -> set[str]:
        del made
        return {parent, *(one for one in ("1", "7") if known(one, set()) is not None)}

    def became(self, algo: AlgoState, row: Any) -> AlgoUpdate | None:
        return AlgoUpdate(inst_id=algo.inst_id, status="armed", algo_id="4", raw=row)

    def closings(self, request: CloseRequest) -> PreparedCloses:
        del request
        order = attrs.evolve(NEW, client_order_id="closing")

        def send() -> list[CloseReceipt]:
            self.done.append(("send", None))
            return [CloseReceipt(order_id="9")]

        each = [
            PreparedClose(position=one, order=order, is_named=True, send=send, nothing=frozenset({"2", "1"}))
            for one in self.positions
        ]
        return PreparedCloses(each=each, positions=lambda: None)


class Access:
    """A client's orders: one is known, of 5."""

    def __init__(self, *, algos: bool = True) -> None:
        self.source = Exchange()
        self.algos = self.source if algos else None
        self.manager = OrderManager(algos=lambda: AlgoManager(self.manager))
        self.manager.apply(KNOWN)


def calls(access: Access, *allow: str) -> OrderCalls:
    return OrderCalls(access, ServingRules.of(allow or "all"), "first")  # type: ignore[arg-type]


def test_an_order_is_sent_within_the_time_that_is_left() -> None:
    """Its own options go along, and its time is that of the request."""
    access = Access()
    assert calls(access).run("place", [attrs.evolve(NEW, options={"td_mode": "cross"})], 2.5) == "1"
    ((_, sent),) = access.source.done
    assert sent.options == {"td_mode": "cross", "timeout": 2.5}


def test_what_is_known_of_an_order_counts() -> None:
    """Not what a follower says: an order of another instrument is none of an allowed one."""
    access = Access()
    told = calls(access)
    told.run("cancel", [attrs.evolve(ORDER, size=Decimal(1))], 1.0)
    told.run("amend", [ORDER, Decimal(2), None, {"req_id": "x"}], 1.5)
    (_, (canceled,)), (_, (amended, *change)) = access.source.done
    assert canceled.size == amended.size == 5
    assert change == [Decimal(2), None, {"req_id": "x", "timeout": 1.5}]
    with pytest.raises(NotAllowedError, match=f"cancel of {BTC}"):
        calls(access, "ETH-USDT-SWAP").run("cancel", [attrs.evolve(ORDER, inst_id="ETH-USDT-SWAP")], 1.0)
    told.run("cancel", [attrs.evolve(ORDER, order_id="2")], 1.0)  # one that it does not know, as it is said
    assert access.source.done[-1][1][0].order_id == "2"


def test_many_are_canceled_if_all_of_them_may_be() -> None:
    """One that may not be keeps the others as well: nothing is sent."""
    access = Access()
    assert calls(access).run("cancel_many", [[ORDER, ORDER]], 1.0) == [("accepted", None)] * 2
    with pytest.raises(NotAllowedError, match="cancel_all of other"):
        calls(access, BTC).run("cancel_many", [[ORDER, OrderState(inst_id="other", order_id="7")]], 1.0)


def test_questions_are_answered() -> None:
    """They need no verb; a list of which a row was lost is none."""
    access = Access()
    told = calls(access, "place")
    assert told.run("open_orders", [None], 1.0) == [KNOWN]
    assert told.run("look_up", [ORDER], 1.0) == KNOWN
    assert told.run("fills_of", [ORDER], 1.0) == []
    assert told.run("open_algos", [None], 1.0) == []
    assert told.run("look_up_algo", [AlgoState(inst_id=BTC, algo_id="3")], 1.0) is True
    access.source.lost.append(LOST)
    for call in ("open_orders", "open_algos"):
        with pytest.raises(DecodeError, match="a row cannot be read"):
            told.run(call, [None], 1.0)


def test_a_position_is_closed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found first and sent by its name; of very many that nobody sends the oldest are forgotten."""
    access = Access()
    told = calls(access, "close_position")
    (found,) = told.run("closings", [CloseRequest(inst_id=BTC)], 1.0)
    assert (found["position"], found["is_named"], found["nothing"]) == (access.source.positions[0], True, ["1", "2"])
    assert told.run("close", [found["name"]], 1.0) == [CloseReceipt(order_id="9")]
    with pytest.raises(ConfigError, match="did not find that position"):
        told.run("close", [found["name"]], 1.0)
    monkeypatch.setattr("okx_sync.fanout.order_calls._MOST_PREPARED", 1)
    access.source.positions *= 2
    first, second = told.run("closings", [CloseRequest(inst_id=BTC)], 1.0)
    with pytest.raises(ConfigError, match="did not find that position"):
        told.run("close", [first["name"]], 1.0)
    told.run("close", [second["name"]], 1.0)
    assert access.source.done == [("send", None)] * 2


def test_algo_orders() -> None:
    """Made, placed, changed and canceled, if that is allowed."""
    access = Access()
    told = calls(access)
    algo = AlgoState(inst_id=BTC, algo_id="3")
    assert told.run("new_algo", [{"inst_id": BTC}], 1.0) == ALGO
    for call, args in (("place_algo", [ALGO]), ("cancel_algo", [algo]), ("amend_algo", [algo, {"size": Decimal(1)}])):
        assert told.run(call, args, 1.0) in (True, None)
    assert [name for name, _ in access.source.done] == ["place_algo", "cancel_algo", "amend_algo"]
    with pytest.raises(NotAllowedError, match="place_algo of other"):
        calls(access, BTC).run("new_algo", [{"inst_id": "other"}], 1.0)


def test_what_an_order_has_brought() -> None:
    """Where rows do not tell: by the last rows of the publisher's own client; by none that is not over."""
    access = Access()
    told = calls(access)
    brought = AlgoState(inst_id=BTC, parent_order_id="1")
    made = AlgoUpdate(inst_id=BTC, status="armed", algo_id="4")
    assert told.run("became", [brought], 1.0) is None
    assert told.run("makers_of", [made, "3"], 1.0) == ["3"]
    row = object()
    access.manager.apply(attrs.evolve(KNOWN, status="filled", filled=Decimal(5), raw=row))
    assert told.run("became", [brought], 1.0).raw is row
    assert told.run("makers_of", [made, "3"], 1.0) == ["1", "3"]
    access.source.makers = None
    with pytest.raises(ConfigError, match="nobody need be asked"):
        told.run("makers_of", [made, "3"], 1.0)


def test_a_client_without_algo_orders() -> None:
    """It says so, and so does one that can ask nobody."""
    with pytest.raises(ConfigError, match="follows no algo orders"):
        calls(Access(algos=False)).run("place_algo", [ALGO], 1.0)
    access = Access()
    access.source.queries = None
    with pytest.raises(ConfigError, match="nobody can be asked about algo orders"):
        calls(access).run("open_algos", [None], 1.0)


@pytest.mark.parametrize(
    ("call", "args", "error", "text"),
    [
        ("transfer", [], ConfigError, "the publisher first knows no 'transfer'"),
        ("run", [], ConfigError, "knows no 'run'"),
        ("place", [], DecodeError, "the arguments of place cannot be read"),
        ("place", [{"inst_id": BTC}], DecodeError, "a PreparedOrder is wanted, and not dict"),
        ("cancel", ["1"], DecodeError, "a OrderState is wanted"),
        (
            "place",
            [attrs.evolve(NEW, options={"instId": "other"})],
            ConfigError,
            "instId says the instrument once more",
        ),
        ("amend", [ORDER, None, None, {"symbol": "other"}], ConfigError, "symbol says the instrument once more"),
    ],
)
def test_what_is_no_request_of_ours_is_refused(call: str, args: list[Any], error: type[Exception], text: str) -> None:
    """Whoever wrote it: nothing is sent."""
    access = Access()
    with pytest.raises(error, match=text):
        calls(access).run(call, args, 1.0)
    assert access.source.done == []


def test_an_error_inside_a_call_is_its_own() -> None:
    """It is not taken for one of the arguments; what may have changed something is in doubt."""
    access = Access()
    source: Any = access.source
    source.closings = lambda _request: len(source.wanting)
    source.wanting = 5
    with pytest.raises(TypeError, match="has no len"):
        calls(access).run("closings", [CloseRequest(inst_id=BTC)], 1.0)
    assert type(failed("close", TypeError())) is OrderStatusUnknown
    assert type(failed("closings", TypeError())) is ConfigError
