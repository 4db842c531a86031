"""``ws.audit`` of Bitget, V2 and V3: finds what a lost push left wrong, repairs it, and is silent while all is well."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import BitgetWsClient, ConfigError
from okx_sync.live.audit import AuditMismatch
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, PATIENCE_S, our_threads, until
from tests.loopback.still_exchange import place

SWAP = "BTC-USDT-SWAP"
CHANNELS = {"v2": ("orders", "fill", "positions", "account"), "v3": ("order", "fill", "position", "account")}


paper = still_exchange.still_paper


@pytest.fixture(params=["v2", "v3"])
def ws(paper: PaperExchange, request: pytest.FixtureRequest) -> Iterator[BitgetWsClient]:
    """A client of an account with a position and an open order, which it knows."""
    place(paper, ordType="market", sz="2")
    place(paper, ordType="limit", px="60000", clOrdId="mine")
    if request.param == "v3":
        paper.unify()
    product: Any = "USDT-FUTURES" if request.param == "v2" else None  # each has its own lists to ask for
    with BitgetWsClient(paper.bitget_config(request.param), options=FAST, product=product) as client:
        for live in (client.orders, client.positions, client.account):
            assert live.wait_synced(PATIENCE_S)
        yield client
    until(lambda: not our_threads(), what="the end of all threads")


def test_it_is_silent_while_all_is_well(ws: BitgetWsClient, paper: PaperExchange) -> None:
    """What streams told and what REST lists are the same; profit that moves is no mismatch."""
    place(paper, ordType="market", side="sell")
    until(lambda: ws.positions["BTCUSDT"].size == Decimal("0.01"), what="the sale")
    paper.trade_at(SWAP, "65100")
    audit = ws.audit(3600, recheck_s=0.3)
    assert audit.run_now() == []
    assert (audit.looks, audit.mismatches) == (1, 0)


def test_it_finds_what_lost_pushes_left_wrong(ws: BitgetWsClient, paper: PaperExchange) -> None:
    """An order, a position and a balance: each told with both sides, and right afterwards."""
    told: list[AuditMismatch] = []
    audit = ws.audit(3600, told.append, recheck_s=0.01)
    for channel in CHANNELS[str(ws.config.protocol)]:
        paper.faults.lose_push(channel, times=None)
    place(paper, ordType="market", side="sell")
    paper.fill("mine")
    found = {one.kind: one for one in audit.run_now()}
    assert set(found) == {"order", "position", "balance"}
    assert all(one.repaired for one in found.values())
    assert found["order"].rest is None
    assert found["position"].stream.size == Decimal("0.02")
    assert ws.orders["mine"].is_filled
    assert found["balance"].rest.equity == ws.account.balance("USDT").equity  # type: ignore[union-attr]
    until(lambda: len(told) == len(found))
    assert audit.run_now() == []


def test_where_nobody_can_be_asked_there_is_nothing_to_compare_with(paper: PaperExchange) -> None:
    """It says so before anything is subscribed."""
    config = paper.bitget_config("v2").replace(rest_url=None)
    with BitgetWsClient(config, options=FAST) as client, pytest.raises(ConfigError, match="nothing to audit"):
        client.audit()


def test_audits_end_with_the_client(paper: PaperExchange) -> None:
    """Their threads, too."""
    with BitgetWsClient(paper.bitget_config("v2"), options=FAST) as client:
        audit = client.audit(3600, of=["positions"])
        assert audit.is_running
    assert not audit.is_running
