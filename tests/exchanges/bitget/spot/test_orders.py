"""Requests of spot orders: ids of their own, verdicts row by row, and what is known when the answer does not tell."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
import requests
import responses

from okx_sync.errors import ConfigError, OkxApiError, OkxAuthError, OrderStatusUnknown
from okx_sync.exchanges.bitget.spot.order_requests import CancelSpotOrder, NewSpotOrder
from tests.exchanges.bitget.rest_server import HOST, client, ok, refusal, sent
from tests.rest.toy_dialect import TurnedClock

TRADE: Final = f"{HOST}/api/v2/spot/trade"
ORDER: Final = {"symbol": "BTCUSDT", "side": "buy", "order_type": "limit", "size": "1", "price": "2"}
REPLACE: Final = {"symbol": "BTCUSDT", "price": "2", "size": "1"}


def receipt(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
    """Accept an order, and name it as it was named."""
    body = json.loads(request.body or b"{}")
    return 200, {}, json.dumps(ok({"orderId": "1", "clientOid": body["clientOid"]}))


def test_an_order_has_an_id_of_its_own(server: responses.RequestsMock) -> None:
    """Made up when left out, another one for each order; a limit order stands until it is canceled."""
    server.add_callback(responses.POST, f"{TRADE}/place-order", callback=receipt)
    with client() as bitget:
        first, second = bitget.spot.place_order(**ORDER), bitget.spot.place_order(**ORDER)  # type: ignore[arg-type]
    assert first.clientOid
    assert first.clientOid != second.clientOid
    assert (first.ok, sent(server)["force"]) == (True, "gtc")


def test_orders_of_a_batch_have_ids_of_their_own(server: responses.RequestsMock) -> None:
    """Those that were given stay."""
    server.post(f"{TRADE}/batch-orders", json=ok({"successList": [], "failureList": []}))
    rows = [NewSpotOrder("buy", "limit", "1", "2", client_oid="mine"), NewSpotOrder("sell", "market", "1")]
    with client() as bitget, pytest.raises(OrderStatusUnknown):
        bitget.spot.place_batch_orders(rows, "BTCUSDT")
    first, second = (row["clientOid"] for row in sent(server)["orderList"])
    assert first == "mine"
    assert len(second) == 32


def test_take_profits_have_no_own_id(server: responses.RequestsMock) -> None:
    """Bitget ignores it for them: none is made up, one that is given is refused, and the answer counts as it is."""
    server.post(f"{TRADE}/place-order", json=ok({"orderId": "1", "clientOid": "theirs"}))
    order: dict[str, Any] = {**ORDER, "tpsl_type": "tpsl", "trigger_price": "3"}
    with client() as bitget:
        assert bitget.spot.place_order(**order).orderId == "1"
        with pytest.raises(ConfigError, match="ignored"):
            bitget.spot.place_order(**order, client_oid="mine")
    assert "clientOid" not in sent(server)
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"side": "byu"},
        {"order_type": "limt"},
        {"size": 0.1},
        {"force": "post_onyl"},
        {"size": None},
        {"tpsl_type": "oco"},
    ],
)
def test_what_cannot_be_right_is_not_sent(server: responses.RequestsMock, change: dict[str, Any]) -> None:
    """Words, numbers and what is needed are looked at first."""
    with client() as bitget, pytest.raises(ConfigError):
        bitget.spot.place_order(**{**ORDER, **change})
    assert len(server.calls) == 0


def test_batches_are_looked_at(server: responses.RequestsMock) -> None:
    """One of a batch that is wrong keeps all of it here; so do none and too many."""
    with client() as bitget:
        for rows in ([], [{"order_id": "1"}] * 51, [{"order_id": "1"}, {}], [{"ordre_id": "1"}]):
            with pytest.raises(ConfigError):
                bitget.spot.cancel_batch_orders(rows, "BTCUSDT")
    assert len(server.calls) == 0


# -- answers that do not tell ------------------------------------------------------------------------------------------

UNTOLD: Final[dict[str, dict[str, Any]]] = {
    "no answer": {"body": requests.ConnectionError("lost")},
    "too late": {"body": requests.ReadTimeout("late")},
    "a page": {"body": "<html>bad gateway</html>", "status": 502},
    "cut": {"body": '{"code":"00000","msg":"succ'},
    "empty": {"body": ""},
    "null": {"json": ok(None)},
    "another order": {"json": ok({"orderId": "9", "clientOid": "other"})},
    "no id of Bitget's": {"json": ok({"orderId": None, "clientOid": "mine"})},
    **{code: {"json": refusal(code)} for code in ("40010", "40725", "45001", "40015", "40808")},
}


@pytest.mark.parametrize("answer", UNTOLD.values(), ids=UNTOLD)
def test_an_answer_that_does_not_tell(server: responses.RequestsMock, answer: dict[str, Any]) -> None:
    """The order is unknown, sent once, and the error has what a look-up needs: ids, pair, terms, time."""
    server.post(f"{TRADE}/place-order", **answer)
    with client() as bitget, pytest.raises(OrderStatusUnknown) as caught:
        bitget.spot.place_order(**ORDER, client_oid="mine")  # type: ignore[arg-type]
    error = caught.value
    assert len(server.calls) == 1
    assert (error.clOrdId, error.action) == ("mine", "place")
    assert error.orders == ({"symbol": "BTCUSDT", "clientOid": "mine"},)
    assert (error.requests[0]["size"], error.sent_at) == ("1", 1_700_000_000_000)


@pytest.mark.parametrize(("code", "kind"), [("43012", OkxApiError), ("45034", OkxApiError), ("40014", OkxAuthError)])
def test_a_refusal_is_certain(server: responses.RequestsMock, code: str, kind: type[Exception]) -> None:
    """By HTTP 400 as well: it is no unknown order."""
    server.post(f"{TRADE}/place-order", json=refusal(code), status=400)
    with client() as bitget, pytest.raises(kind) as caught:
        bitget.spot.place_order(**ORDER)  # type: ignore[arg-type]
    assert not isinstance(caught.value, OrderStatusUnknown)


def test_a_batch_is_judged_row_by_row(server: responses.RequestsMock) -> None:
    """The code of the whole says OK; a refusal may have a text only, or nothing but its place; a row may be missing."""
    answer = {
        "successList": [{"orderId": "1", "clientOid": "a"}],
        "failureList": [
            {"orderId": None, "clientOid": "d"},
            {"orderId": "", "clientOid": "b", "errorMsg": "no", "errorCode": "43012"},
            {"orderId": "", "clientOid": "c", "errorMsg": "duplicate"},
        ],
    }
    server.post(f"{TRADE}/batch-orders", json=ok(answer))
    rows = [{"side": "buy", "order_type": "limit", "size": "1", "price": "2", "client_oid": name} for name in "abcde"]
    with client() as bitget:
        told = bitget.spot.place_batch_orders(rows, "BTCUSDT")
    assert [row.clientOid for row in told] == list("abcde")
    assert ([row.clientOid for row in told.accepted], [row.clientOid for row in told.refused]) == (["a"], list("bcd"))
    assert [row.errorCode for row in told.refused] == ["43012", None, None]
    assert [row.ok for row in told] == [True, False, False, False, False]
    assert told.lost is not None
    assert told.lost.orders == ({"symbol": "BTCUSDT", "clientOid": "e"},)


def test_a_row_of_unknown_outcome_in_a_batch(server: responses.RequestsMock) -> None:
    """It is among the refused ones on the wire, and nobody knows."""
    answer = {"successList": [], "failureList": [{"clientOid": "a", "errorCode": "40725", "errorMsg": "release"}]}
    server.post(f"{TRADE}/batch-cancel-order", json=ok(answer))
    with client() as bitget:
        told = bitget.spot.cancel_batch_orders([CancelSpotOrder(client_oid="a")], "BTCUSDT")
    assert (len(told.unknown), len(told.refused)) == (1, 0)
    assert told.lost is not None
    assert (told.lost.action, told.lost.orders[0]["symbol"]) == ("cancel", "BTCUSDT")


# -- orders that take the place of others ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        {"orderId": "2", "clientOid": "new"},
        {"orderId": "2", "clientOid": None},
        {"orderId": "1", "clientOid": "old"},
        {"orderId": "1", "clientOid": None},
        {"orderId": None, "clientOid": "new"},
    ],
)
def test_a_replacement_may_be_named_by_either_id(server: responses.RequestsMock, row: dict[str, Any]) -> None:
    """Bitget's pages do not say whether the ids of the answer are the old ones or the new ones."""
    server.post(f"{TRADE}/cancel-replace-order", json=ok({**row, "success": "success", "msg": None}))
    with client() as bitget:
        told = bitget.spot.replace_order(**REPLACE, order_id="1", client_oid="old", new_client_oid="new")
    assert told.ok


def test_a_replacement_that_failed(server: responses.RequestsMock) -> None:
    """The code says OK and a word beside it does not: the error says that the old order may be gone."""
    failed = {"orderId": "1", "clientOid": None, "success": "failure", "msg": "duplicate"}
    server.post(f"{TRADE}/cancel-replace-order", json=ok(failed))
    server.post(f"{TRADE}/batch-cancel-replace-order", json=ok([failed]))
    with client() as bitget:
        with pytest.raises(OkxApiError, match="duplicate") as caught:
            bitget.spot.replace_order(**REPLACE, order_id="1")
        told = bitget.spot.replace_batch_orders([{**REPLACE, "order_id": "1"}])
    assert "gone" in (caught.value.hint or "")
    assert [(row.ok, row.msg) for row in told.refused] == [(False, "duplicate")]


def test_a_replacement_of_which_nothing_is_told(server: responses.RequestsMock) -> None:
    """The error has the ids of the old order and of the new one, which was made up."""
    server.post(
        f"{TRADE}/cancel-replace-order", json=ok({"orderId": "2", "clientOid": "strange", "success": "success"})
    )
    with client() as bitget, pytest.raises(OrderStatusUnknown) as caught:
        bitget.spot.replace_order(**REPLACE, order_id="1")
    assert caught.value.action == "amend"
    assert caught.value.orders == ({"symbol": "BTCUSDT", "orderId": "1", "newClientOid": sent(server)["newClientOid"]},)


@pytest.mark.parametrize(("answer", "is_told"), [({"result": "success"}, True), ({"result": "odd"}, False)])
def test_a_canceled_trigger_order(server: responses.RequestsMock, answer: dict[str, str], is_told: bool) -> None:
    """The answer names no order; a word that nobody knows tells nothing."""
    server.post(f"{TRADE}/cancel-plan-order", json=ok(answer))
    with client() as bitget:
        if is_told:
            assert bitget.spot.cancel_plan_order("1").ok
        else:
            with pytest.raises(OrderStatusUnknown):
                bitget.spot.cancel_plan_order("1")


def test_a_refused_cancel_of_a_trigger_order(server: responses.RequestsMock) -> None:
    """A word may refuse it."""
    server.post(f"{TRADE}/cancel-plan-order", json=ok({"result": "failure"}))
    with client() as bitget, pytest.raises(OkxApiError):
        bitget.spot.cancel_plan_order("1")


def test_canceling_all_trigger_orders_tells_each(server: responses.RequestsMock) -> None:
    """Which there were is told by the answer: none is an answer, too."""
    both = {"successList": [{"orderId": "1"}], "failureList": [{"orderId": "2", "errorMsg": "failure"}]}
    server.post(f"{TRADE}/batch-cancel-plan-order", json=ok(both))
    server.post(f"{TRADE}/batch-cancel-plan-order", json=ok(None))
    with client() as bitget:
        assert [(row.orderId, row.ok) for row in bitget.spot.cancel_plan_orders()] == [("1", True), ("2", False)]
        assert bitget.spot.cancel_plan_orders() == []


def test_a_batch_counts_once(server: responses.RequestsMock) -> None:
    """Bitget limits its requests, not the orders in them."""
    clock = TurnedClock()
    rows = [{"order_id": str(n)} for n in range(50)]
    server.post(f"{TRADE}/batch-cancel-order", json=ok({"successList": [{"orderId": str(n)} for n in range(50)]}))
    with client(clock) as bitget:
        for _ in range(10):
            assert bitget.spot.cancel_batch_orders(rows, "BTCUSDT").ok
    assert clock.slept == []
