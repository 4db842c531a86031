"""Recovery of ``position`` and ``wallet``: the state that changed meanwhile."""

from __future__ import annotations

from typing import Any

from okx_sync.exchanges.bybit.recovery import Recoveries
from okx_sync.protocol.dialect import Topic
from tests.exchanges.bybit.recovery.rest import NOW, SINCE, Rest, source

BEFORE = SINCE - 1000


def _position(symbol: str, size: str, at: int, **more: Any) -> dict[str, Any]:
    return {"symbol": symbol, "side": "Buy", "size": size, "positionIdx": 0, "updatedTime": str(at)} | more


def _coin(name: str, amount: str, **more: str) -> dict[str, Any]:
    return {"coin": name, "walletBalance": amount, "locked": "0", "equity": amount} | more


def test_positions_that_changed_or_were_opened() -> None:
    """Not one that is as it was told, nor one that nobody touched since; of each currency of settlement."""
    memory = source("position")
    memory.note(_position("AUSDT", "1", BEFORE))
    memory.note(_position("BUSDT", "1", BEFORE))
    listed = [("AUSDT", "1", BEFORE), ("BUSDT", "2", BEFORE), ("CUSDT", "1", NOW), ("DUSDT", "1", BEFORE)]
    rest = Rest(linear={"position": [_position(*one) for one in listed]})
    rows = memory.missed(SINCE, rest, NOW).rows
    assert [(row["symbol"], row["size"], row["category"]) for row in rows] == [
        ("BUSDT", "2", "linear"),
        ("CUSDT", "1", "linear"),
    ]
    asked = {(params["category"], params.get("settleCoin")) for path, params in rest.asked if "position" in path}
    assert asked == {("linear", "USDT"), ("linear", "USDC"), ("inverse", None), ("option", None)}


def test_a_position_as_it_was_before_it_was_told() -> None:
    """REST may be behind the stream: what the stream told last stays the last."""
    memory = source("position")
    memory.note(_position("AUSDT", "2", BEFORE))
    rest = Rest(linear={"position": [_position("AUSDT", "1", BEFORE - 1)]})
    assert memory.missed(SINCE, rest, NOW).rows == []


def test_a_position_that_is_gone() -> None:
    """REST tells of it by its name; where it does not, the row is made of what was known."""
    memory = source("position", category="linear")
    memory.note(_position("AUSDT", "1", BEFORE, category="linear"))
    memory.note(_position("BUSDT", "-1", BEFORE))
    rest = Rest(linear={"position": [_position("AUSDT", "0", NOW - 3, side="", cumRealisedPnl="7")]})
    known, made = memory.missed(SINCE, rest, NOW).rows
    assert (known["symbol"], known["size"], known["cumRealisedPnl"]) == ("AUSDT", "0", "7")
    assert (made["symbol"], made["size"], made["side"], made["updatedTime"]) == ("BUSDT", "0", "", str(SINCE))


def test_a_close_is_told_once() -> None:
    """Open positions are states, pushed again and again; a flat one that is pushed later is news as well."""
    memory = source("position")
    held = _position("AUSDT", "1", BEFORE)
    assert memory.note(held) is held
    assert memory.note(held) is held
    assert memory.note(_position("AUSDT", "0", NOW)) is not None
    assert memory.note(_position("AUSDT", "0", NOW)) is None
    assert memory.note(_position("AUSDT", "0", NOW + 1)) is not None
    assert memory.note(3) == 3
    assert memory.missed(SINCE, Rest(), NOW).rows == []


def test_the_coins_of_the_wallet_that_changed() -> None:
    """Not those of which only the price moved; one that is gone is told as zero."""
    memory = source("wallet")
    memory.note({"accountType": "UNIFIED", "coin": [_coin("BTC", "1"), _coin("ETH", "2"), _coin("SOL", "3")]})
    rest = Rest(wallet=[{"accountType": "UNIFIED", "coin": [_coin("BTC", "1", equity="9"), _coin("ETH", "4")]}])
    (row,) = memory.missed(SINCE, rest, NOW).rows
    assert [(coin["coin"], coin["walletBalance"], coin["equity"]) for coin in row["coin"]] == [
        ("ETH", "4", "4"),
        ("SOL", "0", "0"),
    ]
    assert row["creationTime"] == NOW
    memory.note(row)
    assert memory.missed(SINCE, rest, NOW).rows == []


def test_a_wallet_of_which_nothing_was_told() -> None:
    """All of it: nobody knows what changed. Rows of another kind are left to their decoder."""
    memory = source("wallet")
    assert memory.note("odd") == "odd"
    assert memory.when({}) == ()
    whole = {"accountType": "UNIFIED", "coin": [_coin("BTC", "1")]}
    (row,) = memory.missed(SINCE, Rest(wallet=[whole]), NOW).rows
    assert row["coin"] == whole["coin"]


def test_greeks_that_changed() -> None:
    """A coin of which the options are gone has none of them any more."""
    memory = source("greeks")
    for coin, delta in (("BTC", "1"), ("ETH", "2"), ("SOL", "0")):
        row = {"baseCoin": coin, "totalDelta": delta, "totalGamma": "0"}
        assert memory.note(row) is row
    assert memory.note("odd") == "odd"
    now = [{"baseCoin": "BTC", "totalDelta": "1.0"}, {"baseCoin": "XRP", "totalDelta": "3"}]
    rows = memory.missed(SINCE, lambda _path, _params: now, NOW).rows
    assert [(row["baseCoin"], row["totalDelta"]) for row in rows] == [("XRP", "3"), ("ETH", "0")]
    assert memory.when(rows[0]) == ()


def test_other_channels_have_none() -> None:
    """Nothing on REST tells what they would have pushed."""
    for topic in (Topic("rfq.open.rfqs", ()), Topic("tickers", (("symbol", "BTCUSDT"),))):
        assert Recoveries("linear").source(topic, False) is None
