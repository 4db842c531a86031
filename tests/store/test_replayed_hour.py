"""A market with accidents, recorded and played twice: the same objects in the same order, all of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from okx_sync import OkxError, Recording, WsClient
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, until
from tests.loopback.still_exchange import TRADES, trade
from tests.store.replayed import replayed

BTC = "BTC-USDT"


def is_settled(paper: PaperExchange) -> None:
    """Wait until both links are up, the private one logged in."""
    up = [("private", 1), ("public", 0)]
    until(lambda: sorted((one.path, one.logins) for one in paper.open_connections) == up, what="both links")


def record(paper: PaperExchange, folder: Path, minutes: int, step_s: float) -> int:
    """Record so many minutes of the exchange's clock, with a loss, an announced restart and a gap in each ten."""
    heard: list[object] = []
    ends: list[bool] = []
    with WsClient(paper.config, options=FAST) as ws, ws.record(folder):
        ws.on_state(lambda event: ends.append(event.kind in ("restored", "replaced")))
        for subscribe in (ws.subscribe_tickers, ws.subscribe_books, ws.subscribe_books5):
            subscribe(BTC, callback=heard.append, inline=True)
        ws.subscribe_trades(BTC, callback=heard.append, inline=True, backfill=True)
        ws.subscribe_orders("ANY", callback=heard.append, inline=True)
        for minute in range(minutes):
            for _ in range(round(60 / step_s)):
                paper.clock.advance(step_s)
                is_settled(paper)  # the jump closes a silent socket, and would make the next login an old one
            with suppress(OkxError):  # a minute of the exchange's may just have ended the account's connection
                ws.orders.place(BTC, "sell", "0.01", order_type="market", td_mode="cash")
            before = ends.count(True)
            if minute % 10 == 3:
                paper.faults.drop()
            elif minute % 10 == 6:
                paper.faults.notice(close_after=1.0)
            elif minute % 10 == 9:
                paper.faults.gap("books", BTC)
            if minute % 10 in (3, 6):
                until(lambda before=before: ends.count(True) >= before + 2)  # type: ignore[misc]
        paper.quiet()
        paper.clock.advance(1)
        is_settled(paper)
        paper.push(TRADES, [trade(77)])  # behind all else: what still comes while it is closed is only recorded
        until(lambda: any(getattr(one, "tradeId", "") == "77" for one in heard[-100:]), what="the last trade")
        ws.close()
    return len(heard)


@pytest.mark.slow
@pytest.mark.parametrize(("minutes", "step_s"), [(7, 20.0), (60, 2.0)], ids=["minutes", "an hour"])
def test_played_twice(paper: PaperExchange, tmp_path: Path, minutes: int, step_s: float) -> None:
    """One number of all objects, deep, is the same at both replays, and there are as many as came live."""
    heard = record(paper, tmp_path, minutes, step_s)
    first, second = replayed(tmp_path), replayed(tmp_path)
    assert first == second
    assert sum(first.objects.values()) == heard
    stats = Recording(tmp_path).stats()
    assert first.recovered == stats.recovered
    assert first.events["lost"] >= 2
