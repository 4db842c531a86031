"""``ws.audit``: finds what a lost push left wrong, repairs it, and is silent while all is well."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from okx_sync import ConfigError, OkxClient, OkxHttpError
from okx_sync.live.audit import AuditMismatch
from okx_sync.paper import PaperClock, PaperExchange
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.test_live_account import SWAP, caught_up, over_rest, sizes, swap, tick
from tests.paper.feeds.event_triggers import place

LIMIT = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "60000"}
CHANNELS = ("orders", "positions", "account")


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A quiet market in which time stands still: no regular snapshot repairs anything by itself."""
    with PaperExchange(flow_per_s=0, clock=PaperClock(frozen=True)) as exchange:
        yield exchange
        problems = exchange.problems
    assert problems == []


def test_it_finds_what_lost_pushes_left_wrong(paper: PaperExchange, connect: Connect) -> None:
    """An order, a position and a balance: each told with both sides, and right afterwards."""
    swap(paper, sz="2")
    place(paper, **LIMIT, clOrdId="mine")
    ws, told = connect().ws, Heard()
    audit = ws.audit(3600, told, recheck_s=0.01)
    for live in (ws.orders, ws.positions, ws.account):
        assert live.wait_synced(5)
    assert audit.run_now() == []
    for channel in CHANNELS:
        paper.faults.lose_push(channel, times=None)
    swap(paper, "sell", "1")
    paper.fill("mine", "0.04")
    tick(paper)
    paper.faults.clear()
    caught_up(ws)
    assert ws.positions[SWAP].size == 2
    found = {(one.kind, one.key.split()[0]): one for one in audit.run_now()}
    order_id = ws.orders["mine"].order_id or ""
    assert set(found) == {
        ("order", order_id),
        ("position", SWAP),
        ("balance", "USDT"),
        ("balance", "BTC"),
    }
    position = found["position", SWAP]
    assert (position.stream.size, position.rest.size, position.repaired) == (2, 1, True)
    assert sizes(ws.positions) == over_rest(paper)
    assert ws.orders["mine"].filled == found["order", order_id].rest.filled > 0
    with OkxClient(paper.config) as rest:
        cash = {detail.ccy: detail.cashBal for detail in rest.get_balance().details}
    assert {one.currency: one.cash for one in ws.account.balances} == cash
    until(lambda: len(told) == 4)
    assert audit.run_now() == []


def test_an_order_that_ended_unseen_is_looked_up(paper: PaperExchange, connect: Connect) -> None:
    """REST lists open orders only; what became of this one is asked for by its id."""
    place(paper, **LIMIT, clOrdId="mine")
    ws = connect().ws
    assert ws.orders.wait_synced(5)
    paper.faults.lose_push("orders")
    paper.fill("mine")
    audit = ws.audit(3600, recheck_s=0.01, of=["orders"])
    (found,) = audit.run_now()
    assert (found.kind, found.rest, found.repaired) == ("order", None, True)
    assert ws.orders["mine"].is_filled


def test_it_is_silent_while_all_is_well(connect: Connect) -> None:
    """A busy account, looked at again and again on threads of its own: nothing is told that is not so."""
    with PaperExchange(flow_per_s=0) as paper:
        watched, told = connect(paper.config), list[AuditMismatch]()
        ws = watched.ws
        audit = ws.audit(0.02, told.append, recheck_s=0.5)  # well above the 50 ms in which the exchange batches
        for live in (ws.orders, ws.positions, ws.account):
            assert live.wait_synced(5)
        for number in range(200):
            place(paper, instId=SWAP, tdMode="cross", side="buy", ordType="market", sz=str(1 + number % 3))
            place(paper, **LIMIT | {"sz": "0.001"}, clOrdId=f"mine{number}")
            if number % 3 == 0:
                paper.fill(f"mine{number}")
        looks = audit.looks
        until(lambda: audit.looks > looks + 1)
        assert told == []
        assert list(watched.errors) == []
        assert sizes(ws.positions) == over_rest(paper)


def test_rest_that_fails_is_reported_and_the_audit_goes_on(paper: PaperExchange, connect: Connect) -> None:
    """By itself to ``on_error``; asked for by hand, to the caller."""
    watched = connect()
    ws = watched.ws
    audit = ws.audit(0.02, of=["positions"])
    assert ws.positions.wait_synced(5)
    paper.faults.rest_status(500, path="/api/v5/account/positions", times=None)
    until(lambda: watched.errors)
    assert isinstance(next(iter(watched.errors)), OkxHttpError)
    with pytest.raises(OkxHttpError):
        audit.run_now()
    paper.faults.clear()
    looks = audit.looks
    until(lambda: audit.looks > looks)


def test_it_waits_while_the_link_is_lost(paper: PaperExchange, connect: Connect) -> None:
    """What is not synced is not compared: nothing is asked."""
    watched = connect()
    audit = watched.ws.audit(3600, of=["positions"])
    assert watched.ws.positions.wait_synced(5)
    paper.faults.refuse_handshake(times=None)
    paper.faults.drop()
    watched.states.until("lost")
    asked = len(paper.requests)
    assert audit.run_now() == []
    assert not [request for request in paper.requests[asked:] if request.path.endswith("account/positions")]


def test_it_ends_with_its_client(paper: PaperExchange, connect: Connect) -> None:
    """No thread is left, and a stopped one does not come back."""
    ws = connect().ws
    audits = [ws.audit(3600, of=["balances"]), ws.audit(0.01, of=["balances"])]
    assert all(audit.is_running for audit in audits)
    assert audits[0].stop(5)
    ws.close()
    assert not any(audit.is_running for audit in audits)
    assert not any(thread.name == "okx-audit" for thread in threading.enumerate())


@pytest.mark.parametrize(
    ("options", "named"),
    [({"every_s": 0}, "every_s"), ({"recheck_s": -1}, "recheck_s"), ({"of": []}, "of"), ({"of": ["luck"]}, "of")],
)
def test_what_cannot_be_audited_is_refused(
    paper: PaperExchange, connect: Connect, options: dict[str, object], named: str
) -> None:
    """Before anything is asked."""
    with pytest.raises(ConfigError, match=named):
        connect().ws.audit(**options)  # type: ignore[arg-type]
    assert paper.connections == []
