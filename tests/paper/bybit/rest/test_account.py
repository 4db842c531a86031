"""The account: balances, settings, fees, ledger, and the key."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.paper.bybit.bybit_client import PRIVATE, BybitClient
from tests.paper.bybit.rest.rest_client import LIMIT, MARKET, PAIR, PERP, BybitRest


def test_wallet(rest: BybitRest) -> None:
    """The row of the stream; of some coins, if asked so."""
    with BybitClient(rest.paper, PRIVATE, "alice") as wire:
        wire.subscribe("wallet")
        rest.post("order/create", **LIMIT)
        pushed = wire.push("wallet")["data"][0]
    assert rest.rows("account/wallet-balance", accountType="UNIFIED") == [pushed]
    (some,) = rest.rows("account/wallet-balance", accountType="UNIFIED", coin="BTC,USDT")
    assert {one["coin"] for one in some["coin"]} == {"BTC", "USDT"}
    assert rest.get_code("account/wallet-balance", accountType="CONTRACT") == 10001


def test_what_is_free(rest: BybitRest) -> None:
    """What orders promise is not."""
    before = Decimal(rest.get("account/withdrawal", coinName="USDT")["availableWithdrawal"])
    rest.post("order/create", **PAIR, side="Buy", orderType="Limit", qty="0.1", price="64000")
    after = rest.get("account/withdrawal", coinName="USDT,BTC")
    assert before - Decimal(after["availableWithdrawal"]) == 6400
    assert set(after["availableWithdrawalMap"]) == {"USDT", "BTC"}


def test_who_it_is(rest: BybitRest) -> None:
    """A unified account, and a key that may trade."""
    key = rest.get("user/query-api")
    assert (key["apiKey"], key["readOnly"], key["uta"], key["secret"]) == (rest.paper.accounts[0].api_key, 0, 1, "")
    assert rest.get("account/info")["unifiedMarginStatus"] == 5
    (account,) = rest.get("user/get-member-type")["accounts"]
    assert account["uid"] == str(key["userID"])
    assert rest.get("user/query-sub-members")["subMembers"] == rest.get("user/submembers")["subMembers"] == []
    assert len(rest.rows("apilimit/query", uids=account["uid"])) == 3


def test_fees(rest: BybitRest) -> None:
    """Those that fills are charged."""
    rest.post("order/create", **MARKET)
    (fee,) = rest.rows("account/fee-rate", **PERP)
    assert rest.rows("execution/list", **PERP)[0]["feeRate"] == fee["takerFeeRate"]
    assert len(rest.rows("account/fee-rate", category="spot")) == 3


def test_ledger(rest: BybitRest) -> None:
    """Each change is what was traded less the fee; the last balance is the wallet's."""
    rest.post("order/create", **MARKET, orderLinkId="led")
    rest.post("order/create", **PAIR, side="Sell", orderType="Market", qty="0.01")
    rows = rest.rows("account/transaction-log", accountType="UNIFIED", type="TRADE", limit=50)
    for row in rows:
        fund = Decimal(row["funding"] or 0)
        assert Decimal(row["change"]) == Decimal(row["cashFlow"]) + fund - Decimal(row["fee"])
    assert {row["category"] for row in rows} == {"linear", "spot"}
    assert "led" in {row["orderLinkId"] for row in rows}
    newest = rest.rows("account/transaction-log", currency="USDT", limit=1)[0]
    (wallet,) = rest.rows("account/wallet-balance", accountType="UNIFIED", coin="USDT")
    assert newest["cashBalance"] == wallet["coin"][0]["walletBalance"]
    assert {row["symbol"] for row in rest.rows("account/transaction-log", category="linear")} == {"BTCUSDT"}
    first = rest.get("account/transaction-log", limit=1)
    second = rest.get("account/transaction-log", limit=1, cursor=first["nextPageCursor"])
    assert first["list"][0]["id"] > second["list"][0]["id"]


def test_sums_of_trades(rest: BybitRest) -> None:
    """Bought and sold, in all and by day."""
    rest.post("order/create", **MARKET)
    rest.post("order/create", **MARKET | {"side": "Sell", "qty": "0.004"})
    told = rest.get("account/trade-info-for-analysis", symbol="BTCUSDT")
    assert (told["netExecQty"], told["sumExecQty"]) == ("0.006", "0.014")
    assert told["sumPriceList"][0]["sumExecValue"] == told["sumExecValue"]


def test_settings_are_kept(rest: BybitRest) -> None:
    """What is set is told by the next reading."""
    rest.post("account/set-collateral-switch", coin="BTC", collateralSwitch="OFF")
    assert rest.rows("account/collateral-info", currency="BTC")[0]["collateralSwitch"] is False
    both = [{"coin": coin, "collateralSwitch": word} for coin, word in (("BTC", "ON"), ("ETH", "OFF"))]
    assert rest.post("account/set-collateral-switch-batch", request=both) == {"list": both}
    found = {row["currency"]: row["collateralSwitch"] for row in rest.rows("account/collateral-info")}
    assert (found["BTC"], found["ETH"]) == (True, False)
    rest.post("account/set-delta-mode", deltaEnable="1")
    assert rest.get("account/user-setting-config")["deltaEnable"] is True
    rest.post("spot-margin-trade/switch-mode", spotMarginMode="1")
    rest.post("spot-margin-trade/set-leverage", leverage="4")
    assert rest.get("spot-margin-trade/state")["spotLeverage"] == "4"
    rest.post("spot-margin-trade/set-leverage", leverage="3", currency="BTC")
    coins = {row["currency"]: row["spotLeverage"] for row in rest.rows("spot-margin-trade/coinstate")}
    assert (coins["BTC"], coins["ETH"]) == ("3", "4")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("account/borrow", {"coin": "BTC", "amount": "1"}),
        ("account/repay", {"coin": "BTC"}),
        ("account/no-convert-repay", {"coin": "BTC"}),
        ("account/quick-repayment", {}),
        ("account/mmp-modify", {"baseCoin": "BTC"}),
        ("account/mmp-reset", {"baseCoin": "BTC"}),
        ("account/set-hedging-mode", {"setHedgingMode": "ON"}),
        ("account/set-collateral-switch", {"coin": "USDT", "collateralSwitch": "OFF"}),
        ("position/move-positions", {"fromUid": "1", "toUid": "2", "list": [{}]}),
        ("user/create-demo-member", {}),
    ],
)
def test_what_cannot_be_done_is_not_said_to_be(rest: BybitRest, path: str, body: dict[str, Any]) -> None:
    """It is refused with a text that says why."""
    answer = rest.told("POST", f"/v5/{path}", **body)
    assert answer["retCode"] != 0
    assert len(answer["retMsg"].split()) > 2


def test_greeks(rest: BybitRest) -> None:
    """Of coins with contracts on them."""
    assert rest.rows("asset/coin-greeks") == []
    rest.post("order/create", **MARKET)
    assert [row["baseCoin"] for row in rest.rows("asset/coin-greeks")] == ["BTC"]


def test_the_exchange_itself(rest: BybitRest) -> None:
    """Its maintenance is that of all wires."""
    (row,) = rest.rows("system/status")
    assert row["title"] == rest.paper.venue.status_row()["title"]
    assert rest.rows("system/status", state="ongoing") == []
    assert rest.get("announcements/index", locale="en-US") == {"total": 0, "list": []}


def test_demo_money(rest: BybitRest) -> None:
    """It is really given."""
    before = rest.paper.venue.accounts[0].balance("USDT").cash
    rest.post("account/demo-apply-money", utaDemoApplyMoney=[{"coin": "USDT", "amountStr": "50"}])
    assert rest.paper.venue.accounts[0].balance("USDT").cash - before == 50
    assert rest.code("account/demo-apply-money", utaDemoApplyMoney=[{"coin": "XYZ", "amountStr": "50"}]) == 10001
