"""``client.mix`` of BitgetClient: what goes out for each endpoint, listings to their end, and what costs money."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
import responses

from okx_sync import BitgetClient, BitgetConfig, Credentials
from okx_sync.clients.bitget_async_mix import AsyncMix
from okx_sync.exchanges.bitget.mix.rest import Mix
from okx_sync.exchanges.bitget.signing import rest_sign
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bitget.com"
HOME: Final = "/api/v2/mix/"
KEY: Final = Credentials("key-1234", "secret", "phrase")
NOW_MS: Final = 1_700_000_000_000
DAY_MS: Final = 86_400_000

USDT: Final[dict[str, Any]] = {"product_type": "USDT-FUTURES"}
PERP: Final[dict[str, Any]] = {"symbol": "BTCUSDT", **USDT}
MARGIN: Final[dict[str, Any]] = {**PERP, "margin_coin": "USDT"}
PAGE: Final[dict[str, Any]] = {"start_time": 1, "end_time": 2, "limit": 10, "id_less_than": "77"}
CANDLES: Final[dict[str, Any]] = {**PERP, "granularity": "1H", "start_time": 1, "end_time": 2, "limit": 10}

CALLS: Final[list[tuple[str, str, dict[str, Any]]]] = [
    ("get_contracts", "market/contracts", PERP),
    ("get_ticker", "market/ticker", PERP),
    ("get_tickers", "market/tickers", USDT),
    ("get_symbol_price", "market/symbol-price", PERP),
    ("get_order_book", "market/merge-depth", {**PERP, "precision": "scale0", "limit": "max"}),
    ("get_trades", "market/fills", {**PERP, "limit": 10}),
    ("get_trades_history", "market/fills-history", {**PERP, **PAGE}),
    ("get_candles", "market/candles", {**CANDLES, "k_line_type": "MARK"}),
    ("get_candles_history", "market/history-candles", {**CANDLES, "k_line_type": "MARKET"}),
    ("get_index_candles_history", "market/history-index-candles", CANDLES),
    ("get_mark_price_candles_history", "market/history-mark-candles", CANDLES),
    ("get_funding_rate", "market/current-fund-rate", PERP),
    ("get_funding_rate_history", "market/history-fund-rate", {**PERP, "page_size": 5, "page_no": 2}),
    ("get_next_funding_time", "market/funding-time", PERP),
    ("get_open_interest", "market/open-interest", PERP),
    ("get_oi_limit", "market/oi-limit", PERP),
    ("get_position_tiers", "market/query-position-lever", PERP),
    ("get_vip_fee_rates", "market/vip-fee-rate", USDT),
    ("get_account", "account/account", MARGIN),
    ("get_accounts", "account/accounts", USDT),
    ("get_bills", "account/bill", {**PERP, **PAGE, "coin": "USDT", "business_type": "open_long"}),
    ("get_interest_history", "account/interest-history", {**USDT, **PAGE, "coin": "USDT"}),
    ("get_isolated_symbols", "account/isolated-symbols", USDT),
    (
        "get_liquidation_price",
        "account/liq-price",
        {**MARGIN, "pos_side": "long", "order_type": "limit", "open_amount": Decimal("0.5"), "open_price": "100.5"},
    ),
    ("get_max_open", "account/max-open", {**MARGIN, "pos_side": "short", "order_type": "market"}),
    ("get_open_count", "account/open-count", {**MARGIN, "open_amount": 10, "open_price": 100, "leverage": 5}),
    ("get_position", "position/single-position", MARGIN),
    ("get_positions", "position/all-position", {**USDT, "margin_coin": "USDT"}),
    ("get_position_history", "position/history-position", {**PERP, **PAGE}),
    ("get_adl_rank", "position/adlRank", USDT),
]
"""Readings: method, path behind ``/api/v2/mix/``, arguments, of which each goes out under its wire name."""

WRITES: Final[list[tuple[str, str, dict[str, Any], dict[str, Any]]]] = [
    ("set_leverage", "account/set-leverage", {**MARGIN, "leverage": 5, "hold_side": "long"}, {}),
    ("set_all_leverage", "account/set-all-leverage", {**USDT, "leverage": 5}, {}),
    ("set_asset_mode", "account/set-asset-mode", {**USDT, "asset_mode": "union"}, {}),
    (
        "set_auto_margin",
        "account/set-auto-margin",
        {"symbol": "BTCUSDT", "auto_margin": "on", "margin_coin": "USDT", "hold_side": "long"},
        {},
    ),
    ("add_margin", "account/set-margin", {**MARGIN, "hold_side": "long", "amount": Decimal("-1.5")}, {}),
    ("set_margin_mode", "account/set-margin-mode", {**MARGIN, "margin_mode": "isolated"}, {}),
    ("set_position_mode", "account/set-position-mode", {**USDT, "pos_mode": "hedge_mode"}, {}),
]
"""Writings: the same, and what of the body is not the text of the argument."""


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(**settings: Any) -> BitgetClient:
    return BitgetClient(BitgetConfig(**{"credentials": KEY, **settings}), clock=TurnedClock())


def ok(data: Any) -> dict[str, Any]:
    return {"code": "00000", "msg": "success", "requestTime": NOW_MS, "data": data}


def wire(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def asked(request: Any) -> dict[str, str]:
    return dict(parse_qsl((request.url or "").partition("?")[2]))


def pages(server: responses.RequestsMock, path: str, answer: Callable[[dict[str, str]], Any]) -> None:
    """Answer each call of a listing by what it asks for."""

    def respond(request: Any) -> tuple[int, dict[str, str], str]:
        return 200, {}, json.dumps(ok(answer(asked(request))))

    server.add_callback(responses.GET, f"{HOST}{HOME}{path}", callback=respond)


# -- what goes out -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "path", "arguments"), CALLS, ids=[call[0] for call in CALLS])
def test_each_reading_asks_as_documented(
    server: responses.RequestsMock, name: str, path: str, arguments: Mapping[str, Any]
) -> None:
    """Method, path and query under the wire's names; signed where it is about the account, and nowhere else."""
    endpoint = getattr(Mix, name).endpoint
    is_list = endpoint.result[0] == "list"
    key = endpoint.options.get("list_key")
    server.get(f"{HOST}{HOME}{path}", json=ok({key: [], "endId": None} if key else [] if is_list else {"symbol": "s"}))
    with client() as bitget:
        answer = getattr(bitget.mix, name)(**arguments)
    request = server.calls[0].request
    assert (answer == []) is is_list
    assert asked(request) == {wire(argument): str(value) for argument, value in arguments.items()}
    assert ("ACCESS-SIGN" in request.headers) is not path.startswith("market/")
    if "ACCESS-SIGN" in request.headers:
        target = (request.url or "").removeprefix(HOST)
        assert request.headers["ACCESS-SIGN"] == rest_sign(KEY, request.headers["ACCESS-TIMESTAMP"], "GET", target, "")


@pytest.mark.parametrize(("name", "path", "arguments", "other"), WRITES, ids=[call[0] for call in WRITES])
def test_each_writing_asks_as_documented(
    server: responses.RequestsMock, name: str, path: str, arguments: Mapping[str, Any], other: Mapping[str, Any]
) -> None:
    """Method, path and body, all of it text; the signature is of the bytes that are sent."""
    receipt = {"billId": "9", "clientOid": "mine-1"}
    shape = getattr(Mix, name).endpoint.result[0]
    data: Any = {"successList": [receipt], "failureList": []} if shape in ("batch", "list") else receipt
    server.post(f"{HOST}{HOME}{path}", json=ok("success" if shape == "none" else data))
    with client() as bitget:
        getattr(bitget.mix, name)(**arguments)
    request = server.calls[0].request
    body = request.body.decode() if isinstance(request.body, bytes) else str(request.body)
    texts = {wire(argument): value if isinstance(value, list) else str(value) for argument, value in arguments.items()}
    assert json.loads(body) == {**texts, **other}
    stamp = request.headers["ACCESS-TIMESTAMP"]
    assert request.headers["ACCESS-SIGN"] == rest_sign(KEY, stamp, "POST", f"{HOME}{path}", body)


def test_each_endpoint_has_a_call_of_these_tables() -> None:
    """None is left out; what is signed follows from the path."""
    shown = {(name, f"{HOME}{path}") for name, path, *_ in [*CALLS, *WRITES]}
    assert {(one.name, one.path) for one in Mix.endpoints} == shown
    assert {(one.name, one.path) for one in BitgetClient.endpoints() if one.group == "mix"} == shown
    assert all(one.auth is not one.path.startswith(f"{HOME}market/") for one in Mix.endpoints)


# -- listings ----------------------------------------------------------------------------------------------------------


def test_a_listing_goes_on_by_its_last_id(server: responses.RequestsMock) -> None:
    """``idLessThan`` is the ``endId`` of the page before; a null list is the end, and an ``endId`` again as well."""
    found = {None: (["9", "8"], "8"), "8": (["7"], "7"), "7": (None, "7")}

    def answer(query: dict[str, str]) -> Any:
        ids, end = found[query.get("idLessThan")]
        return {"bills": ids and [{"billId": one} for one in ids], "endId": end}

    pages(server, "account/bill", answer)
    with client() as bitget:
        pager = bitget.mix.iter_bills("USDT-FUTURES", start_time=1)
        assert [row.billId for row in pager] == ["9", "8", "7"]
        rows = iter(pager)
        next(rows), next(rows)
        assert [row.billId for row in pager.resume(pager.cursor)] == ["7"]


@pytest.mark.parametrize(
    ("name", "path", "key", "time", "span", "back"),
    [
        ("iter_bills", "account/bill", "bills", "cTime", 30, 90),
        ("iter_position_history", "position/history-position", "list", "utime", 88, 90),
    ],
)
def test_a_long_time_is_asked_for_in_windows(
    server: responses.RequestsMock, name: str, path: str, key: str, time: str, span: int, back: int
) -> None:
    """No request spans more than Bitget takes; together they cover all of it once, the newest first."""
    windows: list[tuple[int, int]] = []

    def answer(query: dict[str, str]) -> Any:
        windows.append((int(query["startTime"]), int(query["endTime"])))
        return {key: [{time: query["endTime"]}], "endId": ""}

    pages(server, path, answer)
    start = NOW_MS - back * DAY_MS
    with client() as bitget:
        rows = list(getattr(bitget.mix, name)(product_type="USDT-FUTURES").between(start, NOW_MS))
    assert [first for first, _ in windows[:-1]] == [last + 1 for _, last in windows[1:]]
    assert (windows[0][1], windows[-1][0]) == (NOW_MS - 1, start)
    assert max(last - first for first, last in windows) < span * DAY_MS
    assert len(rows) == len(windows) > 1


def test_public_trades_go_on_by_their_ids(server: responses.RequestsMock) -> None:
    """The history has no ``endId``: it is the last trade's own, within windows of 7 days."""
    ids = [str(9 - n) for n in range(5)]

    def answer(query: dict[str, str]) -> Any:
        left = [one for one in ids if "idLessThan" not in query or one < query["idLessThan"]]
        return [{"tradeId": one, "side": "Sell", "ts": str(NOW_MS - 1)} for one in left[:2]]

    pages(server, "market/fills-history", answer)
    with client() as bitget:
        rows = list(bitget.mix.iter_trades_history("BTCUSDT", "USDT-FUTURES", limit=2).between(NOW_MS - 5, NOW_MS))
    assert [row.tradeId for row in rows] == ids


@pytest.mark.parametrize("is_inclusive", [False, True])
def test_candles_are_read_backwards(server: responses.RequestsMock, is_inclusive: bool) -> None:
    """Recent ones first, then the history; whether Bitget counts the end in or not, each comes once."""
    times = [3_600_000 * n for n in range(400_000, 400_009)]

    def candles(query: dict[str, str], known: list[int]) -> Any:
        end = int(query.get("endTime", 10**15))
        fit = [at for at in known if at < end or (is_inclusive and at == end)]
        return [[str(at), "1", "2", "0.5", "1.5", "3", "4"] for at in fit[-int(query["limit"]) :]]

    pages(server, "market/candles", lambda query: candles(query, times[4:]))
    pages(server, "market/history-candles", lambda query: candles(query, times[:-1]))
    with client() as bitget:
        pager = bitget.mix.iter_candles("BTCUSDT", "USDT-FUTURES", "1H", limit=3)
        assert [row.ts for row in pager] == times[::-1]
        assert [row.ts for row in pager.between(times[2], times[6])] == times[2:6][::-1]
        assert [row.ts for row in pager.between(times[2], times[6] + 1)] == times[2:7][::-1]


def test_fundings_have_numbered_pages(server: responses.RequestsMock) -> None:
    """They are read until a page is short, or too old for what is wanted."""
    times = [NOW_MS - n for n in range(250)]
    asked_for: list[str] = []

    def answer(query: dict[str, str]) -> Any:
        asked_for.append(query["pageNo"])
        first = (int(query["pageNo"]) - 1) * int(query["pageSize"])
        return [{"fundingTime": str(at)} for at in times[first : first + int(query["pageSize"])]]

    pages(server, "market/history-fund-rate", answer)
    with client() as bitget:
        pager = bitget.mix.iter_funding_rate_history("BTCUSDT", "USDT-FUTURES")
        assert [row.fundingTime for row in pager] == times
        assert asked_for == ["1", "2", "3"]
        asked_for.clear()
        some = pager.between(NOW_MS - 50, NOW_MS - 10)
        assert [row.fundingTime for row in some] == times[11:51]
        assert asked_for == ["1"]
        rows = iter(some)
        assert next(rows).fundingTime == times[11]
        assert next(iter(some.resume(some.cursor))).fundingTime == times[12]


@pytest.mark.parametrize("data", [None, [], {"bills": None, "endId": None}])
def test_nothing_may_be_null(server: responses.RequestsMock, data: Any) -> None:
    """Both a null and an empty list say that there is none: no order, no position."""
    server.get(f"{HOST}{HOME}account/bill", json=ok(data))
    server.get(f"{HOST}{HOME}position/all-position", json=ok(None if data is None else []))
    with client() as bitget:
        assert bitget.mix.get_bills("USDT-FUTURES") == []
        assert bitget.mix.get_positions("USDT-FUTURES") == []


def test_an_answer_without_data_is_not_flat(server: responses.RequestsMock) -> None:
    """It says nothing of the account, and must not look like "no position"."""
    server.get(f"{HOST}{HOME}position/all-position", json={"code": "00000", "msg": "success", "requestTime": 1})
    with client() as bitget, pytest.raises(Exception, match="without its list"):
        bitget.mix.get_positions("USDT-FUTURES")


def test_rows_tell_what_was_asked_for(server: responses.RequestsMock) -> None:
    """A position's row has neither product type nor time: the call and the answer say them."""
    row = {"symbol": "BTCUSD", "holdSide": "long", "total": "0.5", "marginCoin": "BTC", "liquidationPrice": "-1"}
    server.get(f"{HOST}{HOME}position/all-position", json=ok([{**row, "posMode": "one_way_mode"}]))
    server.get(f"{HOST}{HOME}account/accounts", json=ok([{"marginCoin": "BTC", "crossedUnrealizedPL": ""}]))
    with client() as bitget:
        (position,) = bitget.mix.get_positions("COIN-FUTURES")
        (balance,) = bitget.mix.get_accounts("COIN-FUTURES")
    update = position.to_update()
    assert (update.product, update.side, update.size) == ("COIN-FUTURES", "net", Decimal("0.5"))
    assert (update.liquidation_price, position.taken_at) == (None, NOW_MS)
    told = balance.to_update().balances[0]
    assert (told.product, told.currency, told.unrealized_pnl) == ("COIN-FUTURES", "BTC", None)
    assert balance.crossedUnrealizedPL is None  # "" is not told, and no zero


def test_no_method_is_left_out_of_the_async_twin() -> None:
    """It has each call and each listing."""
    public = {name for part in Mix.__mro__ for name in vars(part) if hasattr(getattr(Mix, name), "endpoint")}
    listings = {name for part in Mix.__mro__ for name in vars(part) if name.startswith("iter_")}
    assert {name for name in vars(AsyncMix) if not name.startswith("_")} == public | listings
