"""The funding account's books."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue.funding_account import FundingAccount


def test_movements_are_booked() -> None:
    """Balance and ledger agree, newest line first."""
    wallet = FundingAccount()
    wallet.book("USDT", Decimal("10.50"), "a", 1)
    wallet.book("USDT", Decimal(-4), "", 2)
    assert [(row["balChg"], row["bal"], row["type"], row["ts"]) for row in wallet.bills] == [
        ("-4", "6.5", "131", "2"),
        ("10.5", "10.5", "130", "1"),
    ]
    assert wallet.balance_rows(()) == [{"ccy": "USDT", "bal": "6.5", "frozenBal": "0", "availBal": "6.5"}]


def test_only_what_there_is_is_listed() -> None:
    """An emptied currency is shown when asked for by name only."""
    wallet = FundingAccount()
    wallet.book("BTC", Decimal(1), "", 1)
    wallet.book("BTC", Decimal(-1), "", 2)
    assert wallet.balance_rows(()) == []
    assert wallet.balance_rows(("ETH",)) == []
    assert [row["bal"] for row in wallet.balance_rows(("BTC", "ETH"))] == ["0"]


def test_transfers_are_found_by_either_id() -> None:
    """The exchange's id goes before the caller's own; an unknown one is nothing."""
    wallet = FundingAccount()
    row = wallet.record({"ccy": "BTC", "amt": "1", "from": "6", "to": "18", "clientId": "mine"})
    for found in (wallet.state_of(row["transId"], ""), wallet.state_of("", "mine")):
        assert found is not None
        assert (found["state"], found["amt"], found["from"]) == ("success", "1", "6")
    assert wallet.state_of("1", "mine") is None
