"""Bybit V5's public socket of spot pairs."""

from __future__ import annotations

from okx_sync.paper import PaperExchange
from okx_sync.paper.bybit.channels import V5_PUBLIC, V5_SPOT
from tests.paper.bybit import row_facts
from tests.paper.bybit.bybit_client import BybitClient
from tests.paper.feeds.row_shapes import fields_of, misfits

SPOT = "/v5/public/spot"


def test_rows_of_its_topics(frozen: PaperExchange) -> None:
    """Documented fields with their types; tickers are whole each time, and prices are those of the pair."""
    with BybitClient(frozen, SPOT) as wire:
        frames = wire.subscribe(*row_facts.V5_SPOT)
        frozen.trade_at("ETH-USDT", "3600")
        frozen.clock.advance(2)
        frames += wire.sync()
    for topic, facts in row_facts.V5_SPOT.items():
        seen = [frame for frame in frames if frame["topic"] == topic]
        rows = [
            row for frame in seen for row in (frame["data"] if isinstance(frame["data"], list) else [frame["data"]])
        ]
        assert rows
        assert [problem for row in rows for problem in misfits(fields_of(facts), row)] == [], topic
        if topic.startswith("tickers"):
            assert {frame["type"] for frame in seen} == {"snapshot"}
            assert rows[-1]["lastPrice"] == frozen.venue.ticker_row("ETH-USDT")["last"]


def test_a_pair_and_a_perpetual_of_one_name_are_told_apart(frozen: PaperExchange) -> None:
    """The same topic on two paths has two sources, and REST's whole book is that of the stream of its category."""
    with BybitClient(frozen, SPOT) as spot, BybitClient(frozen) as linear:
        spot.subscribe("publicTrade.BTCUSDT")
        linear.subscribe("publicTrade.BTCUSDT")
        frozen.trade_at("BTC-USDT", "65001")
        assert spot.sync()[-1]["data"][-1]["p"] == "65001"
        assert linear.sync() == []


def test_what_is_refused(frozen: PaperExchange) -> None:
    """More than ten topics at once, and what only contracts have."""
    many = [
        f"kline.{interval}.BTCUSDT" for interval in ("1", "3", "5", "15", "30", "60", "120", "240", "360", "D", "W")
    ]
    with BybitClient(frozen, SPOT) as wire:
        assert wire.ask("subscribe", *many)["ret_msg"] == "error:args size >10"
        assert wire.ask("subscribe", "allLiquidation.BTCUSDT")["success"] is False
        assert wire.ask("subscribe", *many[:10])["success"] is True
    assert set(V5_SPOT) < set(V5_PUBLIC)
