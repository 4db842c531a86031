"""``AccountListings``: complete lists asked of REST, put together with what the stream tells meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.errors import ConfigError, DecodeError, OkxApiError, OkxError
from okx_sync.live.account_listings import AccountListing, AccountListings
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.timing import Clock
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionUpdate
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S
from tests.loopback.conftest import our_threads, until
from tests.state.accounts import ETH, SWAP, position

THREAD = "okx-listings"


@attrs.frozen
class Held:
    """A row of a list; ``problem``: it cannot be read."""

    update: PositionUpdate
    problem: DecodeError | None = None

    def to_update(self) -> PositionUpdate:
        if self.problem is not None:
            raise self.problem
        return self.update


@attrs.frozen
class Whole:
    """A row of a wallet."""

    update: AccountUpdate

    def to_update(self) -> AccountUpdate:
        return self.update


class Exchange:
    """Answers with ``rows``, or raises ``error``; before it answers it does what ``meanwhile`` is."""

    def __init__(self) -> None:
        self.rows: list[Held] = []
        self.error: Exception | None = None
        self.meanwhile: Callable[[], object] = lambda: None
        self.asked: list[str | None] = []
        self.answered = 0

    def __call__(self, product: str | None) -> list[Held]:
        self.asked.append(product)
        answer = list(self.rows)
        self.meanwhile()
        self.answered += 1
        if self.error is not None:
            raise self.error
        return answer


@attrs.frozen
class Rig:
    """One list of one monitor."""

    exchange: Exchange
    monitor: PositionMonitor
    listing: AccountListing
    listings: AccountListings
    errors: list[Exception]


@pytest.fixture
def rig() -> Iterator[Rig]:
    """Nothing has been asked yet; the real clock."""
    yield from made(Clock())


def made(clock: Clock) -> Iterator[Rig]:
    exchange, errors = Exchange(), list[Exception]()
    listings = AccountListings(clock, errors.append)
    monitor = PositionMonitor(report=errors.append)
    yield Rig(exchange, monitor, AccountListing(listings, "positions", exchange, monitor, None), listings, errors)
    listings.stop()
    listings.join()
    until(lambda: not our_threads(), what="the end of the thread")


def now() -> int:
    """The time, epoch ms."""
    return int(Clock().server_time() * 1000)


def test_a_list_makes_the_monitor_synced(rig: Rig) -> None:
    """Not before it is in; the thread begins with the first question."""
    assert our_threads(THREAD) == []
    rig.exchange.rows = [Held(position(3))]
    assert not rig.monitor.synced
    rig.listing.restored()
    assert rig.monitor.wait_synced(PATIENCE_S)
    assert [one.size for one in rig.monitor] == [3]
    assert rig.exchange.asked == [None]


def test_a_push_while_the_list_is_under_way_is_newer_than_it(rig: Rig) -> None:
    """Whatever the clocks say: a position that it opens stays, one that it changes keeps the change."""
    pushed = [position(5, at=now() - 50_000), position(1, at=now() - 50_000, inst_id=ETH)]
    rig.exchange.rows = [Held(position(3, at=now() - 60_000))]
    rig.exchange.meanwhile = lambda: rig.listing.apply(pushed)
    rig.listing.restored()
    assert rig.monitor.wait_synced(PATIENCE_S)
    assert {one.inst_id: int(one.size) for one in rig.monitor} == {SWAP: 5, ETH: 1}


def test_a_push_of_old_does_not_keep_what_is_gone(rig: Rig) -> None:
    """A position that is pushed again without a change tells its old time; that says nothing of the others."""
    rig.listing.apply([position(1, at=now() - 50_000), position(2, at=now() - 1_000, inst_id=ETH)])
    rig.exchange.rows = [Held(position(1, at=now() - 50_000))]
    rig.exchange.meanwhile = lambda: rig.listing.apply([position(1, at=now() - 50_000)])
    rig.listing.restored()
    assert rig.monitor.wait_synced(PATIENCE_S)
    assert {one.inst_id: int(one.size) for one in rig.monitor} == {SWAP: 1}


def test_totals_that_are_pushed_behind_a_list_count(rig: Rig) -> None:
    """Also where the clock of this machine is ahead of the exchange's, and the list itself tells no time."""
    account = AccountMonitor(report=rig.errors.append)
    wallet = [AccountUpdate(total_equity=Decimal(7), balances=(BalanceUpdate(currency="USDT", equity=Decimal(7)),))]
    listing = AccountListing(rig.listings, "wallet", lambda _product: map(Whole, wallet), account, None)
    listing.restored()
    assert account.wait_synced(PATIENCE_S)
    listing.apply([AccountUpdate(total_equity=Decimal(5), updated_at=now() - 900)])
    assert account.equity == 5


def test_a_wallet_of_which_a_balance_cannot_be_read_is_asked_for_again(rig: Rig) -> None:
    """Until it can be read; meanwhile something may be missing."""
    account = AccountMonitor(report=rig.errors.append)
    wallet = [AccountUpdate(total_equity=Decimal(7), is_cut=True)]
    listing = AccountListing(rig.listings, "wallet", lambda _product: map(Whole, wallet), account, None)
    assert listing.ask(1) == 1.0
    assert not account.synced
    wallet[:] = [AccountUpdate(total_equity=Decimal(7))]
    assert listing.ask(5000) is None
    assert account.synced


def test_what_a_list_lacks_is_gone(rig: Rig) -> None:
    """Unless a push told of it behind the question."""
    rig.listing.apply([position(3, at=1)])
    rig.listing.restored()
    assert rig.monitor.wait_flat(PATIENCE_S)


def test_a_loss_while_the_list_is_under_way_spoils_it(rig: Rig) -> None:
    """It is not taken for complete; it is asked for again when the link is up."""
    rig.exchange.rows = [Held(position(3))]
    rig.exchange.meanwhile = rig.listing.lost
    rig.listing.restored()
    until(lambda: rig.exchange.answered == 1, what="the answer")
    assert not rig.monitor.wait_synced(0.05)
    rig.exchange.meanwhile = lambda: None
    rig.listing.restored()
    assert rig.monitor.wait_synced(PATIENCE_S)


def test_a_row_lost_while_the_list_is_under_way_asks_again(rig: Rig) -> None:
    """What it said may be older than that row; so it is asked for once more, at once."""

    def once() -> None:
        rig.exchange.meanwhile = lambda: None
        rig.listing.again()

    rig.exchange.meanwhile = once
    rig.listing.restored()
    assert rig.monitor.wait_synced(PATIENCE_S)
    assert rig.exchange.answered >= 2


def test_refusals_are_told_and_tried_again(rig: Rig) -> None:
    """The monitor says why it is not synced; a later answer heals it."""
    rig.exchange.error = OkxApiError("busy", code="10016")

    def heal() -> None:
        if len(rig.exchange.asked) == 2:
            rig.exchange.error = None

    rig.exchange.meanwhile = heal
    rig.listing.restored()
    assert rig.monitor.wait_synced(PATIENCE_S)
    assert [str(error) for error in rig.errors] == [str(OkxApiError("busy", code="10016"))]


@pytest.mark.parametrize("error", [ConfigError("no such wallet"), ValueError("a bug")])
def test_what_no_repetition_cures(rig: Rig, error: Exception) -> None:
    """It is told, with the reason in the monitor; a bug is tried again, a wrong setting is not."""
    rig.exchange.error = error
    rig.listing.restored()
    until(lambda: rig.errors, what="the error")
    assert rig.errors == [error]
    assert f"positions could not be listed: {error}" in str(rig.monitor.unsynced_reason)
    if isinstance(error, OkxError):
        assert len(rig.exchange.asked) == 1


def test_rows_that_cannot_be_read() -> None:
    """They are told once; nothing is taken for complete, and the list is asked for again until it can be read."""
    clock = HandClock()
    for rig in made(clock):
        bad = DecodeError("size is not a number", text="x", field="size")
        rig.exchange.rows = [Held(position(3)), Held(position(0), bad)]
        assert rig.listing.ask(1) == 1.0
        assert not rig.monitor.synced
        assert [str(error) for error in rig.errors] == [str(bad)]
        assert rig.listing.ask(9) == 15.0
        assert rig.listing.ask(5000) == 15.0
        rig.exchange.rows = [Held(position(3))]
        assert rig.listing.ask(10) is None
        assert rig.monitor.synced


def test_a_list_that_the_stream_brings_needs_no_answer(rig: Rig) -> None:
    """One that is under way is older: it changes nothing, nor does its refusal; before, nobody asks."""
    rig.listing.link_is_up()
    assert rig.exchange.asked == []
    for error in (None, OkxApiError("busy", code="10016")):
        rig.exchange.error = error
        rig.exchange.rows = [Held(position(3, at=1))]
        rig.exchange.meanwhile = lambda: rig.listing.told_all([], None)
        answered = rig.exchange.answered
        rig.listing.again()
        until(lambda had=answered: rig.exchange.answered > had, what="the answer")  # type: ignore[misc]
        assert rig.monitor.wait_flat(PATIENCE_S)
        assert not rig.monitor.wait_until(lambda monitor: not monitor.synced, 0.05)
    assert rig.errors == []


def test_a_list_that_is_wanted_while_the_link_is_down(rig: Rig) -> None:
    """It is put off, and asked for once the link is up, though the stream begins with a list: that may be spoilt."""
    rig.exchange.rows = [Held(position(3))]
    rig.listing.lost()
    rig.listing.again()
    until(lambda: rig.exchange.answered, what="the answer that is of no use")
    assert not rig.monitor.wait_synced(0.05)
    rig.listing.link_is_up()
    assert rig.monitor.wait_synced(PATIENCE_S)


def test_a_doubt_about_one_product_type_leaves_the_others() -> None:
    """Its own list heals it; a lost link makes all of them incomplete."""
    monitor = PositionMonitor(products=("USDT-FUTURES", "COIN-FUTURES"))
    for product in monitor.products:
        monitor.apply_snapshot([], None, product)
    monitor.row_lost(product="COIN-FUTURES")
    assert monitor.unsynced_reason == "COIN-FUTURES: a row could not be read"
    monitor.apply_snapshot([], None, "COIN-FUTURES")
    assert monitor.synced
    monitor.invalidate("the link is down")
    assert [monitor.awaits(product) for product in monitor.products] == [True, True]


def test_nothing_is_asked_behind_the_end(rig: Rig) -> None:
    """Neither of the client nor of the monitor."""
    rig.exchange.error = OkxApiError("busy", code="10016")
    rig.exchange.meanwhile = rig.monitor.close
    rig.listing.restored()
    until(lambda: rig.exchange.answered == 1, what="the answer")
    rig.listings.stop()
    rig.listing.restored()
    assert our_threads(THREAD) == [] or rig.exchange.answered == 1
    assert rig.errors == []


def test_a_closed_monitor_is_not_asked_for_again(rig: Rig) -> None:
    """Also one of which a row could never be read."""
    bad = DecodeError("size is not a number", text="x", field="size")
    rig.exchange.rows = [Held(position(0), bad)]
    assert rig.listing.ask(1) is not None
    rig.monitor.close()
    assert rig.listing.ask(2) is None
    assert len(rig.exchange.asked) == 1


def test_names_of_products() -> None:
    """A list of one product type says so."""
    monitor = PositionMonitor(products=("COIN",))
    listings = AccountListings(Clock(), lambda error: None)
    assert (
        AccountListing(listings, "positions", lambda product: [], monitor, "COIN-FUTURES").name
        == "positions of COIN-FUTURES"
    )


def test_a_client_without_a_thread_left_says_so(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks gets the error; the next one tries again."""

    def none_left(self: Any) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", none_left)
        with pytest.raises(OkxError):
            rig.listing.restored()
    rig.listing.restored()
    assert rig.monitor.wait_synced(PATIENCE_S)
