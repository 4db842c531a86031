"""client.spot and client.common: each endpoint asks as documented, and its rows are typed; listings, money, traps."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
import responses

from okx_sync.errors import ConfigError, DryRun, OkxApiError, OkxAuthError, OkxError, ReadOnlyError
from okx_sync.exchanges.bitget.groups import BitgetGroups
from tests.exchanges.bitget.rest_server import HOST, client, ok, refusal, sent

ORDER: Final = {"symbol": "BTCUSDT", "side": "buy", "order_type": "limit", "size": "1", "price": "2"}
WIRE: Final = {"symbol": "BTCUSDT", "side": "buy", "orderType": "limit", "size": "1", "price": "2", "force": "gtc"}
SPAN: Final = {"start_time": 1, "end_time": 2}
PAIR: Final = {"symbol": "BTCUSDT"}

Call = tuple[str, str, dict[str, Any], dict[str, Any], Any]

READS: Final[list[Call]] = [
    ("common.get_server_time", "public/time", {}, {}, {"serverTime": "5"}),
    ("common.get_announcements", "public/annoucements", {"language": "en_US", "ann_type": "security"},
     {"language": "en_US", "annType": "security"}, []),
    ("common.get_trade_rate", "common/trade-rate", {**PAIR, "business_type": "spot"},
     {**PAIR, "businessType": "spot"}, {"makerRate": "0.1"}),
    ("common.get_all_trade_rates", "common/all-trade-rate", {**PAIR, "business_type": "mix"},
     {**PAIR, "businessType": "mix"}, []),
    ("common.get_balances", "account/all-account-balance", {}, {}, []),
    ("common.get_funding_assets", "account/funding-assets", {"coin": "USDT"}, {"coin": "USDT"}, []),
    ("spot.get_coins", "spot/public/coins", {"coin": "BTC"}, {"coin": "BTC"}, []),
    ("spot.get_symbols", "spot/public/symbols", PAIR, PAIR, []),
    ("spot.get_tickers", "spot/market/tickers", PAIR, PAIR, []),
    ("spot.get_order_book", "spot/market/orderbook", {**PAIR, "type_": "step0", "limit": 5},
     {**PAIR, "type": "step0", "limit": "5"}, {"ts": "5"}),
    ("spot.get_merged_order_book", "spot/market/merge-depth", {**PAIR, "precision": "scale1", "limit": "max"},
     {**PAIR, "precision": "scale1", "limit": "max"}, {"ts": "5"}),
    ("spot.get_candles", "spot/market/candles", {**PAIR, "granularity": "1min", **SPAN},
     {**PAIR, "granularity": "1min", "startTime": "1", "endTime": "2"}, []),
    ("spot.get_candles_history", "spot/market/history-candles", {**PAIR, "granularity": "1min", "end_time": 2},
     {**PAIR, "granularity": "1min", "endTime": "2"}, []),
    ("spot.get_trades", "spot/market/fills", {**PAIR, "limit": 5}, {**PAIR, "limit": "5"}, []),
    ("spot.get_trades_history", "spot/market/fills-history", {**PAIR, "id_less_than": "7"},
     {**PAIR, "idLessThan": "7"}, []),
    ("spot.get_vip_fee_rates", "spot/market/vip-fee-rate", {}, {}, []),
    ("spot.get_call_auction", "spot/market/auction", PAIR, PAIR, {"stage": "stage_1"}),
    ("spot.get_order", "spot/trade/orderInfo", {"client_order_id": "a"}, {"clientOid": "a"}, [{"orderId": "1"}]),
    ("spot.get_open_orders", "spot/trade/unfilled-orders", {**PAIR, "tpsl_type": "tpsl"},
     {**PAIR, "tpslType": "tpsl"}, []),
    ("spot.get_order_history", "spot/trade/history-orders", {**PAIR, **SPAN},
     {**PAIR, "startTime": "1", "endTime": "2"}, []),
    ("spot.get_fills", "spot/trade/fills", {"order_id": "9"}, {"orderId": "9"}, []),
    ("spot.get_open_plan_orders", "spot/trade/current-plan-order", PAIR, PAIR, {"orderList": []}),
    ("spot.get_plan_order_history", "spot/trade/history-plan-order", PAIR, PAIR, {"orderList": []}),
    ("spot.get_plan_sub_orders", "spot/trade/plan-sub-order", {"plan_order_id": "9"}, {"planOrderId": "9"}, []),
    ("spot.get_account", "spot/account/info", {}, {}, {"userId": "1"}),
    ("spot.get_account_assets", "spot/account/assets", {"asset_type": "all"}, {"assetType": "all"}, []),
    ("spot.get_account_bills", "spot/account/bills", {"group_type": "deposit"}, {"groupType": "deposit"}, []),
    ("spot.get_upgrade_status", "spot/account/upgrade-status", {"sub_uid": "7"}, {"subUid": "7"}, {"status": "fail"}),
    ("spot.get_transferable_coins", "spot/wallet/transfer-coin-info", {"from_type": "spot", "to_type": "p2p"},
     {"fromType": "spot", "toType": "p2p"}, []),
    ("spot.get_transfer_history", "spot/account/transferRecords", {"coin": "USDT", "client_oid": "a", "page_num": 2},
     {"coin": "USDT", "clientOid": "a", "pageNum": "2"}, []),
    ("spot.get_withdrawal_history", "spot/wallet/withdrawal-records", {**SPAN, "client_oid": "a"},
     {"startTime": "1", "endTime": "2", "clientOid": "a"}, []),
    ("spot.get_deposit_address", "spot/wallet/deposit-address", {"coin": "USDT", "chain": "trc20"},
     {"coin": "USDT", "chain": "trc20"}, {"address": "x"}),
    ("spot.get_deposit_history", "spot/wallet/deposit-records", {**SPAN, "coin": "USDT"},
     {"startTime": "1", "endTime": "2", "coin": "USDT"}, []),
]  # fmt: skip
"""Group and method, path behind ``/api/v2/``, arguments, the query that they are, an answer."""

WRITES: Final[list[Call]] = [
    ("spot.place_order", "spot/trade/place-order", {**ORDER, "client_oid": "a"}, {**WIRE, "clientOid": "a"},
     {"orderId": "1", "clientOid": "a"}),
    ("spot.place_batch_orders", "spot/trade/batch-orders",
     {**PAIR, "order_list": [{"side": "buy", "order_type": "market", "size": 5, "client_order_id": "a"}]},
     {**PAIR, "orderList": [{"side": "buy", "orderType": "market", "size": "5", "clientOid": "a", "force": "gtc"}]},
     {"successList": [{"orderId": "1", "clientOid": "a"}], "failureList": None}),
    ("spot.cancel_order", "spot/trade/cancel-order", {"inst_id": "BTCUSDT", "order_id": "1"},
     {**PAIR, "orderId": "1"}, {"orderId": "1", "clientOid": "a"}),
    ("spot.cancel_batch_orders", "spot/trade/batch-cancel-order", {**PAIR, "order_list": [{"order_id": "1"}]},
     {**PAIR, "orderList": [{"orderId": "1"}]}, {"successList": [{"orderId": "1"}], "failureList": []}),
    ("spot.cancel_all_orders", "spot/trade/cancel-symbol-order", PAIR, PAIR, PAIR),
    ("spot.replace_order", "spot/trade/cancel-replace-order",
     {**PAIR, "new_price": "2", "new_size": "1", "order_id": "1", "new_client_oid": "b"},
     {**PAIR, "price": "2", "size": "1", "orderId": "1", "newClientOid": "b"},
     {"orderId": "2", "clientOid": "b", "success": "success", "msg": None}),
    ("spot.replace_batch_orders", "spot/trade/batch-cancel-replace-order",
     {"order_list": [{**PAIR, "price": "2", "size": "1", "client_oid": "a", "new_client_oid": "b"}]},
     {"orderList": [{**PAIR, "price": "2", "size": "1", "clientOid": "a", "newClientOid": "b"}]},
     [{"orderId": "2", "clientOid": None, "success": "success", "msg": None}]),
    ("spot.place_plan_order", "spot/trade/place-plan-order",
     {**PAIR, "side": "sell", "order_type": "market", "size": "1", "trigger_price": "9", "trigger_type": "mark_price",
      "client_oid": "a"},
     {**PAIR, "side": "sell", "orderType": "market", "size": "1", "triggerPrice": "9", "triggerType": "mark_price",
      "clientOid": "a"}, {"orderId": "1", "clientOid": "a"}),
    ("spot.amend_plan_order", "spot/trade/modify-plan-order",
     {"order_type": "limit", "size": "1", "trigger_price": "9", "execute_price": "8", "order_id": "1"},
     {"orderType": "limit", "size": "1", "triggerPrice": "9", "executePrice": "8", "orderId": "1"},
     {"orderId": "1", "clientOid": "a"}),
    ("spot.cancel_plan_order", "spot/trade/cancel-plan-order", {"client_order_id": "a"}, {"clientOid": "a"},
     {"result": "success"}),
    ("spot.cancel_plan_orders", "spot/trade/batch-cancel-plan-order", {"symbol_list": ["BTCUSDT"]},
     {"symbolList": ["BTCUSDT"]}, {"successList": [{"orderId": "1"}], "failureList": []}),
    ("spot.upgrade_to_unified_account", "spot/account/upgrade", {}, {}, None),
    ("spot.transfer", "spot/wallet/transfer",
     {"from_type": "spot", "to_type": "usdt_futures", "amount": "5", "coin": "USDT", "client_oid": "a"},
     {"fromType": "spot", "toType": "usdt_futures", "amount": "5", "coin": "USDT", "clientOid": "a"},
     {"transferId": "7", "clientOid": "a"}),
    ("spot.withdraw", "spot/wallet/withdrawal",
     {"coin": "USDT", "transfer_type": "on_chain", "address": "x", "size": "5", "chain": "trc20", "client_oid": "a"},
     {"coin": "USDT", "transferType": "on_chain", "address": "x", "size": "5", "chain": "trc20", "clientOid": "a"},
     {"orderId": "7", "clientOid": "a"}),
    ("spot.cancel_withdrawal", "spot/wallet/cancel-withdrawal", {"order_id": "7"}, {"orderId": "7"}, "success"),
    ("spot.set_deposit_account", "spot/wallet/modify-deposit-account", {"account_type": "spot", "coin": "USDT"},
     {"accountType": "spot", "coin": "USDT"}, "success"),
]  # fmt: skip
"""As ``READS``, with the body."""

PUBLIC: Final = ("public/", "spot/public/", "spot/market/")
ROUTES: Final = ("common", "spot")


def call(bitget: Any, name: str, arguments: dict[str, Any]) -> Any:
    """Call a method of a group."""
    group, _, method = name.partition(".")
    return getattr(getattr(bitget, group), method)(**arguments)


@pytest.mark.parametrize(("name", "path", "arguments", "query", "answer"), READS, ids=[one[0] for one in READS])
def test_each_reading_asks_as_documented(
    server: responses.RequestsMock, name: str, path: str, arguments: dict[str, Any], query: dict[str, str], answer: Any
) -> None:
    """Method, path and query; signed unless it is public; a null list is an empty one."""
    server.get(f"{HOST}/api/v2/{path}", json=ok(answer))
    server.get(f"{HOST}/api/v2/{path}", json=ok(None))
    with client() as bitget:
        call(bitget, name, arguments)
        if answer == [] or answer == {"orderList": []}:
            assert call(bitget, name, arguments) == []
    assert sent(server, 0) == query
    assert ("ACCESS-SIGN" in server.calls[0].request.headers) is not path.startswith(PUBLIC)


@pytest.mark.parametrize(("name", "path", "arguments", "body", "answer"), WRITES, ids=[one[0] for one in WRITES])
def test_each_write_sends_as_documented(
    server: responses.RequestsMock, name: str, path: str, arguments: dict[str, Any], body: dict[str, Any], answer: Any
) -> None:
    """Method, path, body, and the signature over them; neutral words say the same as Bitget's own."""
    server.post(f"{HOST}/api/v2/{path}", json=ok(answer))
    with client() as bitget:
        found = call(bitget, name, arguments)
    request = server.calls[0].request
    assert sent(server) == body
    text = f"1700000000000POST/api/v2/{path}{(request.body or b'').decode()}"  # type: ignore[union-attr]
    digest = hmac.new(b"secret", text.encode(), hashlib.sha256).digest()
    assert request.headers["ACCESS-SIGN"] == base64.b64encode(digest).decode()
    assert getattr(found, "ok", True)


@pytest.mark.parametrize(("name", "path", "arguments", "body", "answer"), WRITES, ids=[one[0] for one in WRITES])
def test_each_write_is_guarded(
    server: responses.RequestsMock, name: str, path: str, arguments: dict[str, Any], body: dict[str, Any], answer: Any
) -> None:
    """``read_only`` and ``dry_run`` let none of them out, and the latter shows what would have gone."""
    with client(read_only=True) as bitget, pytest.raises(ReadOnlyError):
        call(bitget, name, arguments)
    with client(dry_run=True) as bitget, pytest.raises(DryRun) as caught:
        call(bitget, name, arguments)
    assert (caught.value.path, json.loads(caught.value.body or "{}")) == (f"/api/v2/{path}", body)
    assert len(server.calls) == 0
    assert answer is not ...


def test_each_endpoint_has_a_call_of_these_tables() -> None:
    """None is left out."""
    declared = {(f"{one.group}.{one.name}", one.path) for one in BitgetGroups.all_endpoints() if one.group in ROUTES}
    assert declared == {(name, f"/api/v2/{path}") for name, path, *_ in READS + WRITES}


def test_rows_are_typed(server: responses.RequestsMock) -> None:
    """Columns, levels, chains and bare texts come as their classes with exact numbers."""
    candle = ["1700000000000", "1.10", "2", "1", "1.5", "3", "4", "5"]
    server.get(f"{HOST}/api/v2/spot/market/candles", json=ok([candle]))
    server.get(f"{HOST}/api/v2/spot/market/orderbook", json=ok({"asks": [["2.10", "1"]], "bids": [], "ts": "7"}))
    server.get(f"{HOST}/api/v2/spot/public/coins", json=ok([{"coin": "BTC", "chains": [{"withdrawFee": "0.10"}]}]))
    server.get(f"{HOST}/api/v2/spot/wallet/transfer-coin-info", json=ok(["BTC", "USDT"]))
    server.get(f"{HOST}/api/v2/common/trade-rate", json=ok({"makerRate": "0.0002", "takerFeeRate": "0.0006"}))
    with client() as bitget:
        (bar,) = bitget.spot.get_candles("BTCUSDT", "1min")
        assert (bar.ts, bar.open, bar.turnover) == (1_700_000_000_000, Decimal("1.10"), Decimal(4))
        assert bitget.spot.get_order_book("BTCUSDT").asks[0].price == Decimal("2.10")
        assert bitget.spot.get_coins()[0].chains[0].withdrawFee == Decimal("0.10")
        assert [row.coin for row in bitget.spot.get_transferable_coins("spot", "p2p")] == ["BTC", "USDT"]
        assert bitget.common.get_trade_rate("BTCUSDT", "mix").makerFeeRate == Decimal("0.0002")


def test_the_takers_side_is_one_word(server: responses.RequestsMock) -> None:
    """The history of trades has other letters than the newest ones."""
    server.get(f"{HOST}/api/v2/spot/market/fills", json=ok([{"side": "buy"}]))
    server.get(f"{HOST}/api/v2/spot/market/fills-history", json=ok([{"side": "Sell"}, {"side": "Buy"}, {}]))
    with client() as bitget:
        assert [row.taker_side for row in bitget.spot.get_trades("BTCUSDT")] == ["buy"]
        rows = bitget.spot.get_trades_history("BTCUSDT")
    assert [(row.side, row.taker_side) for row in rows] == [("Sell", "sell"), ("Buy", "buy"), (None, None)]


@pytest.mark.parametrize(("code", "kind"), [("40085", OkxAuthError), ("40014", OkxAuthError), ("43012", OkxApiError)])
def test_refusals_come_as_http_400(server: responses.RequestsMock, code: str, kind: type[OkxError]) -> None:
    """The body is read before the status: the error has Bitget's code and a hint."""
    server.get(f"{HOST}/api/v2/spot/account/assets", json=refusal(code), status=400)
    with client() as bitget, pytest.raises(kind) as caught:
        bitget.spot.get_account_assets()
    assert caught.value.code == code
    assert caught.value.hint


# -- listings ----------------------------------------------------------------------------------------------------------


def listing(server: responses.RequestsMock, path: str, rows: list[dict[str, str]], key: str, time: str) -> None:
    """Answer a listing as Bitget does: newest first, before an id, within times, so many rows."""

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        asked = dict(parse_qsl(request.url.partition("?")[2]))
        found = [row for row in rows if int(row[key]) < int(asked.get("idLessThan", 10**9))]
        within = range(int(asked.get("startTime", 0)), int(asked.get("endTime", 10**15)) + 1)
        found = [row for row in found if int(row[time]) in within]
        return 200, {}, json.dumps(ok(found[: int(asked["limit"])] or None))

    server.add_callback(responses.GET, f"{HOST}/api/v2/{path}", callback=answer)


@pytest.mark.parametrize(
    ("name", "path", "key", "time", "arguments"),
    [
        ("iter_open_orders", "spot/trade/unfilled-orders", "orderId", "cTime", {}),
        ("iter_order_history", "spot/trade/history-orders", "orderId", "cTime", {}),
        ("iter_fills", "spot/trade/fills", "tradeId", "cTime", {}),
        ("iter_account_bills", "spot/account/bills", "billId", "cTime", {}),
        ("iter_transfer_history", "spot/account/transferRecords", "transferId", "ts", {"coin": "USDT"}),
        ("iter_trades_history", "spot/market/fills-history", "tradeId", "ts", {"symbol": "BTCUSDT"}),
    ],
)
def test_a_listing_is_read_to_its_end(
    server: responses.RequestsMock, name: str, path: str, key: str, time: str, arguments: dict[str, Any]
) -> None:
    """Page by page before the last id, window by window of time; ``between`` cuts it."""
    now = 1_700_000_000_000
    rows = [{key: str(900 - n), time: str(now - n * 6 * 3_600_000)} for n in range(40)]
    listing(server, path, rows, key, time)
    with client() as bitget:
        pager = getattr(bitget.spot, name)(**arguments, limit=3)
        between = list(pager.between(now - 24 * 3_600_000, now))
        assert [getattr(row, key) for row in between] == [str(900 - n) for n in range(1, 5)]


def test_listings_that_need_times_get_them(server: responses.RequestsMock) -> None:
    """Deposits and withdrawals are never asked for without; the user gives them once, to ``between``."""
    rows = [{"orderId": str(9 - n), "cTime": str(1_700_000_000_000 - n)} for n in range(3)]
    listing(server, "spot/wallet/deposit-records", rows, "orderId", "cTime")
    with client() as bitget:
        pager = bitget.spot.iter_deposit_history(1_600_000_000_000, 1_800_000_000_000, limit=2)
        assert [row.orderId for row in pager] == ["9", "8", "7"]
    assert sent(server, 0)["startTime"] == "1600000000000"


def test_trigger_orders_are_listed_inside_an_object(server: responses.RequestsMock) -> None:
    """The object may say a next id although there is nothing behind; the page's own last id is asked with."""
    pages = {"": ["9", "8"], "8": ["7"], "7": None}

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        asked = dict(parse_qsl(request.url.partition("?")[2]))
        ids = pages[asked.get("idLessThan", "")]
        orders = None if ids is None else [{"orderId": one, "cTime": "1"} for one in ids]
        return 200, {}, json.dumps(ok({"nextFlag": False, "idLessThan": "1", "orderList": orders}))

    server.add_callback(responses.GET, f"{HOST}/api/v2/spot/trade/current-plan-order", callback=answer)
    with client() as bitget:
        rows = list(bitget.spot.iter_open_plan_orders())
    assert [(row.orderId, row.nextFlag, row.idLessThan) for row in rows] == [
        (name, False, "1") for name in ("9", "8", "7")
    ]


def test_an_answer_without_data_is_no_empty_list(server: responses.RequestsMock) -> None:
    """Null says that there is nothing; that nothing is said does not."""
    server.get(f"{HOST}/api/v2/spot/trade/unfilled-orders", json={"code": "00000", "msg": "success"})
    with client() as bitget, pytest.raises(OkxError, match="without its list"):
        bitget.spot.get_open_orders()


@pytest.mark.parametrize("is_end_open", [False, True])
def test_candles_are_read_backwards(server: responses.RequestsMock, is_end_open: bool) -> None:
    """Bitget gives them oldest first; the walk goes to older ones by the end, whether that counts or not."""
    times = [60_000 * n for n in range(2_000_000, 2_000_005)]

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        asked = dict(parse_qsl(request.url.partition("?")[2]))
        found = [at for at in times if at <= int(asked.get("endTime", 10**15)) - is_end_open][-int(asked["limit"]) :]
        return 200, {}, json.dumps(ok([[str(at), *["1"] * 7] for at in found]))

    for path in ("candles", "history-candles"):
        server.add_callback(responses.GET, f"{HOST}/api/v2/spot/market/{path}", callback=answer)
    with client() as bitget:
        pager = bitget.spot.iter_candles("BTCUSDT", "1min", limit=2)
        assert [row.ts for row in pager] == times[::-1]
        assert [row.ts for row in pager.between(times[1], times[3])] == [times[2], times[1]]
        older = bitget.spot.iter_candles_history("BTCUSDT", "1min", times[3] + 1, limit=2)
        assert [row.ts for row in older] == times[3::-1]


# -- money -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "arguments"),
    [
        ("transfer", "transfer", {"from_type": "spot", "to_type": "p2p", "amount": "5", "coin": "USDT"}),
        ("withdraw", "withdrawal", {"coin": "USDT", "transfer_type": "on_chain", "address": "x", "size": "5"}),
    ],
)
@pytest.mark.parametrize("status", [200, 502])
def test_what_moves_money_is_sent_once(
    server: responses.RequestsMock, name: str, path: str, arguments: dict[str, Any], status: int
) -> None:
    """When the answer does not tell, the error names the id by which the listings find it; nothing is repeated."""
    server.post(f"{HOST}/api/v2/spot/wallet/{path}", json=refusal("40725"), status=status)
    with client() as bitget, pytest.raises(OkxError) as caught:
        getattr(bitget.spot, name)(**arguments)
    assert len(server.calls) == 1
    own = sent(server)["clientOid"]
    assert caught.value.request_id == own
    assert f"client_oid={own!r}" in (caught.value.hint or "")
    assert not caught.value.retryable


@pytest.mark.parametrize("name", ["cancel_withdrawal", "set_deposit_account"])
def test_a_word_may_refuse(server: responses.RequestsMock, name: str) -> None:
    """The code says OK, and the text that is the whole answer says that it failed."""
    path = {"cancel_withdrawal": "cancel-withdrawal", "set_deposit_account": "modify-deposit-account"}[name]
    server.post(f"{HOST}/api/v2/spot/wallet/{path}", json=ok("fail"))
    arguments = {"order_id": "1"} if name == "cancel_withdrawal" else {"account_type": "spot", "coin": "USDT"}
    with client() as bitget, pytest.raises(OkxApiError, match="fail"):
        getattr(bitget.spot, name)(**arguments)


def test_an_amount_is_no_float() -> None:
    """Money is exact, and nothing is sent."""
    with client() as bitget, pytest.raises(ConfigError, match="float"):
        bitget.spot.transfer("spot", "p2p", 0.1, "USDT")  # type: ignore[arg-type]
