"""Every call of `client.order` and `client.position`, on the paper exchange's Bybit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest

from okx_sync import BybitClient, OkxApiError, OrderStatusUnknown
from okx_sync.paper import PaperExchange
from tests.paper.bitget.every_call import read_whole

USDT: Final[dict[str, Any]] = {"category": "linear", "settle_coin": "USDT"}
PERP: Final[dict[str, Any]] = {"category": "linear", "symbol": "BTCUSDT"}
LIMIT: Final[dict[str, Any]] = {**PERP, "side": "Buy", "order_type": "Limit", "qty": "0.01", "price": "60000"}
MARKET: Final[dict[str, Any]] = {**PERP, "side": "Buy", "order_type": "Market", "qty": "0.02"}
ROW: Final = {name: LIMIT[name] for name in ("symbol", "side", "order_type", "qty", "price")}


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[BybitClient]:
    """Alice, in a market that stands still."""
    paper.quiet()
    with BybitClient(paper.bybit_config()) as client:
        yield client


def _orders(client: BybitClient) -> None:
    order = client.order
    placed = read_whole(order.place_order(**LIMIT, order_link_id="every-1"))
    assert read_whole(order.amend_order(**PERP, order_id=placed.orderId, price="60100")).orderId == placed.orderId
    (row,) = read_whole(order.get_open_orders(**PERP))
    assert (row.price, row.orderLinkId, row.category, row.to_update().status) == (
        Decimal(60100), "every-1", "linear", "live")  # fmt: skip
    assert order.cancel_order(**PERP, order_link_id="every-1").ok
    batch = order.place_batch_orders("linear", [ROW | {"order_link_id": one} for one in ("b-1", "b-2")])
    assert batch.ok
    changes = [{"symbol": "BTCUSDT", "order_link_id": "b-1", "price": "60200"}]
    assert order.amend_batch_orders("linear", changes).ok
    assert order.cancel_batch_orders("linear", [{"symbol": "BTCUSDT", "order_link_id": "b-1"}]).ok
    assert [one.orderLinkId for one in read_whole(order.cancel_all_orders(**USDT))] == ["b-2"]
    assert list(order.iter_open_orders(**USDT)) == []
    history = read_whole(order.get_order_history(**PERP))
    assert {one.orderLinkId: one.to_update().status for one in history} == dict.fromkeys(
        ("every-1", "b-1", "b-2"), "canceled")  # fmt: skip
    assert len(list(order.iter_order_history(**PERP).limit(3))) == 3
    check = read_whole(order.pre_check_order(**LIMIT))
    assert check.postImrE4 is not None
    assert read_whole(order.get_borrow_quota("spot", "BTCUSDT", "Buy")).maxTradeQty is not None


def _positions(client: BybitClient) -> None:
    order, position = client.order, client.position
    position.set_leverage(**PERP, buy_leverage=5, sell_leverage=5)
    (set_to, *_) = read_whole(position.get_leverage(**PERP))
    assert set_to.leverage == 5
    with pytest.raises(OkxApiError, match="it is so already"):
        position.set_leverage(**PERP, buy_leverage=5, sell_leverage=5)
    taken = order.place_order(**MARKET)
    fills = read_whole(order.get_executions(**PERP))
    told = [fill.to_update() for fill in fills if fill.orderId == taken.orderId]
    assert sum(one.size for one in told if one is not None) == Decimal("0.02")
    (held,) = read_whole(position.get_positions(**USDT))
    assert (held.to_update().size, held.leverage, held.category) == (Decimal("0.02"), 5, "linear")
    assert [row.symbol for row in position.iter_positions(**USDT)] == ["BTCUSDT"]
    position.set_trading_stop(**PERP, tpsl_mode="Full", position_idx=0, take_profit="90000", stop_loss="30000")
    (held,) = position.get_positions(**PERP)
    assert (held.takeProfit, held.stopLoss) == (Decimal(90000), Decimal(30000))
    order.place_order(**MARKET | {"side": "Sell"}, reduce_only=True)
    assert position.get_positions(**USDT) == []
    (closed, *_) = read_whole(position.get_closed_pnl(**PERP))
    assert (closed.side, closed.closedSize) == ("Sell", Decimal("0.02"))
    assert list(position.iter_closed_pnl(**PERP))


def _modes(client: BybitClient) -> None:
    position = client.position
    position.set_position_mode("linear", 3, coin="USDT")
    assert [row.positionIdx for row in read_whole(position.get_positions(**PERP))] == [1, 2]
    position.set_position_mode("linear", 0, symbol="BTCUSDT")
    assert [row.positionIdx for row in position.get_positions(**PERP)] == [0]


def _isolated_margin(client: BybitClient) -> None:
    client.request("POST", "/v5/account/set-margin-mode", {"setMarginMode": "ISOLATED_MARGIN"})
    client.order.place_order(**MARKET)
    after = read_whole(client.position.add_margin(**PERP, margin=5))
    assert (after.symbol, after.category, after.to_update().size) == ("BTCUSDT", "linear", Decimal("0.02"))
    client.order.place_order(**MARKET | {"side": "Sell"}, reduce_only=True)


def _rarely(client: BybitClient) -> None:
    """Nothing is there to be listed, and nothing to be confirmed; other accounts' positions are out of reach."""
    client.order.set_disconnect_cancel_all(30)
    assert client.position.get_closed_option_positions("option") == []
    assert client.position.get_move_history() == []
    with pytest.raises(OkxApiError, match="no pending"):
        client.position.confirm_pending_mmr(**PERP)
    with pytest.raises(OkxApiError, match="not supported"):
        client.position.set_auto_add_margin(**PERP, auto_add_margin=True)
    with pytest.raises(OkxApiError, match="not supported"):
        client.position.move_positions("1", "2", [{**PERP, "price": "1", "side": "Buy", "qty": "1"}])


REFUSED: Final = ["position.confirm_pending_mmr", "position.move_positions", "position.set_auto_add_margin"]


def test_every_call(client: BybitClient, paper: PaperExchange) -> None:
    """Each endpoint is called and answers, but for those that are refused; no row has a field without a class's."""
    _orders(client)
    _positions(client)
    _modes(client)
    _isolated_margin(client)
    _rarely(client)
    done = {(one.method, one.path) for one in paper.requests if one.code == "0"}
    mine = [one for one in BybitClient.endpoints() if one.group in ("order", "position")]
    assert sorted(f"{one.group}.{one.name}" for one in mine if (one.method, one.path) not in done) == REFUSED


def test_a_lost_answer_is_found(client: BybitClient, paper: PaperExchange) -> None:
    """The order that was placed, changed, cancelled; and that it was not, where the request got lost."""
    order = client.order
    paper.faults.lose_reply("/v5/order/create")
    with pytest.raises(OrderStatusUnknown) as caught:
        order.place_order(**LIMIT)
    found = client.lookup(caught.value)
    assert (found.is_found, found.applied) == (True, True)
    assert found.order is not None
    name: dict[str, Any] = {**PERP, "order_id": found.order.orderId}
    paper.faults.lose_reply("/v5/order/amend")
    with pytest.raises(OrderStatusUnknown) as caught:
        order.amend_order(**name, price="60100")
    assert client.lookup(caught.value).applied is True
    paper.faults.rest_status(502, path="/v5/order/cancel")
    with pytest.raises(OrderStatusUnknown) as caught:
        order.cancel_order(**name)
    assert client.lookup(caught.value, timeout=0).applied is False
    paper.faults.lose_reply("/v5/order/cancel")
    with pytest.raises(OrderStatusUnknown) as caught:
        order.cancel_order(**name)
    assert client.lookup(caught.value, timeout=0).applied is True
    paper.faults.rest_status(502, path="/v5/order/create")
    with pytest.raises(OrderStatusUnknown) as caught:
        order.place_order(**LIMIT)
    assert client.reconcile(caught.value, timeout=0) is None


def test_a_lost_batch_is_found(client: BybitClient, paper: PaperExchange) -> None:
    """Each of its orders."""
    paper.faults.lose_reply("/v5/order/create-batch")
    with pytest.raises(OrderStatusUnknown) as caught:
        client.order.place_batch_orders("linear", [ROW, ROW | {"price": "61000"}])
    prices = [order.price for order in client.reconcile_all(caught.value) if order is not None]
    assert prices == [Decimal(60000), Decimal(61000)]
