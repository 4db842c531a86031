"""Answers to orders that do not tell what became of them: unknown, on every wire that takes orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest

from okx_sync import OrderStatusUnknown
from okx_sync.exchanges.bitget.uta.requests import UtaNewOrder
from okx_sync.exchanges.bybit.rest import NewOrder as BybitOrder
from okx_sync.exchanges.okx.rest import NewOrder as OkxOrder
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, Watched, orders_had
from tests.conformance.wire_protocols import SWAP, Wire

Reply = Mapping[str, Any]
Change = Callable[[Reply], Reply]
_VERDICTS = ("code", "msg", "retCode", "retMsg")

_ROWS = ("data", "retExtInfo", "args")


def _rows(reply: Reply, rows: Any) -> Reply:
    """The reply with other rows; ``args`` have them on Bitget V3, the one ``arg`` on V2."""
    if "arg" in reply:
        return {**reply, "arg": [{**reply["arg"][0], "params": rows}]}
    return {**reply, "args": rows} if "args" in reply else {**reply, "data": rows}


def _bare(reply: Reply) -> Reply:
    """The reply with nothing but the request's id in its ``arg``, where it has one; others as they are."""
    if "arg" not in reply:
        return {key: value for key, value in reply.items() if key != "event"}
    (one,) = reply["arg"]
    return {**reply, "arg": [{key: value for key, value in one.items() if key != "params"}]}


UNTELLING: dict[str, Change] = {
    "neither code nor rows": lambda reply: {
        key: value for key, value in _bare(reply).items() if key in ("id", "reqId", "op", "event", "arg")
    },
    "no rows": lambda reply: {key: value for key, value in _bare(reply).items() if key not in _ROWS},
    "rows that are null": lambda reply: {**_rows(reply, None), "retExtInfo": None},
    "a list of null": lambda reply: _rows(reply, [None]),
    "rows of nothing": lambda reply: _rows(reply, {} if "retCode" in reply else [{}]),
    "a code that is none": lambda reply: {**_rows(reply, []), **{key: [] for key in _VERDICTS if key in reply}},
}


def _spoil(paper: PaperExchange, wire: Wire, verb: str, change: Change) -> None:
    """Have the answer to the next request of a verb changed."""
    if (path := wire.by_rest.get(verb)) is not None:
        paper.faults.change_answer(change, path)
    else:
        paper.faults.change_reply(change)


def _place(wire: Wire, watched: Watched) -> Any:
    assert wire.placed is not None
    return watched.ws.orders.place(SWAP if not wire.coins else wire.symbol, "buy", "1", "64000", **wire.placed[1])


def _act(verb: str, wire: Wire, watched: Watched, order: Any, price: int) -> None:
    if order is None:
        _place(wire, watched)
    elif verb == "amend":
        order.amend(price=price)
    else:
        order.cancel()


_OWN_IDS = {
    "OKX": ("cl_ord_id", "clOrdId"),
    "Bybit V5": ("order_link_id", "orderLinkId"),
    "Bitget V2": ("client_oid", "clientOid"),
    "Bitget V3": ("client_oid", "clientOid"),
}


def _order(wire: Wire, name: str) -> Any:
    """An order of a batch."""
    if wire.name == "OKX":
        return OkxOrder(SWAP, "cross", "buy", "limit", 1, 64_000, name)
    if wire.name == "Bybit V5":
        return BybitOrder(wire.symbol, "Buy", "Limit", "1", "64000", name)
    if wire.name == "Bitget V2":
        words = {"symbol": wire.symbol, "side": "buy", "order_type": "limit", "size": "1", "price": "64000"}
        return {**words, "client_oid": name}
    return UtaNewOrder("USDT-FUTURES", wire.symbol, "buy", "limit", "1", "64000", name)


def test_an_order_that_never_arrives(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Nothing was done, which the client cannot know: ``OrderStatusUnknown`` in its time, and no retry."""
    assert wire.placed is not None
    op, options = wire.placed
    watched = connect()
    _place(wire, watched)
    paper.faults.lose_request(op)
    with pytest.raises(OrderStatusUnknown) as caught:
        watched.ws.orders.place(SWAP if not wire.coins else wire.symbol, "buy", "1", "64000", timeout=0.3, **options)
    assert not caught.value.retryable
    assert orders_had(paper) == 1
    assert _place(wire, watched).order_id


@pytest.mark.parametrize("verb", ["place", "amend", "cancel"])
def test_an_answer_that_does_not_tell(paper: PaperExchange, wire: Wire, connect: Connect, verb: str) -> None:
    """Done, but the answer tells nothing: ``OrderStatusUnknown`` at once, with id and time of sending, and no retry."""
    watched = connect()
    for number, (what, change) in enumerate(UNTELLING.items()):
        order = None if verb == "place" else _place(wire, watched)
        _spoil(paper, wire, verb, change)
        began = watched.ws.clock.monotonic()
        with pytest.raises(OrderStatusUnknown) as caught:
            _act(verb, wire, watched, order, 63_000 + number)
        error = caught.value
        assert watched.ws.clock.monotonic() - began < 3, f"{what}: it waited for a better answer"
        assert error.action == verb
        assert error.orders[0]
        assert error.sent_at is not None
        assert not error.retryable
    each = 2 if verb == "amend" and wire.amend_renews else 1
    assert orders_had(paper) == len(UNTELLING) * each


def test_an_answer_that_drips(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """From streams that bring byte by byte, answers and what follows them are read as from any other."""
    watched = connect()
    _place(wire, watched)
    paper.faults.drip(0, times=None)
    assert _place(wire, watched).order_id
    assert _place(wire, watched).order_id
    assert watched.states.of(kind="lost") == []


def _without_the_first(reply: Reply) -> Reply:
    """A reply without its first row, the others in the opposite order."""
    if isinstance(reply.get("data"), dict) and "successList" in reply["data"]:
        return {**reply, "data": {**reply["data"], "successList": reply["data"]["successList"][:0:-1]}}
    if "retCode" not in reply:
        return _rows(reply, reply["args" if "args" in reply else "data"][:0:-1])
    data, ext = ({**reply[key], "list": reply[key]["list"][:0:-1]} for key in ("data", "retExtInfo"))
    return {**reply, "data": data, "retExtInfo": ext}


def test_a_batch_that_is_short_by_a_row(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Rows are matched by id, whatever their order; the order without a row is unknown, and the batch not ``ok``."""
    ws: Any = connect().ws
    own, told = _OWN_IDS[wire.name]
    orders = [_order(wire, f"mine{n}") for n in range(3)]
    assert ws.place_batch_orders(orders[:1]).ok
    _spoil(paper, wire, "batch", _without_the_first)
    more = [one | {own: f"more{n}"} if isinstance(one, dict) else attrs.evolve(one, **{own: f"more{n}"})
            for n, one in enumerate(orders)]  # fmt: skip
    result = ws.place_batch_orders(more)
    assert not result.ok
    assert len(result) == 3
    assert (len(result.accepted), len(result.refused), len(result.unknown)) == (2, 0, 1)
    names = [getattr(one, told) for one in result]
    assert names == ["more0", "more1", "more2"]
    assert [one.ok for one in result] == [False, True, True]
    assert result.lost is not None
    assert "more0" in result.lost.orders[0].values()


def test_a_batch_with_half_of_its_rows(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """All orders stand; those without a row are unknown."""
    ws: Any = connect().ws
    _, told = _OWN_IDS[wire.name]
    assert ws.place_batch_orders([_order(wire, "mine0")]).ok
    paper.faults.half_batch(wire.by_rest.get("batch"))
    result = ws.place_batch_orders([_order(wire, f"more{n}") for n in range(4)])
    assert [getattr(one, told) for one in result.accepted] == ["more0", "more1"]
    assert [getattr(one, told) for one in result.unknown] == ["more2", "more3"]
    assert not result.ok
    assert orders_had(paper) == 5
