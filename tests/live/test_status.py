"""``ClientStatus``: a plain dict that prints as a table."""

from __future__ import annotations

import json
from typing import Any

from okx_sync.live.status import ClientStatus

LINK: dict[str, Any] = {"state": "ready", "topics": 2, "reconnects": 1, "round_trip_ms": 12.34, "url": "wss://x/public"}
SUB: dict[str, Any] = {
    "topic": "tickers(instId=BTC-USDT)",
    "received": 10,
    "delivered": 8,
    "coalesced": 0,
    "dropped": 1,
    "waiting": 1,
    "lag_ms": 20.6,
}


def status(**changes: Any) -> ClientStatus:
    facts = {"environment": "okx global demo", "errors": 3, "links": {}, "subscriptions": [], "running_callbacks": {}}
    return ClientStatus(facts | changes)


def test_it_prints_as_a_table() -> None:
    """Environment and errors, then a line for each link, subscription and running callback."""
    text = repr(status(links={"public": LINK}, subscriptions=[SUB], running_callbacks={"bot.on_tick": 1.5}))
    first, link, sub, running = text.splitlines()
    assert first == "okx global demo, 3 errors reported"
    assert " ".join(link.split()) == "link public ready, 2 topics, 1 reconnects, round trip 12.3 ms, wss://x/public"
    assert sub.split()[:3] == ["tickers(instId=BTC-USDT)", "received", "10"]
    assert "dropped      1" in sub
    assert sub.endswith("lag 21 ms")
    assert running.strip() == "running: bot.on_tick for 1.50 s"


def test_what_is_not_known_is_left_out() -> None:
    """No round trip before the first pong, no lag before the first event."""
    text = repr(status(links={"public": LINK | {"round_trip_ms": None}}, subscriptions=[SUB | {"lag_ms": None}]))
    assert "round trip" not in text
    assert "lag" not in text


def test_it_is_a_dict_like_any_other() -> None:
    """For programs: keys, and JSON."""
    assert status()["errors"] == 3
    assert json.loads(json.dumps(status())) == status()
