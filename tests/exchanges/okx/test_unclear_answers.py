"""Answers that do not tell: every order ends as accepted, refused or unknown, whatever came back."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
import responses
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync import Config, Credentials, OkxApiError, OkxClient, OkxError, OrderStatusUnknown
from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.algo.requests import AlgoOrderId
from okx_sync.exchanges.okx.rest import AmendOrder, CancelOrder, NewOrder
from okx_sync.rest import call_rules
from tests.examples import examples
from tests.rest.toy_dialect import TurnedClock

HOST = "https://openapi.okx.com/api/v5/"
DATA: list[Any] = [None, [], [None], ["x"], {}, [{}], [[]], "x", 7, [{"sCode": None}], [{"sCode": ["0"]}]]
Ask = Callable[[OkxClient], Any]
SINGLES: dict[str, tuple[str, Ask]] = {
    "place": ("trade/order", lambda c: c.place_order("BTC-USDT", "cash", "buy", "limit", 1, 1, "mine")),
    "amend": ("trade/amend-order", lambda c: c.trade.amend_order("BTC-USDT", cl_ord_id="mine", new_px=2)),
    "cancel": ("trade/cancel-order", lambda c: c.cancel_order("BTC-USDT", cl_ord_id="mine")),
    "close": ("trade/close-position", lambda c: c.trade.close_position("BTC-USDT", "cross", cl_ord_id="mine")),
    "place algo": (
        "trade/order-algo",
        lambda c: c.algo.place_algo_order(
            "BTC-USDT", "cash", "buy", "trigger", 1, trigger_px=1, order_px=-1, algo_cl_ord_id="mine"
        ),
    ),
    "amend algo": ("trade/amend-algos", lambda c: c.algo.amend_algo_order("BTC-USDT", algo_cl_ord_id="mine", new_sz=2)),
    "place spread": ("sprd/order", lambda c: c.spread.place_order("A_B", "buy", "limit", 1, 1, "mine")),
    "amend spread": ("sprd/amend-order", lambda c: c.spread.amend_order(cl_ord_id="mine", new_sz=2)),
    "cancel spread": ("sprd/cancel-order", lambda c: c.spread.cancel_order(cl_ord_id="mine")),
    "by path": (
        "trade/order",
        lambda c: c.request("POST", "/api/v5/trade/order", {"instId": "BTC-USDT", "clOrdId": "mine"}),
    ),
}
NEW = [NewOrder("BTC-USDT", "cash", "buy", "limit", 1, 1, name) for name in "abc"]
BATCHES: dict[str, tuple[str, str, Ask]] = {
    "place": ("trade/batch-orders", "clOrdId", lambda c: c.trade.place_batch_orders(NEW)),
    "amend": (
        "trade/amend-batch-orders",
        "clOrdId",
        lambda c: c.trade.amend_batch_orders([AmendOrder("BTC-USDT", cl_ord_id=one, new_px=2) for one in "abc"]),
    ),
    "cancel": (
        "trade/cancel-batch-orders",
        "ordId",
        lambda c: c.trade.cancel_batch_orders([CancelOrder("BTC-USDT", one) for one in "abc"]),
    ),
    "cancel algos": (
        "trade/cancel-algos",
        "algoId",
        lambda c: c.algo.cancel_algo_orders([AlgoOrderId("BTC-USDT", one) for one in "abc"]),
    ),
}


@pytest.fixture(scope="module")
def client() -> Iterator[OkxClient]:
    """A client whose network is replaced; its clock is turned by nobody."""
    with OkxClient(Config(Credentials("key", "secret", "pass")), clock=TurnedClock()) as made:
        yield made


def asked(client: OkxClient, path: str, ask: Ask, answer: Any) -> Any:
    """What a call returns or raises when this is the answer."""
    with responses.RequestsMock() as okx:
        okx.post(HOST + path, body=answer if isinstance(answer, bytes) else orjson.dumps(answer))
        try:
            return ask(client)
        except OkxError as error:
            assert len(okx.calls) == 1, "it was sent again"
            return error


@pytest.mark.parametrize("name", SINGLES)
def test_an_answer_without_a_row(client: OkxClient, name: str) -> None:
    """Whichever way it tells nothing, the order is unknown, and the error holds what looks it up."""
    path, ask = SINGLES[name]
    answers = [{"code": "0", "data": data} for data in DATA] + [{"code": "0"}, {"data": [{"sCode": "0"}]}, [], {}]
    raw = [b"", b"<html>fine</html>", b'{"code":"0","data":[{"ordId"', b"null"]
    for answer in (*answers, *raw):
        error = asked(client, path, ask, answer)
        assert isinstance(error, OrderStatusUnknown), (answer, error)
        assert error.clOrdId == "mine"
        assert not error.retryable
        assert error.sent_at == 1_700_000_000_000
        assert error.action == ("place" if name == "by path" else None if name == "close" else name.split()[0])
        assert "mine" in error.requests[0].values()
        assert pickle.loads(pickle.dumps(error)).requests == error.requests


@pytest.mark.parametrize("name", ["place", "place algo", "place spread", "by path"])
def test_a_receipt_without_an_id(client: OkxClient, name: str) -> None:
    """``sCode`` 0 but no id from the exchange: nobody can say what was placed."""
    path, ask = SINGLES[name]
    for row in ({"sCode": "0"}, {"sCode": "0", "ordId": "", "clOrdId": "mine"}, {"sCode": "0", "ordId": ["1"]}):
        assert isinstance(asked(client, path, ask, {"code": "0", "data": [row]}), OrderStatusUnknown)


def test_a_receipt_without_a_verdict(client: OkxClient) -> None:
    """An id but no ``sCode``."""
    answer = {"code": "0", "data": [{"ordId": "1", "clOrdId": "mine"}]}
    error = asked(client, *SINGLES["place"], answer)
    assert isinstance(error, OrderStatusUnknown)
    assert error.rows == ({"ordId": "1", "clOrdId": "mine"},)


def test_the_receipt_of_another_order(client: OkxClient) -> None:
    """It is shown and not taken for ours; beside ours it does no harm."""
    other = {"ordId": "1", "clOrdId": "theirs", "sCode": "0"}
    ours = {"ordId": "2", "clOrdId": "mine", "sCode": "0"}
    error = asked(client, *SINGLES["place"], {"code": "0", "data": [other]})
    assert isinstance(error, OrderStatusUnknown)
    assert error.rows == (other,)
    assert asked(client, *SINGLES["place"], {"code": "0", "data": [other, ours]}).ordId == "2"


def test_two_rows_that_contradict_each_other(client: OkxClient) -> None:
    """Accepted and refused at once is unknown."""
    ours = {"ordId": "2", "clOrdId": "mine", "sCode": "0"}
    answer = {"code": "0", "data": [ours, ours | {"sCode": "51008"}]}
    assert isinstance(asked(client, *SINGLES["place"], answer), OrderStatusUnknown)


def test_the_verdict_of_the_row_is_the_orders(client: OkxClient) -> None:
    """Where it and that of the whole answer differ; a refusal needs no id."""
    ours = {"ordId": "2", "clOrdId": "mine", "sCode": "0"}
    assert asked(client, *SINGLES["place"], {"code": "1", "data": [ours]}).ordId == "2"
    for code in ("0", "1"):
        error = asked(client, *SINGLES["place"], {"code": code, "data": [{"sCode": "51008", "sMsg": "no"}]})
        assert isinstance(error, OkxApiError)
        assert error.code == "51008"


@pytest.mark.parametrize("code", ["2", "500", "502"])
def test_codes_that_refuse_nothing(client: OkxClient, code: str) -> None:
    """ "Partly done" without rows, and the status that a gateway gives for a code."""
    assert isinstance(asked(client, *SINGLES["place"], {"code": code, "data": []}), OrderStatusUnknown)
    gateway = {"error_code": code, "error_message": "x"}
    assert isinstance(asked(client, *SINGLES["place"], gateway), OrderStatusUnknown)


SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "0", "1", "2", "mine", "x", "51008"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.just({}), max_leaves=3
)
KEYS = st.sampled_from(["ordId", "clOrdId", "sCode", "sMsg", "tag", "ts"])
ROWS = VALUES | st.dictionaries(KEYS, VALUES, max_size=5)
ANSWERS = VALUES | st.fixed_dictionaries(
    {}, optional={"code": VALUES, "data": ROWS | st.lists(ROWS, max_size=3), "msg": VALUES, "error_code": VALUES}
)


@settings(max_examples=examples(200), deadline=None)
@given(answer=ANSWERS)
def test_any_answer_to_an_order(client: OkxClient, answer: Any) -> None:
    """A receipt with an id, a refusal with a code, or unknown; nothing else, and sent once."""
    result = asked(client, *SINGLES["place"], answer)
    if isinstance(result, OkxApiError):
        assert result.code not in (None, "", "0")
    elif not isinstance(result, OrderStatusUnknown):
        assert result.ok
        assert result.ordId


# -- batches -------------------------------------------------------------------------------------------------


def row(name: str, value: str, **more: Any) -> dict[str, Any]:
    """A row that accepts the order of this id."""
    return {"ordId": f"o{value}", "algoId": f"o{value}", "clOrdId": "", "sCode": "0", name: value, **more}


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_that_is_short_by_a_row(client: OkxClient, name: str) -> None:
    """The rows find their orders, whatever their order; the one without a row is unknown, and never ``ok``."""
    path, key, ask = BATCHES[name]
    result = asked(client, path, ask, {"code": "0", "data": [row(key, "c"), row(key, "a")]})
    assert not result.ok
    assert not result
    assert [getattr(one, key) for one in result] == ["a", "b", "c"]
    assert [one.ok for one in result] == [True, False, True]
    assert (len(result.accepted), result.refused) == (2, ())
    assert [getattr(one, key) for one in result.unknown] == ["b"]
    assert isinstance(result.lost, OrderStatusUnknown)
    assert [order[key] for order in result.lost.orders] == ["b"]
    assert "1 unknown" in repr(result)


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_without_rows(client: OkxClient, name: str) -> None:
    """All of its orders are unknown."""
    path, key, ask = BATCHES[name]
    for data in (None, [], [None], ["x"] * 3, "x"):
        error = asked(client, path, ask, {"code": "0", "data": data})
        assert isinstance(error, OrderStatusUnknown), data
        assert [order[key] for order in error.orders] == ["a", "b", "c"]


def test_rows_without_ids(client: OkxClient) -> None:
    """They count by their place when there are as many as orders, and not when there are fewer or more."""
    path, _, ask = BATCHES["cancel"]
    good, bad = {"sCode": "0"}, {"sCode": "51400", "ordId": "", "clOrdId": ""}
    result = asked(client, path, ask, {"code": "2", "data": [good, bad, good]})
    assert [one.sCode for one in result] == ["0", "51400", "0"]
    assert len(result.refused) == 1
    for data in ([good, bad], [good, good, good, bad]):
        result = asked(client, path, ask, {"code": "0", "data": data})
        assert len(result.unknown) == 3
        assert len(result.unmatched) == len(data)
        assert not result.accepted


def test_strangers_and_second_rows(
    client: OkxClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are logged and shown beside the result, and no order's."""
    monkeypatch.setattr(call_rules, "log", logging.getLogger("not held back after some lines"))
    path, key, ask = BATCHES["place"]
    rows = [row(key, "z"), *(row(key, one) for one in "abc"), row(key, "a")]
    with caplog.at_level(logging.WARNING):
        result = asked(client, path, ask, {"code": "0", "data": rows})
    assert result.ok
    assert [one.clOrdId for one in result.unmatched] == ["z", "a"]
    assert "2 rows" in caplog.text
    contradicted = asked(client, path, ask, {"code": "2", "data": [*rows, row(key, "b", sCode="51008")]})
    assert [one.clOrdId for one in contradicted.unknown] == ["b"]


def test_a_row_that_says_that_nobody_knows(client: OkxClient) -> None:
    """OKX gave up waiting for one order of a batch: it is unknown, not refused."""
    path, key, ask = BATCHES["place"]
    rows = [row(key, "a"), row(key, "b", sCode="51149"), row(key, "c", sCode="51008")]
    result = asked(client, path, ask, {"code": "2", "data": rows})
    assert [len(part) for part in (result.accepted, result.unknown, result.refused)] == [1, 1, 1]
    assert result.lost.orders[0]["clOrdId"] == "b"


def test_a_batch_by_path(client: OkxClient) -> None:
    """Rows as they came have no place for "unknown": it is raised, with the rows."""
    orders = [{"instId": "BTC-USDT", "clOrdId": one} for one in "ab"]

    def ask(c: OkxClient) -> Any:
        return c.request("POST", "/api/v5/trade/batch-orders", orders)

    rows = [row("clOrdId", "b")]
    error = asked(client, "trade/batch-orders", ask, {"code": "0", "data": rows})
    assert isinstance(error, OrderStatusUnknown)
    assert [order["clOrdId"] for order in error.orders] == ["a"]
    assert error.rows == tuple(rows)


def test_other_batches(client: OkxClient) -> None:
    """RFQs are named by lists of ids: a missing one is unknown; none at all may have been carried out."""

    def ask(c: OkxClient) -> Any:
        return c.rfq.cancel_batch_rfqs(cl_rfq_ids=["a", "b"])

    path = "rfq/cancel-batch-rfqs"
    result = asked(client, path, ask, {"code": "0", "data": [{"rfqId": "1", "clRfqId": "b", "sCode": "0"}]})
    assert [one.ok for one in result] == [False, True]
    assert len(result.unknown) == 1
    error = asked(client, path, ask, {"code": "0", "data": []})
    assert isinstance(error, DecodeError)
    assert "may have been carried out" in str(error)


@pytest.mark.parametrize("data", [None, [], [None], [{}], ["x"]], ids=json.dumps)
def test_money_whose_receipt_tells_nothing(client: OkxClient, data: Any) -> None:
    """A transfer is no order: as after a timeout, the error says that it may have been carried out."""
    error = asked(
        client, "asset/transfer", lambda c: c.funding.transfer("USDT", 1, "6", "18"), {"code": "0", "data": data}
    )
    assert isinstance(error, DecodeError)
    assert "may have been carried out" in str(error)
    assert not error.retryable


@pytest.mark.parametrize("answer", [{"code": "0", "msg": ""}, {"code": "0", "msg": "", "data": None}])
@responses.activate
def test_an_account_listing_without_its_list(client: OkxClient, answer: dict[str, Any]) -> None:
    """It does not say that there is nothing: no listing of orders, positions or balances passes it off as empty."""
    for path in ("trade/orders-pending", "account/positions", "account/balance"):
        responses.get(HOST + path, json=answer)
    for ask in (client.trade.get_orders_pending, client.account.get_positions, client.account.get_balance):
        with pytest.raises(DecodeError, match="without"):
            ask()


@responses.activate
def test_an_account_listing_that_is_empty(client: OkxClient) -> None:
    """An empty list says that there is nothing."""
    responses.get(HOST + "trade/orders-pending", json={"code": "0", "msg": "", "data": []})
    assert client.trade.get_orders_pending() == []
