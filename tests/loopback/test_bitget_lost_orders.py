"""Orders of Bitget whose answer is lost: they are unknown, sent once, and found on each of the APIs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from okx_sync import BitgetClient
from okx_sync.errors import OrderStatusUnknown
from okx_sync.paper import PaperExchange

PAIR: Final = "BTCUSDT"
SPOT: Final[dict[str, Any]] = {"symbol": PAIR, "side": "buy", "order_type": "limit", "size": "0.01", "price": "60000"}
MIX: Final[dict[str, Any]] = {
    **SPOT, "product_type": "USDT-FUTURES", "margin_mode": "crossed", "margin_coin": "USDT",
}  # fmt: skip
UTA: Final[dict[str, Any]] = {
    "category": "USDT-FUTURES", "symbol": PAIR, "side": "buy", "order_type": "limit", "qty": "0.01", "price": "60000",
}  # fmt: skip
TRIGGER: Final[dict[str, Any]] = {
    "symbol": PAIR, "side": "buy", "order_type": "limit", "size": "0.01", "trigger_price": "61000",
    "trigger_type": "fill_price", "execute_price": "60000",
}  # fmt: skip


@pytest.fixture
def classic(paper: PaperExchange) -> Iterator[BitgetClient]:
    """Alice's classic account, in a market that stands still."""
    paper.quiet()
    with BitgetClient(paper.bitget_config()) as client:
        yield client


@pytest.fixture
def unified(paper: PaperExchange) -> Iterator[BitgetClient]:
    """Carol's unified account, in a market that stands still."""
    paper.quiet()
    with BitgetClient(paper.bitget_config("v3", account="carol")) as client:
        yield client


def lost(paper: PaperExchange, path: str, call: Callable[[], object]) -> OrderStatusUnknown:
    """The error of a call that was carried out and whose answer was lost; it was sent once."""
    paper.faults.lose_reply(path)
    with pytest.raises(OrderStatusUnknown) as caught:
        call()
    assert sum(request.path == path for request in paper.requests) == 1
    return caught.value


def test_a_spot_order(paper: PaperExchange, classic: BitgetClient) -> None:
    """It stands, once, and is found by its own id."""
    error = lost(paper, "/api/v2/spot/trade/place-order", lambda: classic.spot.place_order(**SPOT))
    found = classic.lookup(error)
    (standing,) = classic.spot.get_open_orders(PAIR)
    assert found.order is not None
    assert (found.order.orderId, found.order.clientOid, found.applied) == (standing.orderId, error.clOrdId, True)


def test_a_batch_of_spot_orders(paper: PaperExchange, classic: BitgetClient) -> None:
    """Each is looked up; the one that was refused is not there."""
    rows = [SPOT, SPOT | {"size": "100000"}]
    error = lost(paper, "/api/v2/spot/trade/batch-orders", lambda: classic.spot.place_batch_orders(rows, PAIR))
    found = classic.reconcile_all(error, timeout=0.2)
    assert [order is not None for order in found] == [True, False]


def test_a_replaced_spot_order(paper: PaperExchange, classic: BitgetClient) -> None:
    """The new order is found, by the id that was made up for it."""
    old = classic.spot.place_order(**SPOT)
    error = lost(
        paper,
        "/api/v2/spot/trade/cancel-replace-order",
        lambda: classic.spot.replace_order(PAIR, "60100", "0.02", order_id=old.orderId),
    )
    found = classic.reconcile(error)
    assert found is not None
    assert (found.orderId != old.orderId, str(found.price), str(found.size)) == (True, "60100", "0.02")


def test_a_canceled_spot_order(paper: PaperExchange, classic: BitgetClient) -> None:
    """The look-up shows that it is gone."""
    old = classic.spot.place_order(**SPOT)
    error = lost(
        paper, "/api/v2/spot/trade/cancel-order", lambda: classic.spot.cancel_order(PAIR, order_id=old.orderId)
    )
    assert classic.lookup(error).applied is True


def test_a_trigger_order_of_spot(paper: PaperExchange, classic: BitgetClient) -> None:
    """It is found in its own list, and after its end in the history."""
    error = lost(paper, "/api/v2/spot/trade/place-plan-order", lambda: classic.spot.place_plan_order(**TRIGGER))
    found = classic.reconcile(error)
    assert found is not None
    assert found.clientOid == error.clOrdId
    gone = lost(
        paper,
        "/api/v2/spot/trade/cancel-plan-order",
        lambda: classic.spot.cancel_plan_order(client_oid=error.clOrdId),
    )
    assert classic.lookup(gone).applied is True


def test_an_order_that_never_arrived(paper: PaperExchange, classic: BitgetClient) -> None:
    """It is not there, and its id is not taken for that of an older order."""
    paper.faults.rest_status(502, "bad gateway", "/api/v2/spot/trade/place-order")
    with pytest.raises(OrderStatusUnknown) as caught:
        classic.spot.place_order(**SPOT)
    assert classic.reconcile(caught.value, timeout=0.3) is None
    assert list(classic.spot.get_open_orders(PAIR)) == []


def test_an_order_of_futures(paper: PaperExchange, classic: BitgetClient) -> None:
    """It stands, once, and is found by its own id; its cancel, too."""
    error = lost(paper, "/api/v2/mix/order/place-order", lambda: classic.mix.place_order(**MIX))
    found = classic.lookup(error)
    assert found.order is not None
    assert (found.order.clientOid, found.applied) == (error.clOrdId, True)
    gone = lost(
        paper,
        "/api/v2/mix/order/cancel-order",
        lambda: classic.mix.cancel_order(PAIR, "USDT-FUTURES", client_oid=error.clOrdId),
    )
    assert classic.lookup(gone).applied is True


def test_a_changed_order_of_futures(paper: PaperExchange, classic: BitgetClient) -> None:
    """A new price makes a new order, whose id nobody tells: it is found."""
    old = classic.mix.place_order(**MIX)
    error = lost(
        paper,
        "/api/v2/mix/order/modify-order",
        lambda: classic.mix.amend_order(PAIR, "USDT-FUTURES", old.orderId, new_size="0.02", new_price="60100"),
    )
    found = classic.reconcile(error)
    assert found is not None
    assert (found.orderId != old.orderId, str(found.price), str(found.size)) == (True, "60100", "0.02")


def test_a_batch_of_futures(paper: PaperExchange, classic: BitgetClient) -> None:
    """Product type and contract, which the batch says once, are known of each order."""
    row = {"side": "buy", "order_type": "limit", "size": "0.01", "price": "60000"}
    error = lost(
        paper,
        "/api/v2/mix/order/batch-place-order",
        lambda: classic.mix.place_batch_orders(
            PAIR, "USDT-FUTURES", "crossed", "USDT", [row, row | {"size": "100000"}]
        ),
    )
    assert [order is not None for order in classic.reconcile_all(error, timeout=0.2)] == [True, False]


def test_an_order_of_a_unified_account(paper: PaperExchange, unified: BitgetClient) -> None:
    """It stands, once, and is found by its own id; its cancel, too."""
    error = lost(paper, "/api/v3/trade/place-order", lambda: unified.uta.place_order(**UTA))
    found = unified.lookup(error)
    assert found.order is not None
    assert (found.order.clientOid, found.applied) == (error.clOrdId, True)
    gone = lost(paper, "/api/v3/trade/cancel-order", lambda: unified.uta.cancel_order(client_oid=error.clOrdId))
    assert unified.lookup(gone).applied is True


def test_a_changed_order_of_a_unified_account(paper: PaperExchange, unified: BitgetClient) -> None:
    """The look-up shows the new price."""
    unified.uta.place_order(**UTA, client_oid="mine")
    error = lost(paper, "/api/v3/trade/modify-order", lambda: unified.uta.amend_order(client_oid="mine", price="60100"))
    assert unified.lookup(error).applied is True


def test_a_batch_of_a_unified_account(paper: PaperExchange, unified: BitgetClient) -> None:
    """Each is looked up; the one that was refused is not there."""
    rows = [UTA, UTA | {"qty": "100000"}]
    error = lost(paper, "/api/v3/trade/place-batch", lambda: unified.uta.place_batch_orders(rows))
    found = unified.reconcile_all(error, timeout=0.2)
    assert [order is not None for order in found] == [True, False]
