"""Live objects of Bybit and Bitget where nobody tells a complete picture, or several lists make one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import BitgetWsClient, BybitWsClient, ConfigError, SubscriptionError, WsClient
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Heard, until

D = Decimal
AT = 1_736_850_000_000


paper = still_exchange.still_paper


@pytest.fixture
def bybit(paper: PaperExchange) -> Iterator[BybitWsClient]:
    """A client of Bybit V5 that knows of no REST: what is pushed is all that it is told, however long a test takes."""
    with BybitWsClient(paper.bybit_config().replace(rest_url=None), options=FAST) as ws:
        yield ws


def wallet(*coins: dict[str, str], **totals: str) -> dict[str, Any]:
    """A push of the wallet; without ``totals`` as in isolated margin, where they are empty."""
    names = ("accountIMRate", "accountMMRate", "totalMarginBalance", "totalAvailableBalance", "totalInitialMargin")
    row = {**dict.fromkeys(names, ""), "totalEquity": "100", "accountType": "UNIFIED", **totals, "coin": list(coins)}
    return {"id": "w", "topic": "wallet", "creationTime": AT, "data": [row]}


def coin(name: str = "USDT", worth: str = "100", **amounts: str) -> dict[str, str]:
    """A coin of it, whose price is 1: nothing of it is free but what ``amounts`` leave."""
    sums = {"walletBalance": worth, "totalOrderIM": "0", "totalPositionIM": "0", "locked": "0"}
    dead = {"availableToWithdraw": "", "bonus": "0"}
    return {"coin": name, "equity": worth, "usdValue": worth, **sums, **dead, **amounts}


def test_what_comes_before_its_ack_is_kept_where_nothing_is_listed(paper: PaperExchange, bybit: BybitWsClient) -> None:
    """Bybit pushes a wallet and a position between request and ack: neither is wiped by the ack."""
    bybit.connect("private")
    row = {"category": "linear", "symbol": "BTCUSDT", "side": "Sell", "size": "3", "positionIdx": 0}
    position = {"id": "p", "topic": "position", "creationTime": AT, "data": [row | {"updatedTime": str(AT)}]}
    for topic, name, push in (("wallet", "account", wallet(coin())), ("position", "positions", position)):
        paper.faults.delay(0.2, "ack")
        made: list[Any] = []
        thread = threading.Thread(target=lambda name=name, made=made: made.append(getattr(bybit, name)))
        thread.start()
        until(lambda topic=topic: any(topic in one.asked for one in paper.connections), what="the request")  # type: ignore[misc]
        paper.send_raw(json.dumps(push))
        thread.join(5)
        assert len(made[0].balances if name == "account" else made[0]) == 1


def test_limits_in_isolated_margin(paper: PaperExchange, bybit: BybitWsClient) -> None:
    """Totals are empty then: what is free is computed of each coin, and limits on it are judged with the first push."""
    account, heard, errors = bybit.account, Heard(), Heard()
    bybit.on_error(errors)
    account.limit("available", below="50", callback=heard)
    account.limit("free_margin_share", below="0.2", callback=heard)
    account.limit("used_margin", above="50", callback=heard)
    account.limit("available", below="50", currency="USDT", callback=heard)
    account.limit("margin_ratio", above="0.8", callback=heard)
    used = coin(totalPositionIM="90", totalOrderIM="3", locked="1", bonus="1")
    for _ in range(2):
        paper.send_raw(json.dumps(wallet(used)))
    until(lambda: len(heard) == 4, what="four alarms")
    assert account.available == 5
    balance = account.balance("USDT")
    assert balance is not None
    assert balance.available == 5
    until(lambda: len(errors) == 1, what="the report that there is no margin ratio")
    assert "isolated margin" in str(next(iter(errors)))


def test_limits_in_cross_margin(paper: PaperExchange, bybit: BybitWsClient) -> None:
    """The total says what is free, and no coin does: a limit on a coin's is reported once, and none fires."""
    account, heard, errors = bybit.account, Heard(), Heard()
    bybit.on_error(errors)
    account.limit("available", below="50", callback=heard)
    account.limit("available", below="50", currency="USDT", callback=Heard())
    totals = {"accountIMRate": "0.9", "totalAvailableBalance": "10", "totalInitialMargin": "90"}
    for _ in range(2):
        paper.send_raw(json.dumps(wallet(coin(totalPositionIM="90"), **totals)))
    until(lambda: len(heard) == 1, what="the alarm of the total")
    balance = account.balance("USDT")
    assert balance is not None
    assert balance.available is None
    until(lambda: len(errors) == 1, what="the report")
    assert "of the account as a whole" in str(next(iter(errors)))


def test_a_sum_is_not_judged_before_all_of_it_was_told(paper: PaperExchange, bybit: BybitWsClient) -> None:
    """A push tells one of two coins: what is free of the whole is not known before the other was told."""
    account, heard = bybit.account, Heard()
    account.limit("available", below="60", callback=heard)
    paper.send_raw(json.dumps(wallet(coin(worth="40"))))
    assert account.wait_until(lambda it: it.balance("USDT"), 5)
    assert list(heard) == []
    paper.send_raw(json.dumps(wallet(coin("USDC", worth="60", totalPositionIM="55"))))
    until(lambda: len(heard) == 1, what="the alarm")
    assert next(iter(heard)).value == 45


def test_metrics_that_are_never_told(paper: PaperExchange, bybit: BybitWsClient) -> None:
    """A limit on one of them is refused, with what is told."""
    with pytest.raises(ConfigError, match="leverage") as refused:
        bybit.account.limit("leverage", above=3, callback=print)
    assert "available" in str(refused.value.hint)
    with pytest.raises(ConfigError, match="margin_ratio"):
        bybit.positions.limit("margin_ratio", above="0.8", callback=print)
    with BitgetWsClient(paper.bitget_config(), options=FAST) as ws, pytest.raises(ConfigError, match="cash"):
        ws.account.limit("cash", below=5, currency="USDT", callback=print)


# -- product types of Bitget -------------------------------------------------------------------------------------


def bitget_position(inst_id: str, coin_name: str) -> dict[str, Any]:
    """An open position."""
    words = {"posId": "1", "instId": inst_id, "marginCoin": coin_name, "marginMode": "crossed", "holdSide": "long"}
    return words | {"posMode": "one_way_mode", "total": "2", "unrealizedPL": "1", "uTime": str(AT)}


def topic(product: str) -> dict[str, str]:
    """The positions of a product type."""
    return {"channel": "positions", "instType": product, "instId": "default"}


def test_positions_of_all_product_types(paper: PaperExchange) -> None:
    """Contracts margined in coins and in USDC are positions, too, and each list ends only what is of its own type."""
    with BitgetWsClient(paper.bitget_config(), options=FAST) as ws:
        positions = ws.positions
        assert positions.products == ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
        assert positions.wait_flat(5)
        paper.push(topic("COIN-FUTURES"), [bitget_position("BTCUSD", "BTC")])
        paper.push(topic("USDC-FUTURES"), [bitget_position("BTCPERP", "USDC")])
        assert positions.wait_until(lambda it: len(it) == 2, 5)
        assert not positions.wait_flat(0)
        assert {one.inst_id: one.product for one in positions} == {"BTCUSD": "COIN-FUTURES", "BTCPERP": "USDC-FUTURES"}
        paper.push(topic("USDT-FUTURES"), [])
        paper.push(topic("USDC-FUTURES"), [])
        assert positions.wait_until(lambda it: "BTCPERP" not in it, 5)
        assert "BTCUSD" in positions
        assert positions.synced


def test_synced_when_every_product_type_was_told(paper: PaperExchange) -> None:
    """The lists of two product types are lost: not synced and not flat, and the reason names them."""
    paper.faults.lose_push("positions", times=2, after=1)
    with BitgetWsClient(paper.bitget_config(), options=FAST) as ws:
        assert ws.positions.wait_until(lambda it: not it.awaits("USDT-FUTURES"), 5)
        assert not ws.positions.wait_flat(0.05)
        assert ws.positions.unsynced_reason == "COIN-FUTURES, USDC-FUTURES: no snapshot has come yet"
        for name in ("COIN-FUTURES", "USDC-FUTURES"):
            paper.push(topic(name), [])
        assert ws.positions.wait_flat(5)


@pytest.mark.parametrize(("protocol", "wire"), [("v2", "USDC-FUTURES"), ("v1", "CMCBL")])
def test_one_product_type(paper: PaperExchange, protocol: Any, wire: str) -> None:
    """A client can be made for one: its live objects ask for that alone."""
    with BitgetWsClient(paper.bitget_config(protocol), options=FAST, product="USDC-FUTURES") as ws:
        assert ws.positions.wait_flat(5)
        assert ws.positions.products == ws.account.products == ("USDC-FUTURES",)
        assert not ws.orders.synced
        assert all(wire in name.upper() for name in paper.topics())
        assert {name.partition("(")[0] for name in paper.topics()} >= {"positions", "account", "orders"}


def test_a_product_type_that_is_none(paper: PaperExchange) -> None:
    """Refused with the nearest one, before anything is sent."""
    with pytest.raises(ConfigError, match="COIN-FUTURE'") as refused:
        BitgetWsClient(paper.bitget_config(), product="COIN-FUTURE")  # type: ignore[arg-type]
    assert str(refused.value.hint).startswith("did you mean COIN-FUTURES")
    with pytest.raises(ConfigError, match="one product type"):
        BitgetWsClient(paper.bitget_config("seed"), product="USDT-FUTURES")


def test_orders_of_all_product_types(paper: PaperExchange) -> None:
    """An order of a contract margined in coins is followed as any other."""
    with BitgetWsClient(paper.bitget_config(), options=FAST) as ws:
        orders = ws.orders
        row = {"instId": "BTCUSD", "orderId": "9", "status": "live", "side": "buy", "orderType": "limit", "size": "1"}
        told = {"channel": "orders", "instType": "COIN-FUTURES", "instId": "default"}
        paper.push(told, [row | {"price": "1", "accBaseVolume": "0", "uTime": str(AT)}])
        until(lambda: "9" in orders, what="the order")


def test_balances_of_all_product_types(paper: PaperExchange) -> None:
    """One coin may be in two accounts: they stand side by side, and a push of one coin does not end the others."""
    with BitgetWsClient(paper.bitget_config(), options=FAST) as ws:
        account = ws.account
        assert account.wait_synced(5)
        before = {one.currency for one in account.balances}
        for product, equity in (("USDT-FUTURES", "5"), ("COIN-FUTURES", "7")):
            row = {"marginCoin": "BTC", "equity": equity, "available": equity, "usdtEquity": equity}
            paper.push({"channel": "account", "instType": product, "coin": "default"}, [row])
        assert account.wait_until(lambda it: len([one for one in it.balances if one.currency == "BTC"]) == 2, 5)
        assert {one.currency for one in account.balances} >= before
        with pytest.raises(ConfigError, match="2 accounts"):
            account.balance("BTC")
        one = account.balance("BTC", product="COIN-FUTURES")
        assert one is not None
        assert one.equity == D(7)


def test_a_balance_that_cannot_be_read(paper: PaperExchange) -> None:
    """Only the first list behind a subscribe has every coin: a later one does not make up for a coin that was lost,
    and ends none of the others.
    """
    arg = {"channel": "account", "instType": "USDT-FUTURES", "coin": "default"}
    with BitgetWsClient(paper.bitget_config(), options=FAST, product="USDT-FUTURES") as ws:
        account, errors = ws.account, Heard()
        ws.on_error(errors)
        assert account.wait_synced(5)
        row = {"marginCoin": "BTC", "equity": "5", "available": "5", "usdtEquity": "5"}
        paper.push(arg, [row])
        assert account.wait_until(lambda it: it.balance("BTC") is not None, 5)
        before = {one.currency for one in account.balances}
        paper.push(arg, [row | {"marginCoin": ["BTC"]}])
        until(lambda: len(errors) == 1, what="the report")
        paper.push(arg, [row | {"equity": "6"}])
        assert account.wait_until(lambda it: "6" in {str(one.equity) for one in it.balances}, 5)
        assert not account.synced
        assert {one.currency for one in account.balances} == before
        paper.faults.drop()
        assert account.wait_synced(5)


@pytest.mark.parametrize("data", [None, "garbage", {"a": 1}, ["garbage"]], ids=str)
def test_a_list_of_positions_that_cannot_be_read(paper: PaperExchange, data: Any) -> None:
    """What such a push told is lost: positions are not synced until the next list; on OKX, too."""
    bitget: dict[str, Any] = {"arg": topic("USDT-FUTURES"), "action": "snapshot", "data": data}
    okx: dict[str, Any] = {"arg": {"channel": "positions", "instType": "ANY"}, "eventType": "snapshot", "data": data}
    for make, frame in (
        (lambda: BitgetWsClient(paper.bitget_config(), options=FAST), bitget),
        (lambda: WsClient(paper.config, options=FAST), okx),
    ):
        with make() as ws:
            positions, errors = ws.positions, Heard()
            ws.on_error(errors)
            assert positions.wait_flat(5)
            paper.send_raw(json.dumps(frame), "private")
            until(lambda errors=errors: len(errors) == 1, what="the report")  # type: ignore[misc]
            assert not positions.synced
            assert "could not be read" in str(positions.unsynced_reason)


@pytest.mark.parametrize("page", [{"lastPage": "false"}, {"curPage": "1", "lastPage": False}], ids=str)
def test_a_page_without_a_number(paper: PaperExchange, page: dict[str, Any]) -> None:
    """A snapshot of OKX that may be a part of one ends no position."""
    arg = {"channel": "positions", "instType": "ANY"}
    row = {"instId": "BTC-USDT-SWAP", "instType": "SWAP", "posSide": "net", "mgnMode": "cross", "pos": "1"}
    with WsClient(paper.config, options=FAST) as ws:
        positions, ended = ws.positions, Heard()
        assert positions.wait_flat(5)
        positions.on_close(ended)
        paper.push(arg, [row], eventType="event_update")
        assert positions.wait_until(lambda it: len(it) == 1, 5)
        paper.send_raw(json.dumps({"arg": arg, "eventType": "snapshot", "curPage": 1, "data": []} | page), "private")
        paper.push(arg, [row | {"pos": "2"}], eventType="event_update")
        assert positions.wait_until(lambda it: [one.size for one in it] == [2], 5)
        paper.push(arg, [row | {"pos": "0"}], eventType="event_update")
        until(lambda: len(ended) == 1, what="the end")
        assert [one.previous.size for one in ended] == [2]


@pytest.mark.parametrize("rows", [[{"totalEq": "9"}], [{"totalEq": "9", "details": None}]], ids=str)
@pytest.mark.parametrize("is_paged", [False, True])
def test_an_account_without_details(paper: PaperExchange, rows: list[Any], is_paged: bool) -> None:
    """What OKX does not tell is not taken for no balance at all, also on one page of several."""
    arg, errors = {"channel": "account"}, Heard()
    with WsClient(paper.config, options=FAST) as ws:
        account = ws.account
        ws.on_error(errors)
        assert account.wait_synced(5)
        before = {one.currency for one in account.balances}
        assert before
        if is_paged:
            first = {"totalEq": "9", "details": [{"ccy": "USDT", "eq": "9"}]}
            paper.push(arg, [first], eventType="snapshot", curPage=1, lastPage=False)
        paper.push(arg, rows, eventType="snapshot", curPage=1 + is_paged, lastPage=True)
        until(lambda: len(errors) == 1, what="the report")
        assert not account.synced
        assert {one.currency for one in account.balances} == before


def test_a_product_type_that_is_refused(paper: PaperExchange) -> None:
    """Positions of the others alone would not be all positions: the refusal is raised, nothing stays subscribed, and
    the next use may have them all.
    """
    with BitgetWsClient(paper.bitget_config(), options=FAST) as ws:
        ws.subscribe_account()
        paper.faults.refuse_subscribe(channel="positions")
        with pytest.raises(SubscriptionError) as refused:
            _ = ws.positions
        assert any("product=" in note for note in refused.value.__notes__)
        until(lambda: not any("positions" in name for name in paper.topics()), what="the end of the others")
        assert ws.positions.wait_flat(5)
