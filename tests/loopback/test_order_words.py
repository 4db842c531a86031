"""Placing with neutral and own words over REST, and what may not be placed, on the paper exchange."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import attrs
import pytest

from okx_sync import (
    AsyncOkxClient,
    ConfigError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OkxClient,
    OkxError,
    OrderManager,
    ReadOnlyError,
    WsClient,
)
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, Connect, until
from tests.loopback.still_exchange import BTC, ETH, still_paper

__all__ = ["still_paper"]

LOW = "60000"


@pytest.fixture
def rest(still_paper: PaperExchange) -> Iterator[OkxClient]:
    """REST of the same account."""
    with OkxClient(still_paper.config) as client:
        yield client


def test_rest_takes_neutral_words(rest: OkxClient) -> None:
    """Placing, amending, looking up and canceling; single and in batches."""
    receipt = rest.place_order(BTC, "cash", "buy", order_type="limit", size="0.5", price=LOW, client_order_id="n1")
    assert receipt.clOrdId == "n1"
    rest.amend_order(BTC, client_order_id="n1", new_price="59000", size="0.4")
    order = rest.get_order(BTC, order_id=receipt.ordId)
    assert (str(order.px), str(order.sz)) == ("59000", "0.4")
    rest.cancel_order(BTC, client_order_id="n1")
    row = {"inst_id": BTC, "td_mode": "cash", "side": "buy", "order_type": "limit", "size": "0.1", "price": LOW}
    placed = rest.place_batch_orders([row | {"client_order_id": "n2"}, row], expires_at=4_000_000_000_000)
    assert placed.ok
    ids = [{"inst_id": BTC, "order_id": one.ordId} for one in placed]
    assert rest.amend_batch_orders([one | {"new_size": "0.2"} for one in ids]).ok
    assert rest.cancel_batch_orders(ids).ok


def test_rest_refuses_what_is_said_twice_or_misspelt(still_paper: PaperExchange, rest: OkxClient) -> None:
    """By name, and nothing is sent; a word that no list knows, and that looks like none of it, is OKX's to judge."""
    with pytest.raises(ConfigError, match="both sz and size"):
        rest.place_order(BTC, "cash", "buy", "market", 1, size=1)
    with pytest.raises(ConfigError, match="did you mean reduce_only"):
        rest.place_order(BTC, "cash", "buy", "market", 1, reduceOnly=True)  # type: ignore[call-arg]
    with pytest.raises(ConfigError, match="did you mean 'market'"):
        rest.place_order(BTC, "cash", "buy", "markt", 1)
    with pytest.raises(ConfigError, match="side cannot be 'long'"):
        rest.place_order(BTC, "cash", "long", "market", 1)
    with pytest.raises(ConfigError, match=r"sz is missing.*size says the same"):
        rest.place_order(BTC, "cash", "buy", "market")
    assert still_paper.venue.requests["place", "rest"] == 0
    with pytest.raises(OkxApiError):
        rest.place_order(BTC, "cash", "buy", "vwap", 1)
    assert [one.path for one in still_paper.requests] == ["/api/v5/trade/order"]


def test_the_asynchronous_client_takes_the_same(still_paper: PaperExchange) -> None:
    """It is the same call."""

    async def trade() -> str | None:
        async with AsyncOkxClient(still_paper.config) as client:
            placed = await client.place_order(BTC, "cash", "buy", order_type="limit", size="0.5", price=LOW)
            await client.amend_order(BTC, order_id=placed.ordId, new_size="0.4")
            assert (await client.cancel_batch_orders([{"inst_id": BTC, "order_id": placed.ordId}])).ok
            with pytest.raises(ConfigError, match="both"):
                await client.place_order(BTC, "cash", "buy", "limit", order_type="limit", size="0.5", price=LOW)
            return placed.ordId

    assert asyncio.run(trade())


@pytest.mark.parametrize(("switch", "error"), [("read_only", ReadOnlyError), ("dry_run", DryRun), (None, ConfigError)])
def test_what_may_not_be_sent_leaves_no_order(
    still_paper: PaperExchange, switch: str | None, error: type[OkxError]
) -> None:
    """A safety catch, and an instrument that does not exist: known before, so there is no record."""
    config = still_paper.config.switched(read_only=switch == "read_only", dry_run=switch == "dry_run")
    with WsClient(config, options=FAST) as ws:
        orders = ws.orders
        with pytest.raises(error):
            orders.place(BTC if switch else "BTC-USTD", "buy", "1", LOW, td_mode="cash")
        assert orders.open == orders.finished == ()
        if switch == "read_only":
            orders.wait_synced(PATIENCE_S)
            assert orders.cancel_all().ok


def follow(connect: Connect, paper: PaperExchange) -> OrderManager:
    """The orders of a client, complete."""
    orders = connect(paper.config).ws.orders
    assert orders.wait_synced(PATIENCE_S)
    return orders


def test_cancel_all_of_an_instrument_takes_the_orders_of_others_along(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect
) -> None:
    """Those of another program, too, even before the stream has told of them; other instruments are left alone."""
    orders = follow(connect, still_paper)
    orders.place(ETH, "buy", "1", "1000", td_mode="cash", client_order_id="kept")
    orders.place(BTC, "buy", "0.1", LOW, td_mode="cash", client_order_id="mine")
    still_paper.faults.delay(0.3, "push")
    rest.place_order(BTC, "cash", "buy", "limit", "0.2", LOW, "yours")
    result = orders.cancel_all(BTC)
    assert [(one.order.client_order_id, one.verdict) for one in result] == [("mine", "accepted"), ("yours", "accepted")]
    assert all(one.order.wait_done(PATIENCE_S) for one in result)
    assert [order.client_order_id for order in orders] == ["kept"]


def test_cancel_all_tells_which_orders_may_go_on(still_paper: PaperExchange, connect: Connect) -> None:
    """An answer that is lost leaves them unknown, and they are looked up; a list that fails raises."""
    watched = connect(attrs.evolve(still_paper.config, timeout_secs=0.5))
    orders = watched.ws.orders
    assert orders.wait_synced(PATIENCE_S)
    for name in ("one", "two"):
        orders.place(BTC, "buy", "0.1", LOW, td_mode="cash", client_order_id=name)
    still_paper.faults.rest_status(418, "no", path="/api/v5/trade/orders-pending", times=None)
    with pytest.raises(OkxError):
        orders.cancel_all()
    still_paper.faults.clear()
    assert len(orders) == 2
    still_paper.faults.lose_reply("batch-cancel-orders")
    result = orders.cancel_all()
    assert not result.ok
    assert [one.verdict for one in result.failed] == ["unknown", "unknown"]
    until(lambda: len(orders) == 0, what="the end of both, as the stream tells it")


def test_cancel_all_needs_a_login(still_paper: PaperExchange) -> None:
    """As everything about orders does."""
    with WsClient(still_paper.public_config, options=FAST) as ws, pytest.raises(OkxAuthError):
        ws.orders.cancel_all()
