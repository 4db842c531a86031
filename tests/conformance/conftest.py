"""A client of each wire on the paper exchange, watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import attrs
import pytest

from okx_sync import LinkOptions, Subscription
from okx_sync.live.live_client import LiveClient
from okx_sync.paper import PaperExchange
from okx_sync.timing import Clock
from tests.conformance.wire_protocols import SWAP, WIRES, Stream, Wire
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Heard, States, our_threads, until


@attrs.frozen
class Watched:
    """A client with everything it tells."""

    ws: LiveClient
    states: States
    errors: Heard

    def subscribe(
        self, stream: Stream, callback: Callable[[Any], object] | None = None, **options: Any
    ) -> Subscription[Any]:
        """Subscribe a stream of the wire."""
        return self.ws.subscribe(stream.channel, callback, **stream.args, **options)


class Connect(Protocol):
    """Makes a watched client of the wire; ``changes`` replace fields of its configuration."""

    def __call__(self, options: LinkOptions = FAST, clock: Clock | None = None, **changes: Any) -> Watched: ...


# For the long runs: older wires (V3 shares all but its words with V2), and OKX, which has tests of its own.
_LONG = {name: [pytest.mark.slow] for name in ("Bitget V1", "Bitget V2", "Bitget seed", "Bybit seed", "OKX")}


@pytest.fixture(params=[pytest.param(one, id=str(one), marks=_LONG.get(str(one), [])) for one in WIRES])
def wire(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Wire:
    """Each wire; a promise that does not apply to one is skipped with the reason."""
    chosen: Wire = request.param
    record_property("wire", chosen.name)  # for the table of ``python -m tests.conformance``
    if (reason := chosen.exempt.get(request.function.__name__)) is not None:
        pytest.skip(f"does not apply: {reason}")
    return chosen


paper = still_exchange.still_paper


def orders_had(paper: PaperExchange) -> int:
    """How many orders the first account has placed, open and over."""
    return paper.run(lambda: len(paper._server.venue.accounts[0].by_id))


@pytest.fixture
def connect(paper: PaperExchange, wire: Wire) -> Iterator[Connect]:
    """Make clients for the first account; no thread of theirs may survive."""
    made: list[LiveClient] = []

    def make(options: LinkOptions = FAST, clock: Clock | None = None, **changes: Any) -> Watched:
        ws = wire.client(attrs.evolve(wire.config(paper), **changes), options=options, clock=clock)
        made.append(ws)
        watched = Watched(ws, States(), Heard())
        ws.on_state(watched.states)
        ws.on_error(watched.errors)
        return watched

    yield make
    for ws in made:
        ws.close()
    until(lambda: not our_threads(), what=f"the end of {our_threads()}")


def topic_of(paper: PaperExchange, subscribe: Callable[[], object]) -> dict[str, str]:
    """What the server calls the topic that ``subscribe`` brings about, as ``push`` and ``flood`` take it."""
    before = set(paper.topics())
    subscribe()
    until(lambda: set(paper.topics()) - before, what="the topic")  # an ack may come before the server is ready
    (topic,) = set(paper.topics()) - before
    return {"topic": topic}


def place(paper: PaperExchange, **args: Any) -> str:
    """The first account buys one contract far below the market, or what ``args`` say; returns the venue's order id."""
    order = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "1"}
    if args.get("ordType", "limit") == "limit":
        order["px"] = "64000"
    ack = paper.venue.place(paper.venue.accounts[0], order | args)
    assert ack.ok, ack
    return str(ack.ordId)


def cancel(paper: PaperExchange, order_id: str) -> None:
    """The first account cancels an order."""
    assert paper.venue.cancel(paper.venue.accounts[0], {"instId": SWAP, "ordId": order_id}).ok
