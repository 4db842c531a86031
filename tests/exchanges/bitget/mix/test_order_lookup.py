"""Orders of V2's futures whose answer was lost: where each is looked up, and what it then says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pytest
import responses

from okx_sync import BitgetClient
from okx_sync.errors import ConfigError, OrderStatusUnknown
from okx_sync.exchanges.bitget.order_lookup import MixOrderLookup, MixPlanLookup
from tests.exchanges.bitget.rest_server import HOST, client, ok, refusal, sent

NOW: Final = 1_700_000_000_000  # when the clock of these tests stands
DETAIL: Final = f"{HOST}/api/v2/mix/order/detail"
PERP: Final[dict[str, Any]] = {"symbol": "BTCUSDT", "product_type": "USDT-FUTURES"}
MARGIN: Final[dict[str, Any]] = {**PERP, "margin_coin": "USDT"}
ORDER: Final[dict[str, Any]] = {
    **MARGIN, "margin_mode": "crossed", "side": "buy", "order_type": "limit", "size": "1", "price": "5",
    "client_oid": "mine",
}  # fmt: skip
ROW: Final[dict[str, Any]] = {
    "orderId": "7", "clientOid": "mine", "symbol": "BTCUSDT", "side": "buy", "size": "1", "price": "5",
    "state": "live", "planStatus": "live", "cTime": str(NOW + 20), "orderType": "limit",
}  # fmt: skip

Call = Callable[[BitgetClient], object]


def lost(server: responses.RequestsMock, bitget: BitgetClient, call: Call) -> OrderStatusUnknown:
    """The error of a call whose answer does not come through."""
    server.post(re.compile(f"{HOST}/.*"), status=502, body="bad gateway")
    with pytest.raises(OrderStatusUnknown) as caught:
        call(bitget)
    return caught.value


def by_own_id(server: responses.RequestsMock, rows: dict[str, dict[str, Any]]) -> None:
    """Answer for single orders by the id of ours that is asked for; others are refused."""

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        row = next((row for name, row in rows.items() if f"={name}" in request.url), None)
        return (400, {}, json.dumps(refusal("40109"))) if row is None else (200, {}, json.dumps(ok(row)))

    server.add_callback(responses.GET, DETAIL, callback=answer)


def test_a_lost_order_is_found(server: responses.RequestsMock) -> None:
    """By contract, product type and the id of ours."""
    server.get(DETAIL, json=ok(ROW))
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, lambda one: one.mix.place_order(**ORDER)))
    assert isinstance(found, MixOrderLookup)
    assert found.order is not None
    assert (found.order.orderId, found.order.status, found.applied) == ("7", "live", True)
    assert sent(server) == {"symbol": "BTCUSDT", "productType": "USDT-FUTURES", "clientOid": "mine"}


def test_a_close_in_hedge_mode_is_found_whatever_side_its_row_tells(server: responses.RequestsMock) -> None:
    """Sources disagree on that, and it may be cut to the position: neither makes it another order."""
    server.get(DETAIL, json=ok({**ROW, "side": "sell", "size": "0.4", "tradeSide": "close", "posSide": "long"}))
    with client() as bitget:
        error = lost(server, bitget, lambda one: one.mix.place_order(**ORDER, trade_side="close"))
        found = bitget.lookup(error, timeout=0)
    assert found.order is not None
    assert found.order.to_update().side == "sell"


@pytest.mark.parametrize("changes", [{"cTime": str(NOW - 60_000_000)}, {"size": "2"}, {"symbol": "ETHUSDT"}])
def test_a_namesake_is_not_the_one(server: responses.RequestsMock, changes: dict[str, str]) -> None:
    """An older order of the same id, one of another size, one of another contract."""
    server.get(DETAIL, json=ok({**ROW, **changes}))
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, lambda one: one.mix.place_order(**ORDER)), timeout=0)
    assert (found.status, found.order) == ("missing", None)


def test_a_lost_change_is_that_of_a_new_order(server: responses.RequestsMock) -> None:
    """It has the id of ours that was made for it; where there is none, the old order says what is left."""
    change = {**PERP, "order_id": "7", "new_size": "2", "new_price": "6", "new_client_oid": "new"}
    new = {**ROW, "orderId": "8", "clientOid": "new", "size": "2", "price": "6"}
    old = {**ROW, "cTime": str(NOW - 9000), "state": "canceled"}
    rows = {"new": new, "7": old}
    by_own_id(server, rows)
    with client() as bitget:
        error = lost(server, bitget, lambda one: one.mix.amend_order(**change))
        found = bitget.lookup(error)
        assert found.order is not None
        assert (found.order.orderId, found.applied) == ("8", True)
        del rows["new"]
        left = bitget.lookup(error, timeout=0)
    assert left.order is not None
    assert (left.order.orderId, left.order.to_update().status, left.applied) == ("7", "canceled", False)


@pytest.mark.parametrize(("price", "applied"), [("4", True), ("", False)])
def test_a_lost_change_of_presets_leaves_the_order(server: responses.RequestsMock, price: str, applied: bool) -> None:
    """There is no new order to wait for: the old one shows whether it was changed."""
    by_own_id(server, {"7": {**ROW, "cTime": str(NOW - 9000), "presetStopLossPrice": price}})
    with client() as bitget:
        error = lost(
            server, bitget, lambda one: one.mix.amend_order(**PERP, order_id="7", new_preset_stop_loss_price="4")
        )
        found = bitget.lookup(error, timeout=0)
    assert (found.is_found, found.applied) == (True, applied)
    assert len(server.calls) == 2


def test_a_lost_cancel(server: responses.RequestsMock) -> None:
    """What the order is now tells whether it was carried out."""
    server.get(DETAIL, json=ok({**ROW, "state": "canceled", "cTime": str(NOW - 9000)}))
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, lambda one: one.mix.cancel_order(**PERP, order_id="7")))
    assert found.applied is True


def test_a_lost_batch(server: responses.RequestsMock) -> None:
    """Contract and product type, which a batch says once, are known of each of its orders."""
    rows = [{"size": "1", "side": "buy", "order_type": "market", "client_oid": name} for name in ("mine", "other")]
    by_own_id(server, {"mine": ROW})
    with client() as bitget:
        error = lost(
            server, bitget, lambda one: one.mix.place_batch_orders(**MARGIN, margin_mode="crossed", order_list=rows)
        )
        assert [order["productType"] for order in error.orders] == ["USDT-FUTURES"] * 2
        first, second = bitget.lookup_all(error, timeout=0)
    assert (first.is_found, second.is_found) == (True, False)


PLANS: Final[dict[str, Call]] = {
    "trigger order": lambda one: one.mix.place_plan_order(
        "normal_plan", **ORDER, trigger_price="6", trigger_type="mark_price"
    ),
    "stop-loss": lambda one: one.mix.place_tpsl_order(
        "pos_loss", **MARGIN, trigger_price="4", hold_side="long", client_oid="mine"
    ),
    "change": lambda one: one.mix.amend_tpsl_order(**MARGIN, trigger_price="4", client_oid="mine"),
}


@pytest.mark.parametrize("what", PLANS)
@pytest.mark.parametrize("is_done", [False, True])
def test_trigger_orders_are_found_in_their_lists(server: responses.RequestsMock, what: str, is_done: bool) -> None:
    """Among those that stand, or in the history, of whichever kind they are."""
    created = NOW - 9000 if what == "change" else NOW + 20
    row = {**ROW, "cTime": str(created), "triggerPrice": "4", "size": "1"}

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        has = ("history" in request.url) is is_done and "profit_loss" in request.url
        return 200, {}, json.dumps(ok({"entrustedList": [row] if has else None, "endId": None}))

    server.add_callback(responses.GET, re.compile(f"{HOST}/api/v2/mix/order/orders-plan-.*"), callback=answer)
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, PLANS[what]), timeout=0)
    assert isinstance(found, MixPlanLookup)
    assert found.order is not None
    assert (found.order.triggerPrice, found.applied) == (Decimal(4), True)


def test_what_names_no_order_is_not_looked_up(server: responses.RequestsMock) -> None:
    """Canceling and closing all, and an error that lacks the contract."""
    with client() as bitget:
        for call in (
            lambda one: one.mix.cancel_all_orders("USDT-FUTURES"),
            lambda one: one.mix.close_positions("USDT-FUTURES"),
            lambda one: one.mix.place_position_tpsl(**MARGIN, hold_side="long", stop_loss_trigger_price="4"),
        ):
            with pytest.raises(ConfigError):
                bitget.lookup(lost(server, bitget, call))
        asked = {"productType": "USDT-FUTURES", "clientOid": "mine"}
        with pytest.raises(ConfigError, match="symbol and productType"):
            bitget.lookup(OrderStatusUnknown("lost", clOrdId="mine", orders=[asked]))
