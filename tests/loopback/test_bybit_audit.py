"""``ws.audit`` of Bybit: finds what a lost push left wrong, repairs it, and is silent while all is well."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync import BybitClient, BybitConfig, BybitWsClient, ConfigError, Credentials
from okx_sync.live.audit import AuditMismatch
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, PATIENCE_S, Heard, our_threads, until
from tests.loopback.still_exchange import place

SWAP = "BTC-USDT-SWAP"
CHANNELS = ("order", "execution", "position", "wallet")


paper = still_exchange.still_paper


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[BybitWsClient]:
    """A client of an account with a position and an open order, which it knows."""
    place(paper, ordType="market", sz="2")
    place(paper, ordType="limit", px="60000", clOrdId="mine")
    with BybitWsClient(paper.bybit_config(), options=FAST) as client:
        for live in (client.orders, client.positions, client.account):
            assert live.wait_synced(PATIENCE_S)
        yield client
    until(lambda: not our_threads(), what="the end of all threads")


def test_it_is_silent_while_all_is_well(ws: BybitWsClient, paper: PaperExchange) -> None:
    """What streams told and what REST lists are the same, in the same words."""
    place(paper, ordType="market", side="sell")
    until(lambda: ws.positions["BTCUSDT"].size == Decimal("0.01"), what="the sale")
    audit = ws.audit(3600, recheck_s=0.5)
    assert audit.run_now() == []
    assert (audit.looks, audit.mismatches) == (1, 0)


def test_it_finds_what_lost_pushes_left_wrong(ws: BybitWsClient, paper: PaperExchange) -> None:
    """An order, a position and a balance: each told with both sides, and right afterwards."""
    told: list[AuditMismatch] = []
    audit = ws.audit(3600, told.append, recheck_s=0.01)
    for channel in CHANNELS:
        paper.faults.lose_push(channel, times=None)
    place(paper, ordType="market", side="sell")
    paper.fill("mine")
    found = {one.kind: one for one in audit.run_now()}
    assert set(found) == {"order", "position", "balance"}
    assert all(one.repaired for one in found.values())
    assert found["order"].rest is None
    assert (found["position"].stream.size, found["position"].rest.entry_price) == (
        Decimal("0.02"),
        ws.positions["BTCUSDT"].entry_price,
    )
    assert ws.orders["mine"].is_filled
    with BybitClient(paper.bybit_config()) as rest:
        (wallet,) = rest.account.get_wallet_balance("UNIFIED")
    cash = {one.currency: one.cash for one in wallet.to_update().balances}
    assert {one.currency: one.cash for one in ws.account.balances} == cash
    until(lambda: len(told) == len(found))
    assert audit.run_now() == []


def test_the_older_protocol_has_nothing_to_compare_with() -> None:
    """It says so before anything is subscribed."""
    config = BybitConfig(Credentials("key-1234", "secret"), protocol="seed")
    with BybitWsClient(config) as client, pytest.raises(ConfigError, match="nothing to audit"):
        client.audit()


def test_audits_end_with_the_client(paper: PaperExchange) -> None:
    """Their threads, too."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as client:
        audit = client.audit(3600, of=["positions"])
        assert audit.is_running
    assert not audit.is_running


def test_failures_are_reported(ws: BybitWsClient, paper: PaperExchange) -> None:
    """REST that does not answer ends no audit: ``on_error`` hears of it."""
    errors = Heard()
    ws.on_error(errors)
    paper.faults.rest_status(500, path="/v5/position/list", times=None)
    audit = ws.audit(0.02, of=["positions"])
    until(lambda: errors, what="the error")
    assert audit.is_running
    paper.faults.clear()
    looks = audit.looks
    until(lambda: audit.looks > looks, what="another look")
