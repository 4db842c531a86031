"""Orders are checked whole before there is a record of them, or a byte is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import ConfigError, OrderManager
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, Watched
from tests.conformance.wire_protocols import SWAP, WIRES, Wire

WRONG: tuple[dict[str, Any], ...] = (
    {"side": "long"},
    {"side": "b"},
    {"side": ""},
    {"side": "selll"},
    {"side": "\u017fell"},  # a sell only to who folds letters of other alphabets
    {"side": None},
    {"inst_id": None},
    {"inst_id": " "},
    {"size": True},
    {"size": "1e999999999"},
    {"price": "1e-999"},
    {"order_type": "limitt"},
    {"order_type": "sell"},
    {"size": "abc"},
    {"size": "NaN"},
    {"size": 0.1},
    {"size": None},
    {"price": None, "order_type": "limit"},
    {"foo": 1},
    {"reduceOnly": True},
    {"reduce_only": "perhaps"},
    {"wait": False},
    {"timeout": "soon"},
    {"timeout": -1},
    {"client_order_id": "no blanks, please"},
)
"""Each is one thing that is wrong with an order that would be right without it."""


OWN: dict[str, dict[str, str]] = {
    "OKX": {
        "order_type": "ord_type", "size": "sz", "price": "px", "client_order_id": "cl_ord_id", "new_price": "new_px",
    },
    "Bybit V5": {"inst_id": "symbol", "size": "qty", "client_order_id": "order_link_id", "new_price": "new_price"},
    "Bitget V2": {"inst_id": "symbol", "client_order_id": "client_oid", "new_price": "new_price"},
    "Bitget V3": {"inst_id": "symbol", "size": "qty", "client_order_id": "client_oid", "new_price": "new_price"},
}  # fmt: skip
"""What each wire that places orders calls the neutral words."""

PLAIN: dict[str, dict[str, Any]] = {
    "OKX": {"inst_id": SWAP, "td_mode": "cross", "side": "buy", "order_type": "limit", "price": "60000"},
    "Bybit V5": {"inst_id": "BTCUSDT", "side": "Buy", "order_type": "Limit", "price": "60000"},
    "Bitget V2": {"inst_id": "BTCUSDT", "side": "buy", "order_type": "limit", "price": "60000"},
    "Bitget V3": {"inst_id": "BTCUSDT", "side": "buy", "order_type": "limit", "price": "60000"},
}
"""An order by keywords, as each wire's own verb takes it, but for its size."""

NOT_CARRIED_OUT: dict[str, tuple[dict[str, Any], ...]] = {
    "OKX": (
        {"td_mode": "crossed"},
        {"td_mode": None},
        {"pos_side": "up"},
        {"stp_mode": "cancel_makers"},
        {"time_in_force": "GTC"},
        {"order_type": "iceberg"},
        {"qty": "1"},
        {"attach_algo_ords": "tp"},
        {"attach_algo_ords": [{"tp_trigger_price": "1"}]},
        {"attach_algo_ords": [{"tp_trigger_px": "high"}]},
        {"rest_fallback": "yes"},
    ),
    "Bybit V5": (
        {"expires_at": 4_000_000_000_000},
        {"position_idx": 3},
        {"position_idx": "long"},
        {"time_in_force": "Gtc"},
        {"order_type": "post_only", "time_in_force": "IOC"},
        {"trigger_direction": 0},
        {"recv_window": "soon"},
        {"category": "usdt"},
        {"td_mode": "cross"},
        {"rest_fallback": True},
        {"order_type": "iceberg"},
    ),
    "Bitget V2": (
        {"expires_at": 4_000_000_000_000},
        {"pos_side": "up"},
        {"trade_side": "open"},
        {"margin_mode": "cross"},
        {"order_type": "post_only", "force": "ioc"},
        {"order_type": "rpi"},
        {"category": "usdt"},
        {"category": "COIN-FUTURES"},
        {"td_mode": "cross"},
        {"rest_fallback": True},
    ),
    "Bitget V3": (
        {"expires_at": 4_000_000_000_000},
        {"pos_side": "up"},
        {"margin_mode": "cross"},
        {"order_type": "post_only", "time_in_force": "ioc"},
        {"order_type": "market", "price": None, "time_in_force": "gtc"},
        {"tp_trigger_by": "last"},
        {"category": "usdt"},
        {"td_mode": "cross"},
        {"rest_fallback": True},
        {"order_type": "iceberg"},
    ),
}


@pytest.fixture(params=[pytest.param(one, id=str(one)) for one in WIRES])
def wire(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Wire:
    """Each wire, OKX in every run: nobody else tests its neutral verbs as a whole."""
    chosen: Wire = request.param
    record_property("wire", chosen.name)
    if (reason := chosen.exempt.get(request.function.__name__)) is not None:
        pytest.skip(f"does not apply: {reason}")
    return chosen


def _live(wire: Wire, connect: Connect) -> tuple[Watched, OrderManager, dict[str, Any]]:
    """A client, its orders, and an order that would be right."""
    watched = connect()
    assert wire.placed is not None
    right = {"inst_id": wire.symbol, "side": "buy", "size": "1", "price": "60000", **wire.placed[1]}
    return watched, watched.ws.orders, right


def _sent(paper: PaperExchange, wire: Wire) -> int:
    assert wire.placed is not None
    return len([frame for frame in paper.seen if f'"{wire.placed[0]}"' in frame.text])


def test_a_wrong_word_is_refused_before_anything_is_sent(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """No order is known of it, nothing went out, and the next order that is right is placed."""
    _, orders, right = _live(wire, connect)
    for wrong in WRONG:
        with pytest.raises(ConfigError):
            orders.place(**right | wrong)
    assert orders.open == orders.finished == ()
    assert _sent(paper, wire) == 0
    assert orders.place(**right).cancel()


def test_what_only_this_exchange_says_is_checked_as_well(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Its own words with wrong values, and what it does not carry out: refused, with no record."""
    _, orders, right = _live(wire, connect)
    for wrong in NOT_CARRIED_OUT[wire.name]:
        with pytest.raises(ConfigError):
            orders.place(**right | wrong)
    assert orders.open == orders.finished == ()
    assert _sent(paper, wire) == 0


def test_a_side_is_never_turned_round(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Whatever way it is spelled, an order that is sent has the side that was said."""
    _, orders, right = _live(wire, connect)
    for side, price in (("buy", "60000"), ("Buy", "60000"), ("BUY", "60000"), ("Sell", "70000"), ("sell", "70000")):
        order = orders.place(**right | {"side": side, "price": price})
        assert order.side == side.lower()
        asked = paper.run(lambda: next(reversed(paper.venue.accounts[0].by_id.values())))
        assert asked.side == side.lower()
        assert order.cancel()


def test_neutral_and_own_words_say_the_same(wire: Wire, connect: Connect) -> None:
    """Either may be used, through ``ws.orders`` and ``ws.place_order``; both at once are refused by name."""
    watched, orders, right = _live(wire, connect)
    ws: Any = watched.ws
    own, plain = OWN[wire.name], PLAIN[wire.name]
    size = own.get("size", "size")
    words: dict[str, Any] = {own.get(word, word): value for word, value in right.items()}
    words[own["client_order_id"]] = "a1"
    first = orders.place(**words)
    assert (first.client_order_id, str(first.size), str(first.price)) == ("a1", "1", "60000")
    receipts = [
        ws.place_order(**{own.get(word, word): value for word, value in plain.items()}, **{size: "1"}),
        ws.place_order(**plain, size="1", client_order_id="a2"),
    ]
    assert all(receipt.ok for receipt in receipts)
    sizes = [{size: "1"}] if "size" in own else []
    for twice in (*sizes, {"client_order_id": "x", own["client_order_id"]: "x"}):
        with pytest.raises(ConfigError, match="both"):
            orders.place(**right | twice)
        with pytest.raises(ConfigError, match="both"):
            ws.place_order(**plain, size="1", **twice)
    first = first.amend(**{own["new_price"]: "59000"})
    with pytest.raises(ConfigError, match="foo"):
        first.amend(price="59001", foo=1)
    with pytest.raises(ConfigError, match="both"):
        first.amend(price="59001", **{own["new_price"]: "59002"})
    for name in ("order_id", "ord_id", "client_order_id", own["client_order_id"], own.get("inst_id", "inst_id")):
        with pytest.raises(ConfigError, match=r"is given already|takes no 'ord_id'"):
            first.amend(price="59001", **{name: "1"})
    assert first.cancel()


def test_batches_take_rows_by_any_words(wire: Wire, connect: Connect) -> None:
    """Mappings with neutral or own words; where batch verbs have former names, these work and warn."""
    watched, _, _ = _live(wire, connect)
    ws: Any = watched.ws
    own = OWN[wire.name]
    neutral = {**PLAIN[wire.name], "size": "1", "client_order_id": "b1"}
    others = {own.get(word, word): value for word, value in neutral.items()} | {own["client_order_id"]: "b2"}
    assert ws.place_batch_orders([neutral, others]).ok
    word = "time_in_force" if wire.name == "Bitget V3" else "reduce_only"
    with pytest.raises(ConfigError, match=f"did you mean {word}"):
        ws.place_batch_orders([neutral | {word[:-1]: True}])
    with pytest.raises(ConfigError, match="side"):
        ws.place_batch_orders([neutral | {"side": "bye"}])
    with pytest.raises(ConfigError, match="both"):
        ws.place_batch_orders([neutral | {own["client_order_id"]: "1"}])
    names = [{"inst_id": wire.symbol, "client_order_id": name} for name in ("b1", "b2")]
    if wire.batches_amend:
        assert ws.amend_batch_orders([one | {"new_price": "59000"} for one in names]).ok
    if not hasattr(ws, "batch_cancel_orders"):
        assert ws.cancel_batch_orders(names).ok
        return
    with pytest.warns(DeprecationWarning, match="cancel_batch_orders"):
        assert ws.batch_cancel_orders(names).ok


def test_what_is_no_batch_is_refused(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """One order without its list, text, rows of another verb, or rows that name no order: nothing goes out."""
    watched, _, _ = _live(wire, connect)
    ws: Any = watched.ws
    right = {**PLAIN[wire.name], "size": "1"}
    named = {"inst_id": wire.symbol, "client_order_id": "b1"}
    for wrong in (right, "abc", 5, {"orders": [right]}, [right, "abc"], [None], [[right]], [right | {5: 1}]):
        with pytest.raises(ConfigError):
            ws.place_batch_orders(wrong)
    for name, value in (("size", True), ("size", ["1"]), ("price", {}), ("inst_id", ["BTC"]), ("client_order_id", 1.5)):
        with pytest.raises(ConfigError, match=OWN[wire.name].get(name, name)):
            ws.place_batch_orders([right | {name: value}])
    for nameless in ({"inst_id": wire.symbol}, named | {"client_order_id": ""}):
        with pytest.raises(ConfigError, match=OWN[wire.name]["client_order_id"]):
            ws.cancel_batch_orders([nameless])
        with pytest.raises(ConfigError, match=OWN[wire.name]["client_order_id"] if wire.batches_amend else "no batch"):
            ws.amend_batch_orders([nameless | {"new_price": "1"}])
    assert _sent(paper, wire) == 0
    assert not [frame for frame in paper.seen if "batch" in frame.text]


def test_cancel_all_ends_what_the_exchange_lists(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Many orders, more than a batch where there are any; where nobody can be asked what is open, it raises."""
    _, orders, right = _live(wire, connect)
    assert wire.placed is not None
    if "orders" in wire.never_whole or wire.lists_open_orders:  # nobody to ask
        orders.place(**right)
        with pytest.raises(ConfigError, match="list of open orders"):
            orders.cancel_all()
        assert len(orders) == 1
        return
    for number in range(wire.many):
        orders.place(**right | {"client_order_id": f"mine{number}", "size": "0.01" if wire.coins else "1"})
    result = orders.cancel_all()
    assert result.ok
    assert [one.verdict for one in result] == ["accepted"] * wire.many
    assert all(one.order.wait_done(5) for one in result)
    assert paper.run(lambda: len(paper.venue.accounts[0].orders)) == 0


def test_where_no_orders_are_sent_none_is_known(wire: Wire, connect: Connect) -> None:
    """An order that cannot be placed on a wire leaves no record either; ``cancel_all`` raises."""
    orders = connect().ws.orders
    with pytest.raises(ConfigError):
        orders.place(wire.symbol, "buy", "1", "60000", td_mode="cross", foo=1)
    assert orders.open == orders.finished == ()
    if wire.placed is None:
        with pytest.raises(ConfigError):
            orders.cancel_all()
