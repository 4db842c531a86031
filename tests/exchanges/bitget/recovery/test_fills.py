"""Recovery of ``fill`` (V3 and V2) and ``fast-fill``: each fill once, whichever way told of it first."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.exchanges.bitget.models import Fill, V3Fill
from tests.exchanges.bitget.recovery.rest import DAY, NOW, SINCE, Rest, source


def v3(name: str, at: int, **more: Any) -> dict[str, Any]:
    """A fill of V3 as REST lists it."""
    words = {"execId": name, "orderId": "1", "category": "SPOT", "symbol": "BTCUSDT", "side": "buy", "posSide": ""}
    return words | {"execPrice": "100", "execQty": "1", "createdTime": str(at), "updatedTime": str(at)} | more


def v2(name: str, at: int, **more: Any) -> dict[str, Any]:
    """A fill of V2 as REST lists it."""
    words = {"tradeId": name, "orderId": "1", "symbol": "BTCUSDT", "side": "buy", "tradeSide": "buy_single"}
    return words | {"posMode": "one_way_mode", "price": "100", "baseVolume": "1", "cTime": str(at)} | more


def test_what_was_missed() -> None:
    """All pages, oldest first, nothing that was delivered."""
    fills = [v3(name, NOW - at) for name, at in (("d", 1000), ("c", 2000), ("b", 2000), ("a", 4000))]
    memory = source("fill")
    assert memory.note({"execId": "a", "orderId": "1", "symbol": "BTCUSDT"}) is not None
    missed = memory.missed(SINCE, Rest({"fills": fills}), NOW)
    assert [row["execId"] for row in missed.rows] == ["b", "c", "d"]
    assert missed.lacks == ()
    fill = V3Fill.from_wire(missed.rows[0]).to_update()
    assert fill is not None
    assert (fill.ts, fill.size) == (NOW - 2000, Decimal(1))


def test_pages_of_v2() -> None:
    """A page that is not full is the last; those before it tell where the next begins."""
    fills = [v2(str(number), NOW - number) for number in range(150)]
    rest = Rest({"fills": fills})
    missed = source("fill", "v2").missed(SINCE, rest, NOW)
    assert [row["tradeId"] for row in missed.rows] == [str(number) for number in reversed(range(150))]
    assert len(rest.asked) == 2


def test_a_fill_of_v2_has_the_side_of_its_order() -> None:
    """REST names the side of the position in hedge mode, the stream that of the order."""
    fee = [{"feeCoin": "USDT", "totalFee": "-0.1", "deduction": "no", "totalDeductionFee": "0"}]
    closing = v2("a", NOW, side="buy", tradeSide="close", posMode="hedge_mode", feeDetail=fee)
    (row,) = source("fill", "v2").missed(SINCE, Rest({"fills": [closing]}), NOW).rows
    fill = Fill.from_wire(row).to_update()
    assert fill is not None
    assert (fill.side, fill.fee, fill.ts) == ("sell", Decimal("-0.1"), NOW)


def test_fast_fills_say_less() -> None:
    """The fields of the topic, no others."""
    (row,) = source("fast-fill").missed(SINCE, Rest({"fills": [v3("a", NOW, execPnl="1", feeDetail=[])]}), NOW).rows
    assert (row["execId"], row["execTime"], row["holdSide"]) == ("a", str(NOW), "")
    assert "execPnl" not in row
    assert "feeDetail" not in row


def test_one_delivered_twice_is_no_news() -> None:
    """Ids are counted for each instrument; what has no id goes on to its decoder."""
    memory = source("fill")
    row = v3("a", NOW)
    assert memory.note(row) is row
    assert memory.note(dict(row)) is None
    assert memory.note({**row, "symbol": "ETHUSDT"}) is not None
    assert memory.note({"symbol": "BTCUSDT"}) == {"symbol": "BTCUSDT"}
    assert memory.note(1) == 1


def test_what_is_older_than_the_listing() -> None:
    """The gap says so."""
    (lack,) = source("fill").missed(NOW - 95 * DAY, Rest(), NOW).lacks
    assert "fills before" in lack.what
