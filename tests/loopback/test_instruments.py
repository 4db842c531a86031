"""Trading rules against a real exchange on loopback: what the helper makes is accepted, and changes arrive in time."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync import CallbackError, ConfigError, OkxApiError, OkxClient
from okx_sync.exchanges.okx.rest import NewOrder
from okx_sync.exchanges.okx.words import Side
from okx_sync.paper import PaperExchange
from okx_sync.rest import Limiter
from okx_sync.state.instruments import InstrumentChange, Instruments
from okx_sync.timing import Clock
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.still_exchange import still_paper
from tests.variants import mostly_slow

__all__ = ["still_paper"]

SWAP = "BTC-USDT-SWAP"
LISTED = ("BTC-USDT", "ETH-USDT", "SOL-USDT", SWAP, "ETH-USDT-SWAP")
BATCH = 20


class Impatient(Clock):
    """Waits for nobody: the paper exchange counts no requests here."""

    def sleep(self, seconds: float) -> None:
        return None


@pytest.fixture
def client(still_paper: PaperExchange) -> Iterator[OkxClient]:
    """A client of the first account that is not paced."""
    with OkxClient(still_paper.config, limiter=Limiter(Impatient())) as made:
        yield made


def loads(paper: PaperExchange) -> Counter[str]:
    """How often each list of instruments was asked for."""
    asked = [one for one in paper.requests if one.path == "/api/v5/public/instruments"]
    return Counter(dict(one.query)["instType"] for one in asked)


def wild(rng: random.Random, around: Decimal, spread: float) -> Decimal:
    """A number near ``around`` with far more digits than any step has."""
    return Decimal(repr(float(around) * (1 + spread * rng.random()))) + Decimal(rng.randrange(10**6)).scaleb(-14)


def rounded_order(rng: random.Random, instruments: Instruments, inst_id: str, market: Decimal) -> NewOrder:
    """A random resting order as the helper makes it."""
    spec = instruments[inst_id]
    side: Side = rng.choice(["buy", "sell"])
    price = spec.round_price(wild(rng, market, -0.03 if side == "buy" else 0.03), side)
    size = spec.round_size(wild(rng, spec.min_size, 40.0))
    spec.check(side, "limit", size, price)
    return NewOrder(inst_id, "cross" if spec.kind == "swap" else "cash", side, "limit", size, price)


@pytest.mark.parametrize("turns", mostly_slow([60, 150], [60]))
def test_nothing_the_helper_made_is_refused(still_paper: PaperExchange, client: OkxClient, turns: int) -> None:
    """Thousands of random orders on all instruments, over changes of lots and ticks: not one refusal, not one cut."""
    rng, paper, sent = random.Random(30), still_paper, 0
    prices = {inst_id: client.get_ticker(inst_id).last or Decimal(0) for inst_id in LISTED}
    for turn in range(turns):
        if turn in (turns // 3, turns // 3 * 2):
            for inst_id in LISTED:
                coarser = 2 if turn == turns // 3 else 25
                rules = paper.venue.instrument_row(inst_id)
                steps = {name: str(Decimal(rules[name]) * coarser) for name in ("lotSz", "tickSz", "minSz")}
                paper.change_instrument(inst_id, **steps)
            client.instruments.refresh()
        inst_id = LISTED[turn % len(LISTED)]
        orders = [rounded_order(rng, client.instruments, inst_id, prices[inst_id]) for _ in range(BATCH)]
        result = client.trade.place_batch_orders(orders)
        assert result.refused == ()
        resting = {order.ordId: (order.px, order.sz) for order in client.get_orders_pending()}
        assert [resting[one.ordId] for one in result] == [(order.px, order.sz) for order in orders]
        sent += len(orders)
        paper.run(lambda: paper.venue.cancel_all(paper._server.venue.accounts[0]))
    assert sent == turns * BATCH >= 1200
    assert loads(paper) == {"SPOT": 3, "SWAP": 3}


@pytest.mark.parametrize(
    ("size", "price", "code", "named"),
    [
        ("0.015", "60000", "51121", "size 0.015 of BTC-USDT-SWAP is not a multiple of the lot"),
        ("0.001", "60000", "51020", "size 0.001 of BTC-USDT-SWAP is below the smallest"),
        ("1000001", "60000", "51005", "size 1000001 of BTC-USDT-SWAP is above the largest limit"),
        ("12001", None, "51202", "size 12001 of BTC-USDT-SWAP is above the largest market"),
        ("-1", "60000", "51000", "size -1 of BTC-USDT-SWAP is not above 0"),
    ],
)
def test_what_the_exchange_refuses_the_check_refuses_first(
    client: OkxClient, size: str, price: str | None, code: str, named: str
) -> None:
    """The same rule on both sides: the exchange's code, and our error that needs no request."""
    ord_type = "limit" if price else "market"
    with pytest.raises(OkxApiError) as refused:
        client.place_order(SWAP, "cross", "buy", ord_type, size, price)
    assert refused.value.code == code
    with pytest.raises(ConfigError, match=named):
        client.instruments[SWAP].check("buy", ord_type, size, price)


def test_threads_share_one_request_per_type(still_paper: PaperExchange, client: OkxClient) -> None:
    """Twenty threads that need all instruments at once: one list of each type."""
    start = threading.Barrier(20)
    found: list[list[int]] = []

    def ask() -> None:
        start.wait(10)
        found.append([client.instruments.code(inst_id) for inst_id in LISTED])

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == [[1001, 1002, 1003, 2001, 2002]] * 20
    assert loads(still_paper) == {"SPOT": 1, "SWAP": 1}


def test_an_unknown_instrument_is_an_error_of_ours(still_paper: PaperExchange, client: OkxClient) -> None:
    """With a hint, and without a further request when asked again."""
    for _ in range(2):
        with pytest.raises(ConfigError, match="'BTC-USTD-SWAP' is not an instrument") as caught:
            client.instruments["BTC-USTD-SWAP"]
        assert SWAP in (caught.value.hint or "")
    assert loads(still_paper) == {"SPOT": 1, "SWAP": 1, "FUTURES": 1, "OPTION": 1}


def test_a_pushed_change_is_in_force_at_once(still_paper: PaperExchange, client: OkxClient, connect: Connect) -> None:
    """A new lot replaces the old one without a request, is told on the callback thread, and orders fit it."""
    watched, changes = connect(still_paper.config), Heard()
    threads: list[str] = []

    @client.instruments.on_change
    def note(change: InstrumentChange) -> None:
        threads.append(threading.current_thread().name)
        changes(change)

    watched.ws.watch_instruments(client.instruments, "SWAP")
    assert client.instruments[SWAP].round_size("0.157") == Decimal("0.15")
    still_paper.change_instrument(SWAP, lotSz="0.1", minSz="0.1")
    until(lambda: changes, what="the change")
    change = next(iter(changes))
    assert (change.inst_id, change.old.lot, change.new.lot) == (SWAP, Decimal("0.01"), Decimal("0.1"))
    assert threads[0].startswith("okx-callback")
    assert client.instruments[SWAP].round_size("0.157") == Decimal("0.1")
    assert client.place_order(SWAP, "cross", "buy", "limit", client.instruments[SWAP].round_size("0.157"), 60000).ok
    assert loads(still_paper) == {"SWAP": 1}
    assert list(watched.errors) == []


def test_a_change_during_an_outage_is_not_missed(
    still_paper: PaperExchange, client: OkxClient, connect: Connect
) -> None:
    """No push tells of it: what was known is not trusted any more, neither while the link is down nor after."""
    watched, changes = connect(still_paper.config), Heard()
    client.instruments.on_change(changes)
    watched.ws.watch_instruments(client.instruments, "SWAP")
    assert client.instruments[SWAP].lot == Decimal("0.01")
    still_paper.faults.refuse_handshake(times=None, path="public")
    still_paper.faults.drop(path="public")
    watched.states.until("lost")
    still_paper.change_instrument(SWAP, lotSz="0.1")
    assert client.instruments[SWAP].lot == Decimal("0.1"), "read anew, since the link is down"
    still_paper.change_instrument(SWAP, lotSz="0.2")
    still_paper.faults.clear()
    watched.states.until("restored")
    assert client.instruments[SWAP].lot == client.instruments[SWAP].lot == Decimal("0.2")
    known = loads(still_paper)
    assert known["SWAP"] <= 4
    assert [change.new.lot for change in changes] == [Decimal("0.1"), Decimal("0.2")]
    still_paper.change_instrument(SWAP, lotSz="0.5")
    until(lambda: client.instruments[SWAP].lot == Decimal("0.5"), what="a push after the outage")
    assert loads(still_paper) == known


def test_watching_starts_with_a_fresh_list_and_ends(
    still_paper: PaperExchange, client: OkxClient, connect: Connect
) -> None:
    """What changed before it began is loaded again; after ``unsubscribe`` nothing is followed or asked any more."""
    watched = connect(still_paper.config)
    assert client.instruments[SWAP].lot == Decimal("0.01")
    still_paper.change_instrument(SWAP, lotSz="0.1")
    assert client.instruments[SWAP].lot == Decimal("0.01"), "nobody told us"
    cell = compile("ws.watch_instruments(rules, 'SWAP')", "<ipython-input-1-abc>", "eval")
    watches = [eval(cell, {"ws": watched.ws, "rules": client.instruments}) for _ in range(2)]
    assert [one.is_closed for one in watches] == [True, False], "a cell that is run again replaces its watch"
    assert client.instruments[SWAP].lot == Decimal("0.1")
    watches[1].unsubscribe()
    watched.ws.subscribe_tickers("BTC-USDT")
    still_paper.faults.drop(path="public")
    watched.states.until("restored")
    assert client.instruments[SWAP].lot == Decimal("0.1")
    assert loads(still_paper) == {"SWAP": 2}


def test_a_listener_that_raises_is_told_to_on_error(
    still_paper: PaperExchange, client: OkxClient, connect: Connect
) -> None:
    """And the new rules are in force all the same."""
    watched = connect(still_paper.config)

    @client.instruments.on_change
    def broken(change: InstrumentChange) -> None:
        raise RuntimeError("mine")

    watched.ws.watch_instruments(client.instruments, "SWAP")
    assert client.instruments[SWAP].lot == Decimal("0.01")
    still_paper.change_instrument(SWAP, lotSz="0.1")
    until(lambda: watched.errors, what="the error")
    error = next(iter(watched.errors))
    assert isinstance(error, CallbackError)
    assert isinstance(error.__cause__, RuntimeError)
    assert client.instruments[SWAP].lot == Decimal("0.1")
