"""Every declared endpoint, called once: what goes out, and of which class the rows are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import responses

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx import models
from okx_sync.exchanges.okx.account_settings.models import AccountConfig
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.public.models import SystemTime
from okx_sync.exchanges.okx.rest import AmendOrder, AttachedAlgo, AttachedAlgoChange, CancelOrder, NewOrder
from okx_sync.exchanges.okx.trade.models import CancelAllAfter, FillRecord, OrderResult
from okx_sync.rest import BatchResult

HOST = "https://openapi.okx.com"
D = Decimal
HALF: Any = 0.5
Case = tuple[Callable[[OkxClient], Any], str, Any, Any, Any]

CANDLE = ["1597026383085", "3.721", "3.743", "3.677", "3.708", "8422410", "22698348.04", "12698348.04", "1"]
ACCEPTED = {"ordId": "7", "clOrdId": "mine", "tag": "", "sCode": "0", "sMsg": "", "ts": "1700000000000"}

READING: dict[str, Case] = {
    "get_time": (lambda c: c.public.get_time(), "public/time", "", {"ts": "5"}, SystemTime),
    "get_instruments": (
        lambda c: c.public.get_instruments("SWAP", inst_family="BTC-USD"),
        "public/instruments",
        "instType=SWAP&instFamily=BTC-USD",
        {"instId": "BTC-USD-SWAP", "tickSz": "0.1"},
        models.Instrument,
    ),
    "get_mark_price": (
        lambda c: c.public.get_mark_price("SWAP", "BTC-USDT-SWAP"),
        "public/mark-price",
        "instType=SWAP&instId=BTC-USDT-SWAP",
        {"markPx": "1"},
        models.MarkPrice,
    ),
    "get_funding_rate": (
        lambda c: c.public.get_funding_rate("ANY"),
        "public/funding-rate",
        "instId=ANY",
        {"fundingRate": "0.0001"},
        models.FundingRate,
    ),
    "get_open_interest": (
        lambda c: c.public.get_open_interest("SWAP"),
        "public/open-interest",
        "instType=SWAP",
        {"oi": "1"},
        models.OpenInterest,
    ),
    "get_price_limit": (
        lambda c: c.public.get_price_limit("BTC-USDT"),
        "public/price-limit",
        "instId=BTC-USDT",
        {"buyLmt": "1"},
        models.PriceLimit,
    ),
    "get_status": (
        lambda c: c.status.get_status("ongoing"),
        "system/status",
        "state=ongoing",
        {"title": "t"},
        models.SystemStatus,
    ),
    "get_ticker": (
        lambda c: c.market.get_ticker("BTC-USDT"),
        "market/ticker",
        "instId=BTC-USDT",
        {"instId": "BTC-USDT", "last": "1"},
        models.Ticker,
    ),
    "get_tickers": (
        lambda c: c.market.get_tickers("SPOT"),
        "market/tickers",
        "instType=SPOT",
        {"last": "1"},
        models.Ticker,
    ),
    "get_books": (
        lambda c: c.market.get_books("BTC-USDT", 5),
        "market/books",
        "instId=BTC-USDT&sz=5",
        {"asks": [["1", "2", "0", "3"]], "bids": [], "ts": "5"},
        models.BookUpdate,
    ),
    "get_candles": (
        lambda c: c.market.get_candles("BTC-USDT", "5m", 2, after=9),
        "market/candles",
        "instId=BTC-USDT&bar=5m&limit=2&after=9",
        CANDLE,
        models.Candle,
    ),
    "get_history_candles": (
        lambda c: c.market.get_history_candles("BTC-USDT", before=9),
        "market/history-candles",
        "instId=BTC-USDT&bar=1m&before=9",
        CANDLE,
        models.Candle,
    ),
    "get_trades": (
        lambda c: c.market.get_trades("BTC-USDT", 2),
        "market/trades",
        "instId=BTC-USDT&limit=2",
        {"px": "1"},
        models.Trade,
    ),
    "get_history_trades": (
        lambda c: c.market.get_history_trades("BTC-USDT", "2", after=9),
        "market/history-trades",
        "instId=BTC-USDT&type=2&after=9",
        {"px": "1"},
        models.Trade,
    ),
    "get_index_tickers": (
        lambda c: c.market.get_index_tickers("USDT"),
        "market/index-tickers",
        "quoteCcy=USDT",
        {"idxPx": "1"},
        models.IndexTicker,
    ),
    "get_balance": (
        lambda c: c.account.get_balance(["BTC", "ETH"]),
        "account/balance",
        "ccy=BTC,ETH",
        {"totalEq": "1", "details": [{"ccy": "BTC", "eq": "1"}]},
        models.Account,
    ),
    "get_positions": (
        lambda c: c.account.get_positions("SWAP", ["A", "B"]),
        "account/positions",
        "instType=SWAP&instId=A,B",
        {"pos": "1"},
        models.Position,
    ),
    "get_config": (lambda c: c.account.get_config(), "account/config", "", {"perm": "trade, read_only"}, AccountConfig),
    "get_order": (
        lambda c: c.trade.get_order("A", cl_ord_id="x"),
        "trade/order",
        "instId=A&clOrdId=x",
        {"ordId": "1", "reduceOnly": "false"},
        models.Order,
    ),
    "get_orders_pending": (
        lambda c: c.trade.get_orders_pending("SPOT", limit=3),
        "trade/orders-pending",
        "instType=SPOT&limit=3",
        {"ordId": "1"},
        models.Order,
    ),
    "get_orders_history": (
        lambda c: c.trade.get_orders_history("SPOT", begin=1, end=2),
        "trade/orders-history",
        "instType=SPOT&begin=1&end=2",
        {"ordId": "1"},
        models.Order,
    ),
    "get_fills": (
        lambda c: c.trade.get_fills(ord_id="7"),
        "trade/fills",
        "ordId=7",
        {"tradeId": "1", "fee": "-0.1"},
        FillRecord,
    ),
    "get_fills_history": (
        lambda c: c.trade.get_fills_history("SPOT", after="9"),
        "trade/fills-history",
        "instType=SPOT&after=9",
        {"tradeId": "1"},
        FillRecord,
    ),
}  # fmt: skip

WRITING: dict[str, Case] = {
    "place_order": (
        lambda c: c.trade.place_order(
            "BTC-USDT-SWAP", "cross", "buy", "limit", D("1.50"), D("1E+3"), "mine",
            reduce_only=False, attach_algo_ords=[AttachedAlgo(tp_trigger_px=D("2000"), tp_ord_px=-1)],
        ),
        "trade/order",
        {"instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "1.50", "px": "1000",
         "clOrdId": "mine", "reduceOnly": False, "attachAlgoOrds": [{"tpTriggerPx": "2000", "tpOrdPx": "-1"}]},
        ACCEPTED,
        OrderResult,
    ),
    "place_batch_orders": (
        lambda c: c.trade.place_batch_orders([NewOrder("A", "cash", "sell", "market", 5, cl_ord_id="mine")]),
        "trade/batch-orders",
        [{"instId": "A", "tdMode": "cash", "side": "sell", "ordType": "market", "sz": "5", "clOrdId": "mine"}],
        ACCEPTED,
        OrderResult,
    ),
    "cancel_order": (
        lambda c: c.trade.cancel_order("A", "7"),
        "trade/cancel-order",
        {"instId": "A", "ordId": "7"},
        ACCEPTED,
        OrderResult,
    ),
    "cancel_batch_orders": (
        lambda c: c.trade.cancel_batch_orders([CancelOrder("A", "7"), CancelOrder("A", cl_ord_id="x")]),
        "trade/cancel-batch-orders",
        [{"instId": "A", "ordId": "7"}, {"instId": "A", "clOrdId": "x"}],
        ACCEPTED,
        OrderResult,
    ),
    "amend_order": (
        lambda c: c.trade.amend_order("A", "7", new_px="5", cxl_on_fail=True,
                                      attach_algo_ords=[AttachedAlgoChange(attach_algo_id="3", new_sl_ord_px=-1)]),
        "trade/amend-order",
        {"instId": "A", "ordId": "7", "newPx": "5", "cxlOnFail": True,
         "attachAlgoOrds": [{"attachAlgoId": "3", "newSlOrdPx": "-1"}]},
        ACCEPTED,
        OrderResult,
    ),
    "amend_batch_orders": (
        lambda c: c.trade.amend_batch_orders([AmendOrder("A", "7", new_sz=D("0.1"), req_id="r")]),
        "trade/amend-batch-orders",
        [{"instId": "A", "ordId": "7", "newSz": "0.1", "reqId": "r"}],
        ACCEPTED,
        OrderResult,
    ),
    "cancel_all_after": (
        lambda c: c.trade.cancel_all_after(30, tag="bot"),
        "trade/cancel-all-after",
        {"timeOut": "30", "tag": "bot"},
        {"triggerTime": "5", "ts": "4"},
        CancelAllAfter,
    ),
}  # fmt: skip


@pytest.fixture
def client() -> Iterator[OkxClient]:
    """A client of live OKX whose network is replaced."""
    with OkxClient(Config(Credentials("abcd-efgh", "SENTINEL-secret", "SENTINEL-pass"))) as made:
        yield made


@pytest.fixture
def okx() -> Iterator[responses.RequestsMock]:
    """The other side."""
    with responses.RequestsMock() as mock:
        yield mock


def rows_of(result: Any) -> list[Any]:
    return list(result) if isinstance(result, list | BatchResult) else [result]


@pytest.mark.parametrize("name", READING)
def test_reading(client: OkxClient, okx: responses.RequestsMock, name: str) -> None:
    """The query is as expected, signed only where needed; the row is typed and gives back its wire form."""
    call, path, query, row, model = READING[name]
    okx.get(f"{HOST}/api/v5/{path}", json={"code": "0", "msg": "", "data": [row]})
    (result,) = rows_of(call(client))
    assert type(result) is model
    assert result.to_wire() == row
    assert okx.calls[0].request.url == f"{HOST}/api/v5/{path}" + (f"?{query}" if query else "")
    signed = "OK-ACCESS-SIGN" in okx.calls[0].request.headers
    assert signed == path.startswith(("account/", "trade/"))


@pytest.mark.parametrize("name", WRITING)
def test_writing(client: OkxClient, okx: responses.RequestsMock, name: str) -> None:
    """The body is as expected, numbers are text, the call is signed; the receipt is typed."""
    call, path, body, row, model = WRITING[name]
    okx.post(f"{HOST}/api/v5/{path}", json={"code": "0", "msg": "", "data": [row], "inTime": "1", "outTime": "2"})
    result = rows_of(call(client))[0]
    assert type(result) is model
    assert result.to_wire() == row
    assert json.loads(okx.calls[0].request.body or "") == body
    assert "OK-ACCESS-SIGN" in okx.calls[0].request.headers


def test_rows_can_be_understood_alone(client: OkxClient, okx: responses.RequestsMock) -> None:
    """A book or candle that came over REST knows its instrument and bar, as one from a stream does."""
    okx.get(f"{HOST}/api/v5/market/books", json={"code": "0", "data": [{"asks": [], "bids": [], "ts": "5"}]})
    okx.get(f"{HOST}/api/v5/market/candles", json={"code": "0", "data": [CANDLE]})
    book = client.market.get_books("BTC-USDT")
    assert (book.instId, book.is_snapshot) == ("BTC-USDT", True)
    (candle,) = client.market.get_candles("BTC-USDT", "1Dutc")
    assert (candle.instId, candle.bar, candle.confirm) == ("BTC-USDT", "1Dutc", True)


def test_expiry_travels_as_a_header(client: OkxClient, okx: responses.RequestsMock) -> None:
    """``exp_time`` is no field of the order."""
    okx.post(f"{HOST}/api/v5/trade/order", json={"code": "0", "data": [ACCEPTED]})
    client.trade.place_order("A", "cash", "buy", "market", 1, cl_ord_id="mine", exp_time=1_700_000_000_000)
    assert okx.calls[0].request.headers["expTime"] == "1700000000000"
    assert b"exp" not in (okx.calls[0].request.body or b"")


def test_orders_get_an_id(client: OkxClient, okx: responses.RequestsMock) -> None:
    """Orders without an id of the caller get one, each its own, in batches too."""
    okx.post(f"{HOST}/api/v5/trade/batch-orders", json={"code": "0", "data": [ACCEPTED] * 2})
    client.trade.place_batch_orders([NewOrder("A", "cash", "buy", "market", 1)] * 2)
    first, second = json.loads(okx.calls[0].request.body or "")
    assert len({first["clOrdId"], second["clOrdId"], ""}) == 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda c: c.trade.place_order("A", "cash", "buy", "limitt", 1, 1), "ord_type"),
        (lambda c: c.trade.place_order("A", "cash", "up", "limit", 1, 1), "side"),
        (lambda c: c.trade.place_order("A", "cahs", "buy", "limit", 1, 1), "td_mode"),
        (lambda c: c.trade.place_order("A", "cash", "buy", "limit", 0.5, 1), "sz is a float"),
        (lambda c: c.trade.place_order("A", "cash", "buy", "limit", 1, 1.5), "px is a float"),
        (lambda c: c.trade.place_order("A", "cash", "buy", "limit", 1, 1, px_usd=2), "only one of px, px_usd"),
        (lambda c: c.trade.place_order("", "cash", "buy", "limit", 1, 1), "inst_id is missing"),
        (lambda c: c.trade.cancel_order("A"), "ord_id or cl_ord_id"),
        (lambda c: c.trade.get_order("A"), "ord_id or cl_ord_id"),
        (lambda c: c.trade.amend_order("A", "1", new_px=1, new_px_vol=2), "only one of new_px, new_px_vol"),
        (lambda c: c.trade.place_batch_orders([NewOrder("A", "cash", "buy", "limit", HALF, 1)]), r"orders\[0\].sz"),
        (lambda c: c.trade.cancel_batch_orders([CancelOrder("A", "1")] * 21), "1 to 20"),
        (lambda c: c.market.get_index_tickers(), "quote_ccy or inst_id"),
    ],
)
def test_wrong_arguments_are_not_sent(client: OkxClient, call: Callable[[OkxClient], Any], words: str) -> None:
    """An error that names the parameter, before the network (there is none in this test)."""
    with pytest.raises(ConfigError, match=words):
        call(client)
