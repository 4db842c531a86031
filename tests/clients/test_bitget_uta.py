"""``client.uta``: each call of V3 once, and the places where V3 is not as V2."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
import responses
from responses import matchers

from okx_sync import BitgetClient, BitgetConfig, Credentials
from okx_sync.errors import (
    ConfigError,
    DecodeError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.exchanges.bitget.signing import rest_sign
from okx_sync.exchanges.bitget.uta.instruments import UtaInstruments
from okx_sync.exchanges.bitget.uta.requests import UtaNewOrder
from okx_sync.exchanges.bitget.uta.rest import Uta
from okx_sync.rest import Endpoint
from tests.clients.uta_calls import CALLS, MARKET, NEW, NEW_SENT, UtaCall
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bitget.com"
KEY: Final = Credentials("key-1234", "secret", "phrase")
ENDPOINTS: Final = {one.name: one for one in Uta.endpoints}
DAY_MS: Final = 86_400_000


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(clock: TurnedClock | None = None, **settings: Any) -> BitgetClient:
    return BitgetClient(BitgetConfig(**{"credentials": KEY, **settings}), clock=clock or TurnedClock())


def ok(data: Any) -> dict[str, Any]:
    return {"code": "00000", "msg": "success", "requestTime": 1_700_000_000_123, "data": data}


def refusal(code: str) -> dict[str, Any]:
    return {"code": code, "msg": "no", "requestTime": 1_700_000_000_123, "data": None}


def empty_answer(endpoint: Endpoint) -> Any:
    """The shortest answer that an endpoint takes."""
    shape = endpoint.result[0]
    if shape == "list":
        name = endpoint.options.get("list_key")
        rows: Any = [{}] if endpoint.options.get("names_orders") else None
        return {name: rows} if name else rows
    if shape == "none":
        return "success"
    return [{"orderId": "1", "clientOid": "mine"}] if shape == "batch" else {"orderId": "1", "clientOid": "mine"}


def body_of(call: Any) -> Any:
    return json.loads(call.request.body or b"null")


@pytest.mark.parametrize("call", CALLS, ids=[call.name for call in CALLS])
def test_each_endpoint_asks_as_documented(server: responses.RequestsMock, call: UtaCall) -> None:
    """Method, path, query or body; signed where it is the account's, without a key where it is the market's."""
    endpoint = ENDPOINTS[call.name]
    is_get = call.method == "GET"
    matched = matchers.query_param_matcher(call.sent) if is_get else matchers.json_params_matcher(call.sent)
    server.add(call.method, f"{HOST}{call.path}", json=ok(empty_answer(endpoint)), match=[matched])
    with client() as bitget:
        answer = getattr(bitget.uta, call.name)(**call.arguments)
    if endpoint.result[0] == "list":
        assert len(answer) == endpoint.options.get("names_orders", False)
    sent = server.calls[0].request
    if call in MARKET:
        assert "ACCESS-KEY" not in sent.headers
        return
    target, body = (
        (sent.path_url, "")
        if is_get
        else (call.path, str(sent.body, "ascii") if isinstance(sent.body, bytes) else str(sent.body or ""))
    )
    assert sent.headers["ACCESS-SIGN"] == rest_sign(KEY, "1700000000000", call.method, target, body)


def test_each_endpoint_has_a_call_of_that_table() -> None:
    """None is left out, all are of the group ``uta``, and each name is there once."""
    told = [(call.name, call.method, call.path) for call in CALLS]
    assert sorted(told) == sorted((one.name, one.method, one.path) for one in Uta.endpoints)
    assert {one.group for one in Uta.endpoints} == {"uta"}
    assert {one.name for one in Uta.endpoints if not one.auth} == {call.name for call in MARKET}
    assert set(Uta.endpoints) <= set(BitgetClient.endpoints())


# -- fees, words, sides ------------------------------------------------------------------------------------------------

ORDER: Final = {
    "orderId": "7", "clientOid": "mine", "category": "USDT-FUTURES", "symbol": "BTCUSDT", "side": "sell",
    "orderType": "limit", "price": "100", "qty": "2", "amount": "", "cumExecQty": "0.5", "cumExecValue": "50.5",
    "avgPrice": "101", "orderStatus": "cancelled", "posSide": "long", "holdMode": "hedge_mode", "tradeSide": "close",
    "reduceOnly": "YES", "feeDetail": [{"feeCoin": "USDT", "fee": "0.03"}], "cancelReason": "normal_cancel",
    "createdTime": "5", "updatedTime": "6",
}  # fmt: skip


def looked_up(server: responses.RequestsMock, **changes: Any) -> Any:
    server.get(f"{HOST}/api/v3/trade/order-info", json=ok({**ORDER, **changes}))
    with client() as bitget:
        return bitget.uta.get_order("7").to_update()


def test_an_order_in_neutral_words(server: responses.RequestsMock) -> None:
    """``cancelled`` with two l is canceled; what is paid is above 0 on the wire, and below it in neutral words."""
    told = looked_up(server)
    assert (told.inst_id, told.order_id, told.client_order_id, told.status) == ("BTCUSDT", "7", "mine", "canceled")
    assert (told.fee, told.fee_currency, told.reason) == (Decimal("-0.03"), "USDT", "normal_cancel")
    assert (told.size, told.filled, told.average_price) == (Decimal(2), Decimal("0.5"), Decimal(101))
    assert (told.reduce_only, told.created_at, told.updated_at) == (True, 5, 6)


def test_the_side_is_the_orders_in_hedge_mode(server: responses.RequestsMock) -> None:
    """What closes a long position sells, other than on V2, where it says "buy"."""
    told = looked_up(server)
    assert (told.side, told.position_side) == ("sell", "long")


@pytest.mark.parametrize(
    ("word", "status"),
    [("live", "live"), ("new", "live"), ("partially_filled", "partially_filled"), ("filled", "filled")],
)
def test_states_of_orders(server: responses.RequestsMock, word: str, status: str) -> None:
    """``new`` and ``live`` are both open."""
    assert looked_up(server, orderStatus=word).status == status


@pytest.mark.parametrize(("word", "flag"), [("YES", True), ("yes", True), ("1", True), ("NO", False), ("", None)])
def test_flags_of_answers(server: responses.RequestsMock, word: str, flag: bool | None) -> None:
    """All spellings that sources know; an empty one says nothing."""
    assert looked_up(server, reduceOnly=word).reduce_only is flag


def test_a_rebate_is_above_zero(server: responses.RequestsMock) -> None:
    """Below 0 on the wire."""
    assert looked_up(server, feeDetail=[{"feeCoin": "USDT", "fee": "-0.01"}]).fee == Decimal("0.01")


def test_fees_in_two_coins_are_not_added(server: responses.RequestsMock) -> None:
    """They are not one amount; the row has them."""
    told = looked_up(server, feeDetail=[{"feeCoin": "USDT", "fee": "1"}, {"feeCoin": "BGB", "fee": "2"}])
    assert (told.fee, told.fee_currency) == (None, None)
    assert [one.fee for one in told.raw.feeDetail] == [Decimal(1), Decimal(2)]


@pytest.mark.parametrize("qty", ["0", "100"])
def test_an_order_over_an_amount_has_no_size(server: responses.RequestsMock, qty: str) -> None:
    """A market buy on spot says how much money: that is no size, whatever ``qty`` says."""
    spot = {"category": "spot", "orderType": "market", "side": "buy", "price": "0", "qty": qty, "amount": "100"}
    told = looked_up(server, **spot)
    assert (told.size, told.price, told.raw.amount) == (None, None, Decimal(100))


def test_a_fill_in_neutral_words(server: responses.RequestsMock) -> None:
    """With the fee below 0 when paid, and who added liquidity."""
    row = {
        "execId": "e1", "orderId": "7", "clientOid": "mine", "category": "usdt-futures", "symbol": "BTCUSDT",
        "side": "sell", "execPrice": "101", "execQty": "0.5", "execValue": "50.5", "tradeScope": "maker",
        "feeDetail": [{"feeCoin": "USDT", "fee": "0.03"}], "execPnl": "-0.002", "createdTime": "5",
    }  # fmt: skip
    server.get(f"{HOST}/api/v3/trade/fills", json=ok({"list": [row], "cursor": None}))
    with client() as bitget:
        told = bitget.uta.get_fills()[0].to_update()
    assert told is not None
    assert (told.trade_id, told.size, told.price, told.side) == ("e1", Decimal("0.5"), Decimal(101), "sell")
    assert (told.fee, told.fee_currency, told.is_maker, told.ts) == (Decimal("-0.03"), "USDT", True, 5)


POSITION: Final = {
    "category": "USDT-FUTURES", "symbol": "BTCUSDT", "marginCoin": "USDT", "holdMode": "hedge_mode", "posSide": "short",
    "marginMode": "crossed", "positionBalance": "10", "available": "1", "frozen": "1", "total": "2", "leverage": "3",
    "avgPrice": "100", "markPrice": "99", "liquidationPrice": "150", "unrealisedPnl": "2", "curRealisedPnl": "-1",
    "createdTime": "5", "updatedTime": "6",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "side", "size", "liquidation"),
    [
        ({}, "short", -2, 150),
        ({"holdMode": "one_way_mode"}, "net", -2, 150),
        ({"posSide": "long", "liquidationPrice": "0"}, "long", 2, None),
        ({"posSide": "long", "liquidationPrice": "-5"}, "long", 2, None),
    ],
)
def test_a_position_in_neutral_words(
    server: responses.RequestsMock, changes: dict[str, Any], side: str, size: int, liquidation: int | None
) -> None:
    """Signed size; a liquidation price of 0 or less says that there is none."""
    server.get(f"{HOST}/api/v3/position/current-position", json=ok({"list": [{**POSITION, **changes}]}))
    with client() as bitget:
        (row,) = bitget.uta.get_positions("USDT-FUTURES")
    told: Any = row.to_update()
    assert (told.side, told.size, told.liquidation_price) == (side, size, liquidation)
    assert (told.product, told.margin_mode, told.margin, told.entry_price) == ("USDT-FUTURES", "cross", 10, 100)
    assert row.taken_at == 1_700_000_000_123


def test_the_account_in_neutral_words(server: responses.RequestsMock) -> None:
    """Totals in USD, a balance for each coin, complete; "" is nothing and not 0."""
    coin = {"coin": "USDT", "equity": "6", "balance": "5", "available": "4", "locked": "1", "debt": "", "usdValue": "6"}
    account = {"accountEquity": "11", "mmr": "1", "imr": "2", "mgnRatio": "0.1", "unrealisedPnl": "", "assets": [coin]}
    server.get(f"{HOST}/api/v3/account/assets", json=ok(account))
    server.get(f"{HOST}/api/v3/account/funding-assets", json=ok([{"coin": "BTC", "balance": "2", "available": "2"}]))
    with client() as bitget:
        told: Any = bitget.uta.get_account_assets().to_update()
        funding: Any = bitget.uta.get_funding_assets()[0].to_balance()
    assert (told.total_equity, told.maintenance_margin, told.initial_margin, told.margin_ratio) == (
        Decimal(11), Decimal(1), Decimal(2), Decimal("0.1"),
    )  # fmt: skip
    assert (told.is_snapshot, told.unrealized_pnl, told.updated_at) == (True, None, 1_700_000_000_123)
    (usdt,) = told.balances
    assert (usdt.currency, usdt.cash, usdt.available, usdt.frozen, usdt.liability) == ("USDT", 5, 4, 1, None)
    assert usdt.updated_at == told.updated_at
    assert (funding.currency, funding.cash) == ("BTC", 2)


# -- instruments -------------------------------------------------------------------------------------------------------

FUTURE: Final = {
    "symbol": "BTCUSDT", "category": "USDT-FUTURES", "baseCoin": "BTC", "quoteCoin": "USDT", "minOrderQty": "0.0001",
    "maxOrderQty": "", "maxMarketOrderQty": "220", "pricePrecision": "1", "quantityPrecision": "4",
    "priceMultiplier": "0.5", "quantityMultiplier": "0.0002", "type": "perpetual", "status": "online", "offTime": "-1",
}  # fmt: skip
SPOT: Final = {
    "symbol": "BTCUSDT", "category": "SPOT", "baseCoin": "BTC", "quoteCoin": "USDT", "minOrderQty": "0.00001",
    "pricePrecision": "2", "quantityPrecision": "6", "quotePrecision": "6", "status": "online",
}  # fmt: skip


def rules(server: responses.RequestsMock, row: dict[str, Any]) -> Any:
    server.get(f"{HOST}/api/v3/market/instruments", json=ok([row]))
    with client() as bitget:
        return bitget.uta.get_instruments(row["category"])[0].to_spec()


def test_rules_of_futures(server: responses.RequestsMock) -> None:
    """The multipliers are the steps; sizes are in base currency, so a contract is 1 of it."""
    told = rules(server, FUTURE)
    assert (told.kind, told.tick, told.lot) == ("swap", Decimal("0.5"), Decimal("0.0002"))
    assert told.min_size == Decimal("0.0001")
    assert (told.settle, told.contract_value, told.contract_currency, told.is_inverse) == ("USDT", 1, "BTC", False)
    assert (told.max_limit_size, told.max_market_size, told.expires_at) == (None, 220, None)


def test_rules_of_spot(server: responses.RequestsMock) -> None:
    """Digits are all that is told."""
    told = rules(server, SPOT)
    assert (told.kind, told.tick, told.lot, told.settle) == ("spot", Decimal("0.01"), Decimal("0.000001"), None)


@pytest.mark.parametrize("digits", ["", "-1", "99999999"])
def test_rules_without_a_step(server: responses.RequestsMock, digits: str) -> None:
    """What does not say how prices go is no rule."""
    with pytest.raises(DecodeError, match="priceMultiplier"):
        rules(server, {**SPOT, "pricePrecision": digits})


@pytest.mark.parametrize("word", [{"type": "delivery"}, {"type": "", "symbolType": "delivery"}])
def test_rules_of_delivery_futures(server: responses.RequestsMock, word: dict[str, str]) -> None:
    """Sources differ in the field that says so; COIN-FUTURES are settled in the base currency."""
    told = rules(server, {**FUTURE, "category": "COIN-FUTURES", "deliveryTime": "9", **word})
    assert (told.kind, told.settle, told.expires_at) == ("futures", "BTC", 9)


@pytest.mark.parametrize(("quote", "least"), [("USDT", Decimal(5)), ("USDC", None)])
def test_the_least_worth_of_an_order(server: responses.RequestsMock, quote: str, least: Decimal | None) -> None:
    """It is told in USDT, and said where that is the money of the instrument."""
    told = rules(server, {**FUTURE, "quoteCoin": quote, "minOrderAmount": "5"})
    assert told.min_notional == least


def test_the_helper_of_instruments(server: responses.RequestsMock) -> None:
    """Rounds by the rules of futures; spot has instruments of the same names, so that one source is of one of them."""
    row, dated = FUTURE, {**FUTURE, "symbol": "BTCUSDTZ26", "type": "delivery"}
    for category, rows in {"USDT-FUTURES": [row, dated], "COIN-FUTURES": None, "USDC-FUTURES": []}.items():
        query = matchers.query_param_matcher({"category": category})
        server.get(f"{HOST}/api/v3/market/instruments", json=ok(rows), match=[query])
    with client() as bitget:
        futures = bitget.instruments
        assert futures["BTCUSDT"].round_price("100.7", "buy") == Decimal("100.5")
        assert futures["BTCUSDTZ26"].kind == "futures"
        with pytest.raises(ConfigError, match=r"here: swap, futures; a client has pairs in spot_instruments"):
            futures.all("SPOT")
        with pytest.raises(ConfigError, match="here: spot"):
            bitget.spot_instruments.all("swap")
        with pytest.raises(ConfigError, match="same names"):
            UtaInstruments(bitget, ("SPOT", "USDT-FUTURES"))


# -- listings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [None, [], {"list": None}, {"list": []}, {"list": None, "cursor": None}])
def test_a_null_list_is_an_empty_one(server: responses.RequestsMock, data: Any) -> None:
    """Both are seen for one call: no position, and no error."""
    server.get(f"{HOST}/api/v3/position/current-position", json=ok(data))
    with client() as bitget:
        assert bitget.uta.get_positions("USDT-FUTURES") == []


@pytest.mark.parametrize("data", [[{"orderId": "1"}], {"list": [{"orderId": "1"}]}])
def test_a_list_may_stand_alone_or_in_an_object(server: responses.RequestsMock, data: Any) -> None:
    """Sources disagree on open strategy orders."""
    server.get(f"{HOST}/api/v3/trade/unfilled-strategy-orders", json=ok(data))
    with client() as bitget:
        assert [row.orderId for row in bitget.uta.get_open_strategy_orders("USDT-FUTURES")] == ["1"]


def test_open_orders_are_read_to_their_end(server: responses.RequestsMock) -> None:
    """By the cursor, until it is null."""
    pages = {"": ("3", "c1"), "c1": ("2", "c2"), "c2": ("1", None)}

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        number, following = pages[dict(parse_qsl(request.url.partition("?")[2])).get("cursor", "")]
        return 200, {}, json.dumps(ok({"list": [{**ORDER, "orderId": number}], "cursor": following}))

    server.add_callback(responses.GET, f"{HOST}/api/v3/trade/unfilled-orders", callback=answer)
    with client() as bitget:
        assert [row.orderId for row in bitget.uta.iter_open_orders()] == ["3", "2", "1"]


def test_long_times_are_cut(server: responses.RequestsMock) -> None:
    """A request spans 30 days at most; the windows meet and do not overlap."""
    asked: list[tuple[int, int]] = []

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        query = dict(parse_qsl(request.url.partition("?")[2]))
        asked.append((int(query["startTime"]), int(query["endTime"])))
        return 200, {}, json.dumps(ok({"list": None, "cursor": ""}))

    server.add_callback(responses.GET, f"{HOST}/api/v3/trade/fills", callback=answer)
    start, end = 1_700_000_000_000, 1_700_000_000_000 + 70 * DAY_MS
    with client() as bitget:
        assert list(bitget.uta.iter_fills().between(start, end)) == []
    assert (asked[0][1], asked[-1][0]) == (end - 1, start)
    assert all(last - first < 30 * DAY_MS for first, last in asked)
    assert all(newer[0] == older[1] + 1 for newer, older in itertools.pairwise(asked))


@pytest.mark.parametrize("is_inclusive", [False, True])
def test_candles_are_read_backwards(server: responses.RequestsMock, is_inclusive: bool) -> None:
    """Each once, whether ``endTime`` takes the candle that opens then or, as the page says, only older ones."""
    times = [60_000 * n for n in range(2_000_000, 2_000_007)]

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        asked = dict(parse_qsl(request.url.partition("?")[2]))
        end = int(asked.get("endTime", 10**15)) + is_inclusive
        found = [at for at in reversed(times) if at < end][: min(2, int(asked["limit"]))]
        return 200, {}, json.dumps(ok([[str(at), "1", "1", "1", "1", "1", "1"] for at in found]))

    for name in ("candles", "history-candles"):
        server.add_callback(responses.GET, f"{HOST}/api/v3/market/{name}", callback=answer)
    with client() as bitget:
        pager = bitget.uta.iter_candles("USDT-FUTURES", "BTCUSDT", "1m", limit=2)
        assert [row.ts for row in pager] == times[::-1]
        assert [row.ts for row in pager.between(times[1], times[4])] == times[3:0:-1]


def test_pages_of_funding_have_numbers(server: responses.RequestsMock) -> None:
    """Which Bitget calls ``cursor``; a short page is the last one."""

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        query = dict(parse_qsl(request.url.partition("?")[2]))
        count = 2 if query["cursor"] == "1" else 1
        times = [f"{query['cursor']}{number}" for number in range(count)]
        rows = [{"symbol": "BTCUSDT", "fundingRate": "0.1", "fundingRateTimestamp": at} for at in times]
        return 200, {}, json.dumps(ok({"resultList": rows}))

    server.add_callback(responses.GET, f"{HOST}/api/v3/market/history-fund-rate", callback=answer)
    with client() as bitget:
        rows = list(bitget.uta.iter_funding_rate_history("USDT-FUTURES", "BTCUSDT", limit=2))
    assert [row.fundingRateTimestamp for row in rows] == [10, 11, 20]


def test_deposits_go_on_from_the_smallest_id(server: responses.RequestsMock) -> None:
    """The list has no cursor beside it."""
    pages: dict[str, list[str]] = {"": ["9", "8"], "8": ["7"], "7": []}

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        cursor = dict(parse_qsl(request.url.partition("?")[2])).get("cursor", "")
        return 200, {}, json.dumps(ok([{"orderId": number} for number in pages[cursor]]))

    server.add_callback(responses.GET, f"{HOST}/api/v3/account/deposit-records", callback=answer)
    with client() as bitget:
        assert [row.orderId for row in bitget.uta.iter_deposit_records(1, 2)] == ["9", "8", "7"]


def test_coins_without_fields_are_rows(server: responses.RequestsMock) -> None:
    """The answer is a list of texts."""
    server.get(f"{HOST}/api/v3/account/transferable-coins", json=ok(["USDT", "BTC"]))
    with client() as bitget:
        assert [row.coin for row in bitget.uta.get_transferable_coins("uta", "spot")] == ["USDT", "BTC"]


# -- orders ------------------------------------------------------------------------------------------------------------


def test_words_of_other_places_are_refused(server: responses.RequestsMock) -> None:
    """Categories in the small letters of the streams, and V2's spelling of flags, with a hint; nothing is sent."""
    with client() as bitget:
        with pytest.raises(ConfigError, match="category") as caught:
            bitget.uta.place_order(**{**NEW, "category": "usdt-futures"})
        assert "USDT-FUTURES" in (caught.value.hint or "")
        with pytest.raises(ConfigError, match="reduce_only"):
            bitget.uta.place_order(**NEW, reduce_only="YES")  # type: ignore[arg-type]
        with pytest.raises(ConfigError, match="price"):
            bitget.uta.place_order(**{**NEW, "price": 0.1})
    assert len(server.calls) == 0


def test_neutral_words(server: responses.RequestsMock) -> None:
    """Work in single calls and in batches."""
    server.post(f"{HOST}/api/v3/trade/place-order", json=ok({"orderId": "1", "clientOid": "mine"}))
    server.post(f"{HOST}/api/v3/trade/place-batch", json=ok([{"orderId": "1", "clientOid": "mine"}]))
    words: dict[str, Any] = {
        "inst_id": "BTCUSDT",
        "side": "buy",
        "order_type": "limit",
        "size": "0.01",
        "price": "100.50",
    }
    with client() as bitget:
        bitget.uta.place_order("USDT-FUTURES", client_order_id="mine", **words)
        bitget.uta.place_batch_orders([{"category": "USDT-FUTURES", "client_order_id": "mine", **words}])
    assert body_of(server.calls[0]) == NEW_SENT
    assert body_of(server.calls[1]) == [NEW_SENT]


def test_an_order_has_an_id_of_its_own(server: responses.RequestsMock) -> None:
    """Made up when none is given: 32 characters at most."""
    server.post(f"{HOST}/api/v3/trade/place-order", json=ok({"orderId": "1", "clientOid": None}))
    order = {name: value for name, value in NEW.items() if name != "client_oid"}
    with client() as bitget, pytest.raises(OrderStatusUnknown):  # the answer does not name this order
        bitget.uta.place_order(**order)
    assert len(body_of(server.calls[0])["clientOid"]) == 32


def test_a_reduce_only_order_may_come_without_an_id(server: responses.RequestsMock) -> None:
    """It took the place of another one: the answer names it by our own id alone, and it is accepted."""
    server.post(f"{HOST}/api/v3/trade/place-order", json=ok({"orderId": None, "clientOid": "mine"}))
    with client() as bitget:
        receipt = bitget.uta.place_order(**NEW, reduce_only=True)
    assert (receipt.ok, receipt.orderId, receipt.clientOid) == (True, None, "mine")


@pytest.mark.parametrize("data", [None, {}, {"orderId": "1", "clientOid": "another"}, "success"])
def test_an_answer_that_does_not_tell(server: responses.RequestsMock, data: Any) -> None:
    """No receipt of this order: nobody knows whether it stands."""
    server.post(f"{HOST}/api/v3/trade/place-order", json=ok(data))
    with client() as bitget, pytest.raises(OrderStatusUnknown) as caught:
        bitget.uta.place_order(**NEW)
    assert caught.value.orders[0] == {"symbol": "BTCUSDT", "clientOid": "mine", "category": "USDT-FUTURES"}
    assert len(server.calls) == 1


@pytest.mark.parametrize("code", ["40010", "40015", "40725", "40808", "45001", "25000", "25001", "25003"])
def test_a_write_of_unknown_outcome(server: responses.RequestsMock, code: str) -> None:
    """Sent once, with the id to look it up by; in a batch as well, and as HTTP 400."""
    server.post(f"{HOST}/api/v3/trade/place-order", json=refusal(code), status=400)
    server.post(f"{HOST}/api/v3/trade/place-batch", json=refusal(code))
    with client() as bitget:
        for send in (lambda: bitget.uta.place_order(**NEW), lambda: bitget.uta.place_batch_orders([NEW])):
            with pytest.raises(OrderStatusUnknown) as caught:
                send()
            assert caught.value.orders[0]["clientOid"] == "mine"
    assert len(server.calls) == 2


def test_a_batch_is_judged_row_by_row(server: responses.RequestsMock) -> None:
    """The code of the whole says OK though an order was refused, one is unknown, and one is not in the answer."""
    rows = [
        {"orderId": "", "clientOid": "b", "code": "25202", "msg": "balance"},
        {"orderId": "1", "clientOid": "a", "code": "00000", "msg": "success"},
        {"orderId": "", "clientOid": "c", "code": "25001", "msg": "timeout"},
    ]
    server.post(f"{HOST}/api/v3/trade/place-batch", json=ok(rows))
    orders = [UtaNewOrder("USDT-FUTURES", "BTCUSDT", "buy", "market", "1", client_oid=name) for name in "abcd"]
    with client() as bitget:
        told = bitget.uta.place_batch_orders(orders)
    assert [row.clientOid for row in told] == list("abcd")
    assert [row.clientOid for row in told.accepted] == ["a"]
    assert [(row.clientOid, row.code) for row in told.refused] == [("b", "25202")]
    assert [row.clientOid for row in told.unknown] == ["c", "d"]
    assert told.lost is not None
    assert [one["clientOid"] for one in told.lost.orders] == ["c", "d"]
    assert not told


def test_a_batch_counts_as_one_request(server: responses.RequestsMock) -> None:
    """Five batches of 20 orders in a second, then it waits."""
    clock = TurnedClock()

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        rows = [{"orderId": "1", "clientOid": one["clientOid"]} for one in json.loads(request.body)]
        return 200, {}, json.dumps(ok(rows))

    server.add_callback(responses.POST, f"{HOST}/api/v3/trade/place-batch", callback=answer)
    batch = [UtaNewOrder("USDT-FUTURES", "BTCUSDT", "buy", "market", "1")] * 20
    with client(clock) as bitget:
        for _ in range(5):
            bitget.uta.place_batch_orders(batch)
        assert clock.slept == []
        bitget.uta.place_batch_orders(batch)
    assert sum(clock.slept) >= 1


@pytest.mark.parametrize(
    ("ids", "answer"),
    [
        ({"client_oid": "mine"}, {"orderId": "8", "clientOid": "mine"}),
        ({"order_id": "7"}, {"orderId": "8", "clientOid": "mine"}),
        ({"order_id": "7", "client_oid": "mine"}, {"orderId": "8", "clientOid": "mine"}),
        ({"order_id": "7"}, {"orderId": "8", "clientOid": ""}),
    ],
)
def test_a_change_may_give_another_id(
    server: responses.RequestsMock, ids: dict[str, Any], answer: dict[str, str]
) -> None:
    """Nobody documents whether the order keeps its id: the receipt has the one to go on with."""
    server.post(f"{HOST}/api/v3/trade/modify-order", json=ok(answer))
    with client() as bitget:
        receipt = bitget.uta.amend_order(**ids, new_price="101")
    assert (receipt.ok, receipt.orderId) == (True, "8")


@pytest.mark.parametrize("data", [None, {}, {"orderId": "8", "clientOid": "x"}])
def test_a_change_without_a_receipt(server: responses.RequestsMock, data: Any) -> None:
    """It names no order, or another one: nobody knows."""
    server.post(f"{HOST}/api/v3/trade/modify-order", json=ok(data))
    with client() as bitget, pytest.raises(OrderStatusUnknown) as caught:
        bitget.uta.amend_order(client_oid="mine", qty="2")
    assert caught.value.orders[0]["clientOid"] == "mine"


def test_an_id_is_needed() -> None:
    """To change, cancel and look up."""
    with client() as bitget:
        calls = (
            lambda: bitget.uta.amend_order("USDT-FUTURES", "BTCUSDT", qty="1"),
            lambda: bitget.uta.cancel_order("USDT-FUTURES", "BTCUSDT"),
            lambda: bitget.uta.get_order(),
            lambda: bitget.uta.cancel_strategy_order(),
            lambda: bitget.uta.cancel_batch_orders([{"category": "SPOT", "symbol": "BTCUSDT"}]),
        )
        for call in calls:
            with pytest.raises(ConfigError, match="order_id"):
                call()


@pytest.mark.parametrize("data", [None, {"orderId": "7", "clientOid": "mine"}])
def test_a_canceled_strategy_order(server: responses.RequestsMock, data: Any) -> None:
    """Bitget answers "OK" and no more, or names it."""
    server.post(f"{HOST}/api/v3/trade/cancel-strategy-order", json=ok(data))
    with client() as bitget:
        receipt = bitget.uta.cancel_strategy_order("7")
    assert (receipt.ok, receipt.orderId) == (True, "7")


def test_a_lost_cancel_of_a_strategy_order(server: responses.RequestsMock) -> None:
    """It is an order: no blind repetition."""
    server.post(f"{HOST}/api/v3/trade/cancel-strategy-order", json=refusal("40725"))
    with client() as bitget, pytest.raises(OrderStatusUnknown):
        bitget.uta.cancel_strategy_order("7")


def test_all_orders_are_canceled_one_by_one(server: responses.RequestsMock) -> None:
    """Each with its verdict; without a code it is accepted; a lost answer says that nobody knows."""
    rows = [{"orderId": "1", "clientOid": "a"}, {"orderId": "2", "clientOid": "b", "code": "25204", "msg": "gone"}]
    server.post(f"{HOST}/api/v3/trade/cancel-symbol-order", json=ok({"list": rows}))
    server.post(f"{HOST}/api/v3/trade/close-positions", json=refusal("45001"))
    with client() as bitget:
        told = bitget.uta.cancel_all_orders("USDT-FUTURES")
        assert [(row.orderId, row.ok) for row in told] == [("1", True), ("2", False)]
        with pytest.raises(OrderStatusUnknown):
            bitget.uta.close_positions("USDT-FUTURES")


# -- errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("40084", "client.mix"),
        ("40085", "client.uta"),
        ("40128", "client.uta"),
        ("25245", "client.mix"),
        ("40115", "once it is done"),
    ],
)
def test_the_wrong_kind_of_account(server: responses.RequestsMock, code: str, hint: str) -> None:
    """An HTTP 400 with a code is that code; it is not asked again, and the hint says where to go."""
    server.get(f"{HOST}/api/v3/account/assets", json=refusal(code), status=400)
    with client() as bitget, pytest.raises(OkxAuthError) as caught:
        bitget.uta.get_account_assets()
    assert caught.value.code == code
    assert hint in (caught.value.hint or "")
    assert len(server.calls) == 1


def test_an_order_that_is_not_there(server: responses.RequestsMock) -> None:
    """Comes as HTTP 400 as well."""
    server.get(f"{HOST}/api/v3/trade/order-info", json=refusal("25204"), status=400)
    with client() as bitget, pytest.raises(OkxApiError) as caught:
        bitget.uta.get_order(client_order_id="mine")
    assert (caught.value.code, caught.value.retryable) == ("25204", False)


def test_what_writes_is_guarded() -> None:
    """``read_only`` and ``dry_run``; a POST that only computes is no write."""
    with BitgetClient(BitgetConfig(KEY), read_only=True) as bitget:
        for write in (lambda: bitget.uta.place_order(**NEW), lambda: bitget.uta.set_countdown_cancel_all(30)):
            with pytest.raises(ReadOnlyError):
                write()
    with BitgetClient(BitgetConfig(KEY), dry_run=True) as bitget, pytest.raises(DryRun) as caught:
        bitget.uta.place_order(**NEW, reduce_only=False)
    assert '"reduceOnly":"no"' in str(vars(caught.value))
    assert ENDPOINTS["get_max_open"].reads
    writes = {one.name for one in Uta.endpoints if not one.reads}
    assert {one.name for one in Uta.endpoints if one.method == "POST"} - writes == {"get_max_open"}
