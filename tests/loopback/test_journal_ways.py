"""What reaches the journal, by each way of sending an order, and what a client makes of it at its start."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from okx_sync import (
    BybitWsClient,
    ConfigError,
    JournalError,
    OkxApiError,
    OkxTimeoutError,
    OrderStatusUnknown,
    WsClient,
)
from okx_sync.live.journal import OrderJournal
from okx_sync.paper import PaperExchange
from okx_sync.rest.journaling import JournaledOrder
from okx_sync.timing import Clock
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, until
from tests.loopback.killed_bot import client_for

paper = still_exchange.still_paper
BTC: Final = "BTC-USDT"
LOW: Final = "50000"
ROW: Final[dict[str, Any]] = {
    "inst_id": BTC,
    "td_mode": "cash",
    "side": "buy",
    "ord_type": "limit",
    "sz": "0.001",
    "px": LOW,
}
PATIENCE_S: Final = 10.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "orders.journal"


@contextmanager
def opened(paper: PaperExchange, path: Path, **options: Any) -> Iterator[WsClient]:
    with WsClient(paper.config, options=FAST, journal=path, journal_sync=False, **options) as ws:
        yield ws


def held(ws: Any) -> dict[str, JournaledOrder]:
    """What the client's journal holds, unfinished and over."""
    journal: OrderJournal = ws._journal
    return {one.client_order_id: one for one in (*journal.unfinished, *journal.ended_lately)}


def by_manager(ws: WsClient, name: str) -> None:
    ws.orders.place(BTC, "buy", "0.001", LOW, client_order_id=name, td_mode="cash")


def by_stream(ws: WsClient, name: str) -> None:
    ws.place_order(**ROW, cl_ord_id=name)


def without_waiting(ws: WsClient, name: str) -> None:
    ws.place_order(**ROW, cl_ord_id=name, wait=False).result(PATIENCE_S)


def in_a_batch(ws: WsClient, name: str) -> None:
    ws.place_batch_orders([{**ROW, "cl_ord_id": name}])


def by_rest(ws: WsClient, name: str) -> None:
    ws._rest().place_order(**ROW, cl_ord_id=name)


def in_a_batch_by_rest(ws: WsClient, name: str) -> None:
    ws._rest().place_batch_orders([{**ROW, "cl_ord_id": name}])


WAYS: Final = (by_manager, by_stream, without_waiting, in_a_batch, by_rest, in_a_batch_by_rest)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_an_order(paper: PaperExchange, path: Path, way: Callable[[WsClient, str], None]) -> None:
    """It is written down before it is sent, then what the exchange calls it, then its end."""
    with opened(paper, path) as ws:
        assert ws.orders.wait_synced(PATIENCE_S)
        way(ws, "mine")
        until(lambda: "mine" in ws.orders, what="the order")
        order = held(ws)["mine"]
        assert (order.inst_id, order.end, order.order_id) == (BTC, None, ws.orders["mine"].order_id)
        ws.orders["mine"].cancel()
        until(lambda: held(ws)["mine"].end == "canceled", what="the end")


@pytest.mark.parametrize("way", WAYS)
def test_a_refused_order(paper: PaperExchange, path: Path, way: Callable[[WsClient, str], None]) -> None:
    """It is over, and nobody looks for it."""
    with opened(paper, path) as ws:
        way(ws, "first")
        order_id = held(ws)["first"].order_id
        with contextlib.suppress(OkxApiError, ConfigError):
            way(ws, "first")  # the id of an order that is open: it is refused, and the first one lives
        first = held(ws)["first"]
        assert (first.end, first.order_id, first.sends) == (None, order_id, 1)
        with pytest.raises(OkxApiError):
            ws.orders.place(BTC, "buy", "10000", LOW, client_order_id="dear", td_mode="cash")
        assert held(ws)["dear"].end == "rejected"


@pytest.mark.parametrize(("way", "op"), [(by_stream, "order"), (by_rest, "/api/v5/trade/order")])
def test_an_order_without_an_answer(
    paper: PaperExchange, path: Path, way: Callable[[WsClient, str], None], op: str
) -> None:
    """It stays in doubt in the journal; the next client finds it before it is synced."""
    with opened(paper, path) as ws:
        ws.prepare_orders(BTC)
        paper.faults.lose_reply(op)
        with pytest.raises(OrderStatusUnknown):
            way(ws, "lost") if way is by_rest else ws.place_order(**ROW, cl_ord_id="lost", timeout=0.3)
        assert held(ws)["lost"].end is None
    with opened(paper, path) as ws:
        assert ws.orders.wait_synced(PATIENCE_S)
        assert ws.orders["lost"].status == "live"


def _written(path: Path, *names: str, sent_at: int = 1_700_000_000_000) -> None:
    """Leave a journal of a program that was killed before it sent these."""
    journal = OrderJournal(path, "okx custom live", account="alice", sync=False)
    journal.intend([JournaledOrder(client_order_id=name, inst_id=BTC, sent_at=sent_at) for name in names])
    journal.close()


def test_an_order_that_never_arrived(paper: PaperExchange, path: Path) -> None:
    """It is unknown, and no claim is made, until the user says that it is to be forgotten."""
    _written(path, "never", "nor-this")
    with opened(paper, path) as ws:
        orders = ws.orders
        assert orders.wait_synced(PATIENCE_S)
        order = orders["never"]
        assert (order.status, order.is_open) == ("unknown", True)
        assert "has not told what became of it" in str(order.reason)
        with pytest.raises(ConfigError, match="in use"):
            orders.place(BTC, "buy", "0.001", LOW, client_order_id="never", td_mode="cash")
        orders.forget("never")
        assert "never" not in orders
        assert [one.client_order_id for one in orders] == ["nor-this"]
        assert set(held(ws)) == {"nor-this"}
        placed = orders.place(BTC, "buy", "0.001", LOW, client_order_id="never", td_mode="cash")
        with pytest.raises(ConfigError, match="not to be forgotten"):
            orders.forget("never")
        placed.cancel()
        placed.wait_done(PATIENCE_S)
        until(lambda: held(ws)["never"].end == "canceled", what="the end")
        orders.forget("never")
        with pytest.raises(KeyError):
            orders.forget("never")
        assert set(held(ws)) == {"nor-this"}


def test_an_older_order_of_the_same_id_is_not_taken_for_it(paper: PaperExchange, path: Path) -> None:
    """Its identity is proved by the time of sending: what ended long before is another order."""
    with opened(paper, path) as ws:
        ws.orders.place(BTC, "buy", "0.001", LOW, client_order_id="twice", td_mode="cash").cancel()
        until(lambda: held(ws)["twice"].end is not None, what="the end")
        sent_at = held(ws)["twice"].sent_at
    path.unlink()
    _written(path, "twice", sent_at=sent_at + 3_600_000)
    with opened(paper, path) as ws:
        assert ws.orders.wait_synced(PATIENCE_S)
        assert ws.orders["twice"].status == "unknown"


def test_what_ended_in_an_earlier_run(paper: PaperExchange, path: Path) -> None:
    """It is known with what was filled of it; nothing is asked for it, and no listener hears of it."""
    with opened(paper, path) as ws:
        for name in ("filled", "canceled"):
            ws.orders.place(BTC, "buy", "0.001", LOW, client_order_id=name, td_mode="cash")
        paper.fill("filled")
        ws.orders["canceled"].cancel()
        until(lambda: all(one.end for one in held(ws).values()), what="both ends")
    with opened(paper, path) as ws:
        orders = ws.orders
        assert orders.wait_synced(PATIENCE_S)
        asked = len(paper.requests)
        order = orders["filled"]
        assert (order.status, str(order.filled), str(order.average_price)) == ("filled", "0.001", LOW)
        assert orders["canceled"].status == "canceled"
        assert len(orders) == 0
        assert len(paper.requests) == asked


def _in_doubt(ws: Any, name: str) -> JournaledOrder:
    """Write down an order that is on its way, and of which nobody has heard yet."""
    sent_at = round(ws.clock.server_time() * 1000)
    ws._journal.intend([JournaledOrder(client_order_id=name, inst_id=BTC, sent_at=sent_at)])
    return held(ws)[name]


def test_a_refusal_ends_nothing_but_what_was_refused(paper: PaperExchange, path: Path) -> None:
    """Neither one by the exchange nor one of ours ends an order of the same id that is in doubt."""
    with opened(paper, path) as ws:
        orders = ws.orders
        assert orders.wait_synced(PATIENCE_S)
        ours = _in_doubt(ws, "mine")
        with pytest.raises(OkxApiError):
            orders.place(BTC, "buy", "10000", LOW, client_order_id="mine", td_mode="cash")
        assert held(ws)["mine"] == ours
        with pytest.raises(OkxTimeoutError):
            orders.place(BTC, "buy", "0.001", LOW, client_order_id="mine", td_mode="cash", timeout=0)
        assert held(ws)["mine"] == ours


def test_late_news_of_an_order_ends_no_other_of_its_id(paper: PaperExchange, path: Path) -> None:
    """An id that is used again after the end of its order means the newer one."""
    with opened(paper, path) as ws:
        orders = ws.orders
        first = orders.place(BTC, "buy", "0.001", LOW, client_order_id="mine", td_mode="cash")
        paper.fill("mine")
        until(lambda: held(ws)["mine"].end == "filled", what="the end")
        ours = _in_doubt(ws, "mine")
        orders.apply_fill(attrs.evolve(first.snapshot().fills[0], trade_id="another"))
        assert held(ws)["mine"] == ours


@pytest.mark.parametrize("wire", ["bybit", "bitget"])
def test_the_other_exchanges(paper: PaperExchange, path: Path, wire: str) -> None:
    """An order whose program died is found by the next one, with its product."""
    with client_for(wire, paper, path) as ws:
        order = ws.orders.place("BTCUSDT", "buy", "0.001", LOW, client_order_id="mine")
        sent = held(ws)["mine"]
        assert sent.product is not None
        order.cancel()
        until(lambda: held(ws)["mine"].end == "canceled", what="the end")
    path.unlink()
    journal = OrderJournal(path, ws._spec.environment, account=ws._spec.account, sync=False)
    journal.intend([attrs.evolve(sent, order_id=None, end=None)])
    journal.close()
    with client_for(wire, paper, path) as ws:
        assert ws.orders.wait_synced(PATIENCE_S)
        until(lambda: ws.orders["mine"].status == "canceled", what="what became of it")


def test_an_order_that_takes_the_place_of_another(paper: PaperExchange, path: Path) -> None:
    """On a classic account of Bitget a new price makes a new order: it is written before that is asked for."""
    with client_for("bitget", paper, path) as ws:
        order = ws.orders.place("BTCUSDT", "buy", "0.001", LOW, client_order_id="mine")
        paper.faults.lose_reply("/api/v2/mix/order/modify-order")
        with pytest.raises(OrderStatusUnknown):
            order.amend(price="50001")
        until(lambda: held(ws)["mine"].end == "canceled", what="the end of the old one")
        (heir,) = (one for name, one in held(ws).items() if name != "mine")
        assert (heir.inst_id, heir.product, heir.end) == ("BTCUSDT", "USDT-FUTURES", None)
        until(lambda: ws.orders[heir.client_order_id].order_id is not None, what="the new one")
    with client_for("bitget", paper, path) as ws:
        assert ws.orders.wait_synced(PATIENCE_S)
        found = ws.orders[heir.client_order_id]
        assert (found.status, str(found.price)) == ("live", "50001")
        found.cancel()
        until(lambda: held(ws)[heir.client_order_id].end == "canceled", what="its end")


def test_a_clock_that_is_wrong(paper: PaperExchange, path: Path) -> None:
    """An order is known again by the time of its sending, on the exchange's clock, also where that had to be asked."""

    class Ahead(Clock):
        """Five minutes ahead."""

        def time(self) -> float:
            return super().time() + 300

    config = paper.bybit_config()
    with BybitWsClient(config, clock=Ahead(), options=FAST, journal=path, orders_by="rest") as ws:
        row: dict[str, Any] = {"side": "Buy", "order_type": "Limit", "size": "0.001", "price": LOW}
        ws.place_order("BTCUSDT", client_order_id="mine", **row)
        mine = held(ws)["mine"]
        assert abs(mine.sent_at / 1000 - Clock().time()) < 60
        assert (mine.end, mine.sends) == (None, 1)


def test_nothing_is_sent_that_cannot_be_written(paper: PaperExchange, path: Path) -> None:
    """The order is refused here, and no record of it stays."""
    with opened(paper, path) as ws:
        assert ws.orders.wait_synced(PATIENCE_S)
        ws._journal.close()  # type: ignore[union-attr]  # as good as a disk that is gone
        with pytest.raises(JournalError, match="nothing was sent"):
            ws.orders.place(BTC, "buy", "0.001", LOW, client_order_id="unwritten", td_mode="cash")
        with pytest.raises(JournalError, match="nothing was sent"):
            ws._rest().place_order(**ROW, cl_ord_id="unwritten")
        assert ws.orders["unwritten"].status == "rejected"
    assert paper.run(lambda: paper._server.venue.accounts[0].by_client.get("unwritten")) is None


def test_no_secret_is_written(paper: PaperExchange, path: Path) -> None:
    """Neither key, secret, passphrase nor a signature."""
    with opened(paper, path) as ws:
        for way in WAYS:
            way(ws, way.__name__.replace("_", ""))
    keys = paper.config.credentials
    assert keys is not None
    text = path.read_text()
    assert "bystream" in text
    for secret in (keys.api_key, keys.secret_key, keys.passphrase, "sign"):
        assert secret not in text


def test_a_journal_is_one_clients(paper: PaperExchange, path: Path) -> None:
    """A second client is refused while the first lives; a client that could not be made leaves nothing behind."""
    with opened(paper, path), pytest.raises(ConfigError, match="in use by another client"):
        WsClient(paper.config, journal=path)
    with opened(paper, path):
        pass


def test_a_whole_position_that_is_closed(paper: PaperExchange, path: Path) -> None:
    """OKX closes it with an order that has our id: it is written before that is asked for, and looked up."""
    with opened(paper, path) as ws:
        bought = ws.orders.place(still_exchange.SWAP, "buy", 1, td_mode="cross")
        assert bought.wait_filled(PATIENCE_S)
        paper.faults.lose_reply("/api/v5/trade/close-position")
        (outcome,) = ws.orders.close_position(still_exchange.SWAP, client_order_id="exit")
        assert outcome.verdict == "unknown"
        assert held(ws)["exit"].inst_id == still_exchange.SWAP
        until(lambda: held(ws)["exit"].end == "filled", what="the end")
