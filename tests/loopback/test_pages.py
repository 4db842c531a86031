"""Snapshots that the exchange sends in pages arrive once, whole, and say that they are snapshots."""

from __future__ import annotations

from okx_sync import PaperExchange, WsClient
from tests.paper.feeds.event_triggers import OTHER_SWAP, buy_swap


def test_a_paged_account_is_delivered_once_and_whole() -> None:
    """One currency a page: one object with all of them, marked as a snapshot, after the last page."""
    with PaperExchange(pages=1, flow_per_s=0) as paper, WsClient(paper.config) as ws:
        first = ws.subscribe_account().get(timeout=10)
        pages = [frame for frame in paper.pushed.items() if frame[0][1].startswith("account")]
        assert sum(count for _, count in pages) >= 3
    assert first.is_snapshot
    assert first.lastPage is True
    assert {detail.ccy for detail in first.details} >= {"USDT", "BTC", "ETH"}


def test_paged_positions_are_delivered_together() -> None:
    """One position a page: both come, both marked as parts of one snapshot, and changes follow as such."""
    with PaperExchange(pages=1, flow_per_s=0) as paper:
        buy_swap(paper)
        buy_swap(paper, instId=OTHER_SWAP)
        with WsClient(paper.config) as ws:
            sub = ws.subscribe_positions("ANY")
            both = [sub.get(timeout=10), sub.get(timeout=10)]
    assert {position.instId for position in both} == {"BTC-USDT-SWAP", OTHER_SWAP}
    assert all(position.is_snapshot and position.curPage == 2 and position.lastPage for position in both)
