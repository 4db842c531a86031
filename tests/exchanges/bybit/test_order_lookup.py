"""Orders of Bybit whose answer was lost: what the error knows, and what a look-up finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
import responses

from okx_sync import BybitClient, BybitConfig, ConfigError, Credentials, OkxAuthError, OrderStatusUnknown
from okx_sync.exchanges.bybit.order_lookup import BybitOrderLookup
from okx_sync.exchanges.bybit.rest import NewOrder
from okx_sync.exchanges.bybit.spread.models import SpreadOrder
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bybit.com/v5"
NOW: Final = 1_700_000_000_000  # when the clock of these tests stands
NEW: Final[dict[str, Any]] = {
    "category": "linear", "symbol": "BTCUSDT", "side": "Buy", "order_type": "Limit", "qty": 1, "price": 5,
    "order_link_id": "mine",
}  # fmt: skip
SHOWN: Final = {
    "symbol": "BTCUSDT", "orderId": "o-7", "orderLinkId": "mine", "side": "Buy", "orderType": "Limit", "qty": "1",
    "price": "5", "orderStatus": "New", "createdTime": str(NOW + 20),
}  # fmt: skip


@pytest.fixture
def bybit() -> Iterator[BybitClient]:
    """A client whose network is replaced."""
    with BybitClient(BybitConfig(Credentials("key-1234", "secret")), clock=TurnedClock()) as made:
        yield made


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """The network."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as network:
        yield network


def listed(*rows: dict[str, Any], code: int = 0) -> dict[str, Any]:
    """What a listing answers."""
    return {"retCode": code, "retMsg": "", "result": {"category": "linear", "list": list(rows)}, "time": NOW}


def shown(server: responses.RequestsMock, *rows: dict[str, Any], old: tuple[dict[str, Any], ...] = ()) -> None:
    """Orders that are open or have just ended, and older ones."""
    server.get(f"{HOST}/order/realtime", json=listed(*rows))
    server.get(f"{HOST}/order/history", json=listed(*old))


def lost(bybit: BybitClient, server: responses.RequestsMock, call: Callable[[], object]) -> OrderStatusUnknown:
    """The error of a call whose answer does not come through."""
    path = f"{HOST}/order/"
    for word in ("create", "amend", "cancel", "cancel-all", "create-batch", "cancel-batch"):
        server.post(path + word, status=502, body="bad gateway")
    with pytest.raises(OrderStatusUnknown) as caught:
        call()
    return caught.value


# -- what the error knows --------------------------------------------------------------------------------------------


def test_a_lost_order(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """It was sent once; the error has its own id, market, all that was asked for, and the cure."""
    error = lost(bybit, server, lambda: bybit.order.place_order(**NEW | {"order_link_id": None}))
    assert len(server.calls) == 1
    (ids,) = error.orders
    assert error.clOrdId == ids["orderLinkId"]
    assert len(error.clOrdId) == 32
    assert (ids["category"], ids["symbol"], error.action, error.sent_at) == ("linear", "BTCUSDT", "place", NOW)
    assert error.requests[0]["qty"] == "1"
    assert "reconcile" in str(error)


def test_a_lost_batch(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """The market, which a batch says once, is known of each of its orders."""
    new = [NewOrder("A", "Buy", "Market", 1), NewOrder("B", "Sell", "Market", 2, order_link_id="b")]
    error = lost(bybit, server, lambda: bybit.order.place_batch_orders("spot", new))
    assert [(one["category"], one["symbol"]) for one in error.orders] == [("spot", "A"), ("spot", "B")]
    assert error.orders[1]["orderLinkId"] == "b"
    assert [one["qty"] for one in error.requests] == ["1", "2"]


@pytest.mark.parametrize("code", [10000, 10016, 170001, 170007, 170032, 170034, 170035, 170146, 170147, 170310])
def test_codes_that_leave_it_open(bybit: BybitClient, server: responses.RequestsMock, code: int) -> None:
    """A failure inside Bybit is no refusal: of a single order, and of one of a batch."""
    server.post(f"{HOST}/order/create", json={"retCode": code, "retMsg": "timeout", "result": {}})
    with pytest.raises(OrderStatusUnknown) as caught:
        bybit.order.place_order(**NEW)
    assert caught.value.code == str(code)
    rows = [{"orderId": "o", "orderLinkId": "a"}, {"orderId": "", "orderLinkId": "b"}]
    beside = {"list": [{"code": 0, "msg": "OK"}, {"code": code, "msg": "timeout"}]}
    answer = {"retCode": 0, "retMsg": "OK", "result": {"list": rows}, "retExtInfo": beside}
    server.post(f"{HOST}/order/create-batch", json=answer)
    new = [NewOrder("A", "Buy", "Market", 1, order_link_id=one) for one in "ab"]
    found = bybit.order.place_batch_orders("linear", new)
    assert ([row.orderId for row in found.accepted], len(found.unknown), found.refused) == (["o"], 1, ())
    assert found.lost is not None
    assert found.lost.orders == ({"symbol": "A", "orderLinkId": "b", "category": "linear"},)


def test_a_batch_whose_verdicts_do_not_fit(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """Whose verdict each is cannot be known: all of it is unknown."""
    rows = [{"orderId": "1", "orderLinkId": "a"}, {"orderId": "2", "orderLinkId": "b"}]
    answer = {"retCode": 0, "retMsg": "OK", "result": {"list": rows}, "retExtInfo": {"list": [{"code": 0}]}}
    server.post(f"{HOST}/order/create-batch", json=answer)
    new = [NewOrder("A", "Buy", "Market", 1, order_link_id=one) for one in "ab"]
    found = bybit.order.place_batch_orders("linear", new)
    assert (len(found.unknown), found.accepted) == (2, ())


@pytest.mark.parametrize(
    "result", [{}, {"orderId": "", "orderLinkId": "mine"}, {"orderId": "o", "orderLinkId": "another"}]
)
def test_answers_that_do_not_tell(bybit: BybitClient, server: responses.RequestsMock, result: Any) -> None:
    """Code 0 without an id, or with another order's, does not say that this order stands."""
    server.post(f"{HOST}/order/create", json={"retCode": 0, "retMsg": "OK", "result": result})
    with pytest.raises(OrderStatusUnknown, match="no telling answer"):
        bybit.order.place_order(**NEW)


def test_cancelling_all_may_be_lost(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """Nobody knows whether it was carried out; no single order can be looked up for it."""
    error = lost(bybit, server, lambda: bybit.order.cancel_all_orders("linear", "BTCUSDT"))
    assert error.orders == ({"symbol": "BTCUSDT", "category": "linear"},)
    with pytest.raises(ConfigError, match="names no single order"):
        bybit.reconcile(error)


# -- looking it up -----------------------------------------------------------------------------------------------------


def test_the_lost_order_is_found(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """By market, symbol and own id; ``lookup`` tells all of it, ``reconcile`` the order."""
    error = lost(bybit, server, lambda: bybit.order.place_order(**NEW))
    shown(server, SHOWN)
    found = bybit.lookup(error)
    assert isinstance(found, BybitOrderLookup)
    assert (found.is_found, found.applied, str(found)) == (True, True, "order mine: found, New")
    assert found.order == bybit.reconcile(error)
    asked = dict(parse_qsl((server.calls[-1].request.url or "").partition("?")[2]))
    assert asked == {"category": "linear", "symbol": "BTCUSDT", "orderLinkId": "mine"}


def test_an_older_order_is_in_the_history(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """Where the first listing does not know it any more."""
    error = lost(bybit, server, lambda: bybit.order.cancel_order("linear", "BTCUSDT", "o-7"))
    shown(server, old=({**SHOWN, "orderStatus": "Cancelled", "createdTime": str(NOW - 9_000_000)},))
    found = bybit.lookup(error)
    assert (found.is_found, found.applied, str(found)) == (True, True, "order o-7: found, Cancelled")


def test_it_may_come_while_one_looks(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """Listings are late: "not there" at once proves nothing."""
    error = lost(bybit, server, lambda: bybit.order.place_order(**NEW))
    server.get(f"{HOST}/order/realtime", json=listed())
    server.get(f"{HOST}/order/history", json=listed())
    server.get(f"{HOST}/order/realtime", json=listed(SHOWN))
    found = bybit.reconcile(error)
    assert found is not None
    assert found.orderId == "o-7"


def test_it_is_not_there(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """It is looked for as long as wanted, again and again, by readings only."""
    error = lost(bybit, server, lambda: bybit.order.place_order(**NEW))
    shown(server)
    began = bybit.clock.monotonic()
    found = bybit.lookup(error, timeout=5)
    assert (found.status, found.order, str(found)) == ("missing", None, "order mine: not there (yet)")
    assert 5 <= bybit.clock.monotonic() - began < 6
    assert {call.request.method for call in server.calls[1:]} == {"GET"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"createdTime": str(NOW - 3_600_000)}, "created before"),
        ({"side": "Sell"}, "side"),
        ({"qty": "2"}, "size"),
        ({"symbol": "ETHUSDT"}, "symbol"),
        ({"qty": "0.4", "reduceOnly": True}, None),
    ],
)
def test_another_order_of_the_same_id(
    bybit: BybitClient, server: responses.RequestsMock, facts: dict[str, Any], words: str | None
) -> None:
    """It is not taken for the lost one; one that only reduces may have been cut."""
    error = lost(bybit, server, lambda: bybit.order.place_order(**NEW))
    shown(server, {**SHOWN, **facts})
    found = bybit.lookup(error, timeout=0)
    assert found.is_found is (words is None)
    assert (words or "") in (found.reason or "")
    assert (found.other is None) is (words is None)


def test_whether_a_change_was_made(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """By what the order shows."""
    error = lost(bybit, server, lambda: bybit.order.amend_order("linear", "BTCUSDT", "o-7", qty=2, price="6"))
    shown(server, {**SHOWN, "qty": "2", "price": "6.0", "createdTime": str(NOW - 9_000)})
    assert bybit.lookup(error, timeout=0).applied is True
    other = lost(bybit, server, lambda: bybit.order.amend_order("linear", "BTCUSDT", "o-7", qty=3))
    assert bybit.lookup(other, timeout=0).applied is False


def test_all_of_a_batch(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """Each order by its own id."""
    new = [NewOrder("BTCUSDT", "Buy", "Limit", 1, 5, order_link_id=one) for one in ("mine", "other")]
    error = lost(bybit, server, lambda: bybit.order.place_batch_orders("linear", new))
    mine = responses.matchers.query_param_matcher({"orderLinkId": "mine"}, strict_match=False)
    server.get(f"{HOST}/order/realtime", json=listed(SHOWN), match=[mine])
    shown(server)
    assert [order and order.orderId for order in bybit.reconcile_all(error, timeout=0)] == ["o-7", None]


def test_not_being_able_to_ask_is_an_error(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """Never "not there"."""
    error = lost(bybit, server, lambda: bybit.order.place_order(**NEW))
    server.get(f"{HOST}/order/realtime", json={"retCode": 10005, "retMsg": "Permission denied", "result": {}})
    with pytest.raises(OkxAuthError):
        bybit.lookup(error, timeout=0)


def test_what_cannot_be_looked_up(bybit: BybitClient) -> None:
    """An error without its market, without orders, or none at all, is refused with a hint."""
    ids = {"symbol": "A", "orderLinkId": "m"}
    for wrong in (OrderStatusUnknown("lost", clOrdId="m", orders=[ids]), OrderStatusUnknown("lost", clOrdId="m")):
        with pytest.raises(ConfigError) as caught:
            bybit.reconcile(wrong)
        assert "order.get_open_orders" in (caught.value.hint or "")
    with pytest.raises(ConfigError, match="OrderStatusUnknown is looked up"):
        bybit.lookup(ValueError())  # type: ignore[arg-type]


SPREAD: Final = "SOLUSDT_SOL/USDT"


@pytest.mark.parametrize("is_open", [True, False])
def test_an_order_on_a_spread(bybit: BybitClient, server: responses.RequestsMock, is_open: bool) -> None:
    """It is looked for where orders on spreads are listed, open ones first, and must be the one that was asked for."""
    server.post(f"{HOST}/spread/order/create", status=502, body="bad gateway")
    with pytest.raises(OrderStatusUnknown) as caught:
        bybit.spread.place_spread_order(SPREAD, "Buy", "Limit", "1", "-5", order_link_id="mine")
    row = {**SHOWN, "symbol": SPREAD, "price": "-5"}
    server.get(f"{HOST}/spread/order/realtime", json=listed(*([row] if is_open else [])))
    server.get(f"{HOST}/spread/order/history", json=listed({**row, "createdAt": row["createdTime"]}))
    found = bybit.lookup(caught.value)
    assert (found.is_found, found.applied) == (True, True)
    order = bybit.reconcile(caught.value)
    assert isinstance(order, SpreadOrder)
    assert (order.orderId, order.to_update().client_order_id) == ("o-7", "mine")
    asked = [call.request.url.partition("/v5/")[2].partition("?")[0] for call in server.calls if call.request.url]
    assert set(asked[1:]) == {"spread/order/realtime", *([] if is_open else ["spread/order/history"])}


def test_another_order_on_a_spread(bybit: BybitClient, server: responses.RequestsMock) -> None:
    """One of before, of the same id, is not taken for it."""
    server.post(f"{HOST}/spread/order/create", status=502, body="bad gateway")
    with pytest.raises(OrderStatusUnknown) as caught:
        bybit.spread.place_spread_order(SPREAD, "Buy", "Limit", "1", "-5", order_link_id="mine")
    old = {**SHOWN, "symbol": SPREAD, "createdTime": str(NOW - 600_000)}
    server.get(f"{HOST}/spread/order/realtime", json=listed(old))
    found = bybit.lookup(caught.value, timeout=0)
    assert (found.status, found.order) == ("missing", None)
    assert found.other is not None
