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


def test_the_sockets_of_a_path_have_a_line_each() -> None:
    """Where there are several: what each carries and has used; and what waits, is new, or was never told whole."""
    shard = {
        "shard": 0, "state": "ready", "topics": 1, "length": 0, "held_back": None, "reconnects": 0,
        "requests": 4, "requests_per_hour": 470,
    }  # fmt: skip
    full = {**shard, "shard": 1, "length": 900, "held_back": "waiting for 470 requests an hour"}
    link = LINK | {"shards": [shard, full], "held_back": "waiting for 470 requests an hour"}
    news = {"tickers": {"field newPx": 3}}
    text = repr(status(links={"public": link}, subscriptions=[SUB | {"incomplete": 2}], unknown=news))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[1].startswith("link public ready, 2 topics, waiting for 470 requests an hour, 1 reconnects")
    assert lines[2] == "shard 0 ready, 1 topics, 4 of 470 requests an hour used, 0 reconnects"
    assert "1 topics of 900 characters" in lines[3]
    assert "used, waiting for 470 requests an hour, 0 reconnects" in lines[3]
    assert lines[4].endswith("incomplete 2")
    assert lines[5] == "unknown in tickers: field newPx"
