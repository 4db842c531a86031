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
from tests.rest.toy_dialect import TurnedClock

ccxt = pytest.importorskip("ccxt", reason="needs the extra okx_sync[thirdparty]")

_ANY: Final = re.compile(r"https://api\.bitget\.com/.*")
SWAP: Final = "BTC/USDT:USDT"
PERP: Final[dict[str, Any]] = {"symbol": "BTCUSDT", "product_type": "USDT-FUTURES"}
MARGIN: Final[dict[str, Any]] = {**PERP, "margin_coin": "USDT"}
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


class _Theirs(ccxt.bitget):  # type: ignore[misc, name-defined]  # it has no types
    """Their client with one market, and without a network."""

    def fetch(self, url: str, method: str = "GET", headers: Any = None, body: Any = None) -> Any:
        raise _Sent(_asked(method, url, body))


def theirs(call: Callable[[Any], Any]) -> Asked:
    """What their client sends first."""
    client = _Theirs({"apiKey": "k", "secret": "s", "password": "p", "options": {"uta": False, "defaultType": "swap"}})
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

DIFFERENCES: Final[dict[str, dict[str, str]]] = {
    "candles of the mark price": {"kLineType": "theirs is in small letters, Bitget's page has capitals"},
}
"""Parameters that the two send otherwise, by what is done, and why."""


def _texts(value: Any) -> Any:
    """A parameter as text, to the last nested one: theirs are JSON numbers here and there."""
    if isinstance(value, list):
        return [_texts(one) for one in value]
    if isinstance(value, dict):
        return {name: _texts(one) for name, one in value.items()}
    return str(value)


@pytest.mark.parametrize("what", CALLS)
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
