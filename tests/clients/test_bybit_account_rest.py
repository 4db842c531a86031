"""Bybit's account, assets, users, spreads: what goes out and comes back, listings, and calls that move money."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
import requests
import responses

from okx_sync import BybitClient, BybitConfig, Credentials
from okx_sync.errors import ConfigError, DecodeError, DryRun, OkxApiError, OkxError, OrderStatusUnknown, ReadOnlyError
from okx_sync.exchanges.bybit.signing import rest_sign
from okx_sync.types import AccountUpdate
from tests.clients.bybit_calls import CALLS, BybitCall
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bybit.com"
KEY: Final = Credentials("key-1234", "secret")
DAY: Final = 86_400_000
MOVES: Final[dict[str, dict[str, Any]]] = {
    "create_internal_transfer": {
        "coin": "USDT",
        "amount": "1",
        "from_account_type": "FUND",
        "to_account_type": "UNIFIED",
    },
    "create_universal_transfer": {
        "coin": "USDT",
        "amount": "1",
        "from_member_id": 1,
        "to_member_id": 2,
        "from_account_type": "FUND",
        "to_account_type": "FUND",
    },
    "withdraw": {"coin": "USDT", "amount": "1", "address": "0x9", "account_type": "FUND", "chain": "ETH"},
}
"""Calls that move money, without an id of the caller's."""


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(**settings: Any) -> BybitClient:
    return BybitClient(BybitConfig(KEY, **settings), clock=TurnedClock())


def ok(result: Any) -> dict[str, Any]:
    return {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": 1_700_000_000_123}


def refusal(code: int, result: Any = None) -> dict[str, Any]:
    return {"retCode": code, "retMsg": "no", "result": result or {}, "retExtInfo": {}, "time": 1_700_000_000_123}


def asked(call: Any) -> dict[str, str]:
    return dict(parse_qsl((call.request.url or "").partition("?")[2]))


@pytest.mark.parametrize("call", CALLS, ids=[f"{call.group}.{call.name}" for call in CALLS])
def test_each_endpoint_asks_as_documented(server: responses.RequestsMock, call: BybitCall) -> None:
    """Method, path, query or body, a signature of what is sent where one is due; the answer is of its class."""
    url = f"{HOST}/v5/{call.path}"
    server.add(call.method, url, json=ok({} if call.answer is None else call.answer))
    with client() as bybit:
        told = getattr(getattr(bybit, call.group), call.name)(**call.arguments)
    request = server.calls[0].request
    query = (request.url or "").partition("?")[2]
    body = request.body.decode() if isinstance(request.body, bytes) else ""
    assert (request.url or "").partition("?")[0] == url
    assert (dict(parse_qsl(query)) if call.method == "GET" else json.loads(body)) == call.sent
    if call.is_signed:
        sent = query if call.method == "GET" else body
        stamp = request.headers["X-BAPI-TIMESTAMP"]
        assert request.headers["X-BAPI-SIGN"] == rest_sign(KEY, stamp, "5000", sent)
    else:
        assert "X-BAPI-SIGN" not in request.headers
    endpoint = getattr(type(getattr(bybit, call.group)), call.name).endpoint
    if call.answer is None:
        assert told is None
        return
    rows = told if isinstance(told, list) else [told]
    assert [type(row) for row in rows] == [endpoint.model]
    assert rows[0].to_wire()


def test_each_endpoint_has_a_call_of_this_table() -> None:
    """None of these groups is left out, and whatever is declared as reading is asked with GET."""
    groups = {call.group for call in CALLS}
    declared = [one for one in BybitClient.endpoints() if one.group in groups]
    called = {(call.group, call.name, call.method, f"/v5/{call.path}", call.is_signed) for call in CALLS}
    assert {(one.group, one.name, one.method, one.path, one.auth) for one in declared} == called
    assert all(one.reads == (one.method == "GET") for one in declared)


def test_rows_are_read_to_their_depth(server: responses.RequestsMock) -> None:
    """Nested rows, flags, maps of amounts, and what the answer says beside its rows."""
    for call in CALLS:
        server.add(call.method, f"{HOST}/v5/{call.path}", json=ok({} if call.answer is None else call.answer))
    with client() as bybit:
        (coin,) = bybit.asset.get_coin_info()
        assert coin.chains[0].chainDeposit is True
        assert bybit.account.get_withdrawable("BTC,SOL").availableWithdrawalMap is not None
        amounts = bybit.account.get_withdrawable("BTC,SOL").availableWithdrawalMap
        assert amounts is not None
        assert amounts.amounts == {"BTC": Decimal("1.5"), "SOL": Decimal(2)}
        (account,) = bybit.asset.get_asset_overview()
        assert (account.equityOfAll, account.categories[0].coinDetail[0].coin) == (Decimal(7), "BTC")
        key = bybit.user.get_api_key_info()
        assert key.permissions is not None
        assert (key.readOnly, key.permissions.Wallet, key.userID) == (True, ("AccountTransfer",), "5")
        assert bybit.asset.get_transferable_coin("FUND", "UNIFIED")[0].coin == "BTC"
        assert bybit.asset.get_coins_balance("FUND")[0].accountType == "FUND"
        assert bybit.spread.get_spread_order_history()[0].createdTime == 5
        assert bybit.system.get_system_status()[0].serviceTypes == ("2", "3")


def test_a_list_may_stand_in_either_place(server: responses.RequestsMock) -> None:
    """The page of the option assets shows the bare list, its example a list within; null is an empty one."""
    url = f"{HOST}/v5/account/option-asset-info"
    rows = [{"coin": "BTC", "totalUPL": "-1"}]
    with client() as bybit:
        for result in (rows, {"result": rows}):
            server.upsert(responses.GET, url, json=ok(result))
            assert bybit.account.get_option_asset_info()[0].totalUPL == -1
        server.upsert(responses.GET, url, json=ok({"result": None}))
        assert bybit.account.get_option_asset_info() == []
        server.get(f"{HOST}/v5/account/fee-rate", json=ok({"list": None, "category": "spot"}))
        assert bybit.account.get_fee_rates("spot") == []


@pytest.mark.parametrize("result", [{}, {"category": "spot"}, {"rows": []}])
def test_an_answer_without_its_list_is_no_empty_one(server: responses.RequestsMock, result: Any) -> None:
    """Nor is the object that came instead a row."""
    server.get(f"{HOST}/v5/account/fee-rate", json=ok(result))
    server.get(f"{HOST}/v5/asset/deposit/query-address", json=ok({"coin": "USDT"}))
    with client() as bybit:
        with pytest.raises(DecodeError, match="without its list"):
            bybit.account.get_fee_rates("spot")
        with pytest.raises(DecodeError, match="without its list"):
            bybit.asset.get_master_deposit_address("USDT")


def test_a_wallet_over_rest_says_what_a_push_says(server: responses.RequestsMock) -> None:
    """The same neutral words; its moment is that of the answer."""
    coin = {"coin": "USDT", "equity": "10", "walletBalance": "9", "locked": "1", "usdValue": "10", "borrowAmount": ""}
    totals = {"accountType": "UNIFIED", "totalEquity": "10", "totalMarginBalance": "9", "totalAvailableBalance": "8"}
    server.get(f"{HOST}/v5/account/wallet-balance", json=ok({"list": [{**totals, "coin": [coin]}]}))
    with client() as bybit:
        (wallet,) = bybit.account.get_wallet_balance()
    told = wallet.to_update()
    assert isinstance(told, AccountUpdate)
    assert (told.total_equity, told.available, told.updated_at) == (Decimal(10), Decimal(8), 1_700_000_000_123)
    (balance,) = told.balances
    assert (balance.currency, balance.cash, balance.frozen, balance.liability) == ("USDT", Decimal(9), Decimal(1), None)


def test_an_order_on_a_spread_says_the_neutral_words(server: responses.RequestsMock) -> None:
    """Its price may be zero or negative; so may that of its fills."""
    order = {
        "symbol": "S", "orderId": "1", "orderStatus": "Cancelled", "side": "Sell", "orderType": "Limit", "price": "-4",
        "timeInForce": "PostOnly", "qty": "2", "cumExecQty": "1", "cxlRejReason": "EC_PerCancelRequest",
    }  # fmt: skip
    fill = {"symbol": "S", "orderId": "1", "execId": "9", "side": "Sell", "execPrice": "0", "execQty": "1"}
    server.get(f"{HOST}/v5/spread/order/history", json=ok({"list": [order]}))
    server.get(f"{HOST}/v5/spread/execution/list", json=ok({"list": [fill]}))
    with client() as bybit:
        told = bybit.spread.get_spread_order_history()[0].to_update()
        filled = bybit.spread.get_spread_executions()[0].to_update()
    assert (told.status, told.side, told.order_type, told.price) == ("canceled", "sell", "post_only", Decimal(-4))
    assert (told.reason, filled and filled.price) == ("EC_PerCancelRequest", Decimal(0))


def test_a_refused_margin_mode_tells_why(server: responses.RequestsMock) -> None:
    """The reasons are in the error's rows."""
    reasons = [{"reasonCode": "3400000", "reasonMsg": "not enough equity"}]
    server.post(f"{HOST}/v5/account/set-margin-mode", json=refusal(3400045, {"reasons": reasons}))
    with client() as bybit, pytest.raises(OkxApiError) as caught:
        bybit.account.set_margin_mode("PORTFOLIO_MARGIN")
    assert caught.value.rows == [{"reasons": reasons}]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda c: c.account.set_margin_mode("REGULAR"), "set_margin_mode"),
        (lambda c: c.account.set_hedging_mode("on"), "did you mean 'ON'"),
        (lambda c: c.spot_margin.toggle_margin_trade("2"), "spot_margin_mode"),
        (lambda c: c.account.borrow("BTC", 0.1), "float"),
        (lambda c: c.asset.create_internal_transfer("USDT", "x", "FUND", "UNIFIED"), "amount is not a number"),
        (lambda c: c.asset.withdraw("USDT", "1", "0x9", "FUND", force_chain=3), "force_chain"),
        (lambda c: c.spread.amend_spread_order("S", price="1"), "order_id or order_link_id"),
    ],
)
def test_wrong_arguments_are_not_sent(server: responses.RequestsMock, call: Any, words: str) -> None:
    """An error that names the parameter, before the network."""
    with client() as bybit, pytest.raises(ConfigError, match=words):
        call(bybit)
    assert len(server.calls) == 0


@pytest.mark.parametrize("name", MOVES)
def test_what_moves_money_has_an_id(server: responses.RequestsMock, name: str) -> None:
    """Made up where the caller gave none: each time another one, in the form that Bybit wants."""
    path = {"withdraw": "withdraw/create"}.get(name, f"transfer/{name.removeprefix('create_').replace('_', '-')}")
    path = path.replace("internal-transfer", "inter-transfer")
    server.post(f"{HOST}/v5/asset/{path}", json=ok({"transferId": "1", "id": "1", "status": "SUCCESS"}))
    with client() as bybit:
        getattr(bybit.asset, name)(**MOVES[name])
        bybit.clock.sleep(20)
        getattr(bybit.asset, name)(**MOVES[name])
    first, second = (json.loads(call.request.body or b"") for call in server.calls)
    key = "requestId" if name == "withdraw" else "transferId"
    assert first[key] != second[key]
    if name == "withdraw":
        assert first[key].isalnum()
        assert len(first[key]) == 32
        assert isinstance(first["timestamp"], int)
    else:
        assert str(uuid.UUID(first[key])) == first[key]


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize(
    "answer",
    [
        {"json": refusal(10016)},
        {"json": refusal(131201)},
        {"status": 504, "body": "<html>"},
        {"body": "{"},
        {"json": ok({})},
        {"body": requests.exceptions.ReadTimeout("late")},
    ],
    ids=["code", "code of assets", "gateway", "cut", "empty", "timeout"],
)
def test_money_without_a_telling_answer_is_looked_up_by_its_id(
    server: responses.RequestsMock, name: str, answer: dict[str, Any]
) -> None:
    """It is sent once; the error names the id, and the call that tells whether it was carried out."""
    for path in ("transfer/inter-transfer", "transfer/universal-transfer", "withdraw/create"):
        server.post(f"{HOST}/v5/asset/{path}", **answer)
    with client() as bybit, pytest.raises(OkxError) as caught:
        getattr(bybit.asset, name)(**MOVES[name])
    assert len(server.calls) == 1
    sent = json.loads(server.calls[0].request.body or b"")
    error = caught.value
    assert error.request_id == sent.get("transferId", sent.get("requestId"))
    assert str(error.request_id) in str(error)
    assert "_records(" in (error.hint or "")
    assert not error.retryable


def test_a_loan_without_a_telling_answer_says_where_to_look(server: responses.RequestsMock) -> None:
    """It has no id; the wallet tells."""
    server.post(f"{HOST}/v5/account/borrow", json=refusal(10016))
    with client() as bybit, pytest.raises(OkxApiError) as caught:
        bybit.account.borrow("BTC", "0.1")
    assert caught.value.request_id is None
    assert "get_wallet_balance" in (caught.value.hint or "")
    assert len(server.calls) == 1


def test_an_order_on_a_spread_may_have_got_there(server: responses.RequestsMock) -> None:
    """Its lost answer is told with the id to look it up by."""
    server.post(f"{HOST}/v5/spread/order/create", json=refusal(10016))
    with client() as bybit, pytest.raises(OrderStatusUnknown) as caught:
        bybit.spread.place_spread_order("S", "Buy", "Limit", "1", "-4")
    sent = json.loads(server.calls[0].request.body or b"")
    assert caught.value.clOrdId == sent["orderLinkId"]
    assert len(server.calls) == 1


def test_what_moves_money_is_guarded() -> None:
    """By ``read_only`` and ``dry_run``."""
    with client(read_only=True) as bybit, pytest.raises(ReadOnlyError):
        bybit.asset.withdraw(**MOVES["withdraw"])
    with client(dry_run=True) as bybit, pytest.raises(DryRun) as caught:
        bybit.asset.create_internal_transfer(**MOVES["create_internal_transfer"])
    assert "transferId" in str(caught.value.body)


def test_the_log_is_read_in_windows(server: responses.RequestsMock) -> None:
    """Seven days at most in each request, none twice, cut to what is wanted."""
    rows = [{"id": str(day), "transactionTime": str(1_700_000_000_000 + day * DAY)} for day in range(30)]

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        query = dict(parse_qsl(request.url.partition("?")[2]))
        first, last = int(query["startTime"]), int(query["endTime"])
        assert last - first < 7 * DAY
        found = [row for row in reversed(rows) if first <= int(row["transactionTime"]) <= last]
        return 200, {}, json.dumps(ok({"list": found, "nextPageCursor": ""}))

    server.add_callback(responses.GET, f"{HOST}/v5/account/transaction-log", callback=answer)
    start = 1_700_000_000_000
    with client() as bybit:
        pager = bybit.account.iter_transaction_log("UNIFIED").between(start + 2 * DAY, start + 25 * DAY)
        assert [row.id for row in pager] == [str(day) for day in range(24, 1, -1)]


@pytest.mark.parametrize("in_seconds", [True, False], ids=["seconds", "whole seconds"])
def test_windows_of_seconds_have_no_row_twice(server: responses.RequestsMock, in_seconds: bool) -> None:
    """Bybit counts some of its times in seconds, and looks at whole seconds of others: windows end where those do."""
    start = 1_700_000_000
    moments = [start + 7 * 86_400 * n for n in range(4)]

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        query = dict(parse_qsl(request.url.partition("?")[2]))
        names = ("createTimeFrom", "createTimeTo") if in_seconds else ("startTime", "endTime")
        first, last = (int(query[name]) // (1 if in_seconds else 1000) for name in names)
        found = [{"createTime": at, "id": str(at)} for at in reversed(moments) if first <= at <= last]
        return 200, {}, json.dumps(ok({"list" if in_seconds else "rows": found, "nextPageCursor": ""}))

    path = "fundinghistory" if in_seconds else "deposit/query-record"
    server.add_callback(responses.GET, f"{HOST}/v5/asset/{path}", callback=answer)
    with client() as bybit:
        pager: Any = (
            bybit.asset.iter_funding_account_history() if in_seconds else bybit.asset.iter_deposit_records()
        ).between(start * 1000, (moments[-1] + 1) * 1000)
        told = [row.createTime if in_seconds else int(row.id) for row in pager]
    assert told == moments[::-1]


def test_sub_accounts_are_read_to_their_end(server: responses.RequestsMock) -> None:
    """Their last page says "0"."""

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        last = dict(parse_qsl(request.url.partition("?")[2])).get("nextCursor") == "5"
        result = {"subMembers": [{"uid": "2" if last else "1"}], "nextCursor": "0" if last else "5"}
        return 200, {}, json.dumps(ok(result))

    server.add_callback(responses.GET, f"{HOST}/v5/user/submembers", callback=answer)
    with client() as bybit:
        assert [row.uid for row in bybit.user.iter_sub_uid_list_unlimited()] == ["1", "2"]


def test_announcements_are_read_by_page(server: responses.RequestsMock) -> None:
    """Their pages have numbers."""

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        page = int(dict(parse_qsl(request.url.partition("?")[2])).get("page", "1"))
        found = [{"url": f"{page}-{n}"} for n in range(20 if page == 1 else 3)]
        return 200, {}, json.dumps(ok({"list": found, "total": 23}))

    server.add_callback(responses.GET, f"{HOST}/v5/announcements/index", callback=answer)
    with client() as bybit:
        assert len(list(bybit.announcement.iter_announcements("en-US"))) == 23


def test_limits_of_a_withdrawal(server: responses.RequestsMock) -> None:
    """Once in ten seconds for each coin and chain; another coin does not wait."""
    server.post(f"{HOST}/v5/asset/withdraw/create", json=ok({"id": "1"}))
    clock = TurnedClock()
    with BybitClient(BybitConfig(KEY), clock=clock) as bybit:
        bybit.asset.withdraw(**MOVES["withdraw"])
        bybit.asset.withdraw(**{**MOVES["withdraw"], "coin": "USDC"})
        assert clock.slept == []
        bybit.asset.withdraw(**MOVES["withdraw"])
    assert sum(clock.slept) >= 10
