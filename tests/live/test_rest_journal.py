"""The journal of a REST client: what was sent and not answered is in doubt until it is looked up, across runs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from unittest import mock

import attrs
import pytest

from okx_sync import BitgetClient, BybitClient, ConfigError, OkxClient, OrderStatusUnknown, WsClient
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.rest_dialect import OkxRestDialect
from okx_sync.live import rest_journal
from okx_sync.live.rest_journal import RestOrderJournal
from okx_sync.paper import PaperExchange
from okx_sync.rest.journaling import JournaledOrder
from tests.loopback.conftest import FAST, until

LOW: Final = "50000"


@pytest.fixture(scope="module")
def paper() -> Iterator[PaperExchange]:
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange


def okx(paper: PaperExchange, **options: Any) -> OkxClient:
    return OkxClient(paper.config, **options)


def bybit(paper: PaperExchange, **options: Any) -> BybitClient:
    return BybitClient(paper.bybit_config(), **options)


def bitget(paper: PaperExchange, **options: Any) -> BitgetClient:
    return BitgetClient(paper.bitget_config("v2"), **options)


def bitget_unified(paper: PaperExchange, **options: Any) -> BitgetClient:
    return BitgetClient(paper.bitget_config("v3", account="carol"), **options)


def place(client: Any, name: str, price: str = LOW) -> Any:
    """An order that rests."""
    if isinstance(client, OkxClient):
        words = {"td_mode": "cash", "side": "buy", "ord_type": "limit"}
        return client.place_order("BTC-USDT", sz="0.001", px=price, cl_ord_id=name, **words)  # type: ignore[arg-type]
    side, kind = ("Buy", "Limit") if isinstance(client, BybitClient) else ("buy", "limit")
    words = {"side": side, "order_type": kind, "size": "0.001", "price": price, "client_order_id": name}
    return client.place_order("BTCUSDT", **words)


CALLS: Final[dict[Callable[..., Any], str]] = {
    okx: "/api/v5/trade/order",
    bybit: "/v5/order/create",
    bitget: "/api/v2/mix/order/place-order",
    bitget_unified: "/api/v3/trade/place-order",
}


@pytest.mark.parametrize("make", CALLS, ids=lambda make: make.__name__)
def test_the_next_run_looks_them_up(paper: PaperExchange, tmp_path: Path, make: Callable[..., Any]) -> None:
    """What arrived is found by its id, and in doubt no more; what did not is until it is forgotten."""
    path, name = tmp_path / "journal", make.__name__.replace("_", "")
    with make(paper, journal=path, journal_sync=False) as client:
        place(client, f"{name}1")
        paper.faults.lose_reply(CALLS[make])
        with pytest.raises(OrderStatusUnknown):
            place(client, f"{name}2")
        assert [one.clOrdId for one in client.orders_in_doubt()] == [f"{name}2"]
        first = client._journal.unfinished[0]
        never = attrs.evolve(first, client_order_id=f"{name}3", order_id=None)
        client._journal.intend([never])  # and killed before it was sent
    with make(paper, journal=path, journal_sync=False) as client:
        lost, missing = client.orders_in_doubt()
        assert client.lookup(lost).is_found
        assert not client.lookup(missing, timeout=0.0).is_found
        assert [one.clOrdId for one in client.orders_in_doubt()] == [f"{name}3"]
        with pytest.raises(KeyError):
            client.forget_order(f"{name}2")
        client.forget_order(f"{name}3")
        assert client.orders_in_doubt() == []


def test_a_stream_client_goes_on_with_the_file(paper: PaperExchange, tmp_path: Path) -> None:
    """It follows what the REST client has sent: the file is of one account, whoever writes it."""
    path = tmp_path / "journal"
    with okx(paper, journal=path) as client:
        place(client, "mine")
        with pytest.raises(ConfigError, match="in use"):
            okx(paper, journal=path)
    with WsClient(paper.config, options=FAST, journal=path) as ws:
        assert ws.orders.wait_synced(10)
        ws.orders["mine"].cancel()
        until(lambda: not ws._journal.unfinished, what="the end in the journal")  # type: ignore[union-attr]


def test_a_client_that_is_dropped(paper: PaperExchange, tmp_path: Path) -> None:
    """It says so, and lets another one have the file."""

    def drop() -> None:
        place(okx(paper, journal=tmp_path / "journal"), "dropped")
        gc.collect()

    with pytest.warns(ResourceWarning, match="OkxClient"):
        drop()
    with okx(paper, journal=tmp_path / "journal") as other:
        assert other.orders_in_doubt() == []


def test_without_a_journal(paper: PaperExchange) -> None:
    """Nobody can say what is in doubt."""
    with okx(paper) as client, pytest.raises(ConfigError, match="no journal"):
        _ = client.orders_in_doubt()


def test_what_was_answered_is_kept_for_a_while(tmp_path: Path) -> None:
    """The oldest is forgotten, also where it was answered in an earlier run; what is in doubt stays."""
    path, dialect = tmp_path / "journal", OkxRestDialect(Config())
    orders = [JournaledOrder(client_order_id=f"id{number}", inst_id="A", sent_at=number) for number in range(5)]
    with mock.patch.object(rest_journal, "_MOST_ANSWERED", 2):
        with closing(RestOrderJournal(path, dialect, account=None, sync=False)) as journal:
            journal.intend(orders)
            journal.answered("id1", "1")
            journal.answered("id2", "2")
        with closing(RestOrderJournal(path, dialect, account=None, sync=False)) as journal:
            for number in (3, 4):
                journal.answered(f"id{number}", str(number))
    with closing(RestOrderJournal(path, dialect, account=None, sync=False)) as journal:
        assert [one.client_order_id for one in journal.unfinished] == ["id0", "id3", "id4"]
        assert [one.clOrdId for one in journal.in_doubt] == ["id0"]
