"""What ``client.uta`` sends is what ccxt's ``bitget`` sends for a unified account: method, path, query or body.

Both are captured, nothing goes out. Where they differ the row says in what, and why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from okx_sync import BitgetClient, BitgetConfig, Credentials, OkxError
from tests.late_imports import imported_late
from tests.rest.toy_dialect import TurnedClock

ccxt = imported_late("ccxt", "needs the extra okx_sync[thirdparty]")

PERP, SPOT, COIN = "BTC/USDT:USDT", "BTC/USDT", "BTC/USD:BTC"
START: Final = 1_700_000_000_000
ANYWHERE: Final = re.compile(r"https://api\.bitget\.com/.*")


class Sent(NamedTuple):
    """A request: numbers are text, as both send them."""

    method: str
    path: str
    data: Any


def sent(method: str, url: str, body: Any) -> Sent:
    parts = urlsplit(url)
    data: Any = dict(parse_qsl(parts.query))
    if method == "POST":
        data = json.loads(body or "{}")
    return Sent(method, parts.path, data)


def row_of(symbol: str, category: str, base: str, quote: str, kind: str) -> dict[str, str]:
    return {
        "symbol": symbol, "category": category, "baseCoin": base, "quoteCoin": quote, "minOrderQty": "0.0001",
        "pricePrecision": "1", "quantityPrecision": "4", "priceMultiplier": "0.1", "quantityMultiplier": "0.0001",
        "type": kind, "status": "online", "minOrderAmount": "5", "maxLeverage": "100", "minLeverage": "1",
    }  # fmt: skip


INSTRUMENTS: Final = {
    "SPOT": [row_of("BTCUSDT", "SPOT", "BTC", "USDT", "crypto")],
    "USDT-FUTURES": [row_of("BTCUSDT", "USDT-FUTURES", "BTC", "USDT", "perpetual")],
    "COIN-FUTURES": [row_of("BTCUSD", "COIN-FUTURES", "BTC", "USD", "perpetual")],
}


class Theirs:
    """ccxt with a key of a unified account, whose requests are kept instead of sent."""

    def __init__(self) -> None:
        options = {"uta": True, "defaultType": "swap", "fetchMarkets": {"types": ["spot", "swap"]}}
        self.client = ccxt.bitget({"apiKey": "k", "secret": "s", "password": "p", "options": options})
        self.client.enableRateLimit = False
        self.calls: list[Sent] = []
        self.client.fetch = self._fetch
        self.client.load_markets()
        self.calls.clear()

    def _fetch(self, url: str, method: str = "GET", headers: Any = None, body: Any = None) -> Any:
        call = sent(method, url, body)
        self.calls.append(call)
        if call.path.endswith("/market/instruments"):
            return self._answer(INSTRUMENTS.get(call.data["category"], []))
        lists: dict[str, Any] = {name: [] for name in ("list", "resultList", "assets", "a", "b")}
        return self._answer({"orderId": "1", "clientOid": "mine", "ts": "1", **lists})

    def _answer(self, data: Any) -> Any:
        return {"code": "00000", "msg": "success", "requestTime": 1, "data": data}

    def capture(self, call: Callable[[Any], Any]) -> Sent:
        """Return the request of a call; that it cannot read what it gets does not matter here."""
        try:
            call(self.client)
        except (ccxt.BaseError, KeyError, TypeError, IndexError, ValueError, AttributeError):
            if not self.calls:
                raise
        return self.calls.pop()


def ours(call: Callable[[Any], Any]) -> Sent:
    """The request that a call of ``client.uta`` makes."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as server:
        answer = {"code": "00000", "msg": "success", "requestTime": 1, "data": None}
        for method in (responses.GET, responses.POST):
            server.add(method, ANYWHERE, json=answer)
        config = BitgetConfig(Credentials("key-1234", "secret", "phrase"))
        with BitgetClient(config, clock=TurnedClock()) as client:
            try:
                call(client.uta)
            except OkxError:  # the answer is of no use
                if not len(server.calls):
                    raise
        request = server.calls[0].request
        return sent(str(request.method), str(request.url), request.body)


class Row(NamedTuple):
    """``differs``: parameters that only one of both sends, or that they spell in two ways, and why."""

    name: str
    theirs: Callable[[Any], Any]
    ours: Callable[[Any], Any]
    differs: tuple[str, ...] = ()
    reason: str = ""


PERP_WORDS: Final = {"category": "USDT-FUTURES", "symbol": "BTCUSDT"}
SPOT_WORDS: Final = {"category": "SPOT", "symbol": "BTCUSDT"}
MINE: Final = {"client_oid": "mine"}
GTC: Final = {**MINE, "time_in_force": "gtc"}
"""ccxt says what Bitget takes when nothing is said, of market orders too."""

ROWS: Final = [
    Row("ticker", lambda c: c.fetch_ticker(PERP), lambda u: u.get_tickers("USDT-FUTURES", "BTCUSDT")),
    Row("spot ticker", lambda c: c.fetch_ticker(SPOT), lambda u: u.get_tickers("SPOT", "BTCUSDT")),
    Row("book", lambda c: c.fetch_order_book(PERP, 50), lambda u: u.get_order_book("USDT-FUTURES", "BTCUSDT", 50)),
    Row("trades", lambda c: c.fetch_trades(PERP, None, 5), lambda u: u.get_trades("USDT-FUTURES", "BTCUSDT", 5)),
    Row(
        "candles",
        lambda c: c.fetch_ohlcv(PERP, "1h", None, 5),
        lambda u: u.get_candles("USDT-FUTURES", "BTCUSDT", "1H", limit=5),
    ),
    Row("funding", lambda c: c.fetch_funding_rate(PERP), lambda u: u.get_funding_rate("BTCUSDT")),
    Row(
        "past funding",
        lambda c: c.fetch_funding_rate_history(PERP, None, 5),
        lambda u: u.get_funding_rate_history("USDT-FUTURES", "BTCUSDT", limit=5),
    ),
    Row("open interest", lambda c: c.fetch_open_interest(PERP), lambda u: u.get_open_interest(**PERP_WORDS)),
    Row("interest", lambda c: c.fetch_cross_borrow_rate("USDT"), lambda u: u.get_margin_loans("USDT")),
    Row("balance", lambda c: c.fetch_balance(), lambda u: u.get_account_assets()),
    Row("funding balance", lambda c: c.fetch_balance({"type": "funding"}), lambda u: u.get_funding_assets()),
    Row("fee", lambda c: c.fetch_trading_fee(PERP), lambda u: u.get_fee_rate("BTCUSDT", "USDT-FUTURES")),
    Row(
        "deposit address",
        lambda c: c.fetch_deposit_address("USDT", {"chain": "TRC20"}),
        lambda u: u.get_deposit_address("USDT", "TRC20"),
    ),
    Row("positions", lambda c: c.fetch_positions([PERP]), lambda u: u.get_positions("USDT-FUTURES")),
    Row("position", lambda c: c.fetch_position(PERP), lambda u: u.get_positions("USDT-FUTURES", "BTCUSDT")),
    Row(
        "limit order",
        lambda c: c.create_order(PERP, "limit", "buy", 0.01, 100.5, {"clientOid": "mine"}),
        lambda u: u.place_order(**PERP_WORDS, side="buy", order_type="limit", qty="0.01", price="100.5", **GTC),
    ),
    Row(
        "post-only order",
        lambda c: c.create_order(PERP, "limit", "buy", 0.01, 100.5, {"clientOid": "mine", "postOnly": True}),
        lambda u: u.place_order(
            **PERP_WORDS, side="buy", order_type="limit", qty="0.01", price="100.5", time_in_force="post_only", **MINE
        ),
    ),
    Row(
        "market order that closes in one-way mode",
        lambda c: c.create_order(PERP, "market", "sell", 0.01, None, {"clientOid": "mine", "reduceOnly": True}),
        lambda u: u.place_order(
            **PERP_WORDS, side="sell", order_type="market", qty="0.01", reduce_only=True, **GTC
        ),
    ),
    Row(
        "order that closes a long position in hedge mode",
        lambda c: c.create_order(
            PERP, "market", "sell", 0.01, None, {"clientOid": "mine", "reduceOnly": True, "hedged": True}
        ),
        lambda u: u.place_order(
            **PERP_WORDS, side="sell", order_type="market", qty="0.01", pos_side="long", **GTC
        ),
    ),
    Row(
        "order with take-profit and stop-loss",
        lambda c: c.create_order(
            PERP, "limit", "buy", 0.01, 100.5,
            {"clientOid": "mine", "takeProfit": {"triggerPrice": 120}, "stopLoss": {"triggerPrice": 90, "price": 89}},
        ),
        lambda u: u.place_order(
            **PERP_WORDS, side="buy", order_type="limit", qty="0.01", price="100.5", take_profit="120",
            tp_order_type="market", stop_loss="90", sl_limit_price="89", sl_order_type="limit", **GTC,
        ),
    ),
    Row(
        "spot order",
        lambda c: c.create_order(SPOT, "limit", "sell", 0.01, 100.5, {"clientOid": "mine"}),
        lambda u: u.place_order(**SPOT_WORDS, side="sell", order_type="limit", qty="0.01", price="100.5", **GTC),
    ),
    Row(
        "stop-loss of a position",
        lambda c: c.create_order(
            PERP, "market", "sell", 0.01, None, {"stopLossPrice": 90, "reduceOnly": True, "clientOid": "mine"}
        ),
        lambda u: u.place_strategy_order(
            **PERP_WORDS, side="sell", pos_side="long", qty="0.01", stop_loss="90", sl_trigger_by="mark",
            sl_order_type="market", **MINE,
        ),
    ),
    Row(
        "batch",
        lambda c: c.create_orders([
            {"symbol": PERP, "type": "limit", "side": "buy", "amount": 0.01, "price": 100.5,
             "params": {"clientOid": "mine"}},
        ]),
        lambda u: u.place_batch_orders([
            {**PERP_WORDS, "side": "buy", "order_type": "limit", "qty": "0.01", "price": "100.5", **GTC}
        ]),
    ),
    Row(
        "change",
        lambda c: c.edit_order("7", PERP, "limit", "buy", 0.02, 101),
        lambda u: u.amend_order(order_id="7", qty="0.02", price="101"),
    ),
    Row("cancel", lambda c: c.cancel_order("7", PERP), lambda u: u.cancel_order(symbol="BTCUSDT", order_id="7")),
    Row(
        "cancel strategy",
        lambda c: c.cancel_order("7", PERP, {"trigger": True}),
        lambda u: u.cancel_strategy_order("7"),
        ("symbol",),
        "the page knows no symbol: the id says it all",
    ),
    Row(
        "cancel batch",
        lambda c: c.cancel_orders(["7", "8"], PERP),
        lambda u: u.cancel_batch_orders([{**PERP_WORDS, "order_id": "7"}, {**PERP_WORDS, "order_id": "8"}]),
    ),
    Row("cancel all", lambda c: c.cancel_all_orders(PERP), lambda u: u.cancel_all_orders("USDT-FUTURES", "BTCUSDT")),
    Row("order", lambda c: c.fetch_order("7", PERP), lambda u: u.get_order("7")),
    Row("open orders", lambda c: c.fetch_open_orders(PERP), lambda u: u.get_open_orders("USDT-FUTURES", "BTCUSDT")),
    Row(
        "open strategy orders",
        lambda c: c.fetch_open_orders(PERP, None, None, {"trigger": True}),
        lambda u: u.get_open_strategy_orders("USDT-FUTURES"),
        ("symbol",),
        "the page knows no symbol",
    ),
    Row(
        "done orders",
        lambda c: c.fetch_canceled_and_closed_orders(PERP, START, 5),
        lambda u: u.get_order_history("USDT-FUTURES", start_time=START, limit=5),
    ),
    Row(
        "fills",
        lambda c: c.fetch_my_trades(PERP, START, 5),
        lambda u: u.get_fills(start_time=START, limit=5),
    ),
    Row(
        "bills",
        lambda c: c.fetch_ledger("USDT", START, 5, {"symbol": PERP}),
        lambda u: u.get_bills("USDT-FUTURES", "USDT", start_time=START, limit=5),
        ("symbol",),
        "the page knows no symbol",
    ),
    Row("leverage", lambda c: c.set_leverage(5, PERP), lambda u: u.set_leverage(**PERP_WORDS, coin="USDT", leverage=5)),
    Row("hedge mode", lambda c: c.set_position_mode(True, PERP), lambda u: u.set_hold_mode("hedge_mode")),
    Row("close", lambda c: c.close_position(PERP), lambda u: u.close_positions("USDT-FUTURES", "BTCUSDT")),
    Row(
        "transfer",
        lambda c: c.transfer("USDT", 1, "uta", "spot"),
        lambda u: u.submit_transfer("uta", "spot", "1", "USDT"),
        ("amount", "clientOid"),
        "Bitget wants numbers as text; ccxt sends this one as a JSON number, and no id to find the transfer by",
    ),
    Row(
        "closed positions",
        lambda c: c.fetch_positions_history([PERP], START, 5),
        lambda u: u.get_position_history("USDT-FUTURES", "BTCUSDT", START, limit=5),
    ),
    Row(
        "deposits",
        lambda c: c.fetch_deposits("USDT", START, 5, {"until": START + 9}),
        lambda u: u.get_deposit_records(START, START + 9, "USDT", limit=5),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def theirs() -> Theirs:
    """Their client, with markets loaded."""
    return Theirs()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_the_requests_are_alike(theirs: Theirs, row: Row) -> None:
    """Method, path and data, but for what the row names."""
    their, our = theirs.capture(row.theirs), ours(row.ours)
    assert (our.method, our.path) == (their.method, their.path)
    if not row.differs:
        assert our.data == their.data
        return
    assert row.reason
    names = {name for name in {*our.data, *their.data} if our.data.get(name) != their.data.get(name)}
    assert names == {*row.differs}, (our.data, their.data)
