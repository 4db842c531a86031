"""Recovery of trades and candles: each trade's volume once, each bar once, holes and horizons named."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from okx_sync.exchanges.okx.recovery.market import CandlesRecovery, TradesRecovery
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from tests.examples import examples

BEGAN = 1_700_000_000_000
ARGS = {"instId": "BTC-USDT"}
TOPIC = Topic("trades", (("instId", "BTC-USDT"),))


def trade(last: int, count: int = 1) -> dict[str, str]:
    """A push of ``count`` trades up to number ``last``; trade n has the size n, so that sums tell which ones."""
    size = sum(range(last - count + 1, last + 1))
    row = {"instId": "BTC-USDT", "tradeId": str(last), "px": "100", "sz": str(size), "side": "buy"}
    return {**row, "ts": str(BEGAN + last), "count": str(count)}


def listing(newest: int, without: frozenset[int] = frozenset()) -> Any:
    """``history-trades`` as it answers while ``newest`` is the newest trade it knows of."""

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        top = min(newest, int(params.get("after", newest + 1)) - 1)
        numbers = [number for number in range(top, 0, -1) if number not in without][: params["limit"]]
        return [{name: text for name, text in trade(number).items() if name != "count"} for number in numbers]

    return fetch


def _push(row: dict[str, str]) -> Push:
    return Push("trades", {"channel": "trades", **ARGS}, [row], {"data": [row]})


def _held(source: TradesRecovery, told: list[dict[str, str]]) -> tuple[RecoveryBuffer, list[str]]:
    found: list[str] = []
    buffer = RecoveryBuffer(source, TOPIC, BEGAN, found.extend)
    for row in told:
        assert buffer.admit(_push(row)) is not None
    buffer.hold()
    return buffer, found


def _volume(pushes: list[Push]) -> Decimal:
    return sum((Decimal(row["sz"]) for push in pushes for row in push.rows), Decimal(0))


def test_a_push_of_several_trades_of_which_some_were_recovered() -> None:
    """REST told of 101 to 104 and the stream of 103 to 106 as one: what is left of it is 105 and 106."""
    source = TradesRecovery(ARGS)
    buffer, found = _held(source, [trade(99), trade(100)])
    assert buffer.admit(_push(trade(106, 4))) is None
    pushes, recovered = buffer.release(source.missed(BEGAN, listing(104), BEGAN).rows, buffer.outage)
    assert [row["tradeId"] for push in pushes for row in push.rows] == ["101", "102", "103", "104", "106"]
    assert (pushes[-1].rows[0]["count"], pushes[-1].rows[0]["sz"]) == ("2", "211")
    assert recovered == 4
    assert _volume(pushes) == sum(range(101, 107))
    assert (buffer.holes(), found) == ([], [])


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.data())
def test_each_trade_is_told_once(counts: list[int], data: st.DataObject) -> None:
    """Wherever the outage is and whatever REST knows: each number's volume is told once, and a hole is named."""
    ends = [sum(counts[: number + 1]) for number in range(len(counts))]
    rows = [trade(end, count) for end, count in zip(ends, counts, strict=True)]
    down = data.draw(st.integers(1, len(rows)), label="down")
    up = data.draw(st.integers(down, len(rows)), label="up")
    waiting = data.draw(st.integers(up, len(rows)), label="waiting")
    newest = data.draw(st.integers(0, ends[-1]), label="newest on REST")
    source = TradesRecovery(ARGS)
    buffer, found = _held(source, rows[:down])
    for row in rows[up:waiting]:
        assert buffer.admit(_push(row)) is None
    pushes, _ = buffer.release(source.missed(BEGAN, listing(newest), BEGAN).rows, buffer.outage)
    found += buffer.holes()
    for row in rows[waiting:]:
        push = buffer.admit(_push(row))
        pushes += [push] if push is not None else []
    told_before, swallowed = ends[down - 1], ends[up - 1]
    lost = range(max(told_before, newest) + 1, swallowed + 1) if up < len(rows) else range(0)
    wanted = range(told_before + 1, (ends[-1] if up < len(rows) else max(newest, told_before)) + 1)
    assert _volume(pushes) == sum(wanted) - sum(lost)
    assert len(found) == bool(lost)
    for text in found:
        assert str(lost[0]) in text
        assert str(lost[-1]) in text


def test_a_hole_is_told_with_the_first_push_behind_it() -> None:
    """No push waited: what REST did not know of shows when the stream goes on, and is told once."""
    source = TradesRecovery(ARGS)
    buffer, found = _held(source, [trade(99), trade(100)])
    buffer.release(source.missed(BEGAN, listing(101), BEGAN).rows, buffer.outage)
    assert buffer.holes() == []
    assert buffer.admit(_push(trade(105))) is not None
    assert found == ["trades 102 to 104"]
    assert buffer.admit(_push(trade(107))) is not None
    assert (found, buffer.holes()) == (["trades 102 to 104"], ["trade 106"])


def test_numbers_that_always_jump_are_no_holes() -> None:
    """Where they do not go on one by one while all is well, they say nothing about what is missing."""
    source = TradesRecovery(ARGS)
    buffer, found = _held(source, [trade(10), trade(20), trade(30)])
    buffer.release([], buffer.outage)
    assert buffer.admit(_push(trade(40))) is not None
    assert (found, buffer.holes()) == ([], [])


def test_trades_that_are_found_late() -> None:
    """Before this topic's turn came the stream had to go on: what it missed is still news, and comes once."""
    source = TradesRecovery(ARGS)
    buffer, _ = _held(source, [trade(99), trade(100)])
    buffer.release([], buffer.outage, done=False)
    assert buffer.admit(_push(trade(110))) is not None
    pushes, recovered = buffer.release(source.missed(BEGAN, listing(112), BEGAN).rows, buffer.outage)
    told = [row["tradeId"] for push in pushes for row in push.rows]
    assert told == [str(number) for number in range(101, 113) if number != 110]
    assert (recovered, buffer.holes()) == (11, [])


def test_more_trades_than_are_fetched() -> None:
    """The newest ten thousand are, and the gap says from when on."""
    source = TradesRecovery(ARGS)
    assert source.note(trade(1)) is not None
    source.interrupted()
    missed = source.missed(BEGAN, listing(10_500), BEGAN)
    assert len(missed.rows) == 10_000
    (lack,) = missed.lacks
    assert lack.before_ms == BEGAN + 501
    assert source.holes(missed.rows) == ["trades 2 to 500"]


MINUTE = 60_000


def bars(newest: int, oldest: int = 0) -> Any:
    """Both listings of one-minute bars: the recent one ends after 1440, the other at bar ``oldest``."""
    asked: list[str] = []

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        asked.append(path.rpartition("/")[2])
        top = min(newest, (int(params.get("after", BEGAN + (newest + 1) * MINUTE)) - BEGAN) // MINUTE - 1)
        last = max(newest - 1439, oldest) if path.endswith("/candles") else oldest
        return [bar(number, is_closed=number < newest) for number in range(top, last - 1, -1)][: params["limit"]]

    fetch.asked = asked  # type: ignore[attr-defined]
    return fetch


def bar(number: int, *, is_closed: bool) -> list[str]:
    """One bar."""
    return [str(BEGAN + number * MINUTE), "1", "1", "1", "1", "1", "1", "1", "1" if is_closed else "0"]


def _candles() -> CandlesRecovery:
    return CandlesRecovery(ARGS, ("/api/v5/market/candles", "/api/v5/market/history-candles"), "1m")


def _numbers(rows: list[Any]) -> list[int]:
    return [(int(row[0]) - BEGAN) // MINUTE for row in rows]


def test_bars_older_than_the_recent_listing() -> None:
    """Four days of one-minute bars: the recent listing ends after one, the rest comes from the one of older bars."""
    source, fetch = _candles(), bars(5760)
    assert source.note(bar(0, is_closed=False)) is not None
    source.interrupted()
    missed = source.missed(BEGAN, fetch, BEGAN)
    assert _numbers(missed.rows) == list(range(5760))
    assert missed.lacks == ()
    assert set(fetch.asked) == {"candles", "history-candles"}


def test_bars_that_nobody_lists() -> None:
    """Too many, or older than any listing: the gap says from when on there are bars."""
    source = _candles()
    assert source.note(bar(0, is_closed=True)) is not None
    source.interrupted()
    for fetch, first in ((bars(11_000), 1_021), (bars(500, oldest=100), 100)):
        missed = source.missed(BEGAN, fetch, BEGAN)
        (lack,) = missed.lacks
        assert abs((lack.before_ms - BEGAN) // MINUTE - first) <= 100
        assert _numbers(missed.rows)[0] == (lack.before_ms - BEGAN) // MINUTE


@pytest.mark.parametrize("odd", [None, "x", {}, [], ["soon", "1"]])
def test_a_bar_that_cannot_be_read(odd: Any) -> None:
    """It is not taken for the end of the listing."""
    source = _candles()
    source.interrupted()
    with pytest.raises(ValueError, match="no time"):
        source.missed(BEGAN, lambda _path, _params: [odd], BEGAN)
    assert source.note(odd) is odd


def test_bars_that_are_found_late() -> None:
    """The stream went on with a later bar: those before it are still news, once each."""
    source = _candles()
    assert source.note(bar(0, is_closed=False)) is not None
    source.interrupted()
    assert source.note(bar(3, is_closed=False)) is not None
    assert source.note(bar(3, is_closed=True)) is not None
    rows = source.missed(BEGAN, bars(5), BEGAN).rows
    assert _numbers(rows) == [0, 1, 2, 4]
    assert all(source.note(row) is row for row in rows)
    assert [source.note(row) for row in rows] == [None] * 4
    assert source.note(bar(2, is_closed=False)) is None
