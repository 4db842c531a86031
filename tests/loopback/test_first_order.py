"""The first order of ``ws.orders``: what it needs is loaded while nobody waits for it, asked for once, never hidden."""

from __future__ import annotations

import time
from typing import Any

import pytest

from okx_sync import BitgetWsClient, BybitWsClient, OkxHttpError, OrderManager
from okx_sync.lazy import part_of
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, Connect, our_threads, until
from tests.loopback.still_exchange import BTC, SWAP, still_paper

__all__ = ["still_paper"]

LISTS = "/api/v5/public/instruments"
THREAD = "okx-order-preparation"


def asked(paper: PaperExchange) -> list[str]:
    """The types of instruments that were asked for, in order."""
    return [one.query["instType"] for one in paper.requests if one.path == LISTS]


def place(orders: OrderManager) -> Any:
    """A small order that rests."""
    return orders.place(BTC, "buy", "0.001", "20000", td_mode="cash")


def test_it_asks_for_no_instruments_when_they_are_there(still_paper: PaperExchange, connect: Connect) -> None:
    """A moment after ``ws.orders`` each type was asked for once; orders on any of them ask for nothing more."""
    orders = connect(still_paper.config).ws.orders
    until(lambda: THREAD not in our_threads(), what="the end of the loading")
    assert sorted(asked(still_paper)) == ["FUTURES", "SPOT", "SWAP"]
    assert place(orders).wait_until(lambda one: one.status == "live", PATIENCE_S)
    orders.place(SWAP, "buy", "1", "20000", td_mode="cross")
    assert len(asked(still_paper)) == 3


def test_one_that_comes_early_waits_for_what_is_left(still_paper: PaperExchange, connect: Connect) -> None:
    """Its list is under way already: it is not asked for a second time."""
    still_paper.faults.slow_rest(0.3, LISTS, times=None)
    orders = connect(still_paper.config).ws.orders
    until(lambda: asked(still_paper), what="the first list")
    orders.place(SWAP, "buy", "1", "20000", td_mode="cross")
    until(lambda: THREAD not in our_threads(), what="the end of the loading")
    assert sorted(asked(still_paper)) == ["FUTURES", "SPOT", "SWAP"]


def test_orders_that_are_opened_again_load_nothing_again(still_paper: PaperExchange, connect: Connect) -> None:
    """Once for each client."""
    ws = connect(still_paper.config).ws
    ws.orders.close()
    until(lambda: THREAD not in our_threads(), what="the end of the loading")
    place(ws.orders)
    assert len(asked(still_paper)) == 3


def test_a_failure_is_told_by_the_order_that_needs_them(still_paper: PaperExchange, connect: Connect) -> None:
    """As if nothing had been loaded ahead: the order raises REST's own error, and the next one asks anew."""
    still_paper.faults.rest_status(503, path=LISTS, times=None)
    watched = connect(still_paper.config.replace(timeout_secs=2.0))
    orders = watched.ws.orders
    with pytest.raises(OkxHttpError, match="503"):
        place(orders)
    assert orders.open == ()
    until(lambda: THREAD not in our_threads(), what="the end of the loading")
    assert not [one for one in watched.errors if LISTS in str(one)]
    still_paper.faults.clear()
    assert place(orders).wait_until(lambda one: one.status == "live", PATIENCE_S)


def test_closing_while_they_are_loaded_is_quiet(
    still_paper: PaperExchange, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    """``close()`` does not wait for the exchange, nothing is reported, and the thread ends."""
    still_paper.faults.slow_rest(1.0, LISTS, times=None)
    watched = connect(still_paper.config)
    assert watched.ws.orders
    until(lambda: asked(still_paper), what="the first list")
    began = time.monotonic()
    watched.ws.close()
    assert time.monotonic() - began < PATIENCE_S / 2
    until(lambda: THREAD not in our_threads(), what="the end of the loading")
    assert list(watched.errors) == []
    assert [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []
    assert len(asked(still_paper)) == 1


def test_closing_at_once_is_quiet(
    still_paper: PaperExchange, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    """Wherever the loading is just then: in the middle of an import, say."""
    for pause in (0.0, 0.005, 0.02, 0.05):
        watched = connect(still_paper.config)
        assert watched.ws.orders
        time.sleep(pause)
        watched.ws.close()
        assert list(watched.errors) == []
    until(lambda: THREAD not in our_threads(), what="the end of the loading")
    assert [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


def test_who_cannot_send_orders_loads_nothing(still_paper: PaperExchange, connect: Connect) -> None:
    """With ``read_only`` orders are followed, and no list is asked for."""
    ws = connect(still_paper.config.replace(read_only=True)).ws
    assert ws.orders.wait_synced(PATIENCE_S)
    assert THREAD not in our_threads()
    assert asked(still_paper) == []


@pytest.mark.parametrize("name", ["Bybit", "Bitget"])
def test_the_operations_of_the_others_are_loaded_as_well(still_paper: PaperExchange, name: str) -> None:
    """Their streams know instruments by name: nobody is asked, but the operations are there."""
    ws: Any
    if name == "Bybit":
        ws = BybitWsClient(still_paper.bybit_config(), options=FAST)
    else:
        ws = BitgetWsClient(still_paper.bitget_config(), options=FAST)
    with ws:
        assert part_of(ws, "_order_entry") is None
        assert ws.orders
        until(lambda: THREAD not in our_threads(), what="the end of the loading")
        assert part_of(ws, "_order_entry") is not None
