"""What a publisher is asked for is checked before anything is subscribed or written."""

from __future__ import annotations

import signal
import time
from typing import Any

import pytest

from okx_sync import ConfigError, Publisher, StreamClosed, WsClient
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.loopback.conftest import FAST, until


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"max_entries": 0}, "max_entries must be a number of at least 1, not 0"),
        ({"max_waiting": True}, "max_waiting must be a number of at least 1, not True"),
        ({"lease_s": -1}, "lease_s must be seconds above 0, not -1"),
        ({"max_age_s": "1"}, "max_age_s must be seconds above 0, not '1'"),
    ],
)
def test_an_option_that_cannot_be_right_is_refused(options: dict[str, Any], text: str) -> None:
    """Before Redis is asked: nobody listens at this address."""
    with WsClient() as ws, pytest.raises(ConfigError, match=text):
        Publisher(ws, "redis://127.0.0.1:1/0", **options)


def test_what_it_does_not_have_is_said(broker: Broker, paper: PaperExchange) -> None:
    """A verb that the client lacks, an option for readers, and anything after its end."""
    with WsClient(paper.public_config, options=FAST) as ws:
        out = Publisher(ws, broker.url, name="desk")
        with pytest.raises(AttributeError, match="WsClient has no such channel"):
            out.publish_nothing("BTC-USDT")
        with pytest.raises(AttributeError, match="has no 'subscribe_tickers'"):
            out.subscribe_tickers("BTC-USDT")
        with pytest.raises(ConfigError, match="callback= is for who reads events"):
            out.publish_tickers("BTC-USDT", callback=print)
        assert repr(out).startswith("<Publisher desk to ")
        assert out.stats == {}
        out.close()
        out.close()
        with pytest.raises(StreamClosed, match="the publisher was closed"):
            out.publish_tickers("BTC-USDT")


def test_a_redis_that_hangs_is_waited_for_once(
    broker: Broker, paper: PaperExchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many streams there are: they are published as soon as it answers."""
    monkeypatch.setattr("okx_sync.fanout.publisher._TIMEOUT_S", 0.3)
    topics = ["BTC-USDT", "ETH-USDT", "SOL-USDT", "BTC-USDT-SWAP", "ETH-USDT-SWAP"]
    with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url, per_topic=True) as out:
        broker.signal(signal.SIGSTOP)
        began = time.monotonic()
        out.publish_tickers(topics)
        assert time.monotonic() - began < 0.3 * len(topics)
        broker.signal(signal.SIGCONT)
        until(lambda: len(out.stats) == len(topics) and all(one.is_active for one in out.stats.values()))


def test_it_takes_stream_clients_alone() -> None:
    """Anything else is refused before Redis is asked."""
    client: Any = object()
    with pytest.raises(ConfigError, match="a publisher needs a stream client, not <object"):
        Publisher(client, "redis://127.0.0.1:1/0")
