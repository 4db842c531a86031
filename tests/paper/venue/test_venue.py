"""The venue's lists and rows: paging, filters, status; and that every documented field is there."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.events import BalanceChanged, OrderChanged, StatusChanged
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.venue import Venue
from tests.paper.venue.frozen_venue import NOON, SPOT, SWAP, FrozenVenue, busy


def leaves(value: Any) -> Iterator[Any]:
    """Every leaf of a row."""
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def test_every_number_is_plain_text() -> None:
    """No row has a float, a Decimal, an exponent or a useless zero: numbers are texts as the exchange prints them."""
    scene = busy()
    venue, alice = scene.venue, scene.alice
    rows = [
        venue.account_row(alice),
        venue.account_row(alice, rest=True),
        venue.balance_and_position_row(alice, "snapshot"),
        *(getter(alice) for getter in (venue.position_rows, venue.pending, venue.history, venue.fills, venue.bills)),
        venue.algo_rows(alice),
        *(getattr(event, "row", {}) for event in scene.seen),
        *(venue.ticker_row(name) | venue.instrument_row(name) for name in venue.instruments),
        venue.funding_rate_row(SWAP),
        venue.open_interest_row(SWAP),
        venue.candles(SPOT, "1D", 10),
    ]
    odd = re.compile(r"[-+]?\d+(\.\d*)?[eE][-+]?\d+|-?\d+\.\d*0|-0|.*None.*|NaN|Infinity")
    for leaf in leaves(rows):
        assert leaf is None or isinstance(leaf, str | int | bool)
        assert not isinstance(leaf, str) or not odd.fullmatch(leaf)


def test_order_rows_have_one_shape() -> None:
    """All order pushes carry the same fields, with or without a fill; so do all REST orders."""
    scene = busy()
    pushes = {frozenset(event.row) for event in scene.taken(OrderChanged)}
    assert len(pushes) == 1
    assert {"fillPx", "execType", "amendResult", "linkedAlgoOrd", "notionalUsd"} <= next(iter(pushes))
    rows = scene.venue.pending(scene.alice) + scene.venue.history(scene.alice)
    assert len({frozenset(row) for row in rows}) == 1


def test_account_snapshot_and_update() -> None:
    """A snapshot lists what is not zero; an update only the currencies asked for; equity adds up."""
    scene = busy()
    row = scene.venue.account_row(scene.alice)
    assert {detail["ccy"] for detail in row["details"]} == {"USDT", "BTC", "ETH", "SOL"}
    assert [detail["ccy"] for detail in scene.venue.account_row(scene.alice, ("BTC",))["details"]] == ["BTC"]
    total = sum(Decimal(detail["eqUsd"]) for detail in row["details"])
    assert abs(Decimal(row["totalEq"]) - total) < Decimal("0.0001")
    usdt = next(detail for detail in row["details"] if detail["ccy"] == "USDT")
    assert usdt["ordFrozen"] == "0.6"


def test_balance_and_position() -> None:
    """A snapshot carries everything, an event its own currencies, positions and trades."""
    scene = busy()
    whole = scene.venue.balance_and_position_row(scene.alice, "snapshot")
    assert (len(whole["balData"]), len(whole["posData"]), whole["trades"]) == (4, 2, [])
    row = scene.venue.balance_and_position_row(scene.alice, "filled", ("USDT",), (SWAP,), ((SWAP, "17"),))
    assert row["eventType"] == "filled"
    assert [item["ccy"] for item in row["balData"]] == ["USDT"]
    assert [item["instId"] for item in row["posData"]] == [SWAP]
    assert row["trades"] == [{"instId": SWAP, "tradeId": "17"}]


def test_lists_page_newest_first() -> None:
    """``after`` walks a list from new to old without losing or repeating a row; ``before`` gives what is newer."""
    scene = FrozenVenue()
    for number in range(25):
        scene.clock.advance(1)
        scene.order(scene.alice, px="50000", sz="0.001", clOrdId=f"n{number}")
    walked: list[str] = []
    cursor: dict[str, str] = {}
    while rows := scene.venue.pending(scene.alice, {"limit": "10", **cursor}):
        walked += [row["clOrdId"] for row in rows]
        cursor = {"after": rows[-1]["ordId"]}
    assert walked == [f"n{number}" for number in reversed(range(25))]
    third = scene.venue.order_row(scene.alice, clOrdId="n2")
    assert third is not None
    assert len(scene.venue.pending(scene.alice, {"before": third["ordId"]})) == 22
    start = int(NOON * 1000)
    window = {"begin": str(start + 3000), "end": str(start + 5000)}
    assert [row["clOrdId"] for row in scene.venue.pending(scene.alice, window)] == ["n4", "n3", "n2"]


def test_lists_filter() -> None:
    """Lists keep to the instrument, type and state asked for; a number that is none is refused."""
    scene = busy()
    venue, alice = scene.venue, scene.alice
    assert {row["instId"] for row in venue.history(alice, {"instType": "SWAP"})} == {SWAP, "ETH-USDT-SWAP"}
    assert {row["instId"] for row in venue.history(alice, {"instFamily": "ETH-USDT"})} == {"ETH-USDT-SWAP"}
    assert venue.pending(alice, {"ordType": "post_only,ioc"}) == []
    assert len(venue.pending(alice, {"ordType": "post_only,limit", "state": "live"})) == 1
    bought = venue.history(alice, {"instId": SPOT})[0]
    assert {row["ordId"] for row in venue.fills(alice, {"ordId": bought["ordId"]})} == {bought["ordId"]}
    with pytest.raises(VenueRefusal, match="51000"):
        venue.fills(alice, {"limit": "many"})


def test_cancel_all_by_tag() -> None:
    """Cancel-all-after ends every resting order, or those of one tag, and says it was the timer."""
    scene = FrozenVenue()
    for tag in ("red", "blue", "blue"):
        scene.order(scene.alice, px="50000", sz="0.001", tag=tag)
    scene.order(scene.bob, px="50000", sz="0.001", tag="blue")
    assert scene.venue.cancel_all(scene.alice, tag="blue") == 2
    assert scene.venue.cancel_all(scene.alice) == 1
    assert {row["cancelSource"] for row in scene.venue.history(scene.alice)} == {"20"}
    assert len(scene.venue.pending(scene.bob)) == 1


def test_sizes_offered_can_be_ordered() -> None:
    """What max-size says can be ordered is accepted, and the next lot is not."""
    scene = FrozenVenue()
    for instId, mode in ((SPOT, "cash"), (SWAP, "isolated")):
        row = scene.venue.max_size_row(scene.alice, {"instId": instId, "tdMode": mode, "px": "64000"})
        lot = scene.venue.instruments[instId].lotSz
        more = str(Decimal(row["maxBuy"]) + lot)
        assert scene.order(scene.alice, instId, tdMode=mode, px="64000", sz=more).sCode == "51008"
        assert scene.order(scene.alice, instId, tdMode=mode, px="64000", sz=row["maxBuy"]).ok
        scene.venue.cancel_all(scene.alice)
    free = scene.venue.max_avail_size_row(scene.alice, {"instId": SPOT})
    assert (free["availBuy"], free["availSell"]) == ("100000", "2")


def test_deposit_status_and_codes() -> None:
    """Money from outside, the status record and instrument codes: changed, told, found."""
    scene = FrozenVenue()
    scene.venue.deposit(scene.alice, "USDT", "12.5")
    assert scene.balance(scene.alice, "USDT")[0] == Decimal("100012.5")
    assert scene.taken(BalanceChanged)[-1].cause == "transferred"
    scene.venue.set_status(state="scheduled", title="Upgrade")
    assert scene.taken(StatusChanged)[0].row["state"] == "scheduled"
    code = scene.venue.instrument_row(SWAP)["instIdCode"]
    assert scene.venue.instId_of(code) == SWAP
    assert scene.venue.instId_of(-1) is None
    assert scene.venue.requests == {}
    scene.order(scene.alice, px="1", sz="1")
    assert scene.venue.requests == {("place", "rest"): 1}


def test_a_step_is_cheap() -> None:
    """A second of market in steps of 20 ms costs a small part of a second (the promise is well under 5 ms a step)."""
    scene = FrozenVenue(quiet=False)
    began = time.perf_counter()
    for _ in range(200):
        scene.clock.advance(0.02)
        scene.venue.step()
    assert (time.perf_counter() - began) / 200 < 0.005


def test_time_never_goes_back_while_the_market_moves() -> None:
    """However the clock runs on between two looks at it, what happens later has no earlier date."""
    ticks = itertools.count()
    clock = PaperClock(NOON, real=lambda: next(ticks) * 0.0004)
    venue = Venue(clock=clock, flow_per_s=2000)
    seen: list[int] = []
    venue.listen(lambda _: seen.append(venue.engine.ms))
    for _ in range(300):
        venue.step()
        seen.append(venue.engine.ms)
    assert len(seen) > 300
    assert seen == sorted(seen)
