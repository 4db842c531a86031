"""The metrics of clients as Prometheus reads them: few labels, nothing unknown shown as 0, no secret."""

from __future__ import annotations

import gc
import json
import re
import sys
import threading
from collections.abc import Callable
from urllib.request import urlopen

import pytest
from prometheus_client.core import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from okx_sync import BybitWsClient, Config, Credentials, MetricsCollector, PaperExchange, WsClient, serve_metrics
from okx_sync.errors import ConfigError
from okx_sync.live.metrics_export import FAMILIES
from tests.live import busy_exchange
from tests.loopback.conftest import FAST, Heard, until
from tests.programs import ROOT

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


paper = busy_exchange.busy_paper
ws = busy_exchange.ws


def scraped(url: str) -> dict[str, list[tuple[dict[str, str], float]]]:
    """What Prometheus would read, by metric."""
    with urlopen(url, timeout=10) as answer:
        text = answer.read().decode()
    found: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


def test_a_scrape_tells_what_the_client_does(ws: WsClient) -> None:
    """Events, delays, sockets, orders and limits, under the labels that the user chose."""
    ws.sync_clock()
    ws.subscribe_tickers("BTC-USDT", callback=Heard(), inline=True)
    ws.orders.place("BTC-USDT", "buy", "100", td_mode="cash").wait_filled(10)
    until(lambda: ws.metrics().topics[0].exchange_to_consumer)
    with serve_metrics(ws, 0, account="main") as server:
        assert server.url == f"http://127.0.0.1:{server.port}/metrics"
        assert server.url in repr(server)
        assert "okx-metrics" in {thread.name for thread in threading.enumerate()}
        found = scraped(server.url)
    place = {"exchange": "okx", "environment": ws.metrics().environment, "account": "main"}
    assert found["okx_sync_client_info"][0][0]["version"]
    (labels, events), *_ = found["okx_sync_events_total"]
    assert labels == place
    assert 0 < events <= ws.metrics().received
    ticker = {**place, "topic": "tickers(instId=BTC-USDT)"}
    assert dict(found["okx_sync_topic_events_total"][0][0]) == ticker
    lags = {
        (one["way"], one["quantile"]) for one, _ in found["okx_sync_lag_seconds"] if one["topic"] == ticker["topic"]
    }
    assert {("exchange_to_socket", "0.5"), ("socket_to_consumer", "0.99"), ("exchange_to_consumer", "0.9")} <= lags
    assert ({**place, "path": "public", "shard": "0"}, 1.0) in found["okx_sync_socket_up"]
    assert ({**place, "outcome": "sent"}, 1.0) in found["okx_sync_order_operations_total"]
    assert any(one["way"] == "intent_to_fill" for one, _ in found["okx_sync_order_seconds"])
    assert any(one["limit"] == "place" for one, _ in found["okx_sync_limit_left"])
    assert ({**place, "kind": "connected"}, 2.0) in found["okx_sync_state_events_total"]


def test_what_is_not_known_has_no_sample(ws: WsClient) -> None:
    """No clock, no delay, no round trip, no order: and no 0 in their place."""
    ws.subscribe_tickers("ETH-USDT")
    with serve_metrics(ws, 0) as server:
        found = scraped(server.url)
    for name in ("clock_offset_seconds", "lag_seconds", "socket_round_trip_seconds", "order_seconds", "limit_left"):
        assert f"okx_sync_{name}" not in found
    assert "okx_sync_order_operations_total" not in found
    assert found["okx_sync_events_total"][0][0]["account"] == ""


def test_topics_are_bounded_and_what_is_left_out_is_told(ws: WsClient, caplog: pytest.LogCaptureFixture) -> None:
    """Ten thousand instruments are no ten thousand lines; the sums are of all of them. It is logged once."""
    for inst_id in ("BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP"):
        ws.subscribe_tickers(inst_id, callback=Heard())
    ws.subscribe_tickers("BTC-USDT", callback=Heard())
    with serve_metrics(ws, 0, max_topics=2) as server:
        for _ in range(2):
            found = scraped(server.url)
    assert [one["topic"] for one, _ in found["okx_sync_topic_events_total"]] == [
        "tickers(instId=BTC-USDT)", "tickers(instId=ETH-USDT)",
    ]  # fmt: skip
    assert found["okx_sync_topics"][0][1] == 3
    assert found["okx_sync_topics_left_out"][0][1] == 1
    assert sum("1 topics have no metrics" in line for line in caplog.messages) == 1


def test_several_clients_have_one_page(ws: WsClient, paper: PaperExchange) -> None:
    """Of any exchange; two that could not be told apart are refused, and one that is closed is left out."""
    with BybitWsClient(paper.bybit_config()) as bybit, serve_metrics([ws, bybit], 0, account="main") as server:
        both = {one["exchange"] for one, _ in scraped(server.url)["okx_sync_events_total"]}
        assert both == {"okx", "bybit"}
        with WsClient(paper.config) as second:
            with pytest.raises(ConfigError, match=r"these labels already.*account=\"second\""):
                server.add(second, account="main")
            server.add(second, account="second")
            assert len(scraped(server.url)["okx_sync_events_total"]) == 3
        assert len(scraped(server.url)["okx_sync_events_total"]) == 2


def test_a_client_is_not_kept_alive(paper: PaperExchange) -> None:
    """Nor is one that nobody holds any more told of."""
    collector = MetricsCollector(WsClient(paper.config))
    gc.collect()
    registry = CollectorRegistry()
    registry.register(collector)  # as the library's users do
    assert registry.get_sample_value("okx_sync_events_total") is None
    assert all(not family.samples for family in collector.collect())


def test_what_cannot_be_served_is_refused(ws: WsClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything listens; a port that is taken, and an extra that is not installed, are named."""
    wrong: list[tuple[Callable[[], object], str]] = [
        (lambda: MetricsCollector(max_topics=-1), "max_topics must be"),
        (lambda: MetricsCollector(max_topics=True), "max_topics must be"),
        (lambda: MetricsCollector("ws"), "not of str"),  # type: ignore[arg-type]
        (lambda: MetricsCollector(ws, account=5), "not int"),  # type: ignore[arg-type]
        (lambda: MetricsCollector(ws, account="half of \ud83d"), "no text that can be sent"),
        (lambda: serve_metrics(ws, 99_999), "port must be .* not 99999"),
        (lambda: serve_metrics(ws, -1), "port must be"),
        (lambda: serve_metrics(ws, None), "port must be"),  # type: ignore[arg-type]
        (lambda: serve_metrics(ws, 0, host=""), "host must be"),
    ]
    for make, text in wrong:
        with pytest.raises(ConfigError, match=text):
            make()
    with serve_metrics(port=0) as server, pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1:{server.port}"):
        serve_metrics(ws, server.port)
    monkeypatch.setitem(sys.modules, "prometheus_client.core", None)
    with pytest.raises(ConfigError, match=r"pip install 'okx_sync\[metrics\]'"):
        MetricsCollector(ws)


def test_no_secret_is_a_label(paper: PaperExchange) -> None:
    """Neither the key nor what the account is called in the configuration."""
    key = Credentials("SENTINEL-key-5b1f0c77", "SENTINEL-secret-93ee2d41", "SENTINEL-passphrase-a6d81f")
    config: Config = paper.config.replace(credentials=key, account_label="SENTINEL-label")
    with WsClient(config, options=FAST) as ws, serve_metrics(ws, 0) as server:
        ws.subscribe_tickers("BTC-USDT", callback=Heard())
        with urlopen(server.url, timeout=10) as answer:
            assert "SENTINEL" not in answer.read().decode()


def test_the_board_shows_what_there_is() -> None:
    """Each metric that a panel asks for exists, with the labels by which it is asked for."""
    board = json.loads((ROOT / "docs" / "grafana-board.json").read_text("utf-8"))
    asked = [one["expr"] for panel in board["panels"] for one in panel["targets"]]
    with_suffix = {"counter": "_total", "info": "_info", "gauge": ""}
    known = {f"okx_sync_{name}{with_suffix[kind]}": set(labels) for name, (kind, _, labels) in FAMILIES.items()}
    assert len(asked) > 15
    for text in asked:
        (name,) = re.findall(r"okx_sync_\w+", text)
        assert name in known, text
        assert set(re.findall(r'(\w+)=~?"', text)) <= known[name], text
    page = (ROOT / "docs" / "observability.md").read_text("utf-8")
    written = set(re.findall(r"okx_sync_\w+", page)) - {"okx_sync_client_info"}
    assert written <= set(known)
