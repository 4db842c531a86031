"""How much memory a slow consumer may cost: a budget of bytes, whoever parses the messages; what is lost is counted."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from okx_sync import ConfigError, Subscription
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, topic_of
from tests.conformance.wire_protocols import Stream, Wire
from tests.loopback.conftest import FAST, until

FRAMES = 200
BUDGET = 64_000
PADDING = "x" * 2_000
MOST = BUDGET + 3_000  # and the one message that is being handled


def _padded(stream: Stream, number: int, padding: str = PADDING) -> Any:
    row = stream.row(number)
    return [*row, padding] if isinstance(row, list) else {**row, "padding": padding}


def _settled(sub: Subscription[Any], received: int) -> bool:
    now = sub.stats
    # what a stream begins with may come late
    return now.received >= received and now.received == now.delivered + now.coalesced + now.dropped + now.waiting


@pytest.mark.parametrize("case", ["trades", "two readers", "account", "latest"])
def test_a_stuck_callback_holds_no_more_than_the_budget(
    paper: PaperExchange, wire: Wire, connect: Connect, case: str
) -> None:
    """Large messages, parsed by the consumer or before it, of many keys or of one: the policy decides past the budget,
    and all that came is delivered or counted.
    """
    stream = wire.orders if case in ("account", "latest") or wire.trades is None else wire.trades
    watched, go_on, heard = connect(), threading.Event(), list[Any]()

    def stuck(event: Any) -> None:
        go_on.wait(20)
        heard.append(event)

    options: dict[str, Any] = {"policy": "latest"} if case == "latest" else {}
    subs: list[Subscription[Any]] = []
    arg = topic_of(paper, lambda: subs.append(watched.subscribe(stream, stuck, max_bytes=BUDGET, **options)))
    if case == "two readers":
        subs.append(watched.subscribe(stream, name="other", max_bytes=BUDGET))
    began = [sub.stats.received for sub in subs]
    assert paper.flood(arg, lambda number: _padded(stream, number), FRAMES).result(20) == FRAMES
    for sub, before in zip(subs, began, strict=True):
        until(lambda sub=sub, before=before: _settled(sub, before + FRAMES), what="all frames")  # type: ignore[misc]
        assert BUDGET / 2 < sub.stats.waiting_bytes <= MOST
        assert sub.stats.waiting < BUDGET / len(PADDING)
        assert sub.stats.dropped >= FRAMES - MOST / len(PADDING) - 1
    go_on.set()
    first = subs[0]
    until(lambda: first.stats.waiting == 0 and len(heard) == first.stats.delivered, what="the rest")
    assert first.stats.received == len(heard) + first.stats.dropped + first.stats.coalesced
    assert first.stats.waiting_bytes == 0


def test_a_client_has_a_budget_for_all_its_mailboxes(paper: PaperExchange, wire: Wire) -> None:
    """It counts where a subscription names none; what is no number of bytes is refused."""
    with pytest.raises(ConfigError, match="max_mailbox_bytes must be a whole number"):
        wire.client(wire.config(paper), max_mailbox_bytes=0)
    stream = wire.orders if wire.trades is None else wire.trades
    with wire.client(wire.config(paper), options=FAST, max_mailbox_bytes=BUDGET) as ws:
        subs: list[Subscription[Any]] = []
        arg = topic_of(paper, lambda: subs.append(ws.subscribe(stream.channel, None, **stream.args)))
        paper.flood(arg, lambda number: _padded(stream, number), FRAMES).result(20)
        until(lambda: subs[0].stats.dropped > FRAMES / 2, what="the drop")
        assert subs[0].stats.waiting_bytes <= MOST


def _resident() -> int:
    """Bytes of this process in memory."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory of a process is read from /proc")
def test_a_flood_of_large_messages_in_memory(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Far more than the default budget behind a stuck callback: the process does not grow with it."""
    stream = wire.orders if wire.trades is None else wire.trades
    watched, go_on = connect(), threading.Event()
    arg = topic_of(paper, lambda: watched.subscribe(stream, lambda _event: go_on.wait(100)))
    began, padding = _resident(), "x" * 19_000
    for _ in range(20):  # 380 MB
        paper.flood(arg, lambda number: _padded(stream, number, padding), 1000).result(60)
    grown = _resident() - began
    go_on.set()
    assert grown < 200e6, f"{grown / 1e6:.0f} MB"
