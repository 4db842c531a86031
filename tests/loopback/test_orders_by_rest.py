"""Orders of Bitget and Bybit by REST, where no stream takes them: by one rule, never twice, as certain as there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from okx_sync import (
    BitgetWsClient,
    BybitWsClient,
    ConfigError,
    ConnectionLost,
    DryRun,
    LinkOptions,
    OkxApiError,
    OkxAuthError,
    OkxTimeoutError,
    OrderStatusUnknown,
)
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, Heard, States, our_threads, until

BTC = "BTCUSDT"
Client = BitgetWsClient | BybitWsClient


@attrs.frozen(kw_only=True)
class Venue:
    """How one wire is used: its client, what REST and the stream call placing, and a code that forbids the stream."""

    name: str
    path: str
    op: str
    forbidden: str
    link: str

    def config(self, paper: PaperExchange) -> Any:
        if self.name == "v3":
            paper.unify()
        return paper.bybit_config() if self.name == "bybit" else paper.bitget_config(self.name)  # type: ignore[arg-type]

    @property
    def order(self) -> tuple[str, str, str, str, str]:
        """Arguments of ``place_order``."""
        words = ("Buy", "Limit") if self.name == "bybit" else ("buy", "limit")
        return (BTC, *words, "0.02", "60000")

    def client(self, paper: PaperExchange, **more: Any) -> Any:
        kind: Any = BybitWsClient if self.name == "bybit" else BitgetWsClient
        if self.name == "v2":
            more.setdefault("product", "USDT-FUTURES")  # each product has its own lists to ask for
        config = attrs.evolve(self.config(paper), dry_run=more.pop("dry_run", False))
        return kind(config, options=more.pop("options", FAST), **more)


VENUES = (
    Venue(name="v2", path="/api/v2/mix/order/place-order", op="place-order", forbidden="40014", link="private"),
    Venue(name="v3", path="/api/v3/trade/place-order", op="place-order", forbidden="25620", link="private"),
    Venue(name="bybit", path="/v5/order/create", op="order.create", forbidden="10005", link="trade"),
)


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A market that stands still."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        problems = exchange.problems
    assert problems == []
    until(lambda: not our_threads(), what="the end of all threads")


@pytest.fixture(params=VENUES, ids=lambda one: one.name)
def venue(request: pytest.FixtureRequest) -> Venue:
    """Each wire that takes orders on a stream and by REST."""
    found: Venue = request.param
    return found


def by_rest(paper: PaperExchange, path: str) -> int:
    """How often a path was called."""
    return sum(one.path == path for one in paper.requests)


def by_stream(paper: PaperExchange, op: str) -> int:
    """How often the operation was sent on a stream."""
    return sum(f'"{op}"' in frame.text for frame in paper.seen)


def open_orders(paper: PaperExchange) -> int:
    """How many orders stand at the exchange."""
    return paper.run(lambda: len(paper.venue.accounts[0].orders))


def test_the_stream_is_first(paper: PaperExchange, venue: Venue) -> None:
    """Where it takes the order nothing goes by REST."""
    with venue.client(paper) as ws:
        assert ws.orders.place(BTC, "buy", "0.02", "60000").order_id
        assert (by_stream(paper, venue.op), by_rest(paper, venue.path)) == (1, 0)


def test_a_key_that_the_stream_does_not_take(paper: PaperExchange, venue: Venue) -> None:
    """The same order with the same id goes by REST, once; the next ones at once; what is accepted is followed."""
    paper.faults.refuse_op(venue.forbidden, op=venue.op, times=None)
    with venue.client(paper) as ws:
        first = ws.orders.place(BTC, "buy", "0.02", "60000", client_order_id="a1")
        later = ws.place_order(*venue.order, "a2", wait=False)
        assert later.result(PATIENCE_S).ok
        assert (by_stream(paper, venue.op), by_rest(paper, venue.path), open_orders(paper)) == (1, 2, 2)
        assert first.cancel()
        assert first.wait_done(PATIENCE_S)
        assert first.status == "canceled"


def test_a_refusal_of_the_order_is_no_reason_to_send_it_again(paper: PaperExchange, venue: Venue) -> None:
    """Only what says that nothing of this key is taken there."""
    paper.faults.refuse_op("110007" if venue.name == "bybit" else "43012", op=venue.op)
    with venue.client(paper) as ws:
        with pytest.raises(OkxApiError):
            ws.orders.place(BTC, "buy", "0.02", "60000")
        assert by_rest(paper, venue.path) == 0


def test_no_answer_is_no_reason_either(paper: PaperExchange, venue: Venue) -> None:
    """The order may stand: ``OrderStatusUnknown``, and ``reconcile`` finds the one that there is."""
    paper.faults.lose_reply(venue.op)
    with venue.client(paper) as ws:
        ws.connect(venue.link, timeout=PATIENCE_S)  # else a link that is slow to come up is a reason
        with pytest.raises(OrderStatusUnknown) as lost:
            ws.orders.place(BTC, "buy", "0.02", "60000", client_order_id="b1", timeout=0.3)
        assert by_rest(paper, venue.path) == 0
        assert ws.reconcile(lost.value) is not None
        assert open_orders(paper) == 1


def test_an_answer_of_rest_that_is_lost(paper: PaperExchange, venue: Venue) -> None:
    """As certain as on the stream: unknown, sent once, found, and the order is followed."""
    paper.faults.lose_reply(venue.path)
    with venue.client(paper, orders_by="rest") as ws:
        with pytest.raises(OrderStatusUnknown) as lost:
            ws.orders.place(BTC, "buy", "0.02", "60000", client_order_id="b1")
        assert (by_stream(paper, venue.op), by_rest(paper, venue.path)) == (0, 1)
        assert ws.lookup(lost.value).applied is True
        order = ws.orders["b1"]
        until(lambda: order.status == "live", what="the order to be found")


def test_while_the_link_is_down(paper: PaperExchange, venue: Venue) -> None:
    """Nothing can be sent on it, so that REST carries it out; not where the client is told to use the stream alone."""
    slow = attrs.evolve(FAST, backoff_s=30.0, backoff_cap_s=60.0)
    for route, expected in ((None, 1), ("stream", 0)):
        with venue.client(paper, orders_by=route, options=slow) as ws:
            states = States()
            ws.on_state(states)
            ws.connect(venue.link, 5)
            held = ws.place_order(*venue.order)
            before = by_rest(paper, venue.path)
            paper.faults.refuse_handshake(502, times=None)
            paper.faults.drop()
            states.until("lost", path=venue.link)
            if expected:
                assert ws.cancel_order(BTC, held.orderId).ok
            else:
                with pytest.raises(ConnectionLost):
                    ws.cancel_order(BTC, held.orderId)
            assert by_rest(paper, venue.path) == before
            paper.faults.clear()


def test_a_dry_run_by_rest(paper: PaperExchange, venue: Venue) -> None:
    """It is checked whole, and nothing is known of it."""
    with venue.client(paper, orders_by="rest", dry_run=True) as ws:
        with pytest.raises(DryRun) as told:
            ws.orders.place(BTC, "buy", "0.02", "60000")
        assert (told.value.method, told.value.path) == ("POST", venue.path)
        assert ws.orders.open == ws.orders.finished == ()


def test_a_way_that_is_none(paper: PaperExchange, venue: Venue) -> None:
    """It is refused when the client is made; and REST where nobody says where that is."""
    with pytest.raises(ConfigError, match="orders_by"):
        venue.client(paper, orders_by="socket")


# -- classic accounts of Bitget --------------------------------------------------------------------------------------


@pytest.fixture
def classic(paper: PaperExchange) -> Iterator[BitgetWsClient]:
    """A client of a classic account."""
    with BitgetWsClient(paper.bitget_config("v2"), options=FAST, product="USDT-FUTURES") as client:
        yield client


def test_a_classic_order_is_changed_by_rest(paper: PaperExchange, classic: BitgetWsClient) -> None:
    """Bitget puts a new order in its place: that is what ``amend`` returns, and what is not given stays."""
    first = classic.orders.place(BTC, "buy", "0.02", "60000")
    until(lambda: first.status == "live")
    second = first.amend(price="59000")
    assert second is not first
    assert second.wait_until(lambda order: order.status == "live", PATIENCE_S)
    assert (str(second.price), str(second.size), second.side) == ("59000", "0.02", "buy")
    assert first.wait_done(PATIENCE_S)
    assert first.status == "canceled"
    assert second.order_id not in (None, first.order_id)
    assert open_orders(paper) == 1
    assert second.cancel()


def test_a_change_that_is_refused_leaves_the_order(paper: PaperExchange, classic: BitgetWsClient) -> None:
    """And what was to take its place is rejected; a change that cannot be right leaves no record."""
    first = classic.orders.place(BTC, "buy", "0.02", "60000")
    with pytest.raises(ConfigError, match="foo"):
        first.amend(price="59000", foo=1)
    with pytest.raises(ConfigError, match="timeout"):
        first.amend(price="59000", timeout=-1)
    assert len(classic.orders) == 1
    paper.faults.rest_status(400, {"code": "40922", "msg": "no", "data": None}, path="/api/v2/mix/order/modify-order")
    with pytest.raises(OkxApiError):
        first.amend(price="59000")
    assert first.is_open
    assert [one.status for one in classic.orders.finished] == ["rejected"]


def test_a_change_whose_answer_is_lost(paper: PaperExchange, classic: BitgetWsClient) -> None:
    """Both orders are looked up: the old one has ended, the new one stands."""
    first = classic.orders.place(BTC, "buy", "0.02", "60000")
    paper.faults.lose_reply("/api/v2/mix/order/modify-order")
    with pytest.raises(OrderStatusUnknown):
        first.amend(price="59000")
    until(lambda: first.status == "canceled", what="the end of the old one")
    until(lambda: [str(one.price) for one in classic.orders.open if one.status == "live"] == ["59000"])


def test_classic_batches_go_by_rest(paper: PaperExchange, classic: BitgetWsClient) -> None:
    """Rows in the words of single orders; what is the same for all of a batch must be."""
    row = {"inst_id": BTC, "side": "buy", "order_type": "limit", "size": "0.01", "price": "60000"}
    assert classic.place_batch_orders([row | {"client_oid": "a"}, row | {"client_oid": "b", "qty": None}]).ok
    with pytest.raises(ConfigError, match="symbol"):
        classic.place_batch_orders([row, row | {"inst_id": "ETHUSDT"}])
    with pytest.raises(ConfigError, match="no batch of changes"):
        classic.amend_batch_orders([{"inst_id": BTC, "client_oid": "a", "price": "1"}])
    assert classic.cancel_batch_orders([{"symbol": BTC, "client_oid": name} for name in "ab"]).ok
    assert open_orders(paper) == 0


def test_without_an_address_of_rest_the_stream_is_all_there_is(paper: PaperExchange) -> None:
    """The key does not go to Bitget itself: what the stream has not is refused."""
    config = paper.bitget_config("v2").replace(rest_url=None)
    with BitgetWsClient(config, options=FAST, product="USDT-FUTURES") as ws:
        order = ws.orders.place(BTC, "buy", "0.02", "60000")
        with pytest.raises(ConfigError, match="nobody says where REST is"):
            order.amend(price="59000")
        assert order.cancel()
    with pytest.raises(ConfigError, match="nobody says where"), BitgetWsClient(config, orders_by="rest") as ws:
        ws.place_order(BTC, "buy", "limit", "0.02", "60000")


def test_all_orders_end_in_batches(paper: PaperExchange, venue: Venue) -> None:
    """One request for many; each order has its outcome, also one that was gone already."""
    batch = {"v2": "/api/v2/mix/order/batch-cancel-orders", "v3": "batch-cancel", "bybit": "order.cancel-batch"}
    with venue.client(paper) as ws:
        orders = ws.orders
        account = paper.venue.accounts[0]
        for number in range(12):
            order = {"instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "buy", "sz": "1", "ordType": "limit"}
            assert paper.venue.place(account, order | {"px": str(50000 + number)}).ok
        assert orders.wait_synced(PATIENCE_S)
        result = orders.cancel_all()
        assert [one.verdict for one in result] == ["accepted"] * 12
        assert all(one.order.wait_done(PATIENCE_S) for one in result)
        assert open_orders(paper) == 0
        name = batch[venue.name]
        assert by_rest(paper, name) + by_stream(paper, name) == 1


# -- Bybit -----------------------------------------------------------------------------------------------------------


def test_demo_trading_of_bybit_has_no_trade_stream(paper: PaperExchange) -> None:
    """So orders go by REST, and the private stream follows them."""
    config = paper.bybit_config().replace(environment="demo", ws_trade_url=None)
    with BybitWsClient(config, options=FAST) as ws:
        order = ws.orders.place(BTC, "buy", "0.02", "60000")
        assert order.amend(price="59000") is order
        until(lambda: str(order.price) == "59000", what="the change")
        assert ws.orders.cancel_all().ok
        assert order.wait_done(PATIENCE_S)
    with (
        pytest.raises(ConfigError, match="demo trading"),
        BybitWsClient(config, options=FAST, orders_by="stream") as ws,
    ):
        ws.place_order(BTC, "Buy", "Limit", "0.02", "60000")


def test_a_trade_login_that_is_not_permitted(paper: PaperExchange) -> None:
    """Some keys may trade over REST alone: the login of the trade stream is refused, and orders go by REST.

    ``on_error`` is told; ``wait()`` goes on, as nothing is lost. Where REST must not stand in, it raises.
    """
    paper.faults.refuse_login("10005", path="v5/trade", times=None)
    errors = Heard()
    with BybitWsClient(paper.bybit_config(), options=LinkOptions()) as ws:
        ws.on_error(errors)
        assert ws.place_order(BTC, "Buy", "Limit", "0.02", "60000").ok
        assert by_rest(paper, "/v5/order/create") == 1
        until(lambda: [error.code for error in errors] == ["10005"], what="the refusal")
        assert ws.wait(0.05) is False
        with pytest.raises(OkxTimeoutError):
            ws.recv(0.05)
    with BybitWsClient(paper.bybit_config(), options=LinkOptions(), orders_by="stream") as ws:
        with pytest.raises(OkxAuthError):
            ws.place_order(BTC, "Buy", "Limit", "0.02", "60000")
        with pytest.raises(OkxAuthError):
            ws.wait(5)
