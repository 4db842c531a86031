"""Order entry on Bybit's trade stream, end to end on the paper exchange."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import (
    BybitConfig,
    BybitWsClient,
    ConfigError,
    DryRun,
    OkxApiError,
    OkxWebSocketError,
    OrderStatusUnknown,
    ReadOnlyError,
    StreamClosed,
)
from okx_sync.exchanges.bybit.trade.requests import AmendOrder, CancelOrder, NewOrder
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, States, of_connection, until

BTC = "BTCUSDT"


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[BybitWsClient]:
    """A client of the paper exchange's Bybit."""
    paper.quiet()
    with BybitWsClient(paper.bybit_config(), options=FAST) as client:
        yield client


def test_place_amend_cancel(ws: BybitWsClient) -> None:
    """One order through its life, followed by the handle; the receipt names it."""
    receipt = ws.place_order(BTC, "Buy", "Limit", "0.01", "60000", order_link_id="mine1")
    assert receipt.ok
    assert receipt.orderLinkId == "mine1"
    assert ws.amend_order(BTC, receipt.orderId, price="60001").ok
    assert ws.cancel_order(BTC, order_link_id="mine1").ok
    with pytest.raises(OkxApiError) as gone:
        ws.cancel_order(BTC, order_link_id="mine1")
    assert gone.value.code == "110010"


def test_the_order_manager_sends_here(ws: BybitWsClient) -> None:
    """``ws.orders.place`` on the trade stream: amended, filled, each fill once, average right."""
    fills: list[Decimal] = []
    ws.orders.on_fill(lambda fill: fills.append(fill.size))
    resting = ws.orders.place(BTC, "buy", "0.02", "60000", order_type="post_only")
    resting.amend(price="59000")
    until(lambda: resting.price == Decimal(59000))
    assert resting.cancel()
    assert resting.wait_done(5)
    taken = ws.orders.place(BTC, "buy", "0.02", order_type="market")
    assert taken.wait_filled(5)
    until(lambda: sum(fills) == Decimal("0.02"))
    assert taken.filled == Decimal("0.02")
    assert taken.average_price is not None
    with pytest.raises(ConfigError, match="order_type"):
        ws.orders.place(BTC, "buy", "0.02", "1", order_type="iceberg")


def test_batches_tell_each_verdict(ws: BybitWsClient) -> None:
    """One good and one bad order of a batch: neither is taken for the other."""
    good_and_bad = [NewOrder(BTC, "Buy", "Limit", "0.01", "60000"), NewOrder(BTC, "Buy", "Limit", "0", "1")]
    placed = ws.place_batch_orders(good_and_bad)
    assert [row.ok for row in placed] == [True, False]
    good = placed[0]
    assert [row.ok for row in ws.amend_batch_orders([AmendOrder(BTC, good.orderId, price="60001")])] == [True]
    assert [row.ok for row in ws.cancel_batch_orders([CancelOrder(BTC, good.orderId)])] == [True]


def test_many_threads_get_their_own_replies(ws: BybitWsClient) -> None:
    """Twenty threads at once: each receipt carries the id that its thread had given, and nothing is refused."""

    def place(number: int) -> bool:
        return ws.place_order(BTC, "Buy", "Limit", "0.01", "60000", f"t{number}").orderLinkId == f"t{number}"

    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(place, range(20)))


def test_a_lost_reply_is_unknown(paper: PaperExchange, ws: BybitWsClient) -> None:
    """The socket dies while the order is under way: ``OrderStatusUnknown`` with its id, within a second."""
    ws.place_order(BTC, "Buy", "Limit", "0.01", "60000")
    paper.faults.delay(5, "ack")
    caught: list[BaseException] = []

    def place() -> None:
        try:
            ws.place_order(BTC, "Buy", "Limit", "0.01", "60000", "lost1")
        except OrderStatusUnknown as error:
            caught.append(error)

    thread = threading.Thread(target=place)
    thread.start()
    assert paper.wait_for(lambda: any("lost1" in frame.text for frame in paper.seen))
    paper.faults.drop("rst")
    thread.join(5)
    assert isinstance(caught[0], OrderStatusUnknown)
    assert "lost1" in str(caught[0].orders)
    found = ws.lookup(caught[0])
    assert found.order is not None
    assert (found.order.orderLinkId, found.applied) == ("lost1", True)
    assert ws.reconcile(caught[0]) == found.order


def test_a_lost_batch_is_looked_up(paper: PaperExchange, ws: BybitWsClient) -> None:
    """Over REST, with the client's clock and key; each order by its id and market. A closed client asks nobody."""
    ws.connect("trade", timeout=PATIENCE_S)  # else the orders may go by REST
    paper.faults.lose_reply("order.create-batch")
    rows = [NewOrder(BTC, "Buy", "Limit", "0.01", price) for price in ("60000", "61000")]
    with pytest.raises(OrderStatusUnknown) as caught:
        ws.place_batch_orders(rows, timeout=0.5)
    assert [one and one.price for one in ws.reconcile_all(caught.value)] == [Decimal(60000), Decimal(61000)]
    assert [one.applied for one in ws.lookup_all(caught.value)] == [True, True]
    ws.close()
    with pytest.raises(StreamClosed):
        ws.reconcile(caught.value)


def _restart(paper: PaperExchange) -> None:
    """The trade servers restart and say so only to whoever asks them for something."""
    trade = [one for one in paper.connections if one.path == "v5/trade" and one.open]
    for one in trade:
        of_connection(paper, one.id, lambda session: setattr(session, "_is_restarting", True))


def test_a_restarting_server_is_left(paper: PaperExchange, ws: BybitWsClient) -> None:
    """It answers 10019: those orders were certainly not taken, one new socket is opened first, and the next order goes
    out there.
    """
    states = States()
    ws.on_state(states)
    ws.place_order(BTC, "Buy", "Limit", "0.01", "60000")
    _restart(paper)
    paper.faults.delay(0.3, "login")  # the new socket is not there before the last of these is sent
    later = [ws.place_order(BTC, "Buy", "Limit", "0.01", "60000", f"no{number}", wait=False) for number in range(5)]
    for one in later:
        error = one.exception(5)
        assert isinstance(error, OkxWebSocketError)
        assert (error.code, error.retryable) == ("10019", True)
    states.until("replaced", path="trade")
    assert ws.place_order(BTC, "Buy", "Limit", "0.01", "60000", "yes").orderLinkId == "yes"
    assert states.kinds("trade").count("replacing") == 1
    assert "lost" not in states.kinds("trade")
    assert len(paper.run(lambda: list(paper._server.venue.accounts[0].by_id))) == 2


def test_an_order_that_a_restarting_server_refused_is_over(paper: PaperExchange, ws: BybitWsClient) -> None:
    """``ws.orders`` holds it as rejected, with nothing to look up."""
    orders = ws.orders
    ws.place_order(BTC, "Buy", "Limit", "0.01", "60000")
    _restart(paper)
    with pytest.raises(OkxWebSocketError) as refused:
        orders.place(BTC, "buy", "0.01", "60000", client_order_id="no1")
    assert not isinstance(refused.value, OrderStatusUnknown)
    assert orders["no1"].status == "rejected"


def test_an_error_inside_the_server_leaves_an_order_unknown(paper: PaperExchange, ws: BybitWsClient) -> None:
    """10016 may come after the order was taken; the socket is kept."""
    states = States()
    ws.on_state(states)
    paper.faults.refuse_op("10016", op="order.create", how="whole")
    with pytest.raises(OrderStatusUnknown) as unknown:
        ws.place_order(BTC, "Buy", "Limit", "0.01", "60000", "who1")
    assert unknown.value.clOrdId == "who1"
    assert ws.place_order(BTC, "Buy", "Limit", "0.01", "60000").ok
    assert "replacing" not in states.kinds("trade")


@pytest.mark.parametrize(("switch", "error"), [("read_only", ReadOnlyError), ("dry_run", DryRun)])
def test_safety_catches(paper: PaperExchange, switch: str, error: type[Exception]) -> None:
    """``read_only`` and ``dry_run`` hold here as well: no order reaches the exchange."""
    switched: dict[str, Any] = {switch: True}
    config: BybitConfig = attrs.evolve(paper.bybit_config(), **switched)
    with BybitWsClient(config, options=FAST) as client, pytest.raises(error):
        client.place_order(BTC, "Buy", "Limit", "0.01", "60000")
    assert not [frame for frame in paper.seen if "order.create" in frame.text]
