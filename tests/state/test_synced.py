"""What orders, positions and account have in common; that of each is tested where it lives."""

from __future__ import annotations

import pytest

from okx_sync import StreamClosed
from okx_sync.exchanges.okx.models import Position
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.state.synced import Synced
from tests.state.accounts import SWAP


def test_it_begins_unsynced_with_a_reason() -> None:
    """That of nobody telling anything, where it is so; that of the end, once it is closed."""
    assert Synced("it").unsynced_reason == "no snapshot has come yet"
    live = Synced("it", no_source="nobody tells")
    assert live.unsynced_reason == "nobody tells"
    live.close("the day is over")
    assert live.unsynced_reason == "the day is over"
    with pytest.raises(StreamClosed, match="the day is over"):
        live.wait_synced()


def test_what_could_not_be_read_is_reported_and_the_rest_taken_in() -> None:
    """One report for a row, without a word from the others."""
    told: list[Exception] = []
    monitor = PositionMonitor(report=told.append)
    row = {"instId": SWAP, "posSide": "net", "pos": "3", "mgnMode": "cross", "ccy": "USDT", "uTime": "1"}
    monitor.apply(Position.from_wire({**row, "upl": "much"}), Position.from_wire({**row, "instId": "X"}))
    assert monitor[SWAP].size == 3
    assert "X" in monitor
    assert len(told) == 1
    assert "upl" in str(told[0])
