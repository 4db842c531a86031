"""``LiveInstruments``: trading rules that a stream keeps up to date, and that are not trusted behind a loss."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import SubscriptionError
from okx_sync.live.instruments import LiveInstruments
from okx_sync.state.instrument_spec import InstrumentSpec
from okx_sync.state.instruments import InstrumentChange, Instruments
from okx_sync.state.live_object import Emit
from okx_sync.types import StateKind
from tests.live.scripted import ACCOUNT, MARKET, Exchange, Rule, Watched, client, push
from tests.loopback.conftest import until
from tests.state.test_instruments import Toy, spec

SPOT = {"channel": "instruments", "instType": "SPOT"}


class Source(Toy):
    """Its lists are specs; what is pushed are rows of the stream."""

    def spec(self, row: Any) -> InstrumentSpec:
        return spec(str(row.symbol), lot=str(row.lot)) if isinstance(row, Rule) else row


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One that tells of rules."""
    with Exchange() as one:
        yield one


@pytest.fixture
def watched(exchange: Exchange) -> Iterator[Watched]:
    """A client of it."""
    with client(exchange) as one:
        yield one


@pytest.fixture
def source() -> Source:
    """Where rules are loaded from."""
    return Source(spec("BTC"), spec("ETH", "swap"))


@pytest.fixture
def instruments(source: Source) -> Instruments:
    """Rules of both types, loaded."""
    made = Instruments(source)
    assert made["BTC"].lot == made["ETH"].lot == 1
    return made


class Live(LiveInstruments):
    """With a note of what its listeners were handed, and by whom."""

    def __init__(self, watched: Watched) -> None:
        self.dispatched = 0

        def dispatch(fn: Any) -> Emit:
            def emit(event: Any) -> None:
                self.dispatched += 1
                fn(event)

            return emit

        super().__init__(watched.ws.subscribe, MARKET, watched.ws._links.listeners, dispatch)


def tell(watched: Watched, kind: StateKind, path: str = MARKET) -> None:
    """Let the listeners of a link hear of an event, as if it had been so."""
    links = watched.ws._links
    links.listeners.tell(links.get(path).event(kind))


def test_what_is_pushed_is_in_force_and_told(
    exchange: Exchange, watched: Watched, source: Source, instruments: Instruments
) -> None:
    """Listeners are told where the dispatcher runs them; what changes nothing is not told."""
    live, changes = Live(watched), list[InstrumentChange]()
    instruments.on_change(changes.append)
    live.watch(instruments, "SPOT")
    exchange.say(MARKET, push(SPOT, {"symbol": "BTC", "lot": "1"}), push(SPOT, {"symbol": "BTC", "lot": "5"}))
    until(lambda: changes)
    assert (changes[0].inst_id, changes[0].new and changes[0].new.lot) == ("BTC", Decimal(5))
    assert (len(changes), live.dispatched) == (1, 1)
    assert source.asked == {"spot": 1, "swap": 1}


def test_what_changed_before_the_first_push_is_asked_for(
    watched: Watched, source: Source, instruments: Instruments
) -> None:
    """Of the type that is watched, at the next read."""
    Live(watched).watch(instruments, "SPOT")
    assert source.asked == {"spot": 1, "swap": 1}
    for _ in range(2):
        assert instruments["BTC"].lot == instruments["ETH"].lot == 1
    assert source.asked == {"spot": 2, "swap": 1}


def test_rules_are_not_trusted_behind_a_loss(watched: Watched, source: Source, instruments: Instruments) -> None:
    """Neither those from before it nor those that were read meanwhile; other links do not matter."""
    live = Live(watched)
    live.watch(instruments, "SPOT")
    _ = instruments["BTC"]
    tell(watched, "lost", ACCOUNT)
    tell(watched, "restored", ACCOUNT)
    _ = instruments["BTC"]
    assert source.asked["spot"] == 2
    tell(watched, "lost")
    _ = instruments["BTC"]
    assert source.asked["spot"] == 3
    tell(watched, "restored")
    _ = instruments["BTC"], instruments["ETH"]
    assert source.asked == {"spot": 4, "swap": 1}


def test_a_watch_that_has_ended_is_no_reason_to_ask(watched: Watched, source: Source, instruments: Instruments) -> None:
    """It is forgotten with the next one."""
    live = Live(watched)
    live.watch(instruments, "SPOT").unsubscribe()
    _ = instruments["BTC"]
    tell(watched, "lost")
    _ = instruments["BTC"]
    assert source.asked["spot"] == 2
    live.watch(instruments, "SWAP")
    tell(watched, "restored")
    _ = instruments["BTC"], instruments["ETH"]
    assert source.asked == {"spot": 2, "swap": 2}


def test_a_refused_watch_changes_nothing(
    exchange: Exchange, watched: Watched, source: Source, instruments: Instruments
) -> None:
    """The caller hears of it."""
    exchange.refused.add("instruments")
    live = Live(watched)
    with pytest.raises(SubscriptionError):
        live.watch(instruments, "SPOT")
    tell(watched, "restored")
    _ = instruments["BTC"]
    assert source.asked["spot"] == 1


def test_a_notebook_cell_that_is_run_again_replaces_its_watch(watched: Watched, instruments: Instruments) -> None:
    """One of another table, or of another type, is another watch."""
    other = Instruments(Source())
    cell = compile("watches.append(live.watch(table, kind))", "<ipython-input-1-0>", "exec")
    watches: list[Subscription[Any]] = []
    live, closed = Live(watched), list[list[bool]]()
    for table, kind in ((instruments, "SPOT"), (other, "SPOT"), (instruments, "SWAP"), (instruments, "SPOT")):
        exec(cell, {"live": live, "watches": watches, "table": table, "kind": kind})
        closed.append([watch.is_closed for watch in watches])
    assert closed == [[False], [False] * 2, [False] * 3, [True, False, False, False]]
    assert str(watches[2].callback_name).endswith(".watch_instruments(SWAP)")
