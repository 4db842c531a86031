"""Topics that are of use together only are asked for together, and are all there, or none is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial

import attrs
import pytest

from okx_sync import BitgetWsClient, SubscriptionError, WsClient
from okx_sync.live.all_or_none import subscribe_all
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST

paper = still_exchange.still_paper


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[WsClient]:
    with WsClient(paper.config, options=FAST) as client:
        yield client


def test_one_request_has_all_of_them(ws: WsClient) -> None:
    """And it returns when the exchange has agreed to each."""
    ws.connect("public")
    wishes = [partial(ws.subscribe, "tickers", instId=name) for name in ("BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP")]
    made = subscribe_all(ws.batch, wishes)
    assert [one.topic.arg["instId"] for one in made] == ["BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP"]
    assert ws.status()["links"]["public"]["requests"] == 1


@pytest.mark.parametrize("gathers", [True, False])
def test_one_is_refused(ws: WsClient, gathers: bool) -> None:
    """Its error is raised, and the others are not left behind; also where nothing is gathered."""
    wishes = [partial(ws.subscribe, "tickers", instId=name) for name in ("BTC-USDT", "NO-SUCH", "ETH-USDT")]
    with pytest.raises(SubscriptionError, match="NO-SUCH"):
        subscribe_all(ws.batch if gathers else nullcontext, wishes)
    assert ws.subscription_count() == 0


def test_live_objects_of_several_products_need_few_requests(paper: PaperExchange) -> None:
    """Bitget allows few requests in a second: orders, fills, positions and balances of all products take one each."""
    unhurried = attrs.evolve(FAST, tick_s=5.0)  # however long a busy machine takes for a few lines
    with BitgetWsClient(paper.bitget_config("v2"), options=unhurried) as ws:
        assert ws.orders.wait_synced(10)
        assert ws.positions.wait_synced(10)
        assert ws.account.wait_synced(10)
        assert ws.subscription_count() == 12
        assert ws.status()["links"]["private"]["requests"] == 1 + 4  # the first is the login
