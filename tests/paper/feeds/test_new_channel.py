"""A channel that OKX adds tomorrow is one row of the channel table and one feed."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from okx_sync.paper.feeds.scripted import ScriptContext, ScriptFeed
from okx_sync.paper.feeds.table import FEEDS
from okx_sync.paper.okx.channels import CHANNELS
from okx_sync.paper.server.channel_spec import PRIVATE, ChannelSpec
from okx_sync.paper.venue.types import Row
from tests.paper.wire_client import WireClient


def moods(scene: ScriptContext) -> list[Row]:
    """How the account feels about an instrument."""
    mood = scene.luck("mood", scene.beat).choice(("bullish", "bearish"))
    return [{"instId": scene.arg["instId"], "mood": mood, "px": scene.px_text(scene.arg["instId"]), "ts": scene.ts}]


def test_one_row_and_one_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Path, login, arguments, owner and cadence all follow from the row."""
    row = ChannelSpec("moods", PRIVATE, "moods", ("instId",), login=True, own=True, options={"period": 2.0})
    monkeypatch.setitem(CHANNELS, row.name, row)
    monkeypatch.setitem(FEEDS, row.feed, ScriptFeed.of(moods))
    with PaperExchange(clock=PaperClock(frozen=True)) as paper, WireClient(paper, "private", "alice") as client:
        client.ask("subscribe", {"channel": "moods"}, {"channel": "moods", "instId": "NO-SUCH"})
        assert [client.until_event("error")["code"] for _ in range(2)] == ["60027", "60018"]
        client.subscribe("moods", instId="BTC-USDT")
        paper.clock.advance(4.5)
        pushes = [client.until_push("moods") for _ in range(3)]
        assert all(push["arg"]["uid"] and push["data"][0]["mood"] in ("bullish", "bearish") for push in pushes)
        assert len({push["data"][0]["ts"] for push in pushes}) == 3
