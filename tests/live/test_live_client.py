"""``LiveClient``: books, orders, positions and balances of a client, on the toy exchange."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from okx_sync import (
    ConfigError,
    Credentials,
    OkxAuthError,
    OkxError,
    OrderLimitError,
    OrderLimits,
    PaperExchange,
    StreamClosed,
    WsClient,
)
from okx_sync.errors import BookInvalid
from okx_sync.live.account import MonitorSource
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.live_client import LiveClient
from okx_sync.live.live_objects import LiveSpec
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.state.book.order_book import OrderBook
from tests.live.scripted import Exchange, ScriptedClient
from tests.live.venue import Venue, spec_of
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Heard, States, our_threads, until
from tests.toyexchange.client import ToyWsClient
from tests.toyexchange.config import ToyConfig
from tests.toyexchange.server import KEY, SECRET, TOPICS, ToyServer

paper = still_exchange.still_paper


@pytest.fixture
def toy() -> Iterator[ToyServer]:
    """The exchange."""
    with ToyServer() as server:
        yield server


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """Another one, without REST."""
    with Exchange() as made:
        yield made


@pytest.fixture
def ws(toy: ToyServer) -> Iterator[ToyWsClient]:
    """A client of its account; no thread of it may survive."""
    with ToyWsClient(ToyConfig(toy.host, Credentials(KEY, SECRET, "")), options=FAST) as client:
        yield client
    until(lambda: not our_threads(), what="the end of the threads")


def best(book: OrderBook) -> tuple[str, str]:
    taken = book.snapshot()
    return str(taken.bids()[0].price), str(taken.asks()[0].price)


def test_a_book_keeps_itself_up_to_date(toy: ToyServer, ws: ToyWsClient) -> None:
    """From the usual channel, with an update of each listener."""
    book, told = ws.order_book("BTC"), Heard()
    book.on_update(told)
    assert book.wait_valid(5)
    assert best(book) == ("99", "101")
    toy.quote("b", "100", "1")
    until(lambda: best(book) == ("100", "101"))
    told.until_more(1 - len(told))
    assert next(iter(told)) is book


def test_a_book_is_chosen_and_checked_before_anything_is_sent(toy: ToyServer, ws: ToyWsClient) -> None:
    """A channel that is none of books, a depth, a product and an option that are not there."""
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"channel": "prints"}, "prints"),
        ({"depth": 5}, "no book of depth 5"),
        ({"product": "SPOT"}, "takes no product"),
        ({"queue": 1}, "takes no queue"),
        ({"path": "business"}, "path must be one of"),
    ]
    for words, text in wrong:
        with pytest.raises(ConfigError, match=text):
            ws.order_book("BTC", **words)
    assert toy.asked == []
    right: dict[str, Any] = {"channel": "book", "path": "market"}
    assert ws.order_book("BTC", **right).wait_valid(5)


def test_a_push_that_cannot_be_read_makes_a_book_invalid(toy: ToyServer, ws: ToyWsClient) -> None:
    """It lacks what that push told; the next snapshot heals it. Other topics have no book that could be."""
    states, errors = ws.on_state(States()), ws.on_error(Heard())
    book = ws.order_book("BTC")
    ws.subscribe_prints("BTC")
    assert book.wait_valid(5)
    toy._run(lambda: toy._push("prints/BTC", [5]))
    errors.until_more(1 - len(errors))
    assert book.valid
    toy._run(lambda: toy._push("book/BTC", [5]))
    gap = states.until("gap")
    assert gap.reason == "a push of the book cannot be read"
    assert book.wait_valid(5)
    assert toy.asked[0]["book/BTC"] == 2


def test_orders_and_positions_are_made_when_first_asked_for_and_stay(toy: ToyServer, ws: ToyWsClient) -> None:
    """Each is the same object for everybody; they follow the account."""
    assert toy.asked == []
    orders, positions = ws.orders, ws.positions
    assert ws.orders is orders is ws.order_manager()
    assert ws.positions is positions
    assert positions.wait_flat(5)
    toy.order("1", 3)
    toy.fill("1", 2)
    until(lambda: "1" in orders and orders["1"].filled == 2)
    until(lambda: "BTC" in positions and positions["BTC"].size == 2)
    assert toy.topics() == {"orders": 1, "holdings": 1}


def test_what_an_exchange_does_not_have_is_refused(ws: ToyWsClient) -> None:
    """A stream of balances, and one of fills; so is everything of an account without credentials."""
    with pytest.raises(ConfigError, match="no stream of balances"):
        _ = ws.account
    with pytest.raises(ConfigError, match="no stream of fills"):
        ws.order_manager(fills=True)


def test_without_credentials_there_is_no_account(toy: ToyServer) -> None:
    """The first use raises what subscribing raises; books need none."""
    with ToyWsClient(ToyConfig(toy.host), options=FAST) as ws:
        for ask in (lambda: ws.orders, lambda: ws.positions):
            with pytest.raises(OkxAuthError):
                ask()
        assert ws.order_book("BTC").wait_valid(5)


def test_nothing_looks_complete_while_its_link_is_down(toy: ToyServer, ws: ToyWsClient) -> None:
    """By the time the user hears of the loss, all of it is marked; then it is completed again."""
    seen: list[tuple[bool, bool]] = []
    book, positions = ws.order_book("BTC"), ws.positions
    assert book.wait_valid(5)
    assert positions.wait_synced(5)

    @ws.on_state
    def tell(event: Any) -> None:
        if event.kind == "lost":
            seen.append((book.valid if event.path == "market" else False, positions.synced))

    states = ws.on_state(States())
    toy.drop()
    states.until("restored", 2)
    assert book.wait_valid(5)
    assert positions.wait_synced(5)
    assert len(seen) == 2


def test_with_the_client_all_of_it_ends(toy: ToyServer, ws: ToyWsClient) -> None:
    """What is read then says so."""
    book, orders, positions = ws.order_book("BTC"), ws.orders, ws.positions
    assert book.wait_valid(5)
    ws.close()
    assert not book.valid
    with pytest.raises((BookInvalid, StreamClosed)):
        book.snapshot()
    for live in (orders, positions):
        assert live.is_closed
        with pytest.raises(StreamClosed):
            live.wait_synced(5)
    with pytest.raises(StreamClosed):
        ws.order_book("BTC")


def test_a_subscription_that_has_ended_ends_what_it_feeds(
    toy: ToyServer, ws: ToyWsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the exchange does not serve it any more after a reconnect; the next one who asks gets a new one."""
    book, positions = ws.order_book("BTC"), ws.positions
    with monkeypatch.context() as patch:
        patch.setitem(TOPICS, "market", ())
        patch.setitem(TOPICS, "account", ())
        toy.drop()
        until(lambda: positions.is_closed)
        until(lambda: book.is_closed)
    assert ws.positions is not positions
    assert ws.positions.wait_flat(5)
    assert ws.order_book("BTC").wait_valid(5)


def test_a_journal_is_the_clients_until_that_is_closed(exchange: Exchange, tmp_path: Path) -> None:
    """One client has it at a time, and the orders get it."""
    path = tmp_path / "journal"
    with ScriptedClient(exchange, journal=path) as ws:
        assert ws.orders.wait_until(lambda orders: not orders.is_closed, 5)
        with pytest.raises(ConfigError, match="in use"):
            ScriptedClient(exchange, journal=path)
    with ScriptedClient(exchange, journal=path):
        pass


def test_balances_come_from_what_the_exchange_names(venue: Venue) -> None:
    """Where there is a source of them; without options, snapshots of books are waited for as usual."""
    source = MonitorSource("private", "balances", {}, lambda _push: True, lambda _rows: None)
    holder: list[LiveClient] = []
    live = LiveSpec(
        books=BookStreams(channel="book", args=lambda _info, _symbol: {}),
        positions=source,
        account=source,
        orders=StreamOrders(lambda *args, **more: holder[0].subscribe(*args, **more), "private", "orders", None, None),
    )
    with LiveClient(spec_of(venue), lambda: live) as ws:
        holder.append(ws)
        account = ws.account
        assert ws.account is account
        assert not account.synced
    assert account.is_closed


def test_numbers_and_a_dump(ws: ToyWsClient) -> None:
    """Also of a client whose exchange is none of ours; a clock that cannot be measured stays unknown."""
    assert ws.metrics().orders is None
    book = ws.order_book("BTC")
    assert book.wait_valid(5)
    metrics = ws.metrics()
    assert metrics.received >= 1
    assert [one.channel for one in metrics.topics] == ["book"]
    assert "ToyWsClient" in ws.debug_dump()
    with pytest.raises(OkxError, match="nobody can be asked"):
        ws.sync_clock()
    assert not ws.clock.is_measured


def test_orders_of_every_way_are_within_the_limits(paper: PaperExchange) -> None:
    """On the stream, and by REST, as what brings a stop goes; what cannot be looked into is not sent."""
    with WsClient(paper.config, limits=OrderLimits(max_notional=100), options=FAST) as ws:
        for is_by_rest in (False, True):
            with pytest.raises(OrderLimitError, match="max_notional"):
                ws.orders.place("BTC-USDT", "buy", 1, 60_000, td_mode="cash", stop_loss=50_000 if is_by_rest else None)
        with pytest.raises(ConfigError, match="unchecked"):
            ws.send("order", [])
        ws.connect("public")
        ws.send("subscribe", [{"channel": "tickers", "instId": "BTC-USDT"}], path="public")
        assert ws.status()["limits"] == {"refused": {"max_notional": 2}}
        assert ws.sync_clock() == ws.clock.offset_s
        assert ws.clock.is_measured
        audit = ws.audit(every_s=60, of=["balances"])
    assert not audit.is_running
