"""What `BybitClient` sends for orders and positions is what pybit and ccxt send: method, path, parameters, signature.

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

from okx_sync import BybitClient, BybitConfig, Credentials
from okx_sync.exchanges.bybit.signing import rest_sign
from tests.clients.bybit_calls import CALLS
from tests.clients.test_bybit_trading_rest import READINGS, WRITES, method
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bybit.com"
KEY: Final = Credentials("key-1234", "secret")

PYBIT_NAMES: Final = {
    "order.place_batch_orders": "place_batch_order",
    "order.amend_batch_orders": "amend_batch_order",
    "order.cancel_batch_orders": "cancel_batch_order",
    "order.set_disconnect_cancel_all": "set_dcp",
    "position.set_position_mode": "switch_position_mode",
    "position.add_margin": "add_or_reduce_margin",
    "position.confirm_pending_mmr": "confirm_new_risk_limit",
    "position.move_positions": "move_position",
    "position.get_move_history": "get_move_position_history",
    "position.get_closed_option_positions": "get_closed_options_positions",
}
"""Calls for which pybit has another name."""

NOT_IN_PYBIT: Final = {"position.get_leverage": "pybit 5.17 has no call for it"}


class Sent(NamedTuple):
    """A request as it went out; ``is_signed``: its signature is that of these bytes."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    is_signed: bool


def sent(request: Any) -> Sent:
    """What a request says, whatever the order of its parameters."""
    parts = urlsplit(request.url)
    body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
    payload = parts.query if request.method == "GET" else body
    stamp, window = request.headers["X-BAPI-TIMESTAMP"], request.headers["X-BAPI-RECV-WINDOW"]
    is_signed = request.headers["X-BAPI-SIGN"] == rest_sign(KEY, stamp, window, payload)
    return Sent(request.method, parts.path, dict(parse_qsl(parts.query)), json.loads(body) if body else None, is_signed)


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """Catches every request and answers that nothing is there."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        row = {"orderId": "o", "orderLinkId": "mine", "success": "1"}

        def answer(request: Any) -> tuple[int, dict[str, str], str]:
            path = urlsplit(request.url).path
            result: Any = {"list": []} if request.method == "GET" and "borrow" not in path else row
            beside: Any = {}
            if path.endswith("/cancel-all"):
                result = {"list": [row], "success": "1"}
            if path.endswith("-batch"):
                rows = json.loads(request.body)["request"]
                result = {"list": [{"orderId": "o", **one} for one in rows]}
                beside = {"list": [{"code": 0, "msg": "OK"}] * len(rows)}
            told = {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": beside, "time": 1_700_000_000_123}
            return 200, {"Content-Type": "application/json"}, json.dumps(told)

        for verb in (responses.GET, responses.POST):
            mock.add_callback(verb, re.compile(f"{HOST}/.*"), callback=answer)
        yield mock


def ours(server: responses.RequestsMock, name: str, arguments: dict[str, Any]) -> Sent:
    """The request of one of our calls."""
    with BybitClient(BybitConfig(KEY), clock=TurnedClock()) as bybit:
        method(bybit, name)(**arguments)
    return sent(server.calls[-1].request)


@pytest.fixture
def pybit() -> Any:
    """Their client."""
    trading = pytest.importorskip("pybit.unified_trading", reason="needs the extra okx_sync[thirdparty]")
    return trading.HTTP(api_key=KEY.api_key, api_secret="secret")


@pytest.mark.parametrize(
    ("name", "arguments", "wire"), [(call[0], call[2], call[3]) for call in (*READINGS, *WRITES)],
    ids=[call[0] for call in (*READINGS, *WRITES)],
)  # fmt: skip
def test_as_pybit_does(
    server: responses.RequestsMock, pybit: Any, name: str, arguments: dict[str, Any], wire: dict[str, Any]
) -> None:
    """Every call of the groups that pybit has, with the same words."""
    if name in NOT_IN_PYBIT:
        pytest.skip(NOT_IN_PYBIT[name])
    mine = ours(server, name, arguments)
    their_name = PYBIT_NAMES.get(name, name.partition(".")[2])
    getattr(pybit, their_name)(**json.loads(json.dumps(wire)))
    theirs = sent(server.calls[-1].request)
    assert mine == theirs
    assert mine.is_signed


def test_no_signed_call_is_left_out() -> None:
    """Each declared call but those of market data is in one of the tables that pybit's requests are compared by."""
    compared = {call[0] for call in (*READINGS, *WRITES)} | {f"{call.group}.{call.name}" for call in CALLS}
    declared = {f"{one.group}.{one.name}" for one in BybitClient.endpoints() if "/market/" not in one.path}
    assert declared - compared == set()


# -- ccxt --------------------------------------------------------------------------------------------------------------

PERP: Final = "BTC/USDT:USDT"
SPOT: Final = "BTC/USDT"


@pytest.fixture
def ccxt() -> Iterator[Any]:
    """Their client, which knows two markets and what kind of account it has."""
    library = pytest.importorskip("ccxt", reason="needs the extra okx_sync[thirdparty]")
    options = {"enableUnifiedMargin": True, "enableUnifiedAccount": True, "unifiedMarginStatus": 6}
    client = library.bybit({"apiKey": KEY.api_key, "secret": "secret", "options": options})
    coins = {"base": "BTC", "quote": "USDT", "baseId": "BTC", "quoteId": "USDT", "id": "BTCUSDT", "active": True}
    precision = {"precision": {"amount": 0.001, "price": 0.1}, "limits": {}}
    perp = {"symbol": PERP, "settle": "USDT", "settleId": "USDT", "type": "swap", "swap": True, "contract": True,
            "linear": True, "inverse": False, "contractSize": 1, "spot": False, "option": False}  # fmt: skip
    spot = {"symbol": SPOT, "type": "spot", "spot": True, "swap": False, "contract": False, "option": False}
    client.set_markets([client.safe_market_structure({**coins, **precision, **kind}) for kind in (perp, spot)])
    client.session.trust_env = False
    yield client
    client.session.close()


LINEAR: Final = {"category": "linear", "symbol": "BTCUSDT"}
ORDER: Final = {"side": "Buy", "order_type": "Limit", "qty": "0.01", "price": "60000", "order_link_id": "mine"}

CCXT: Final[list[tuple[str, Callable[[Any], object], str, dict[str, Any], dict[str, Any]]]] = [
    (
        "limit order",
        lambda one: one.create_order(PERP, "limit", "buy", 0.01, 60000, {"clientOrderId": "mine"}),
        "order.place_order",
        {**LINEAR, **ORDER},
        {},
    ),
    (
        "post only, reduce only",
        lambda one: one.create_order(
            PERP, "limit", "buy", 0.01, 60000, {"clientOrderId": "mine", "postOnly": True, "reduceOnly": True}
        ),
        "order.place_order",
        {**LINEAR, **ORDER, "time_in_force": "PostOnly", "reduce_only": True},
        {},
    ),
    (
        "change",
        lambda one: one.edit_order("o", PERP, "limit", "buy", 0.02, 59000),
        "order.amend_order",
        {**LINEAR, "order_id": "o", "qty": "0.02", "price": "59000"},
        {},
    ),
    (
        "cancel",
        lambda one: one.cancel_order("o", PERP),
        "order.cancel_order",
        {**LINEAR, "order_id": "o"},
        {},
    ),
    (
        "cancel all",
        lambda one: one.cancel_all_orders(PERP),
        "order.cancel_all_orders",
        LINEAR,
        {},
    ),
    (
        "open orders",
        lambda one: one.fetch_open_orders(PERP),
        "order.get_open_orders",
        LINEAR,
        {},
    ),
    (
        "my trades",
        lambda one: one.fetch_my_trades(PERP, limit=5),
        "order.get_executions",
        {**LINEAR, "limit": 5},
        {"execType": "Trade"},  # ours lists all kinds unless one is named
    ),
    (
        "positions",
        lambda one: one.fetch_positions([PERP]),
        "position.get_positions",
        LINEAR,
        {"limit": "200"},  # the most; `iter_positions` asks for as many
    ),
    (
        "leverage",
        lambda one: one.set_leverage(5, PERP),
        "position.set_leverage",
        {**LINEAR, "buy_leverage": 5, "sell_leverage": 5},
        {},
    ),
    (
        "position mode",
        lambda one: one.set_position_mode(True, PERP),
        "position.set_position_mode",
        {**LINEAR, "mode": 3},
        {},
    ),
]  # fmt: skip
"""Name, their call, ours, its arguments, and what theirs says besides."""


@pytest.mark.parametrize(("theirs", "name", "arguments", "besides"), [one[1:] for one in CCXT],
                         ids=[one[0] for one in CCXT])  # fmt: skip
def test_as_ccxt_does(
    server: responses.RequestsMock,
    ccxt: Any,
    theirs: Callable[[Any], object],
    name: str,
    arguments: dict[str, Any],
    besides: dict[str, Any],
) -> None:
    """The calls for which ccxt has one of its own."""
    mine = ours(server, name, arguments)
    theirs(ccxt)
    other = sent(server.calls[-1].request)
    assert (mine.method, mine.path) == (other.method, other.path)
    if mine.method == "GET":
        assert {**mine.query, **besides} == other.query
    else:
        assert {**mine.body, **besides} == other.body
    assert other.is_signed
