"""A client, its subscriptions and listings as a notebook shows them, without its secrets."""

from __future__ import annotations

import re

from okx_sync import OkxClient, PaperExchange, WsClient
from okx_sync.live.status import ClientStatus
from tests.loopback import still_exchange
from tests.loopback.conftest import until
from tests.loopback.still_exchange import TRADES, flood, trade
from tests.notebook.test_row_pictures import words

paper = still_exchange.shared_paper


def test_a_client_and_its_subscriptions(paper: PaperExchange) -> None:
    """Links, counters and states, the same in the client's picture and in that of its status; no key, no secret."""
    with WsClient(paper.config) as ws:
        assert "no links yet" in words(ws._repr_html_())
        sub, group = ws.subscribe_trades("BTC-USDT"), ws.subscribe_tickers(["ETH-USDT"])
        ws.subscribe_orders()
        assert "newest event not known" in words(sub._repr_html_())
        flood(paper, TRADES, trade, 3)
        until(lambda: sub.stats.received == 3)
        drawn = ws.status()._repr_html_()
        told = words(drawn)
        assert "public ready 2 0 not known ws://" in told
        assert re.search(r"trades\(instId=BTC-USDT\) 3 0 0 0 3", told)
        assert words(ws._repr_html_()).startswith("okx custom live, 0 errors reported")
        assert "state live" in words(sub._repr_html_())
        assert "received 3" in words(sub._repr_html_())
        assert "1 subscriptions, 0 refused topic received state tickers(instId=ETH-USDT)" in words(group._repr_html_())
        everything = drawn + ws._repr_html_() + ws.account._repr_html_() + ws.orders._repr_html_()
        account = paper.accounts[0]
        assert not any(secret in everything for secret in (account.secret_key, account.passphrase, account.api_key))
        sub.unsubscribe()
        assert "state ended" in words(sub._repr_html_())


def test_a_refused_topic_of_a_group_says_why(paper: PaperExchange) -> None:
    """Beside those that are there."""
    with WsClient(paper.public_config) as ws:
        told = words(ws.subscribe_tickers(["BTC-USDT", "NO-SUCH"])._repr_html_())
        assert told.startswith("1 subscriptions, 1 refused")
        assert "tickers(instId=NO-SUCH): " in told


def test_what_is_not_as_it_should_be_stands_out() -> None:
    """Dropped events, fields that this version does not know, refused orders, a callback that does not come back."""
    link = {
        "state": "down",
        "connected": False,
        "held_back": "waits",
        "topics": 1,
        "reconnects": 2,
        "round_trip_ms": 1.5,
    }
    sub = {"topic": "<t>", "received": 5, "delivered": 1, "coalesced": 0, "dropped": 4, "waiting": 0, "lag_ms": None}
    status = ClientStatus(
        environment="okx",
        errors=1,
        links={"public": {**link, "url": "wss://x"}},
        subscriptions=[sub] * 22,
        unknown={"trades": {"Trade.mood": 1}},
        limits={"refused": {"max_position": 3}},
        running_callbacks={"slow": 2.0},
    )
    told = words(status._repr_html_())
    for part in (
        "down, waits 1 2 1.5 ms", "&lt;t&gt;: 4 events were dropped", "unknown in trades: Trade.mood",
        "max_position: 3 requests refused", "running: slow for 2.00 s", "and 2 more subscriptions",
    ):  # fmt: skip
        assert part in told


def test_a_pager_asks_for_nothing(paper: PaperExchange) -> None:
    """Its picture says what would be read."""
    with OkxClient(paper.public_config) as client:
        before = len(paper.requests)
        told = words(client.iter_candles("BTC-USDT", "1m").limit(5)._repr_html_())
        assert told.startswith("Pager market.get_history_candles, at most 5 not read yet")
        assert len(paper.requests) == before
