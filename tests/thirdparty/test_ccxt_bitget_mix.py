"""What ``client.mix`` asks for is what ccxt's Bitget client asks for; where they differ, the reason is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from okx_sync import BitgetClient, BitgetConfig, Credentials
from okx_sync.errors import OkxApiError
from tests.each_case import each_case
from tests.late_imports import imported_late
from tests.rest.toy_dialect import TurnedClock

ccxt = imported_late("ccxt", "needs the extra okx_sync[thirdparty]")

_ANY: Final = re.compile(r"https://api\.bitget\.com/.*")
SWAP: Final = "BTC/USDT:USDT"
PERP: Final[dict[str, Any]] = {"symbol": "BTCUSDT", "product_type": "USDT-FUTURES"}
MARGIN: Final[dict[str, Any]] = {**PERP, "margin_coin": "USDT"}
LIMIT: Final[dict[str, Any]] = {
    **MARGIN,
    "margin_mode": "crossed",
    "order_type": "limit",
    "size": "0.1",
    "price": "60000",
}
MARKET: Final[dict[str, Any]] = {
    "id": "BTCUSDT", "symbol": SWAP, "base": "BTC", "quote": "USDT", "settle": "USDT", "baseId": "BTC",
    "quoteId": "USDT", "settleId": "USDT", "type": "swap", "spot": False, "margin": False, "swap": True,
    "future": False, "option": False, "active": True, "contract": True, "linear": True, "inverse": False,
    "contractSize": 1, "precision": {"amount": 0.0001, "price": 0.1},
}  # fmt: skip
"""What their client knows of the contract."""


class Asked(NamedTuple):
    """A request, as far as it says what is wanted."""

    method: str
    path: str
    params: Mapping[str, Any]


class _Sent(Exception):
    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked


def _asked(method: str, url: str, body: str | bytes | None) -> Asked:
    parts = urlsplit(url)
    return Asked(method, parts.path, json.loads(body) if body else dict(parse_qsl(parts.query)))


def _fetch(url: str, method: str = "GET", headers: Any = None, body: Any = None) -> Any:
    raise _Sent(_asked(method, url, body))


def theirs(call: Callable[[Any], Any]) -> Asked:
    """What their client, with one market and without a network, sends first."""
    client = ccxt.bitget(
        {"apiKey": "k", "secret": "s", "password": "p", "options": {"uta": False, "defaultType": "swap"}}
    )
    client.fetch = _fetch
    client.set_markets([client.safe_market_structure(MARKET)])
    with pytest.raises(_Sent) as sent:
        call(client)
    return sent.value.asked


def ours(call: Callable[[Any], Any]) -> Asked:
    """What our client sends."""
    found: list[Asked] = []

    def respond(request: Any) -> tuple[int, dict[str, str], str]:
        found.append(_asked(request.method, request.url, request.body))
        return 400, {}, json.dumps({"code": "40017", "msg": "captured", "requestTime": 1, "data": None})

    config = BitgetConfig(Credentials("k", "s", "p"))
    with responses.RequestsMock() as server, BitgetClient(config, clock=TurnedClock()) as client:
        for method in (responses.GET, responses.POST):
            server.add_callback(method, _ANY, callback=respond)
        server.assert_all_requests_are_fired = False
        with pytest.raises(OkxApiError):
            call(client.mix)
    return found[0]


CALLS: Final[dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]]] = {
    "ticker": (lambda c: c.fetch_ticker(SWAP), lambda m: m.get_ticker(**PERP)),
    "tickers": (lambda c: c.fetch_tickers([SWAP]), lambda m: m.get_tickers("USDT-FUTURES")),
    "book": (lambda c: c.fetch_order_book(SWAP, 50), lambda m: m.get_order_book(**PERP, limit=50)),
    "trades": (
        lambda c: c.fetch_trades(SWAP, 1_700_000_000_000, 10),
        lambda m: m.get_trades_history(**PERP, limit=10, start_time=1_700_000_000_000),
    ),
    "recent trades": (
        lambda c: c.fetch_trades(SWAP, None, 10, {"method": "publicMixGetV2MixMarketFills"}),
        lambda m: m.get_trades(**PERP, limit=10),
    ),
    "candles": (
        lambda c: c.fetch_ohlcv(SWAP, "1h", None, 10),
        lambda m: m.get_candles(**PERP, granularity="1H", limit=10),
    ),
    "candles of the mark price": (
        lambda c: c.fetch_ohlcv(SWAP, "1h", None, 10, {"price": "mark"}),
        lambda m: m.get_candles(**PERP, granularity="1H", limit=10, k_line_type="MARK"),
    ),
    "funding rate": (lambda c: c.fetch_funding_rate(SWAP), lambda m: m.get_funding_rate("USDT-FUTURES", "BTCUSDT")),
    "funding history": (
        lambda c: c.fetch_funding_rate_history(SWAP, None, 5),
        lambda m: m.get_funding_rate_history(**PERP, page_size=5),
    ),
    "open interest": (lambda c: c.fetch_open_interest(SWAP), lambda m: m.get_open_interest(**PERP)),
    "tiers": (lambda c: c.fetch_market_leverage_tiers(SWAP), lambda m: m.get_position_tiers(**PERP)),
    "balance": (lambda c: c.fetch_balance({"type": "swap"}), lambda m: m.get_accounts("USDT-FUTURES")),
    "account": (lambda c: c.fetch_leverage(SWAP), lambda m: m.get_account(**MARGIN)),
    "bills": (
        lambda c: c.fetch_ledger("USDT", 1, 10, {"symbol": SWAP}),
        lambda m: m.get_bills("USDT-FUTURES", coin="USDT", symbol="BTCUSDT", start_time=1, limit=10),
    ),
    "positions": (lambda c: c.fetch_positions([SWAP]), lambda m: m.get_positions("USDT-FUTURES", "USDT")),
    "position": (lambda c: c.fetch_position(SWAP), lambda m: m.get_position(**MARGIN)),
    "closed positions": (
        lambda c: c.fetch_positions_history([SWAP], 1, 10),
        lambda m: m.get_position_history(symbol="BTCUSDT", start_time=1, limit=10),
    ),
    "order": (lambda c: c.fetch_order("9", SWAP), lambda m: m.get_order(**PERP, order_id="9")),
    "open orders": (
        lambda c: c.fetch_open_orders(SWAP, 1, 10),
        lambda m: m.get_open_orders("USDT-FUTURES", "BTCUSDT", start_time=1, limit=10),
    ),
    "closed orders": (
        lambda c: c.fetch_closed_orders(SWAP, 1, 10),
        lambda m: m.get_order_history("USDT-FUTURES", "BTCUSDT", start_time=1, limit=10),
    ),
    "fills": (
        lambda c: c.fetch_my_trades(SWAP, 1, 10),
        lambda m: m.get_fills("USDT-FUTURES", "BTCUSDT", start_time=1, limit=10),
    ),
    "open trigger orders": (
        lambda c: c.fetch_open_orders(SWAP, None, 10, {"trigger": True}),
        lambda m: m.get_open_plan_orders("USDT-FUTURES", "normal_plan", "BTCUSDT", limit=10),
    ),
    "closed trigger orders": (
        lambda c: c.fetch_closed_orders(SWAP, None, 10, {"trigger": True}),
        lambda m: m.get_plan_order_history("USDT-FUTURES", "normal_plan", "BTCUSDT", limit=10),
    ),
    "place": (
        lambda c: c.create_order(SWAP, "limit", "buy", 0.1, 60000, {"clientOrderId": "mine-1"}),
        lambda m: m.place_order(**LIMIT, side="buy", force="gtc", client_oid="mine-1"),
    ),
    "place, post only": (
        lambda c: c.create_order(SWAP, "limit", "buy", 0.1, 60000, {"clientOrderId": "mine-1", "postOnly": True}),
        lambda m: m.place_order(**LIMIT, side="buy", force="post_only", client_oid="mine-1"),
    ),
    "close, one-way": (
        lambda c: c.create_order(SWAP, "limit", "sell", 0.1, 60000, {"clientOrderId": "mine-1", "reduceOnly": True}),
        lambda m: m.place_order(**LIMIT, side="sell", force="gtc", client_oid="mine-1", reduce_only=True),
    ),
    "close, hedge": (
        lambda c: c.create_order(
            SWAP, "limit", "sell", 0.1, 60000, {"clientOrderId": "mine-1", "reduceOnly": True, "hedged": True}
        ),
        lambda m: m.place_order(**LIMIT, side="buy", trade_side="close", force="gtc", client_oid="mine-1"),
    ),
    "place with presets": (
        lambda c: c.create_order(
            SWAP, "limit", "buy", 0.1, 60000,
            {"clientOrderId": "m", "stopLoss": {"triggerPrice": 50000}, "takeProfit": {"triggerPrice": 70000}},
        ),
        lambda m: m.place_order(
            **LIMIT, side="buy", force="gtc", client_oid="m", preset_stop_loss_price="50000",
            preset_stop_surplus_price="70000",
        ),
    ),
    "place a trigger order": (
        lambda c: c.create_order(SWAP, "limit", "buy", 0.1, 60000, {"clientOrderId": "mine-1", "triggerPrice": 59000}),
        lambda m: m.place_plan_order(
            "normal_plan", **LIMIT, side="buy", trigger_price="59000", trigger_type="mark_price", client_oid="mine-1"
        ),
    ),
    "place a trailing stop": (
        lambda c: c.create_order(
            SWAP, "market", "sell", 0.1, None,
            {"clientOrderId": "m", "trailingPercent": "1", "trailingTriggerPrice": "65000", "reduceOnly": True},
        ),
        lambda m: m.place_plan_order(
            "track_plan", **MARGIN, margin_mode="crossed", side="sell", order_type="market", size="0.1",
            trigger_price="65000", trigger_type="mark_price", callback_ratio="1", client_oid="m", reduce_only=True,
        ),
    ),
    "place a stop-loss of a position": (
        lambda c: c.create_order(SWAP, "market", "sell", 0.1, None, {"clientOrderId": "m", "stopLossPrice": 50000}),
        lambda m: m.place_tpsl_order(
            "pos_loss", **MARGIN, trigger_price="50000", hold_side="buy", size="0.1", trigger_type="mark_price",
            client_oid="m",
        ),
    ),
    "place a batch": (
        lambda c: c.create_orders([
            {
                "symbol": SWAP, "type": "limit", "side": "buy", "amount": 0.1, "price": 60000,
                "params": {"clientOrderId": "mine-1"},
            }
        ]),
        lambda m: m.place_batch_orders(
            **MARGIN, margin_mode="crossed",
            order_list=[{
                "size": "0.1", "price": "60000", "side": "buy", "order_type": "limit", "force": "gtc",
                "client_oid": "mine-1",
            }],
        ),
    ),
    "amend": (
        lambda c: c.edit_order("9", SWAP, "limit", "buy", 0.2, 61000, {"newClientOid": "mine-2"}),
        lambda m: m.amend_order(**PERP, order_id="9", new_size="0.2", new_price="61000", new_client_oid="mine-2"),
    ),
    "amend a trigger order": (
        lambda c: c.edit_order("9", SWAP, "limit", "buy", 0.2, 61000, {"triggerPrice": 59500}),
        lambda m: m.amend_plan_order(
            "normal_plan", **PERP, order_id="9", new_size="0.2", new_price="61000", new_trigger_price="59500"
        ),
    ),
    "amend a stop-loss": (
        lambda c: c.edit_order("9", SWAP, "market", "sell", 0.2, None, {"stopLossPrice": 49000}),
        lambda m: m.amend_tpsl_order(**MARGIN, order_id="9", size="0.2", trigger_price="49000"),
    ),
    "cancel": (lambda c: c.cancel_order("9", SWAP), lambda m: m.cancel_order(**PERP, order_id="9")),
    "cancel a trigger order": (
        lambda c: c.cancel_order("9", SWAP, {"trigger": True, "planType": "pos_loss"}),
        lambda m: m.cancel_plan_orders(
            "USDT-FUTURES", "BTCUSDT", order_id_list=[{"order_id": "9"}], plan_type="pos_loss"
        ),
    ),
    "cancel a batch": (
        lambda c: c.cancel_orders(["9"], SWAP),
        lambda m: m.cancel_batch_orders(**PERP, order_id_list=[{"order_id": "9"}]),
    ),
    "cancel all of a contract": (lambda c: c.cancel_all_orders(SWAP), lambda m: m.cancel_symbol_orders(**PERP)),
    "cancel all trigger orders": (
        lambda c: c.cancel_all_orders(SWAP, {"trigger": True}),
        lambda m: m.cancel_plan_orders("USDT-FUTURES", "BTCUSDT"),
    ),
    "close a position": (
        lambda c: c.close_position(SWAP, "long"),
        lambda m: m.close_positions("USDT-FUTURES", "BTCUSDT", "long"),
    ),
    "close all positions": (lambda c: c.close_all_positions(), lambda m: m.close_positions("USDT-FUTURES")),
    "leverage": (
        lambda c: c.set_leverage(5, SWAP, {"holdSide": "long"}),
        lambda m: m.set_leverage(**MARGIN, leverage=5, hold_side="long"),
    ),
    "margin mode": (
        lambda c: c.set_margin_mode("isolated", SWAP),
        lambda m: m.set_margin_mode(**MARGIN, margin_mode="isolated"),
    ),
    "position mode": (
        lambda c: c.set_position_mode(True, SWAP),
        lambda m: m.set_position_mode("USDT-FUTURES", "hedge_mode"),
    ),
    "add margin": (
        lambda c: c.add_margin(SWAP, 1.5, {"holdSide": "long"}),
        lambda m: m.add_margin(**MARGIN, hold_side="long", amount="1.5"),
    ),
}  # fmt: skip
"""What is done, by their client and by ours."""

_FORCE: Final = "theirs is in capitals, Bitget's page has small letters"
_NO_FORCE: Final = "theirs goes along with orders that have none by Bitget's page"
DIFFERENCES: Final[dict[str, dict[str, str]]] = {
    "candles of the mark price": {"kLineType": "theirs is in small letters, Bitget's page has capitals"},
    "place": {"force": _FORCE},
    "close, one-way": {"force": _FORCE},
    "close, hedge": {"force": _FORCE, "tradeSide": "theirs begins with a capital, Bitget's page has small letters"},
    "place with presets": {"force": _FORCE},
    "place a trigger order": {
        "executePrice": "theirs sends the price twice, Bitget's page knows price",
        "force": _NO_FORCE,
    },
    "place a trailing stop": {
        "reduceOnly": "of trigger orders Bitget's page has it in small letters",
        "force": _NO_FORCE,
    },
    "place a stop-loss of a position": {
        "force": _NO_FORCE,
        "orderType": "theirs says it, Bitget's page has no such field",
    },
    "place a batch": {"orderList": "theirs repeats in each row what is said of all, and writes force in capitals"},
    "amend a trigger order": {
        "planType": "theirs leaves out what Bitget's page and one more source have as needed",
        "triggerPrice": "theirs goes along with newTriggerPrice, which is Bitget's",
    },
}
"""Parameters that the two send otherwise, by what is done, and why."""


def _texts(value: Any) -> Any:
    """A parameter as text, to the last nested one: theirs are JSON numbers here and there."""
    if isinstance(value, list):
        return [_texts(one) for one in value]
    if isinstance(value, dict):
        return {name: _texts(one) for name, one in value.items()}
    return str(value)


@each_case("what", CALLS)
def test_both_ask_for_the_same(what: str) -> None:
    """Method, path, and each parameter; a difference has its reason in the table above."""
    their_call, our_call = CALLS[what]
    their, our = theirs(their_call), ours(our_call)
    assert (their.method, their.path) == (our.method, our.path)
    names = their.params.keys() | our.params.keys()
    other = {name for name in names if _texts(their.params.get(name)) != _texts(our.params.get(name))}
    assert other == DIFFERENCES.get(what, {}).keys(), (their.params, our.params)


def test_the_reasons_are_of_calls() -> None:
    """None is left over."""
    assert DIFFERENCES.keys() <= CALLS.keys()
