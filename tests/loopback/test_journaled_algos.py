"""Algo orders of a program that was killed, and what its orders brought with them: the next run has them again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import PATIENCE_S, until
from tests.loopback.killed_bot import client_for

paper = still_exchange.still_paper
WORDS: Final[dict[str, dict[str, Any]]] = {
    "okx": {"inst_id": still_exchange.SWAP, "size": 1, "td_mode": "cross"},
    "bybit": {"inst_id": "BTCUSDT", "size": 1},
    "bitget": {"inst_id": "BTCUSDT", "size": 1},
}


def keys(ws: Any) -> set[str]:
    """What the journal of a client looks for."""
    return {one.key for one in ws._journal.unfinished}


@pytest.mark.parametrize("wire", WORDS)
def test_the_next_run_has_them_again(paper: PaperExchange, tmp_path: Path, wire: str) -> None:
    """Its orders have their children, its triggers are known by their ids, and what ends is looked for no more."""
    path, left, words = tmp_path / "journal", tmp_path / "left", {"side": "buy", **WORDS[wire]}
    with client_for(wire, paper, path) as ws:
        order = ws.orders.place(price=60_000, take_profit=66_000, client_order_id="own", **words)
        assert order.wait_until(lambda one: one.children[0].status == "attached", PATIENCE_S)
        trigger = ws.orders.place_algo("trigger", trigger=70_000, client_order_id="mine", **words)
        assert trigger.wait_armed(PATIENCE_S)
        child = order.children[0].client_order_id
        brought = f"algo {child}" if child else "algo of own take_profit"
        assert keys(ws) >= {"own", brought, "algo mine"}
        shutil.copy(path, left)  # as kill -9 leaves it
    with client_for(wire, paper, left) as ws:
        orders = ws.orders
        assert orders._algos is not None, "what is unfinished opens the algo orders"
        assert orders.algos.wait_synced(PATIENCE_S)
        (again,) = orders["own"].children
        assert (again.status, again.parent, again.leg) == ("attached", orders["own"], "take_profit")
        assert orders["own"].take_profit is again
        assert (orders.algos["mine"].status, len(orders.algos)) == ("armed", 2)
        paper.fill("own")
        assert again.wait_armed(PATIENCE_S)
        assert orders.algos["mine"].cancel()
        paper.trade_at(still_exchange.SWAP, "66000")
        assert again.wait_until(lambda one: one.status == "fired", PATIENCE_S), again
        until(lambda: not keys(ws), what="the ends in the journal")
