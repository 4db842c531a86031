"""Order entry on Bitget's V3 stream, end to end on the paper exchange."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Literal

import attrs
import pytest

from okx_sync import (
    BitgetConfig,
    BitgetWsClient,
    ConfigError,
    DryRun,
    OkxApiError,
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.exchanges.bitget.uta.requests import UtaAmendOrder, UtaCancelOrder, UtaNewOrder
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, until

BTC = "BTCUSDT"
FUTURES = "USDT-FUTURES"


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[BitgetWsClient]:
    """A client of a unified account of the paper exchange's Bitget."""
    paper.quiet()
    paper.unify()
    with BitgetWsClient(paper.bitget_config("v3"), options=FAST) as client:
        yield client


def test_place_amend_cancel(ws: BitgetWsClient) -> None:
    """One order through its life; the receipt names it."""
    receipt = ws.place_order(BTC, "buy", "limit", "0.01", "60000", client_oid="mine:1")
    assert receipt.ok
    assert receipt.clientOid == "mine:1"
    assert ws.amend_order(BTC, receipt.orderId, price="60001").ok
    assert ws.cancel_order(BTC, client_oid="mine:1").ok
    with pytest.raises(OkxApiError) as gone:
        ws.cancel_order(BTC, client_oid="mine:1")
    assert gone.value.code == "25204"


def test_what_is_sent(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """Category in small letters above, topic and id, the order in ``args``; flags are yes and no."""
    ws.place_order(BTC, "buy", "market", "0.01")
    ws.place_order(BTC, "sell", "market", "0.01", reduce_only=True, client_oid="c1")
    ws.place_order(BTC, "buy", "limit", "0.001", "60000", category="SPOT", client_oid="c2")
    sent = [frame.text for frame in paper.seen if '"trade"' in frame.text]
    assert '"op":"trade","id":"' in sent[1]
    assert '"category":"usdt-futures","topic":"place-order","args":[{"symbol":"BTCUSDT"' in sent[1]
    assert '"reduceOnly":"yes"' in sent[1]
    assert '"category":"spot"' in sent[2]


def test_the_order_manager_sends_here(ws: BitgetWsClient) -> None:
    """``ws.orders.place`` on the private stream: amended, filled, each fill once, average right, fees negative."""
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
    until(lambda: taken.fee is not None)
    assert taken.fee is not None
    assert taken.fee < 0
    with pytest.raises(ConfigError, match="order_type"):
        ws.orders.place(BTC, "buy", "0.02", "1", order_type="iceberg")


def test_a_size_in_quote_currency_is_no_size_of_an_order(ws: BitgetWsClient) -> None:
    """A market order that buys on spot: refused by ``ws.orders``, which counts coins, and sent by ``place_order``."""
    with pytest.raises(ConfigError, match="quote currency"):
        ws.orders.place(BTC, "buy", "100", order_type="market", category="SPOT")
    assert ws.orders.open == ws.orders.finished == ()
    ws.place_order(BTC, "buy", "market", "100", category="SPOT", client_oid="q1")
    until(lambda: "q1" in ws.orders and ws.orders["q1"].is_done, what="the order")
    assert ws.orders["q1"].size is None or ws.orders["q1"].size < 1
    assert 0 < ws.orders["q1"].filled < 1


def test_batches_tell_each_verdict(ws: BitgetWsClient) -> None:
    """One good and one bad order of a batch: neither is taken for the other."""
    good_and_bad = [
        UtaNewOrder(FUTURES, BTC, "buy", "limit", "0.01", "60000"),
        UtaNewOrder(FUTURES, BTC, "buy", "limit", "0", "1"),
    ]
    placed = ws.place_batch_orders(good_and_bad)
    assert [row.ok for row in placed] == [True, False]
    good = placed[0]
    assert [row.ok for row in ws.amend_batch_orders([UtaAmendOrder(FUTURES, BTC, good.orderId, price="60001")])] == [
        True
    ]
    assert [row.ok for row in ws.cancel_batch_orders([UtaCancelOrder(FUTURES, BTC, good.orderId)])] == [True]


def test_what_a_batch_cannot_be(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """Of two products, or cancelled partly by one id and partly by the other: refused, nothing is sent."""
    futures = UtaNewOrder(FUTURES, BTC, "buy", "limit", "0.01", "60000")
    with pytest.raises(ConfigError, match="one category"):
        ws.place_batch_orders([futures, attrs.evolve(futures, category="SPOT")])
    with pytest.raises(ConfigError, match="order_id"):
        ws.cancel_batch_orders([UtaCancelOrder(FUTURES, BTC, "1"), UtaCancelOrder(FUTURES, BTC, client_oid="a")])
    assert not [frame for frame in paper.seen if "batch" in frame.text]


def test_many_threads_get_their_own_replies(ws: BitgetWsClient) -> None:
    """Eight threads at once: each receipt carries the id that its thread had given, and nothing is refused."""

    def place(number: int) -> bool:
        return ws.place_order(BTC, "buy", "limit", "0.01", "60000", f"t{number}").clientOid == f"t{number}"

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(place, range(8)))


def test_a_lost_reply_is_unknown(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """The socket dies while the order is under way: ``OrderStatusUnknown`` with its id, within a second."""
    ws.place_order(BTC, "buy", "limit", "0.01", "60000")
    paper.faults.delay(5, "ack")
    caught: list[BaseException] = []

    def place() -> None:
        try:
            ws.place_order(BTC, "buy", "limit", "0.01", "60000", "lost1")
        except OrderStatusUnknown as error:
            caught.append(error)

    thread = threading.Thread(target=place)
    thread.start()
    assert paper.wait_for(lambda: any("lost1" in frame.text for frame in paper.seen))
    paper.faults.drop("rst")
    thread.join(5)
    assert isinstance(caught[0], OrderStatusUnknown)
    assert "lost1" in str(caught[0].orders)


@pytest.mark.parametrize("code", ["40010", "25001", "45001"])
def test_an_error_inside_bitget_leaves_an_order_unknown(paper: PaperExchange, ws: BitgetWsClient, code: str) -> None:
    """These may come after the order was taken."""
    paper.faults.refuse_op(code, op="place-order")
    with pytest.raises(OrderStatusUnknown) as unknown:
        ws.place_order(BTC, "buy", "limit", "0.01", "60000", "who1")
    assert unknown.value.clOrdId == "who1"


@pytest.mark.parametrize(("switch", "error"), [("read_only", ReadOnlyError), ("dry_run", DryRun)])
def test_safety_catches(paper: PaperExchange, switch: str, error: type[Exception]) -> None:
    """``read_only`` and ``dry_run`` hold here as well: no order reaches the exchange."""
    paper.unify()
    switched: dict[str, Any] = {switch: True}
    config: BitgetConfig = attrs.evolve(paper.bitget_config("v3"), **switched)
    with BitgetWsClient(config, options=FAST) as client, pytest.raises(error):
        client.place_order(BTC, "buy", "limit", "0.01", "60000")
    assert not [frame for frame in paper.seen if "place-order" in frame.text]


# -- classic accounts ------------------------------------------------------------------------------------------------


@pytest.fixture
def classic(paper: PaperExchange) -> Iterator[BitgetWsClient]:
    """A client of a classic account that may send orders."""
    paper.quiet()
    with BitgetWsClient(paper.bitget_config("v2"), options=FAST) as client:
        yield client


def test_a_classic_account_places_and_cancels(paper: PaperExchange, classic: BitgetWsClient) -> None:
    """The request has its id and the product in its argument; the receipt names the order."""
    receipt = classic.place_order(BTC, "buy", "limit", "0.01", "60000", client_oid="mine1", time_in_force="post_only")
    assert receipt.ok
    assert receipt.clientOid == "mine1"
    (sent,) = (frame.text for frame in paper.seen if '"trade"' in frame.text)
    assert '"instType":"USDT-FUTURES","instId":"BTCUSDT","channel":"place-order","params":{' in sent
    for part in ('"marginMode":"crossed"', '"marginCoin":"USDT"', '"size":"0.01"', '"force":"post_only"'):
        assert part in sent
    assert classic.cancel_order(BTC, receipt.orderId).ok
    paper.clock.advance(2)  # within a second it would be "too frequent"
    with pytest.raises(OkxApiError) as gone:
        classic.cancel_order(BTC, client_order_id="mine1")
    assert gone.value.code == "22001"


def test_the_order_manager_of_a_classic_account(classic: BitgetWsClient) -> None:
    """Placed, filled, cancelled."""
    resting = classic.orders.place(BTC, "buy", "0.02", "60000", order_type="post_only")
    assert resting.cancel()
    assert resting.wait_done(5)
    taken = classic.orders.place(BTC, "buy", "0.02", order_type="market")
    assert taken.wait_filled(5)


def test_a_side_is_the_orders_in_hedge_mode(paper: PaperExchange, classic: BitgetWsClient) -> None:
    """``ws.orders``: selling what is long closes it; on this wire it is called a buy, and a close."""
    account = paper.venue.accounts[0]
    paper.run(lambda: paper._server.venue.set_position_mode(account, "long_short_mode"))
    steps: tuple[tuple[Literal["buy", "sell"], str, str], ...] = (
        ("buy", "long", '"side":"buy"'),
        ("sell", "long", '"side":"buy"'),
        ("sell", "short", '"side":"sell"'),
        ("buy", "short", '"side":"sell"'),
    )
    for side, held, wire in steps:
        order = classic.orders.place(BTC, side, "0.02", order_type="market", pos_side=held)
        assert order.wait_filled(5)
        assert order.side == side
        sent = [frame.text for frame in paper.seen if "place-order" in frame.text][-1]
        assert wire in sent
        assert ('"tradeSide":"close"' in sent) is ((side == "buy") is (held == "short"))
    assert not paper.run(lambda: list(paper._server.venue.position_rows(account)))
    with pytest.raises(ConfigError, match="trade_side"):
        classic.orders.place(BTC, "buy", "0.02", order_type="market", trade_side="close")


def test_a_lost_reply_on_a_classic_account_is_unknown(paper: PaperExchange, classic: BitgetWsClient) -> None:
    """As on a unified one."""
    paper.faults.lose_reply("place-order")
    with pytest.raises(OrderStatusUnknown) as caught:
        classic.place_order(BTC, "buy", "limit", "0.01", "60000", "lost1", timeout=0.3)
    assert "lost1" in str(caught.value.orders)
