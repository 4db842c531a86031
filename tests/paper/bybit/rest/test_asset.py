"""Money beyond the trading account: transfers, deposits, withdrawals, and their records."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit.rest.rest_client import BybitRest


def move(coin: str = "USDT", amount: str = "100", **more: Any) -> dict[str, Any]:
    """A transfer to the funding account."""
    made = {"transferId": str(uuid.uuid4()), "coin": coin, "amount": amount}
    return made | {"fromAccountType": "UNIFIED", "toAccountType": "FUND"} | more


def funds(rest: BybitRest, kind: str = "FUND", coin: str = "USDT") -> Decimal:
    """What is there."""
    told = rest.get("asset/transfer/query-account-coin-balance", accountType=kind, coin=coin)
    return Decimal(told["balance"]["walletBalance"])


def test_transfers(rest: BybitRest) -> None:
    """Money leaves one part and arrives at the other; the record is found by its id."""
    before = funds(rest, "UNIFIED")
    wanted = move()
    assert rest.post("asset/transfer/inter-transfer", **wanted)["status"] == "SUCCESS"
    assert funds(rest) == before - funds(rest, "UNIFIED") == 100
    (record,) = rest.rows("asset/transfer/query-inter-transfer-list", transferId=wanted["transferId"])
    assert (record["amount"], record["fromAccountType"]) == ("100", "UNIFIED")
    assert rest.code("asset/transfer/inter-transfer", **wanted) == 131214
    assert rest.code("asset/transfer/inter-transfer", **move(amount="1000000000")) == 131212
    assert rest.code("asset/transfer/inter-transfer", **move(toAccountType="UNIFIED")) == 10001
    assert rest.code("asset/transfer/inter-transfer", **move(transferId="7")) == 10001
    (bill,) = rest.rows("asset/fundinghistory")
    assert (bill["ioDirection"], bill["txnAmt"]) == ("IN", "100")
    log = rest.rows("account/transaction-log", type="TRANSFER_OUT")[0]
    assert log["change"] == "-100"
    balances = rest.get("asset/transfer/query-account-coins-balance", accountType="FUND")["balance"]
    assert {row["coin"]: row["walletBalance"] for row in balances}["USDT"] == "100"


def test_transfers_to_another_account(rest: BybitRest) -> None:
    """By the numbers of the members; from one's own account only."""
    alice, bob = (account.uid for account in rest.paper.venue.accounts[:2])
    with BybitRest(rest.paper, "bob") as other:
        before = funds(other, "UNIFIED")
        ids = {"fromMemberId": int(alice), "toMemberId": int(bob)}
        rest.post("asset/transfer/universal-transfer", **move(toAccountType="UNIFIED"), **ids)
        assert funds(other, "UNIFIED") - before == 100
        assert other.code("asset/transfer/universal-transfer", **move(), **ids) == 131211
    (record,) = rest.rows("asset/transfer/query-universal-transfer-list", coin="USDT")
    assert record["toMemberId"] == bob


def test_withdrawals(frozen: PaperExchange) -> None:
    """The money is gone at once; the record waits for two seconds, in which it can be called off."""
    with BybitRest(frozen) as rest:
        before = funds(rest, "UNIFIED")
        order = {"coin": "USDT", "chain": "ETH", "address": "0x1", "amount": "40", "timestamp": 1, "accountType": "UTA"}
        first = rest.post("asset/withdraw/create", **order)["id"]
        second = rest.post("asset/withdraw/create", **order, requestId="r")["id"]
        assert rest.code("asset/withdraw/create", **order, requestId="r") == 131214
        assert before - funds(rest, "UNIFIED") == 80
        assert rest.post("asset/withdraw/cancel", id=first) == {"status": 1}
        assert before - funds(rest, "UNIFIED") == 40
        frozen.clock.advance(3)
        rows = {row["withdrawId"]: row for row in rest.get("asset/withdraw/query-record")["rows"]}
        assert (rows[first]["status"], rows[second]["status"]) == ("CancelByUser", "success")
        assert rest.code("asset/withdraw/cancel", id=second) == 10001
        assert rest.get("asset/withdraw/query-address", coin="USDT")["rows"][0]["address"] == "0x1"
        assert rest.code("asset/withdraw/create", **order | {"amount": "1000000000"}) == 131212
        assert rest.code("asset/withdraw/create", **order | {"chain": "BTC"}) == 10001


def test_deposits(frozen: PaperExchange) -> None:
    """What came from outside is told once it may be used."""
    with BybitRest(frozen) as rest:
        frozen.venue.deposit(frozen.venue.accounts[0], "BTC", "0.5")
        frozen.clock.advance(3)
        (row,) = rest.get("asset/deposit/query-record", coin="BTC")["rows"]
        assert (row["amount"], row["status"], row["chain"]) == ("0.5", 3, "BTC")
        assert rest.get("asset/deposit/query-record", coin="ETH")["rows"] == []
        assert rest.get("asset/deposit/query-internal-record")["rows"] == []


def test_coins_and_worth(rest: BybitRest) -> None:
    """Each coin has a chain; all parts together are worth what they are worth apart."""
    coins = {row["coin"]: row for row in rest.get("asset/coin/query-info")["rows"]}
    assert set(coins) >= {"USDT", "BTC", "ETH", "SOL"}
    assert len(rest.get("asset/coin/query-info", coin="BTC")["rows"]) == 1
    rest.post("asset/transfer/inter-transfer", **move())
    told = rest.get("asset/asset-overview")
    parts = {row["accountType"]: Decimal(row["totalEquity"]) for row in told["list"]}
    assert parts["FUND"] == 100
    assert sum(parts.values()) == Decimal(told["totalEquity"])
    free = rest.get("asset/withdraw/withdrawable-amount", coin="USDT")["withdrawableAmount"]
    assert free["FUND"]["withdrawableAmount"] == "100"
    (chain,) = rest.get("asset/deposit/query-address", coin="BTC")["chains"]
    assert chain["chain"] == "BTC"


@pytest.mark.parametrize("path", ["delivery-record", "settlement-record"])
def test_what_perpetuals_never_have(rest: BybitRest, path: str) -> None:
    """The list is empty."""
    assert rest.rows(f"asset/{path}", category="linear") == []
