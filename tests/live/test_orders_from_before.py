"""``LiveOrders`` of a client with a journal: what an earlier run sent is found out before the orders are synced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from okx_sync.errors import OkxHttpError
from okx_sync.live import manager_feed
from okx_sync.live.journal import OrderJournal
from okx_sync.rest.journaling import JournaledOrder
from tests.live.scripted import Exchange, client, order
from tests.live.test_orders import Rest, WatchedOrders, row
from tests.loopback.conftest import until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at again and again is so without a pause."""
    for name in ("_FIRST_LOOK_S", "_REPAIR_S", "_UNREAD_S"):
        monkeypatch.setattr(manager_feed, name, 0.001)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange() as made:
        yield made


@contextmanager
def stage(exchange: Exchange, path: Path) -> Iterator[WatchedOrders]:
    made: list[Rest] = []

    def source(subscribe: Callable[..., Any]) -> Rest:
        made.append(Rest(subscribe))
        return made[0]

    with client(exchange, orders=source, journal=path) as watched:
        yield WatchedOrders(exchange, watched, made[0])


def written(path: Path, *names: str, ended: Sequence[str] = ()) -> None:
    """Leave the journal of a program that was killed."""
    journal = OrderJournal(path, "scripted", account=None, sync=False)
    journal.intend([JournaledOrder(client_order_id=name, inst_id="BTC", sent_at=1_700_000_000_000) for name in names])
    for name in ended:
        journal.ended(name, "filled", "10", "100")
    journal.close()


def held(path: Path) -> tuple[list[str], list[tuple[str, str | None]]]:
    """What a journal holds: unfinished, and over."""
    journal = OrderJournal(path, "scripted", account=None, sync=False)
    unfinished = [one.client_order_id for one in journal.unfinished]
    ended = [(one.client_order_id, one.end) for one in journal.ended_lately]
    journal.close()
    return unfinished, ended


def test_what_was_sent_is_looked_up_before_they_are_synced(exchange: Exchange, path: Path) -> None:
    """One that is listed, one that is over, one that nobody knows, and one whose end was written."""
    written(path, "listed", "over", "never", "done", ended=["done"])
    with stage(exchange, path) as made:
        made.rest.listed = [order("1", "live", client_order_id="listed")]
        made.rest.known = {"over": order("2", "filled", 10, client_order_id="over", average_price=100)}
        orders = made.opened()
        assert [orders[name].status for name in ("listed", "over", "never", "done")] == [
            "live",
            "filled",
            "unknown",
            "filled",
        ]
        assert orders["done"].filled == 10
        assert orders["done"].average_price == 100
        assert made.rest.asked["look_up"] >= 2
        made.tell(row("1", "canceled", own="listed", at=9))
        until(lambda: orders["listed"].status == "canceled")
        until(lambda: "never" in orders and made.rest.asked["look_up"] >= manager_feed._LOOKS)
        assert orders["never"].status == "unknown", "not found is no end"
        orders.forget("never")
    unfinished, ended = held(path)
    assert unfinished == []
    assert sorted(ended) == [("done", "filled"), ("listed", "canceled"), ("over", "filled")]


def test_they_are_not_synced_before_it_could_be_asked(exchange: Exchange, path: Path) -> None:
    """REST that fails at first only makes it later."""
    written(path, "mine")
    with stage(exchange, path) as made:
        made.rest.troubles["look_up"] = [OkxHttpError("no answer", retryable=True)]
        made.rest.known = {"mine": order("1", "canceled", client_order_id="mine")}
        orders = made.opened()
        assert orders["mine"].status == "canceled"


def test_a_known_id_that_is_listed_no_longer(exchange: Exchange, path: Path) -> None:
    """Its absence says nothing: the exchange forgets orders that are over."""
    journal = OrderJournal(path, "scripted", account=None, sync=False)
    journal.intend([JournaledOrder(client_order_id="mine", inst_id="BTC", sent_at=5, order_id="77")])
    journal.close()
    with stage(exchange, path) as made:
        orders = made.opened()
        until(lambda: made.rest.asked["look_up"] > manager_feed._LOOKS_KNOWN)
        assert orders["77"] is orders["mine"]
        assert orders["mine"].status == "unknown"
    assert held(path) == (["mine"], [])
