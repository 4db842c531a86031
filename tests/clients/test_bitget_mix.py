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
from okx_sync.errors import ConfigError, OkxApiError, OkxAuthError, OrderStatusUnknown
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
ORDER: Final[dict[str, Any]] = {
    **MARGIN,
    "margin_mode": "crossed",
    "side": "buy",
    "order_type": "limit",
    "size": Decimal("0.1"),
}

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
    ("get_order", "order/detail", {**PERP, "client_oid": "mine-1"}),
    ("get_open_orders", "order/orders-pending", {**PERP, **PAGE, "status": "live"}),
    ("get_order_history", "order/orders-history", {**PERP, **PAGE, "order_source": "normal"}),
    ("get_fills", "order/fills", {**PERP, **PAGE, "order_id": "9"}),
    ("get_fill_history", "order/fill-history", {**PERP, **PAGE}),
    ("get_open_plan_orders", "order/orders-plan-pending", {**PERP, **PAGE, "plan_type": "profit_loss"}),
    (
        "get_plan_order_history",
        "order/orders-plan-history",
        {**PERP, **PAGE, "plan_type": "normal_plan", "plan_status": "executed"},
    ),
    (
        "get_plan_sub_orders",
        "order/plan-sub-order",
        {**USDT, "plan_type": "normal_plan", "plan_order_id": "9"},
    ),
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
    (
        "place_order",
        "order/place-order",
        {**ORDER, "price": 60_000, "client_oid": "mine-1", "force": "post_only", "reduce_only": True},
        {"reduceOnly": "YES"},
    ),
    (
        "place_batch_orders",
        "order/batch-place-order",
        {
            **MARGIN,
            "margin_mode": "isolated",
            "order_list": [
                {"size": "1", "side": "sell", "order_type": "market", "client_oid": "mine-1", "reduce_only": False}
            ],
        },
        {
            "orderList": [
                {"size": "1", "side": "sell", "orderType": "market", "clientOid": "mine-1", "reduceOnly": "NO"}
            ]
        },
    ),
    (
        "amend_order",
        "order/modify-order",
        {**PERP, "client_oid": "mine-1", "new_client_oid": "mine-2", "new_size": "0.2", "new_price": "61000"},
        {},
    ),
    ("cancel_order", "order/cancel-order", {**MARGIN, "client_oid": "mine-1"}, {}),
    (
        "cancel_batch_orders",
        "order/batch-cancel-orders",
        {**PERP, "order_id_list": [{"client_oid": "mine-1"}]},
        {"orderIdList": [{"clientOid": "mine-1"}]},
    ),
    (
        "cancel_all_orders",
        "order/cancel-all-orders",
        {**USDT, "margin_coin": "USDT", "request_time": NOW_MS, "receive_window": 5000},
        {},
    ),
    ("cancel_symbol_orders", "order/batch-cancel-orders", MARGIN, {}),
    ("close_positions", "order/close-positions", {**PERP, "hold_side": "long"}, {}),
    (
        "reverse_position",
        "order/click-backhand",
        {**MARGIN, "side": "buy", "size": "0.1", "trade_side": "open", "client_oid": "mine-1"},
        {},
    ),
    (
        "place_plan_order",
        "order/place-plan-order",
        {
            **ORDER,
            "plan_type": "normal_plan",
            "trigger_price": "59000",
            "trigger_type": "mark_price",
            "price": "59001",
            "client_oid": "mine-1",
            "reduce_only": True,
            "stop_loss_trigger_price": "58000",
        },
        {"reduceOnly": "yes"},
    ),
    (
        "place_tpsl_order",
        "order/place-tpsl-order",
        {**MARGIN, "plan_type": "pos_loss", "trigger_price": "59000", "hold_side": "long", "client_oid": "mine-1"},
        {},
    ),
    (
        "place_position_tpsl",
        "order/place-pos-tpsl",
        {**MARGIN, "hold_side": "long", "stop_surplus_trigger_price": "70000", "stop_loss_trigger_price": "50000"},
        {},
    ),
    (
        "amend_plan_order",
        "order/modify-plan-order",
        {**PERP, "plan_type": "normal_plan", "client_oid": "mine-1", "new_trigger_price": "59500"},
        {},
    ),
    (
        "amend_tpsl_order",
        "order/modify-tpsl-order",
        {**MARGIN, "client_oid": "mine-1", "trigger_price": "59500"},
        {"size": ""},
    ),
    (
        "cancel_plan_orders",
        "order/cancel-plan-order",
        {**PERP, "plan_type": "pos_loss", "order_id_list": [{"client_oid": "mine-1"}]},
        {"orderIdList": [{"clientOid": "mine-1"}]},
    ),
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


def refusal(code: str, message: str = "no") -> dict[str, Any]:
    return {"code": code, "msg": message, "requestTime": NOW_MS, "data": None}


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
    receipt = {"orderId": "9", "clientOid": "mine-1"}
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


def test_neutral_words_are_understood(server: responses.RequestsMock) -> None:
    """Each stands for Bitget's own, which an id of ours is made for."""
    server.post(f"{HOST}{HOME}order/place-order", json=ok({"orderId": "9"}))
    neutral = {name: value for name, value in ORDER.items() if name != "symbol"}
    with client() as bitget:
        assert bitget.mix.place_order(inst_id="BTCUSDT", **neutral).orderId == "9"
        with pytest.raises(ConfigError, match="side cannot be 'Buy'"):
            bitget.mix.place_order(**{**ORDER, "side": "Buy"})
        with pytest.raises(ConfigError, match="size"):
            bitget.mix.place_order(**{**ORDER, "size": 0.1})
    body = json.loads(server.calls[0].request.body or b"")
    assert (body["symbol"], len(body["clientOid"])) == ("BTCUSDT", 32)
    assert len(server.calls) == 1


# -- listings ----------------------------------------------------------------------------------------------------------


def test_a_listing_goes_on_by_its_last_id(server: responses.RequestsMock) -> None:
    """``idLessThan`` is the ``endId`` of the page before; a null list is the end, and an ``endId`` again as well."""
    found = {None: (["9", "8"], "8"), "8": (["7"], "7"), "7": (None, "7")}

    def answer(query: dict[str, str]) -> Any:
        ids, end = found[query.get("idLessThan")]
        return {"entrustedList": ids and [{"orderId": one} for one in ids], "endId": end}

    pages(server, "order/orders-pending", answer)
    with client() as bitget:
        pager = bitget.mix.iter_open_orders("USDT-FUTURES")
        assert [row.orderId for row in pager] == ["9", "8", "7"]
        rows = iter(pager)
        next(rows), next(rows)
        assert [row.orderId for row in pager.resume(pager.cursor)] == ["7"]


@pytest.mark.parametrize(
    ("name", "path", "key", "time", "span", "back"),
    [
        ("iter_order_history", "order/orders-history", "entrustedList", "cTime", 88, 90),
        ("iter_fills", "order/fills", "fillList", "cTime", 88, 90),
        ("iter_fill_history", "order/fill-history", "fillList", "cTime", 7, 90),
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


@pytest.mark.parametrize("data", [None, [], {"entrustedList": None, "endId": None}])
def test_nothing_may_be_null(server: responses.RequestsMock, data: Any) -> None:
    """Both a null and an empty list say that there is none: no order, no position."""
    server.get(f"{HOST}{HOME}order/orders-pending", json=ok(data))
    server.get(f"{HOST}{HOME}position/all-position", json=ok(None if data is None else []))
    with client() as bitget:
        assert bitget.mix.get_open_orders("USDT-FUTURES") == []
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


# -- orders ------------------------------------------------------------------------------------------------------------


def test_a_refusal_may_come_as_http_400(server: responses.RequestsMock) -> None:
    """The code in the body counts: a refused order is no lost one."""
    server.post(f"{HOST}{HOME}order/place-order", json=refusal("40762", "too large"), status=400)
    server.get(f"{HOST}{HOME}order/detail", json=refusal("40109"), status=400)
    server.get(f"{HOST}{HOME}position/all-position", json=refusal("40085"), status=400)
    with client() as bitget:
        with pytest.raises(OkxApiError) as caught:
            bitget.mix.place_order(**ORDER, price=60_000)
        assert (caught.value.code, len(server.calls)) == ("40762", 1)
        with pytest.raises(OkxApiError) as gone:
            bitget.mix.get_order("BTCUSDT", "USDT-FUTURES", client_oid="mine-1")
        assert gone.value.code == "40109"
        with pytest.raises(OkxAuthError) as wrong:
            bitget.mix.get_positions("USDT-FUTURES")
        assert wrong.value.hint


@pytest.mark.parametrize("answer", [refusal("40010"), refusal("45001"), ok(None), ok({})])
def test_an_order_without_a_telling_answer(server: responses.RequestsMock, answer: Any) -> None:
    """It is unknown, not refused, names what to look it up by, and is sent once."""
    server.post(f"{HOST}{HOME}order/place-order", json=answer)
    with client() as bitget, pytest.raises(OrderStatusUnknown) as caught:
        bitget.mix.place_order(**ORDER, price=60_000, client_oid="mine-1")
    named = caught.value.orders[0]
    assert (named["symbol"], named["clientOid"], named["productType"]) == ("BTCUSDT", "mine-1", "USDT-FUTURES")
    assert len(server.calls) == 1


def test_a_reduce_only_order_may_have_no_id(server: responses.RequestsMock) -> None:
    """Bitget tells no ``orderId`` where it cancels others for it: the id of ours names it."""
    server.post(f"{HOST}{HOME}order/place-order", json=ok({"orderId": None, "clientOid": "mine-1"}))
    order = {**ORDER, "price": 60_000, "client_oid": "mine-1", "reduce_only": True}
    with client() as bitget:
        receipt = bitget.mix.place_order(**order)
        assert (receipt.clientOid, receipt.orderId, receipt.ok) == ("mine-1", None, True)


def test_a_change_makes_a_new_order(server: responses.RequestsMock) -> None:
    """Its id is not told: the receipt has the id of ours that finds it, made up where none is given."""
    server.post(f"{HOST}{HOME}order/modify-order", json=ok({"orderId": None, "clientOid": None}))
    named = {**PERP, "order_id": "9"}
    with client() as bitget:
        receipt = bitget.mix.amend_order(**named, new_size="0.2", new_price="61000", new_client_oid="mine-2")
        assert (receipt.newClientOid, receipt.orderId) == ("mine-2", None)
        made = bitget.mix.amend_order(**named, size="0.2", price="61000").newClientOid
        assert made is not None
    body = json.loads(server.calls[1].request.body or b"")
    assert body == {
        "symbol": "BTCUSDT", "productType": "USDT-FUTURES", "orderId": "9", "newSize": "0.2", "newPrice": "61000",
        "newClientOid": made,
    }  # fmt: skip


def test_a_change_needs_size_and_price() -> None:
    """Bitget refuses one of them alone; presets need neither. The order must be named."""
    with client(dry_run=True) as bitget:
        for alone in ({"new_size": "1"}, {"new_price": "1"}):
            with pytest.raises(ConfigError, match="new_size and new_price"):
                bitget.mix.amend_order(**PERP, order_id="9", **alone)
        with pytest.raises(ConfigError, match="order_id or client_oid"):
            bitget.mix.amend_order(**PERP, new_size="1", new_price="1")


@pytest.mark.parametrize("data", [{"orderId": None, "clientOid": "mine-2"}, {"orderId": "9", "clientOid": "mine-1"}])
def test_a_change_may_be_told_by_either_id(server: responses.RequestsMock, data: Any) -> None:
    """Pages of Bitget show the old order's ids and the new one's; both say that it was accepted."""
    server.post(f"{HOST}{HOME}order/modify-order", json=ok(data))
    with client() as bitget:
        receipt = bitget.mix.amend_order(
            **PERP, client_oid="mine-1", new_size="0.2", new_price="61000", new_client_oid="mine-2"
        )
    assert receipt.newClientOid == "mine-2"


def test_a_change_of_which_nobody_knows(server: responses.RequestsMock) -> None:
    """The error names the old order and the id of the new one: both are to be looked up."""
    server.post(f"{HOST}{HOME}order/modify-order", json=refusal("40725"))
    with client() as bitget, pytest.raises(OrderStatusUnknown) as caught:
        bitget.mix.amend_order(**PERP, order_id="9", new_size="0.2", new_price="61000", new_client_oid="mine-2")
    assert caught.value.orders[0]["orderId"] == "9"
    assert caught.value.requests[0]["newClientOid"] == "mine-2"


def test_a_batch_is_judged_row_by_row(server: responses.RequestsMock) -> None:
    """The whole says success: each order has its verdict by the id that was sent, whatever the order of the rows."""
    good, bad = {"orderId": "1", "clientOid": "a"}, {"orderId": "", "clientOid": "b", "errorMsg": "too large"}
    answer = {"successList": [good], "failureList": [{**bad, "errorCode": "40762"}]}
    server.post(f"{HOST}{HOME}order/batch-place-order", json=ok(answer))
    orders = [{"size": "1", "side": "buy", "order_type": "market", "client_oid": name} for name in ("b", "a", "c")]
    with client() as bitget:
        result = bitget.mix.place_batch_orders(**MARGIN, margin_mode="crossed", order_list=orders)
    assert not result
    assert [row.clientOid for row in result] == ["b", "a", "c"]
    assert [row.clientOid for row in result.refused] == ["b"]
    assert result.refused[0].errorCode == "40762"
    assert [row.orderId for row in result.accepted] == ["1"]
    assert [row.clientOid for row in result.unknown] == ["c"]
    assert result.lost is not None
    assert result.lost.orders[0]["symbol"] == "BTCUSDT"


def test_a_failure_without_a_code_is_none_the_less_one(server: responses.RequestsMock) -> None:
    """Bitget's examples have a text alone, or nothing: the list in which a row stands says it."""
    answer = {
        "successList": [{"orderId": "1"}],
        "failureList": [{"orderId": "2", "errorMsg": "gone"}, {"orderId": "3"}],
    }
    server.post(f"{HOST}{HOME}order/batch-cancel-orders", json=ok(answer))
    server.post(f"{HOST}{HOME}order/cancel-all-orders", json=ok(answer))
    server.post(f"{HOST}{HOME}order/cancel-plan-order", json=ok(answer))
    named = [{"order_id": str(n)} for n in (1, 2, 3)]
    with client() as bitget:
        result = bitget.mix.cancel_batch_orders(**PERP, order_id_list=named)
        assert [row.orderId for row in result.accepted] == ["1"]
        assert [row.orderId for row in result.refused] == ["2", "3"]
        assert [row.ok for row in bitget.mix.cancel_all_orders("USDT-FUTURES")] == [True, False, False]
        assert [row.ok for row in bitget.mix.cancel_plan_orders("USDT-FUTURES")] == [True, False, False]


def test_a_batch_of_a_wrong_size_is_not_sent() -> None:
    """50 orders at most, and at least one."""
    order = {"size": "1", "side": "buy", "order_type": "market"}
    with client(dry_run=True) as bitget:
        for many in (0, 51):
            with pytest.raises(ConfigError, match="1 to 50"):
                bitget.mix.place_batch_orders(**MARGIN, margin_mode="crossed", order_list=[order] * many)


def test_limits_are_those_of_each_endpoint(server: responses.RequestsMock) -> None:
    """Placing has 10 in a second; a batch counts once, whatever is in it."""
    clock = TurnedClock()
    server.post(f"{HOST}{HOME}order/batch-place-order", json=ok({"successList": [], "failureList": []}))
    orders = [{"size": "1", "side": "buy", "order_type": "market"}] * 50
    with BitgetClient(BitgetConfig(KEY), clock=clock) as bitget:
        for _ in range(5):
            with pytest.raises(OrderStatusUnknown):
                bitget.mix.place_batch_orders(**MARGIN, margin_mode="crossed", order_list=orders)
        assert clock.slept == []
        with pytest.raises(OrderStatusUnknown):
            bitget.mix.place_batch_orders(**MARGIN, margin_mode="crossed", order_list=orders)
    assert sum(clock.slept) >= 1


def test_no_method_is_left_out_of_the_async_twin() -> None:
    """It has each call and each listing."""
    public = {name for part in Mix.__mro__ for name in vars(part) if hasattr(getattr(Mix, name), "endpoint")}
    listings = {name for part in Mix.__mro__ for name in vars(part) if name.startswith("iter_")}
    assert {name for name in vars(AsyncMix) if not name.startswith("_")} == public | listings
