"""The recipes run as they are, on a paper exchange of the test, and do what they say when something goes wrong.

The grid bots are in ``test_grid_bots.py``.
"""

from __future__ import annotations

import http.server
import itertools
import json
import re
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from okx_sync import OkxClient, PaperExchange, Recording
from tests.loopback.conftest import until
from tests.samples.program import PATIENCE_S, RECIPES, keys, started

SWAP = "BTC-USDT-SWAP"


@pytest.fixture
def exchange() -> Iterator[PaperExchange]:
    """A market that moves when it is told to."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        assert exchange.problems == []


@pytest.fixture
def rest(exchange: PaperExchange) -> Iterator[OkxClient]:
    """The test's own look at Alice's account."""
    with OkxClient(exchange.config) as rest:
        yield rest


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.py")), ids=lambda path: path.stem)
def test_a_recipe_is_short_and_says_how_it_is_run(path: Path) -> None:
    """A recipe has fewer than 120 lines; its docstring names what makes it real."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) < 120
    told = text.split('"""')[1]
    assert "paper exchange of its own" in " ".join(told.split())
    assert "REAL=1" in told


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.py")), ids=lambda path: path.stem)
def test_a_recipe_runs_out_of_the_box(path: Path, tmp_path: Path) -> None:
    """Without a setting it runs on a paper exchange of its own, until Ctrl-C ends it without a word of Python's."""
    with started(path.name, tmp_path, EVERY_S="0.3") as program:
        if path.stem == "several_accounts":
            assert program.ended() == 0
            assert len(program.said("filled")) == 3
            return
        program.wait_for(".")
        assert program.interrupt() == 0
    assert program.said("Error") == []


# -- the account -------------------------------------------------------------------------------------------------------


class Chat(http.server.BaseHTTPRequestHandler):
    """Takes alerts; the first one it does not."""

    def do_POST(self) -> None:
        texts: list[str] = self.server.texts  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts.append(body["text"])
        self.send_response(503 if len(texts) == 1 else 204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def chat() -> Iterator[Any]:
    """A server that is posted to; ``texts``: what it was told."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Chat) as server:
        server.texts = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_alerts_reach_the_chat(exchange: PaperExchange, rest: OkxClient, chat: Any, tmp_path: Path) -> None:
    """An alert that was not taken is told again; an outage is told when it lasts, and so is its end."""
    texts: list[str] = chat.texts
    place = {**keys(exchange), "ALERT_URL": f"http://127.0.0.1:{chat.server_port}/", "BLIND_S": "1"}
    with started("account_alerts.py", tmp_path, **place) as program:
        until(lambda: exchange.topics()["positions(instType=ANY)"], PATIENCE_S)
        rest.place_order(SWAP, "cross", "buy", "market", sz=200)
        until(lambda: len(texts) >= 2, PATIENCE_S, what="the second attempt")
        assert texts[0] == texts[1] == f"opened: {SWAP} 200"
        price = rest.get_ticker(SWAP).last
        assert price is not None
        exchange.trade_at(SWAP, price - 1500)
        exchange.clock.advance(6)
        until(lambda: any(re.search("unrealized_pnl -.* BREACH", text) for text in texts), PATIENCE_S)
        exchange.faults.refuse_connect()
        exchange.faults.drop()
        until(lambda: any("out of sight" in text for text in texts), PATIENCE_S)
        exchange.faults.accept_connect()
        until(lambda: any("in sight again: 1 positions" in text for text in texts), PATIENCE_S)
        assert program.interrupt() == 0


def test_a_monitor_with_a_wrong_key_says_so_and_ends(exchange: PaperExchange, tmp_path: Path) -> None:
    """It does not stand there as if all were well."""
    place = {**keys(exchange), "OKX_PASSPHRASE": "wrong"}
    with started("account_alerts.py", tmp_path, **place) as program:
        assert program.ended() == 1
        assert program.said("the monitor ends: .*passphrase")


def test_each_account_has_its_own_outcome_and_no_order_is_sent_twice(exchange: PaperExchange, tmp_path: Path) -> None:
    """A wrong key and a lost answer are told of those whose they are; the next run repeats what was not sent."""
    place = {"ACCOUNTS": "ALICE,BOB,CAROL", "ORDER": "x1"}
    for name in ("alice", "bob", "carol"):
        place |= keys(exchange, name, name.upper())
    wrong = {**place, "BOB_SECRET_KEY": "wrong"}
    exchange.faults.lose_reply("order")
    with started("several_accounts.py", tmp_path, **wrong) as program:
        assert program.ended() == 1
    assert len(program.said("(alice|carol|ALICE|CAROL): filled")) == 2
    assert program.said("BOB: OkxAuthError")
    with started("several_accounts.py", tmp_path, **place) as program:
        assert program.ended() == 0
    assert len(program.said(": filled")) == 3
    assert [len(one.by_id) for one in exchange.venue.accounts] == [1, 1, 1]


def test_a_position_has_one_trailing_stop_whatever_happens(
    exchange: PaperExchange, rest: OkxClient, tmp_path: Path
) -> None:
    """A lost answer, a drop and a kill make no second one; what is added gets its own, and the fall closes all."""

    def stops() -> list[Decimal | None]:
        return [row.sz for row in rest.algo.get_algo_orders_pending("move_order_stop")]

    place = keys(exchange)
    rest.place_order(SWAP, "cross", "buy", "market", sz=10)
    exchange.faults.lose_reply("/api/v5/trade/order-algo")
    with started("trailing_stop.py", tmp_path, **place) as program:
        program.wait_for("OrderStatusUnknown")
        program.kill()
    assert stops() == [10]
    with started("trailing_stop.py", tmp_path, **place) as program:
        program.wait_for("AlgoManager: 1 open")
        exchange.faults.drop()
        rest.place_order(SWAP, "cross", "buy", "market", sz=5)
        until(lambda: len(stops()) == 2, PATIENCE_S, what="a second stop")
        assert sorted(one or 0 for one in stops()) == [5, 10]
        price = rest.get_ticker(SWAP).last
        assert price is not None
        exchange.trade_at(SWAP, price * Decimal("1.02"))
        exchange.trade_at(SWAP, price)
        until(lambda: not rest.get_positions(), PATIENCE_S, what="the position is closed")
        assert program.interrupt() == 0
    assert stops() == []


# -- the market --------------------------------------------------------------------------------------------------------


def test_no_candle_is_missing_in_the_picture(exchange: PaperExchange, rest: OkxClient, tmp_path: Path) -> None:
    """History, stream, and what an outage has swallowed make one row of minutes."""
    exchange.faults.rest_status(503, times=1)
    with started("candles_to_plot.py", tmp_path, **keys(exchange), EVERY_S="0.5") as program:
        program.wait_for("candles.html: 300 candles", times=2)
        exchange.faults.drop()
        exchange.clock.advance(180)
        exchange.trade_at("BTC-USDT", "66000")
        program.wait_for("candles, the last one at 66000")
        assert program.interrupt() == 0
    page = (tmp_path / "candles.html").read_text("utf-8")
    shown = re.search(r'"x":(\[[^]]*\])', page)
    assert shown is not None
    minutes = [text[14:16] for text in json.loads(shown[1])]
    assert len(minutes) == 300
    assert all((int(one) + 1) % 60 == int(other) for one, other in itertools.pairwise(minutes))
    assert (tmp_path / "plotly.min.js").exists()


def test_a_tilt_is_told_once_and_never_of_an_unknown_book(
    exchange: PaperExchange, rest: OkxClient, tmp_path: Path
) -> None:
    """A gap and a drop make it unknown at once; then it is told anew; a heavy order tilts it."""
    with started("book_imbalance.py", tmp_path, "BTC-USDT", **keys(exchange)) as program:
        program.wait_for("BTC-USDT even")
        exchange.faults.drop()
        program.wait_for("BTC-USDT unknown")
        program.wait_for("BTC-USDT even", times=2)
        ticker = rest.get_ticker("BTC-USDT")
        order = rest.place_order("BTC-USDT", "cash", "buy", "limit", sz="1.4", px=ticker.bidPx)
        program.wait_for("BTC-USDT bids: [+]0[.][4-9]")
        rest.cancel_order("BTC-USDT", order.ordId)
        rest.place_order("BTC-USDT", "cash", "sell", "limit", sz="1.4", px=ticker.askPx)
        program.wait_for("BTC-USDT asks: -0[.][4-9]")
        assert program.interrupt() == 0
    tilts = [line.split()[2] for line in program.lines]
    assert all(one != other for one, other in itertools.pairwise(tilts))


def test_funding_goes_on_behind_a_refusal_and_a_drop(exchange: PaperExchange, tmp_path: Path) -> None:
    """What is refused is named, and not among the rates that are known."""
    exchange.faults.refuse_subscribe("60018", channel="funding-rate", times=1)
    with started("funding_scanner.py", tmp_path, **keys(exchange), EVERY_S="0.3") as program:
        program.wait_for(r"left out: funding-rate\(instId=(BTC|ETH)-USDT-SWAP\)")
        program.wait_for("1 of 2 rates are known")
        exchange.faults.drop()
        program.wait_for("a year", times=len(program.said("a year")) + 3)
        assert program.interrupt() == 0


def test_a_recording_goes_on_where_it_was_killed_and_names_what_is_missing(tmp_path: Path) -> None:
    """The second run knows how the first one ended; both are in one recording, which proves all else."""
    with PaperExchange() as exchange, OkxClient(exchange.public_config) as rest:
        place = {**keys(exchange), "EVERY_S": "0.5"}
        with started("recorder.py", tmp_path, **place) as program:
            program.wait_for("recording, [1-9]")
            exchange.faults.refuse_handshake(times=None)
            exchange.faults.drop()
            newest = rest.get_trades("BTC-USDT", 1)
            until(lambda: rest.get_trades("BTC-USDT", 1) != newest)  # it is fetched when the connection is back
            exchange.faults.clear()
            program.wait_for("restored")
            program.wait_for("gap")
            program.wait_for("recording, [1-9]", times=len(program.said("recording, ")) + 3)
            program.kill()
        with started("recorder.py", tmp_path, **place) as program:
            program.wait_for("going on behind [1-9].*the last run died")
            program.wait_for("recording, [1-9]")
            assert program.interrupt() == 0
    proof = Recording(tmp_path / "recording").verify()
    # Trades go on in one chain behind the loss, as they were fetched; books begin anew, three times in all.
    found = sorted((one.topic.channel, one.chains, len(one.holes)) for one in proof.topics)
    assert found == [("books", 3, 0)] * 2 + [("trades", 1, 1)] * 2, str(proof)
    assert len(proof.outages) == 1, str(proof)
    assert len(proof.missed) == 1, str(proof)
    assert proof.is_ended
