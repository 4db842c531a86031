"""What `BitgetClient.spot` sends is what ccxt sends: method, path, parameters.

Nothing leaves the machine: both sides' requests are caught. Where they differ on purpose, the difference stands here
with its reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from tests.exchanges.bitget.rest_server import HOST, KEY, client, ok
from tests.exchanges.bitget.spot.test_rest import call

SPOT: Final = "BTC/USDT"
PAIR: Final = {"symbol": "BTCUSDT"}
ORDER: Final = {**PAIR, "side": "buy", "order_type": "limit", "size": "0.01", "price": "60000", "client_oid": "mine"}
OWN: Final = {"clientOrderId": "mine"}
FORCE: Final = {"force": "gtc"}
"""Ours says it of market orders, too, which ignore it."""
NEW_ID: Final = {"newClientOid": "new"}
"""Ours gives the new order an id, by which it is looked up; ccxt gives none."""


class Sent(NamedTuple):
    """A request as it went out."""

    method: str
    path: str
    words: dict[str, Any]


def sent(request: Any) -> Sent:
    """What a request says, whatever the order of its parameters; numbers as text."""
    parts = urlsplit(request.url)
    body = request.body.decode() if isinstance(request.body, bytes) else request.body
    words = json.loads(body) if body else dict(parse_qsl(parts.query))
    return Sent(request.method, parts.path, {name: _text(value) for name, value in words.items()})


def _text(value: Any) -> Any:
    """Numbers as text, and ccxt's "GTC" as Bitget's page spells it."""
    if isinstance(value, dict):
        return {name: _text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_text(one) for one in value]
    return "gtc" if value == "GTC" else str(value)


@pytest.fixture
def catcher() -> Iterator[responses.RequestsMock]:
    """Catches every request and answers that all is well."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        row = {"orderId": "o", "clientOid": "mine", "success": "success", "transferId": "t", "symbol": "BTCUSDT"}

        def answer(request: Any) -> tuple[int, dict[str, str], str]:
            path = urlsplit(request.url).path
            data: Any = row
            if path.endswith("cancel-plan-order"):
                data = {"result": "success"}
            if "/batch-" in path:
                orders = json.loads(request.body).get("orderList", [])
                data = {"successList": [{"orderId": "o", **one} for one in orders], "failureList": []}
            if request.method == "GET":
                data = {"orderList": []} if "plan-order" in path else [row] if "orderInfo" in path else []
                data = row if path.endswith(("trade-rate", "deposit-address")) else data
            return 200, {"Content-Type": "application/json"}, json.dumps(ok(data))

        for verb in (responses.GET, responses.POST):
            mock.add_callback(verb, re.compile(f"{HOST}/.*"), callback=answer)
        yield mock


@pytest.fixture
def ccxt() -> Iterator[Any]:
    """Their client of a classic account, which knows one pair and one coin."""
    library = pytest.importorskip("ccxt", reason="needs the extra okx_sync[thirdparty]")
    theirs = library.bitget(
        {"apiKey": KEY.api_key, "secret": "secret", "password": "phrase", "options": {"uta": False}}
    )
    pair = {"symbol": SPOT, "base": "BTC", "quote": "USDT", "baseId": "BTC", "quoteId": "USDT", "id": "BTCUSDT",
            "type": "spot", "spot": True, "active": True, "contract": False, "swap": False, "future": False,
            "precision": {"amount": 0.0001, "price": 0.01}, "limits": {}}  # fmt: skip
    coin = {"id": "USDT", "code": "USDT", "precision": 0.01,
            "networks": {"trc20": {"id": "trc20", "network": "trc20", "precision": 0.01}}}  # fmt: skip
    theirs.set_markets([theirs.safe_market_structure(pair)], {"USDT": coin})
    theirs.session.trust_env = False
    yield theirs
    theirs.session.close()


Row = tuple[str, Callable[[Any], object], str, dict[str, Any], dict[str, Any], dict[str, Any]]

CALLS: Final[list[Row]] = [
    ("limit order", lambda one: one.create_order(SPOT, "limit", "buy", 0.01, 60000, OWN),
     "spot.place_order", ORDER, {}, {}),
    ("post only", lambda one: one.create_order(SPOT, "limit", "buy", 0.01, 60000, {**OWN, "postOnly": True}),
     "spot.place_order", {**ORDER, "force": "post_only"}, {}, {}),
    ("market buy, sized in quote currency",
     lambda one: one.create_order(SPOT, "market", "buy", None, None, {**OWN, "cost": 100}),
     "spot.place_order", {**PAIR, "side": "buy", "order_type": "market", "size": "100", "client_oid": "mine"},
     FORCE, {}),
    ("market sell", lambda one: one.create_order(SPOT, "market", "sell", 0.01, None, OWN),
     "spot.place_order", {**PAIR, "side": "sell", "order_type": "market", "size": "0.01", "client_oid": "mine"},
     FORCE, {}),
    ("trigger order",
     lambda one: one.create_order(SPOT, "limit", "sell", 0.01, 60000, {**OWN, "triggerPrice": 61000}),
     "spot.place_plan_order",
     {**PAIR, "side": "sell", "order_type": "limit", "size": "0.01", "trigger_price": "61000",
      "trigger_type": "mark_price", "execute_price": "60000", "client_oid": "mine", "plan_type": "amount"},
     {}, {"price": "60000", "force": "gtc"}),  # theirs says the price twice, and what Bitget assumes
    ("batch", lambda one: one.create_orders([{"symbol": SPOT, "type": "limit", "side": "buy", "amount": 0.01,
                                              "price": 60000, "params": OWN}]),
     "spot.place_batch_orders",
     {**PAIR, "order_list": [{**PAIR, "side": "buy", "order_type": "limit", "size": "0.01", "price": "60000",
                              "client_oid": "mine"}]},
     {}, {}),
    ("replacement", lambda one: one.edit_order("o", SPOT, "limit", "buy", 0.02, 59000),
     "spot.replace_order", {**PAIR, "price": "59000", "size": "0.02", "order_id": "o", "new_client_oid": "new"},
     NEW_ID, {"orderType": "limit"}),  # the endpoint knows limit orders only
    ("change of a trigger order",
     lambda one: one.edit_order("o", SPOT, "limit", "buy", 0.02, 59000, {"triggerPrice": 58000}),
     "spot.amend_plan_order",
     {"order_type": "limit", "size": "0.02", "trigger_price": "58000", "execute_price": "59000", "order_id": "o"},
     {}, {}),
    ("cancel", lambda one: one.cancel_order("o", SPOT), "spot.cancel_order", {**PAIR, "order_id": "o"}, {}, {}),
    ("cancel of a trigger order", lambda one: one.cancel_order("o", SPOT, {"trigger": True}),
     "spot.cancel_plan_order", {"order_id": "o"}, {}, {}),
    ("cancels", lambda one: one.cancel_orders(["o", "p"], SPOT),
     "spot.cancel_batch_orders", {**PAIR, "order_list": [{"order_id": "o"}, {"order_id": "p"}]}, {}, {}),
    ("cancel all", lambda one: one.cancel_all_orders(SPOT), "spot.cancel_all_orders", PAIR, {}, {}),
    ("cancel all trigger orders", lambda one: one.cancel_all_orders(SPOT, {"trigger": True}),
     "spot.cancel_plan_orders", {"symbol_list": ["BTCUSDT"]}, {}, {}),
    ("order", lambda one: one.fetch_order("o", SPOT), "spot.get_order", {"order_id": "o"}, {}, {}),
    ("open orders", lambda one: one.fetch_open_orders(SPOT), "spot.get_open_orders", PAIR, {}, {}),
    ("open trigger orders", lambda one: one.fetch_open_orders(SPOT, None, None, {"trigger": True}),
     "spot.get_open_plan_orders", PAIR, {}, {}),
    ("done orders", lambda one: one.fetch_canceled_and_closed_orders(SPOT, 1_700_000_000_000, 5),
     "spot.get_order_history", {**PAIR, "start_time": 1_700_000_000_000, "limit": 5}, {}, {}),
    ("fills", lambda one: one.fetch_my_trades(SPOT, None, 5), "spot.get_fills", {**PAIR, "limit": 5}, {}, {}),
    ("balance", lambda one: one.fetch_balance({"type": "spot"}), "spot.get_account_assets", {}, {}, {}),
    ("bills", lambda one: one.fetch_ledger("USDT", None, 5, {"type": "spot"}),
     "spot.get_account_bills", {"coin": "USDT", "limit": 5}, {}, {}),
    ("fee", lambda one: one.fetch_trading_fee(SPOT), "common.get_trade_rate", {**PAIR, "business_type": "spot"},
     {}, {}),
    ("transfer", lambda one: one.transfer("USDT", 5, "spot", "swap", {"clientOid": "mine"}), "spot.transfer",
     {"from_type": "spot", "to_type": "usdt_futures", "amount": "5", "coin": "USDT", "client_oid": "mine"}, {}, {}),
    ("transfers", lambda one: one.fetch_transfers("USDT", None, 5),
     "spot.get_transfer_history", {"coin": "USDT", "from_type": "spot", "limit": 5}, {}, {}),
    ("withdrawal", lambda one: one.withdraw("USDT", 5, "address", {"network": "trc20", "clientOid": "mine"}),
     "spot.withdraw", {"coin": "USDT", "transfer_type": "on_chain", "address": "address", "size": "5",
                       "chain": "trc20", "client_oid": "mine"}, {}, {}),
    ("deposit address", lambda one: one.fetch_deposit_address("USDT", {"network": "trc20"}),
     "spot.get_deposit_address", {"coin": "USDT", "chain": "trc20"}, {}, {}),
]  # fmt: skip
"""Name, their call, ours, its arguments, and what to add to theirs and to ours to make both the same."""


@pytest.mark.parametrize(
    ("theirs", "name", "arguments", "to_theirs", "to_ours"),
    [one[1:] for one in CALLS],
    ids=[one[0] for one in CALLS],
)
def test_as_ccxt_does(
    catcher: responses.RequestsMock,
    ccxt: Any,
    theirs: Callable[[Any], object],
    name: str,
    arguments: dict[str, Any],
    to_theirs: dict[str, Any],
    to_ours: dict[str, Any],
) -> None:
    """Every daily write and signed reading that ccxt has."""
    with client() as bitget:
        call(bitget, name, arguments)
    mine = sent(catcher.calls[-1].request)
    theirs(ccxt)
    other = sent(catcher.calls[-1].request)
    assert (mine.method, mine.path) == (other.method, other.path)
    assert {**mine.words, **to_ours} == {**other.words, **to_theirs}
