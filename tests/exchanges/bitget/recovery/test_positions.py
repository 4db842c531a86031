"""Recovery of positions: those that ended, whether they were open before or came and went."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.exchanges.bitget.models import ClosedPosition, Position, V3Position
from okx_sync.protocol.events import Push
from tests.exchanges.bitget.recovery.rest import DAY, NOW, SINCE, Rest, source

BEFORE = SINCE - 1000


def _held(symbol: str, opened: int = BEFORE, **more: Any) -> dict[str, Any]:
    """A position as V3's stream pushes it."""
    words = {"symbol": symbol, "posSide": "long", "marginMode": "crossed", "marginCoin": "USDT", "size": "1"}
    return words | {"createdTime": str(opened), "updatedTime": str(opened), "positionStatus": "opening"} | more


def _past(symbol: str, opened: int, ended: int) -> dict[str, Any]:
    """A closed one as V3's REST lists it."""
    words = {
        "symbol": symbol,
        "posSide": "long",
        "marginMode": "crossed",
        "marginCoin": "USDT",
        "holdMode": "one_way_mode",
    }
    prices = {"openPriceAvg": "5", "closePriceAvg": "6", "openTotalPos": "1", "cumRealisedPnl": "7", "netProfit": "6"}
    return words | prices | {"createdTime": str(opened), "updatedTime": str(ended)}


def _now(symbol: str) -> dict[str, Any]:
    return {"symbol": symbol, "posSide": "long", "marginMode": "crossed", "marginCoin": "USDT", "total": "1"}


def test_positions_that_ended() -> None:
    """Known ones and one that came and went; those that are open are listed by the stream itself."""
    memory = source("position")
    memory.note(_held("AUSDT"))
    memory.note(_held("BUSDT"))
    past = [_past("CUSDT", NOW - 9, NOW - 8), _past("AUSDT", BEFORE, NOW - 10), _past("AUSDT", BEFORE - 9, SINCE - 9)]
    missed = memory.missed(SINCE, Rest({"current-position": [_now("BUSDT")], "history-position": past}), NOW)
    assert [(row["symbol"], row["size"], row["positionStatus"]) for row in missed.rows] == [
        ("AUSDT", "0", "ended"),
        ("CUSDT", "0", "ended"),
    ]
    update = V3Position.from_wire(missed.rows[0]).to_update()
    assert (update.size, update.realized_pnl, update.updated_at) == (Decimal(0), Decimal(7), NOW - 10)


def test_one_that_turned_round() -> None:
    """Its end is told as before the other side of it, which one fill opened at the same moment."""
    memory = source("position")
    memory.note(_held("AUSDT"))
    turned = {**_now("AUSDT"), "posSide": "short", "updatedTime": str(NOW - 5)}
    rest = Rest({"current-position": [turned], "history-position": [_past("AUSDT", BEFORE, NOW - 5)]})
    (row,) = memory.missed(SINCE, rest, NOW).rows
    assert (row["posSide"], row["size"], row["updatedTime"]) == ("long", "0", str(NOW - 6))
    names = [path.rpartition("/")[2] for path, _ in rest.asked]
    assert names.index("current-position") > names.index("history-position")


def test_every_category_is_asked() -> None:
    """Positions of futures: of each kind of them."""
    rest = Rest()
    source("position").missed(SINCE, rest, NOW)
    for path in ("current-position", "history-position"):
        asked = [params["category"] for called, params in rest.asked if called.endswith(path)]
        assert asked == ["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES"]


def test_one_that_is_gone_and_not_in_the_history_yet() -> None:
    """The row is made of what was known, with its time: nobody tells when it ended.

    One that the stream told to be open since then is not gone, whatever REST says.
    """
    memory = source("position")
    memory.note(_held("AUSDT", avgPrice="5"))
    memory.note(_held("BUSDT"))
    memory.interrupted()
    memory.note(_held("BUSDT"))
    (row,) = memory.missed(SINCE, Rest(), NOW).rows
    assert (row["symbol"], row["size"], row["positionStatus"], row["updatedTime"]) == (
        "AUSDT",
        "0",
        "ended",
        str(BEFORE),
    )
    assert row["avgPrice"] == "5"


def test_an_end_is_told_once() -> None:
    """By the stream or by REST, whichever was first; the next position of the contract is another one."""
    memory = source("position")
    held, ended = _held("AUSDT"), _held("AUSDT", size="0", positionStatus="ended")
    assert memory.note(held) is held
    assert memory.note(held) is held
    assert memory.note(ended) is ended
    rest = Rest({"history-position": [_past("AUSDT", NOW - 5, NOW - 4), _past("AUSDT", BEFORE, SINCE)]})
    (row,) = memory.missed(SINCE, rest, NOW).rows
    assert row["createdTime"] == str(NOW - 5)
    assert memory.note(row) is row
    assert memory.note(dict(row)) is None
    assert memory.missed(SINCE, rest, NOW).rows == []
    assert memory.note(3) == 3


def _classic(symbol: str, opened: int = BEFORE) -> dict[str, Any]:
    """A position as V2's stream pushes it."""
    words = {"instId": symbol, "holdSide": "long", "marginMode": "crossed", "marginCoin": "USDT", "total": "1"}
    return words | {"cTime": str(opened), "uTime": str(opened)}


def _classic_past(symbol: str, opened: int, ended: int) -> dict[str, Any]:
    """A closed one as V2's REST lists it."""
    words = {"positionId": "1", "symbol": symbol, "holdSide": "long", "marginMode": "crossed", "marginCoin": "USDT"}
    prices = {"openAvgPrice": "5", "closeAvgPrice": "6", "openTotalPos": "1", "closeTotalPos": "1", "pnl": "7"}
    more = {"posMode": "one_way_mode", "totalFunding": "-1", "netProfit": "5"}
    return words | prices | more | {"ctime": str(opened), "utime": str(ended)}


def _list(*rows: dict[str, Any]) -> Push:
    return Push("positions", {"channel": "positions"}, list(rows), {"action": "snapshot", "data": list(rows)})


def test_a_list_of_v2_tells_what_is_closed() -> None:
    """What a push does not list has ended: it is told by that, and not once more after an outage."""
    memory = source("positions", "v2")
    for row in (_classic("AUSDT"), _classic("BUSDT")):
        memory.note(row)
    memory.pushed(_list(_classic("BUSDT")))
    past = [_classic_past("AUSDT", BEFORE, SINCE + 1), _classic_past("BUSDT", BEFORE, NOW - 3)]
    (row,) = memory.missed(SINCE, Rest({"history-position": past}), NOW).rows
    update = Position.from_wire(row).to_update()
    assert (update.inst_id, update.size, update.realized_pnl) == ("BUSDT", Decimal(0), Decimal(7))
    # The list without it is in line before the row.
    memory.pushed(_list())
    assert memory.note(row) is row
    assert memory.note(dict(row)) is None


def test_what_was_recovered_lists_nothing() -> None:
    """A row of its own does not close the others."""
    memory = source("positions", "v2")
    memory.note(_classic("AUSDT"))
    memory.interrupted()
    memory.pushed(Push("positions", {}, [], {"data": [], "recovered": True}))
    assert len(memory.missed(SINCE, Rest(), NOW).rows) == 1


def test_closed_positions_of_v2() -> None:
    """``positions-history``: by the names of the stream, each once."""
    memory = source("positions-history", "v2")
    past = [_classic_past("BUSDT", NOW - 9, NOW - 3), _classic_past("AUSDT", BEFORE, NOW - 4)]
    rest = Rest({"history-position": past})
    rows = memory.missed(SINCE, rest, NOW).rows
    assert [row["instId"] for row in rows] == ["AUSDT", "BUSDT"]
    closed = ClosedPosition.from_wire(rows[0])
    assert (closed.achievedProfits, closed.settleFee, closed.uTime) == (Decimal(7), Decimal(-1), NOW - 4)
    assert memory.note(rows[0]) is rows[0]
    assert memory.note(dict(rows[0])) is None
    assert [row["instId"] for row in memory.missed(SINCE, rest, NOW).rows] == ["BUSDT"]
    assert memory.note("odd") == "odd"


def test_what_is_older_than_the_history() -> None:
    """The gap says so."""
    for memory in (source("position"), source("positions-history", "v2")):
        (lack,) = memory.missed(NOW - 95 * DAY, Rest(), NOW).lacks
        assert "positions" in lack.what
