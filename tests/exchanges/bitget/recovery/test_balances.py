"""Recovery of ``account``: the money that moved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.exchanges.bitget.models import Account, V3Account
from tests.exchanges.bitget.recovery.rest import NOW, SINCE, Rest, source


def _coin(name: str, amount: str, **more: str) -> dict[str, Any]:
    return {"coin": name, "balance": amount, "locked": "0", "equity": amount} | more


def test_a_unified_account() -> None:
    """All of it where a balance moved, came or went; not where prices alone moved."""
    memory = source("account")
    memory.note({"totalEquity": "9", "coin": [_coin("BTC", "1", debts="0"), _coin("ETH", "2", debts="0")]})
    same = {"accountEquity": "99", "assets": [_coin("BTC", "1", equity="7", debt="0"), _coin("ETH", "2.0", debt="0")]}
    assert memory.missed(SINCE, Rest({"assets": [same]}), NOW).rows == []
    for coins in ([_coin("BTC", "1")], [_coin("BTC", "1"), _coin("ETH", "2", locked="1", debt="3")]):
        (row,) = memory.missed(SINCE, Rest({"assets": [{"accountEquity": "8", "assets": coins}]}), NOW).rows
    account = V3Account.from_wire(row).to_update()
    assert account.total_equity == 8
    assert [(one.currency, one.liability) for one in account.balances] == [("BTC", None), ("ETH", Decimal(3))]
    assert memory.when(row) == ()
    assert memory.note("odd") == "odd"


def _margin(coin: str, equity: str, upl: str, frozen: str) -> dict[str, str]:
    return {"marginCoin": coin, "equity": equity, "unrealizedPL": upl, "frozen": frozen}


def _listed(coin: str, equity: str, upl: str, frozen: str) -> dict[str, str]:
    return {"marginCoin": coin, "accountEquity": equity, "unrealizedPL": upl, "locked": frozen, "available": "1"}


def test_the_margin_coins_of_v2() -> None:
    """Those of which the balance or what orders hold moved, or of which nothing was told."""
    memory = source("account", "v2", coin="default")
    for row in (_margin("USDT", "10", "1", "0"), _margin("BTC", "2", "0", "0")):
        memory.note(row)
    listed = [
        _listed("USDT", "12", "3", "0"),
        _listed("BTC", "2", "0", "1"),
        _listed("ETH", "1", "0", "0"),
        _listed("SOL", "0", "0", "0"),
    ]
    rest = Rest({"accounts": listed})
    rows = memory.missed(SINCE, rest, NOW).rows
    assert [row["marginCoin"] for row in rows] == ["BTC", "ETH"]
    (balance,) = Account.from_wire(rows[0]).to_update().balances
    assert (balance.currency, balance.equity, balance.frozen) == ("BTC", Decimal(2), Decimal(1))
    assert [row["marginCoin"] for row in source("account", "v2", coin="ETH").missed(SINCE, rest, NOW).rows] == ["ETH"]
