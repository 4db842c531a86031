"""``Monitor``: what positions and account have in common; the positions stand for both, an account where it differs."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import fork
from okx_sync.errors import ConfigError, DecodeError, StreamClosed
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.state.risk import RiskEvent
from tests.clocks import HandClock
from tests.state.accounts import ETH, SWAP, account, balance, position

D = Decimal
PATIENCE_S = 10.0
NOW = int(HandClock().time() * 1000)


class Row:
    """A row of some exchange, which says what it means."""

    def __init__(self, found: Any) -> None:
        self.found = found

    def to_update(self) -> Any:
        """What it means, if it can be read."""
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


def monitor(**wiring: Any) -> PositionMonitor:
    """One on a clock that stands still."""
    return PositionMonitor(clock=HandClock(), **wiring)


# -- completeness --------------------------------------------------------------------------------------------------


def test_a_picture_of_everything_completes_it() -> None:
    """Changes alone do not; a doubt ends that until the next picture."""
    one = monitor()
    assert (one.products, one.awaits(), one.synced) == ((), True, False)
    one.apply(position(1))
    assert not one.synced
    one.apply_snapshot([position(1)])
    assert (one.awaits(), one.synced, one.unsynced_reason) == (False, True, None)
    one.invalidate("the link was lost")
    assert (one.awaits(), one.synced, one.unsynced_reason) == (True, False, "the link was lost")
    assert one[SWAP].size == 1


def test_product_types_are_completed_one_by_one() -> None:
    """The reason names those that are still to come; while none was told there is nothing to name."""
    one = monitor(products=("LINEAR", "INVERSE"))
    assert one.products == ("LINEAR", "INVERSE")
    assert one.unsynced_reason == "no snapshot has come yet"
    one.apply_snapshot([position(1, product="LINEAR")], product="LINEAR")
    assert (one.awaits("LINEAR"), one.awaits("INVERSE"), one.synced) == (False, True, False)
    assert one.unsynced_reason == "INVERSE: no snapshot has come yet"
    one.apply_snapshot([], product="INVERSE")
    assert one.wait_synced(0)
    one.invalidate("the link was lost")
    assert (one.awaits("LINEAR"), one.awaits("INVERSE")) == (True, True)
    one.apply_snapshot([])  # of everything
    assert one.synced


def test_a_product_type_that_it_does_not_cover_is_refused() -> None:
    """The hint names those that it covers; nothing is taken in."""
    one = monitor(products=("LINEAR",))
    with pytest.raises(ConfigError, match="product 'SPOT' is not covered") as caught:
        one.apply_snapshot([position(1)], product="SPOT")
    assert caught.value.hint == "one of LINEAR"
    assert not len(one)


def test_a_picture_with_a_part_that_could_not_be_read_completes_nothing() -> None:
    """What is missing in it may be there."""
    one = AccountMonitor(clock=HandClock())
    one.apply_snapshot([account(balance("BTC", 1), balance("USDT", 5))])
    assert one.synced
    one.apply_snapshot([account(balance("USDT", 6), is_cut=True)])
    assert (one.synced, one.awaits(), one.unsynced_reason) == (False, True, "a balance could not be read")
    assert {each.currency: each.equity for each in one.balances} == {"BTC": 1, "USDT": 6}


def test_a_row_that_cannot_be_read_makes_it_await_a_picture() -> None:
    """Of each product type, since nobody knows of which it was."""
    told: list[Exception] = []
    one = monitor(products=("LINEAR", "INVERSE"), report=told.append)
    one.apply_snapshot([])
    error = DecodeError("a row without a size", text="x")
    one.row_lost(error)
    assert (one.awaits("LINEAR"), one.awaits("INVERSE"), one.synced) == (True, True, False)
    assert told == [error]


def test_what_changed_behind_a_picture_is_left_as_it_is() -> None:
    """``as_of``: a list that was made before a change says nothing of it."""
    one = monitor()
    one.apply(position(2, at=NOW), position(1, at=NOW - 50, inst_id=ETH))
    one.apply_snapshot([], as_of=NOW - 20)
    assert [each.inst_id for each in one] == [SWAP]


# -- being fed -----------------------------------------------------------------------------------------------------


def test_several_updates_are_one_step_and_rows_convert_themselves() -> None:
    """One that cannot be read, or is of another kind, keeps all of them out."""
    one = monitor()
    sizes: list[int] = []
    one.on_change(lambda _event: sizes.append(len(one)))
    events = one.apply(position(1), Row(position(2, inst_id=ETH)))
    assert [event.kind for event in events] == ["opened", "opened"]
    assert sizes == [2, 2]
    for wrong, error in ((Row(DecodeError("no", text="")), DecodeError), (Row(account()), ConfigError)):
        with pytest.raises(error):
            one.apply(position(9), wrong)
        with pytest.raises(error):
            one.apply_snapshot([wrong])
    with pytest.raises(DecodeError, match="size"):
        one.apply(position(9), position("NaN"))
    assert one[SWAP].size == 1


def test_a_partial_update_leaves_what_it_does_not_tell() -> None:
    """Where the exchange sends only what changed."""
    one = monitor()
    one.apply(position(1, entry_price=D(100)))
    one.apply(position(2, at=2), partial=True)
    assert (one[SWAP].size, one[SWAP].entry_price) == (D(2), D(100))


def test_a_change_wakes_whoever_waits_and_a_repeat_tells_nobody() -> None:
    """The same news twice is no event."""
    one = monitor()
    told: list[Any] = []
    one.on_change(told.append)
    assert one.apply(position(1)) == tuple(told)
    assert one.apply(position(1)) == ()
    assert len(told) == 1
    feeder = threading.Timer(0.02, one.apply, (position(2, at=2),))
    feeder.start()
    assert one.wait_until(
        lambda each: each[SWAP].size == 2, PATIENCE_S
    )  # its clock stands still: only a change ends it


# -- the end -------------------------------------------------------------------------------------------------------


def test_closing_leaves_the_stream_once_and_changes_stop() -> None:
    """The first reason stays, whoever waits gets it, and what is fed from then on is not taken in."""
    left: list[str] = []
    one = monitor(release=lambda: left.append("left"), products=("LINEAR",))
    one.apply_snapshot([position(1)], product="LINEAR")
    one.close("the day is over")
    one.close()
    assert left == ["left"]
    assert (one.synced, one.unsynced_reason) == (False, "the day is over")
    assert one.apply(position(5, at=9)) == ()
    assert one[SWAP].size == 1
    with pytest.raises(StreamClosed, match="the day is over"):
        one.wait_synced(0)


def test_in_a_forked_child_closing_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream is the parent's."""
    left: list[str] = []
    one = monitor(release=lambda: left.append("left"))
    monkeypatch.setattr(fork, "is_from_parent", lambda thing: thing is one)
    one.close()
    assert (left, one.is_closed) == ([], False)


# -- limits --------------------------------------------------------------------------------------------------------


def test_a_limit_tells_each_crossing_once() -> None:
    """What is beyond it already at once; its handle says what it is and where it stands."""
    one, told = monitor(), list[RiskEvent]()
    one.apply_snapshot([position(20), position(1, inst_id=ETH)])
    limit = one.limit("size", above=10, callback=told.append)
    assert [(event.is_breach, event.value) for event in told] == [(True, D(20))]
    assert limit.breached == (told[0].subject,)
    assert (limit.limit.metric, limit.limit.recover_at) == ("size", D("9.5"))
    assert repr(limit) == f"<Limit size above 10, recovers at 9.50: breached by {told[0].subject}>"
    one.apply(position(25, at=2))
    one.apply(position(3, at=3))
    assert [event.is_breach for event in told] == [True, False]
    assert repr(limit) == "<Limit size above 10, recovers at 9.50: kept>"


def test_a_limit_of_one_subject_and_the_end_of_a_limit() -> None:
    """Others are not looked at; removed, it tells no more, however often that is done."""
    one, told = monitor(), list[RiskEvent]()
    one.apply_snapshot([])
    limit = one.limit("size", above=10, callback=told.append, inst_id=ETH)
    other = one.limit("size", below=0, callback=told.append)
    assert "of ETH-USDT-SWAP" in repr(limit)
    one.apply(position(20))
    assert told == []
    limit.remove()
    limit.remove()
    one.apply(position(20, inst_id=ETH))
    assert (told, limit.breached, other.breached) == ([], (), ())


def test_a_limit_that_cannot_work_is_refused() -> None:
    """An unknown metric, and one that the exchange never tells; the hints name what works."""
    one = monitor(untold={"leverage": "the exchange does not tell it"})
    with pytest.raises(ConfigError, match="metric 'sizes' is unknown") as caught:
        one.limit("sizes", above=1, callback=print)  # type: ignore[arg-type]
    assert "size" in str(caught.value.hint)
    with pytest.raises(ConfigError, match="would never call back: the exchange does not tell it") as caught:
        one.limit("leverage", above=1, callback=print)
    assert "leverage" not in str(caught.value.hint)


def test_a_metric_that_is_not_told_of_a_subject_is_reported_once() -> None:
    """It is judged as soon as it is told."""
    errors, told = list[Exception](), list[RiskEvent]()
    one = monitor(report=errors.append)
    one.apply_snapshot([position(1), position(1, inst_id=ETH)])
    one.limit("margin_ratio", above="0.8", callback=told.append)
    one.apply(position(2, at=2))
    [error] = errors
    assert "margin_ratio above 0.8" in str(error)
    assert "is not judged" in str(error)
    one.apply(position(2, at=3, margin_ratio=D("0.9")))
    assert [event.is_breach for event in told] == [True]


def test_everything_is_looked_at_when_it_becomes_complete() -> None:
    """A picture that changes nothing may still tell that a sum is whole."""
    told: list[RiskEvent] = []
    one = AccountMonitor(clock=HandClock(), has_lists=True)
    one.apply(account(balance("USDT", 5), snapshot=False))
    one.limit("total_equity", below=10, callback=told.append)
    assert told == []
    one.apply_snapshot([account(balance("USDT", 5))])
    assert [event.is_breach for event in told] == [True]


def test_what_is_not_in_a_picture_is_known_too() -> None:
    """Though the picture changes nothing: of a currency that is not there, there is none."""
    told: list[RiskEvent] = []
    one = AccountMonitor(clock=HandClock(), has_lists=True)
    row = account(balance("USDT", 5), snapshot=False, total_equity=D(5))
    one.apply(row)
    one.limit("total_equity", below=1, currency="BTC", callback=told.append)
    assert told == []
    assert one.apply_snapshot([row]) == ()
    assert [(event.subject, event.value) for event in told] == [("BTC", D(0))]
