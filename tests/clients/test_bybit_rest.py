"""BybitClient: what goes out, what comes back, limits, paging, the kind of account; each endpoint is called once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
import responses
from responses import matchers

from okx_sync import BybitClient, BybitConfig, Credentials
from okx_sync.errors import (
    ConfigError,
    DecodeError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OkxHttpError,
    OkxRateLimitError,
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.exchanges.bybit.signing import rest_sign
from okx_sync.rest import Limiter
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bybit.com"
KEY: Final = Credentials("key-1234", "secret")
TIME: Final = "/v5/market/time"
PERP: Final = {"category": "linear", "symbol": "BTCUSDT"}

CALLS: Final[list[tuple[str, str, dict[str, Any], dict[str, str]]]] = [
    ("get_server_time", "time", {}, {}),
    ("get_instruments", "instruments-info", {"category": "linear", "limit": 10}, {"category": "linear", "limit": "10"}),
    ("get_tickers", "tickers", PERP, PERP),
    ("get_order_book", "orderbook", {**PERP, "limit": 50}, {**PERP, "limit": "50"}),
    ("get_full_order_book", "full_orderbook", PERP, PERP),
    ("get_rpi_order_book", "rpi_orderbook", {**PERP, "limit": 5}, {**PERP, "limit": "5"}),
    (
        "get_candles",
        "kline",
        {**PERP, "interval": "60", "start": 1, "end": 2},
        {**PERP, "interval": "60", "start": "1", "end": "2"},
    ),
    ("get_mark_price_candles", "mark-price-kline", {**PERP, "interval": "D"}, {**PERP, "interval": "D"}),
    ("get_index_price_candles", "index-price-kline", {**PERP, "interval": "D"}, {**PERP, "interval": "D"}),
    ("get_premium_index_candles", "premium-index-price-kline", {**PERP, "interval": "D"}, {**PERP, "interval": "D"}),
    (
        "get_trades",
        "recent-trade",
        {"category": "option", "base_coin": "BTC", "option_type": "Call"},
        {"category": "option", "baseCoin": "BTC", "optionType": "Call"},
    ),
    ("get_funding_rate_history", "funding/history", {**PERP, "end_time": 9}, {**PERP, "endTime": "9"}),
    ("get_open_interest", "open-interest", {**PERP, "interval_time": "1h"}, {**PERP, "intervalTime": "1h"}),
    ("get_long_short_ratio", "account-ratio", {**PERP, "period": "1h"}, {**PERP, "period": "1h"}),
    (
        "get_historical_volatility",
        "historical-volatility",
        {"category": "option", "period": 30},
        {"category": "option", "period": "30"},
    ),
    (
        "get_delivery_prices",
        "delivery-price",
        {"category": "inverse", "settle_coin": "BTC"},
        {"category": "inverse", "settleCoin": "BTC"},
    ),
    (
        "get_new_delivery_prices",
        "new-delivery-price",
        {"category": "option", "base_coin": "BTC"},
        {"category": "option", "baseCoin": "BTC"},
    ),
    ("get_price_limit", "price-limit", PERP, PERP),
    ("get_risk_limits", "risk-limit", PERP, PERP),
    ("get_insurance_fund", "insurance", {"coin": "BTC"}, {"coin": "BTC"}),
    ("get_adl_alerts", "adlAlert", {"symbol": "BTCUSDT"}, {"symbol": "BTCUSDT"}),
    ("get_index_components", "index-price-components", {"index_name": "BTCUSDT"}, {"indexName": "BTCUSDT"}),
    ("get_fee_groups", "fee-group-info", {"product_type": "contract"}, {"productType": "contract"}),
]
"""Method, path behind ``/v5/market/``, arguments, and the query that they are."""


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(clock: TurnedClock | None = None, **settings: Any) -> BybitClient:
    return BybitClient(BybitConfig(**settings), clock=clock or TurnedClock())


def ok(result: Any, **more: Any) -> dict[str, Any]:
    return {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": 1_700_000_000_123, **more}


def refusal(code: int, text: str = "no") -> dict[str, Any]:
    return {"retCode": code, "retMsg": text, "result": {}, "retExtInfo": {}, "time": 1_700_000_000_123}


@pytest.mark.parametrize(("name", "path", "arguments", "query"), CALLS, ids=[call[0] for call in CALLS])
def test_each_endpoint_asks_as_documented(
    server: responses.RequestsMock, name: str, path: str, arguments: dict[str, Any], query: dict[str, str]
) -> None:
    """Method, path and query; no key is shown for public data."""
    is_list = "list" in str(getattr(BybitClient().market, name).__annotations__["return"])
    server.get(f"{HOST}/v5/market/{path}", json=ok({"list": []} if is_list else {"symbol": "s"}),
               match=[matchers.query_param_matcher(query)])  # fmt: skip
    with client(credentials=KEY) as bybit:
        answer = getattr(bybit.market, name)(**arguments)
    assert (answer == []) is is_list
    assert "X-BAPI-API-KEY" not in server.calls[0].request.headers


def test_each_endpoint_has_a_call_of_this_table() -> None:
    """None of the group market is left out."""
    declared = [one for one in BybitClient.endpoints() if one.group == "market"]
    assert {(one.name, one.path) for one in declared} == {(name, f"/v5/market/{path}") for name, path, *_ in CALLS}
    assert {(one.method, one.auth) for one in declared} == {("GET", False)}


def test_rows_are_typed(server: responses.RequestsMock) -> None:
    """Columns, levels and nested objects come as their classes with exact numbers."""
    server.get(f"{HOST}/v5/market/kline", json=ok({"list": [["1700000000000", "1.10", "2", "1", "1.5", "3", "4"]]}))
    book = {"s": "BTCUSDT", "b": [["100.10", "2"]], "a": [], "ts": 5, "u": 7, "seq": 8, "cts": 4}
    server.get(f"{HOST}/v5/market/orderbook", json=ok(book))
    server.get(f"{HOST}/v5/market/historical-volatility", json=ok([{"period": 7, "value": "0.5", "time": "9"}]))
    with client() as bybit:
        (candle,) = bybit.market.get_candles("BTCUSDT", "1")
        assert (candle.startTime, candle.openPrice) == (1_700_000_000_000, Decimal("1.10"))
        told = bybit.market.get_order_book("linear", "BTCUSDT")
        assert (told.b[0].price, told.a, told.seq) == (Decimal("100.10"), (), 8)
        assert bybit.market.get_historical_volatility("option")[0].value == Decimal("0.5")


def test_what_is_signed_is_what_is_sent(server: responses.RequestsMock) -> None:
    """A cursor with escapes in it goes out escaped once more, and the signature is of those bytes; bodies as well."""
    server.get(f"{HOST}/v5/order/history", json=ok({"list": []}))
    server.post(f"{HOST}/v5/position/set-leverage", json=ok({}))
    with client(credentials=KEY) as bybit:
        bybit.request("GET", "/v5/order/history", {"category": "linear", "cursor": "a%3D1%26b"})
        bybit.request("POST", "/v5/position/set-leverage", {"symbol": "BTCUSDT", "positionIdx": 1})
    get, post = (call.request for call in server.calls)
    query = (get.url or "").partition("?")[2]
    assert query == "category=linear&cursor=a%253D1%2526b"
    assert dict(parse_qsl(query))["cursor"] == "a%3D1%26b"
    stamp = get.headers["X-BAPI-TIMESTAMP"]
    assert (stamp, get.headers["X-BAPI-RECV-WINDOW"]) == ("1700000000000", "5000")
    assert get.headers["X-BAPI-SIGN"] == rest_sign(KEY, stamp, "5000", query)
    assert post.body == b'{"symbol":"BTCUSDT","positionIdx":1}'
    assert post.headers["X-BAPI-SIGN"] == rest_sign(KEY, stamp, "5000", post.body.decode())


def test_the_clock_is_learned(server: responses.RequestsMock) -> None:
    """A call that came too late is signed once more by the server's clock."""
    server.get(f"{HOST}/v5/account/info", json=refusal(10002, "invalid request, timestamp"))
    server.get(f"{HOST}{TIME}", json=ok({"timeSecond": "1700000060", "timeNano": "1700000060000000000"}))
    server.get(f"{HOST}/v5/account/info", json=ok({"unifiedMarginStatus": 5}))
    with client(credentials=KEY) as bybit:
        assert bybit.request("GET", "/v5/account/info")[0]["unifiedMarginStatus"] == 5
    assert server.calls[2].request.headers["X-BAPI-TIMESTAMP"] == "1700000060000"


@pytest.mark.parametrize(
    ("code", "kind"),
    [(10003, OkxAuthError), (33004, OkxAuthError), (10005, OkxAuthError), (110088, OkxApiError), (10001, OkxApiError)],
)
def test_refusals(server: responses.RequestsMock, code: int, kind: type[Exception]) -> None:
    """Each is an error of its meaning, with a hint at the cure, and is not asked again."""
    server.get(f"{HOST}/v5/account/info", json=refusal(code))
    with client(credentials=KEY) as bybit, pytest.raises(kind) as caught:
        bybit.request("GET", "/v5/account/info")
    assert getattr(caught.value, "hint", None)
    assert len(server.calls) == 1


@pytest.mark.parametrize("code", [10000, 10016, 170007, 170146, 170147, 170310])
def test_a_write_of_unknown_outcome_is_not_sent_twice(server: responses.RequestsMock, code: int) -> None:
    """It is told as what it is, with the id to look it up by."""
    server.post(f"{HOST}/v5/order/create", json=refusal(code))
    order = {"category": "linear", "symbol": "BTCUSDT", "side": "Buy", "orderType": "Market", "qty": "1"}
    with client(credentials=KEY) as bybit, pytest.raises(OrderStatusUnknown) as caught:
        bybit.request("POST", "/v5/order/create", {**order, "orderLinkId": "mine-1"})
    assert caught.value.orders[0]["orderLinkId"] == "mine-1"
    assert len(server.calls) == 1


def test_a_batch_is_judged_row_by_row(server: responses.RequestsMock) -> None:
    """The whole says OK though a row was refused: its verdict stands beside the list."""
    rows = [{"orderId": "1", "orderLinkId": "a"}, {"orderId": "", "orderLinkId": "b"}]
    verdicts = {"list": [{"code": 0, "msg": "OK"}, {"code": 110007, "msg": "not enough"}]}
    server.post(f"{HOST}/v5/order/create-batch", json=ok({"list": rows}, retExtInfo=verdicts))
    order = {"symbol": "BTCUSDT", "side": "Buy", "orderType": "Market", "qty": "1"}
    batch = {"category": "linear", "request": [{**order, "orderLinkId": name} for name in "ab"]}
    with client(credentials=KEY) as bybit:
        told = bybit.request("POST", "/v5/order/create-batch", batch)
    assert [row["code"] for row in told] == [0, 110007]
    assert json.loads(server.calls[0].request.body or b"") == batch


def test_an_empty_endpoint_is_left_alone_until_its_reset(server: responses.RequestsMock) -> None:
    """The header says that nothing is left, and until when: the next call waits here."""
    clock = TurnedClock()
    left = {"X-Bapi-Limit-Status": "0", "X-Bapi-Limit-Reset-Timestamp": str(round(clock.now * 1000) + 700)}
    server.get(f"{HOST}/v5/position/list", json=ok({"list": []}), headers=left)
    with client(clock, credentials=KEY) as bybit:
        bybit.request("GET", "/v5/position/list", {"category": "option"})
        bybit.request("GET", "/v5/position/list", {"category": "option"})
    assert sum(clock.slept) == pytest.approx(0.7, abs=0.01)


def test_an_address_that_asks_too_often_stops(server: responses.RequestsMock) -> None:
    """After 403 nothing is sent for ten minutes, by any client that shares the limiter; the errors say how long."""
    clock = TurnedClock()
    limiter = Limiter(clock)
    server.get(f"{HOST}{TIME}", status=403, body="<html>403, access too frequent</html>")
    first, second = (BybitClient(clock=clock, limiter=limiter) for _ in range(2))
    for bybit in (first, second):
        with bybit, pytest.raises(OkxRateLimitError) as caught:
            bybit.market.get_server_time()
        assert caught.value.retry_after == 600
    assert len(server.calls) == 1
    assert clock.slept == []


def test_another_403_is_no_stop(server: responses.RequestsMock) -> None:
    """A region that is shut out gets a web page as well."""
    server.get(f"{HOST}{TIME}", status=403, body="<html><title>403 Forbidden</title></html>")
    with client() as bybit, pytest.raises(OkxHttpError) as caught:
        bybit.market.get_server_time()
    assert not isinstance(caught.value, OkxRateLimitError)


def test_calls_of_one_address_are_counted_together(server: responses.RequestsMock) -> None:
    """600 in 5 seconds, whichever they are: the next one waits."""
    clock = TurnedClock()
    server.get(f"{HOST}{TIME}", json=ok({"timeSecond": "1", "timeNano": "1"}))
    server.get(f"{HOST}/v5/market/insurance", json=ok({"list": []}))
    with client(clock) as bybit:
        for _ in range(300):
            bybit.market.get_server_time()
            bybit.market.get_insurance_fund()
        assert clock.slept == []
        bybit.market.get_server_time()
    assert sum(clock.slept) >= 5


def test_a_listing_is_read_to_its_end(server: responses.RequestsMock) -> None:
    """By the cursor of each page, until there is none; what comes again on a second reading is the same."""
    pages = {"": (["a", "b"], "p2%3D"), "p2%3D": (["c"], "")}

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        cursor = dict(parse_qsl(request.url.partition("?")[2])).get("cursor", "")
        names, following = pages[cursor]
        listed = {"list": [{"symbol": name} for name in names], "nextPageCursor": following, "category": "linear"}
        return 200, {}, json.dumps(ok(listed))

    server.add_callback(responses.GET, f"{HOST}/v5/market/instruments-info", callback=answer)
    with client() as bybit:
        pager = bybit.market.iter_instruments("linear")
        assert [row.symbol for row in pager] == ["a", "b", "c"]
        rows = iter(pager)
        next(rows), next(rows)
        assert [row.symbol for row in pager.resume(pager.cursor)] == ["c"]


def test_candles_are_read_backwards(server: responses.RequestsMock) -> None:
    """The end moves towards older ones, whose edge is asked for once; ``between`` cuts them."""
    times = [60_000 * n for n in range(2_000_000, 2_000_005)]

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        asked = dict(parse_qsl(request.url.partition("?")[2]))
        found = [at for at in reversed(times) if at <= int(asked.get("end", 10**15))][: min(2, int(asked["limit"]))]
        return 200, {}, json.dumps(ok({"list": [[str(at), "1", "1", "1", "1", "1", "1"] for at in found]}))

    server.add_callback(responses.GET, f"{HOST}/v5/market/kline", callback=answer)
    with client() as bybit:
        pager = bybit.market.iter_candles("BTCUSDT", "1", limit=2)
        assert [row.startTime for row in pager] == times[::-1]
        assert [row.startTime for row in pager.between(times[1], times[3])] == [times[2], times[1]]


@pytest.mark.parametrize(("status", "kind"), [(1, "classic"), (3, "uta1"), (4, "uta1"), (5, "uta2"), (6, "uta2")])
def test_the_kind_of_account_is_asked_once(server: responses.RequestsMock, status: int, kind: str) -> None:
    """One reading call tells it, and it is kept."""
    server.get(f"{HOST}/v5/account/info", json=ok({"unifiedMarginStatus": status}))
    with client(credentials=KEY) as bybit:
        assert [bybit.account_kind(), bybit.account_kind()] == [kind, kind]
    assert len(server.calls) == 1


def test_the_kind_of_account_may_be_said(server: responses.RequestsMock) -> None:
    """Then nobody asks; a word that is none is refused; an answer that says nothing known is not believed."""
    with BybitClient(BybitConfig(KEY), account_kind="uta2") as bybit:
        assert bybit.account_kind() == "uta2"
    with pytest.raises(ConfigError):
        BybitClient(account_kind="uta9")  # type: ignore[arg-type]
    server.get(f"{HOST}/v5/account/info", json=ok({"unifiedMarginStatus": 99}))
    with client(credentials=KEY) as bybit, pytest.raises(DecodeError):
        bybit.account_kind()


def test_what_writes_is_guarded() -> None:
    """``read_only`` and ``dry_run`` count for calls without a name as well; without a key nothing is signed."""
    body = {"symbol": "BTCUSDT"}
    with BybitClient(BybitConfig(KEY), read_only=True) as bybit, pytest.raises(ReadOnlyError):
        bybit.request("POST", "/v5/position/set-leverage", body)
    with BybitClient(BybitConfig(KEY, dry_run=True)) as bybit, pytest.raises(DryRun):
        bybit.request("POST", "/v5/position/set-leverage", body)
    with BybitClient() as bybit, pytest.raises(OkxAuthError):
        bybit.request("POST", "/v5/position/set-leverage", body, auth=True)


def test_where_it_calls() -> None:
    """Each site and environment has its host; the streams of the Emirates' site need an address."""
    configs = {
        "com": BybitConfig(),
        "ae": BybitConfig(site="ae"),
        "jp": BybitConfig(site="jp"),
        "demo": BybitConfig(environment="demo"),
        "testnet": BybitConfig(environment="testnet"),
    }
    hosts = {name: config.rest_host for name, config in configs.items()}
    assert hosts == {
        "com": HOST,
        "ae": "https://api.bybit.ae",
        "jp": "https://api.manepa.jp",
        "demo": "https://api-demo.bybit.com",
        "testnet": "https://api-testnet.bybit.com",
    }
    with pytest.raises(ConfigError, match="ws_public_url"):
        BybitConfig(site="ae").ws_url("public")
    named = BybitConfig(site="ae", ws_public_url="wss://stream.example.com")
    assert named.ws_url("public") == "wss://stream.example.com/v5/public/linear"


def test_a_profile(tmp_path: Any) -> None:
    """Keys and place may stand in a file; Bybit's have no passphrase."""
    file = tmp_path / "config.toml"
    file.write_text('[profiles.b]\napi_key = "k-12345"\nsecret_key = "s"\nsite = "eu"\nread_only = true\n')
    file.chmod(0o600)
    with BybitClient.from_profile("b", file) as bybit:
        assert (bybit.config.site, bybit.config.read_only) == ("eu", True)
        assert bybit.config.credentials is not None
        assert "k-12345" not in repr(bybit)
