"""One program for both kinds of Bitget account, on the paper exchange: the everyday calls mean the same on each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync import BitgetClient
from okx_sync.paper import PaperExchange

BTC = "BTCUSDT"


@pytest.fixture(params=["alice", "carol"])
def client(request: pytest.FixtureRequest, paper: PaperExchange) -> Iterator[BitgetClient]:
    """Alice's account is classic, carol's is unified; the client finds out."""
    paper.quiet()
    with BitgetClient(paper.bitget_config(account=request.param)) as bitget:
        assert bitget.account_kind() == ("classic" if request.param == "alice" else "uta")
        yield bitget


def test_life_of_an_order(client: BitgetClient) -> None:
    """Placed, found among the open ones, looked up, changed, canceled."""
    receipt = client.place_order(BTC, "buy", "limit", "0.01", "60000", "mine-1", time_in_force="post_only")
    assert (receipt.ok, receipt.clientOid) == (True, "mine-1")
    assert [row.to_update().client_order_id for row in client.get_open_orders()] == ["mine-1"]
    changed = client.amend_order(BTC, client_order_id="mine-1", new_size="0.02", new_price="59000")
    own = getattr(changed, "newClientOid", None) or "mine-1"
    told = client.get_order(BTC, client_oid=own).to_update()
    assert (told.status, told.size, told.price) == ("live", Decimal("0.02"), Decimal(59000))
    assert client.cancel_order(BTC, client_order_id=own).ok
    assert client.get_order(BTC, client_oid=own).to_update().status == "canceled"
    assert client.get_orders_pending(BTC) == []


def test_a_position_in_one_way_mode(client: BitgetClient) -> None:
    """Opened by a buy, closed by a sell that only reduces."""
    client.set_leverage(BTC, 5)
    client.place_order(BTC, "buy", "market", "0.02")
    (position,) = [row.to_update() for row in client.get_positions()]
    assert (position.size, position.side, position.product) == (Decimal("0.02"), "net", "USDT-FUTURES")
    client.place_order(BTC, "sell", "market", "0.01", reduce_only=True)
    assert [row.to_update().size for row in client.get_positions(BTC)] == [Decimal("0.01")]
    assert [row.ok for row in client.close_positions()] == [True]
    assert client.get_positions() == []


def test_a_position_in_hedge_mode(client: BitgetClient) -> None:
    """A sell with ``pos_side="long"`` closes the long position, and opens no short one."""
    if client.account_kind() == "uta":
        client.uta.set_hold_mode("hedge_mode")
    else:
        client.mix.set_position_mode("USDT-FUTURES", "hedge_mode")
    client.place_order(BTC, "buy", "market", "0.02", pos_side="long")
    client.place_order(BTC, "sell", "market", "0.01", pos_side="short")
    found = {row.to_update().side: row.to_update().size for row in client.get_positions()}
    assert found == {"long": Decimal("0.02"), "short": Decimal("-0.01")}
    client.place_order(BTC, "sell", "market", "0.02", pos_side="long")
    assert [row.to_update().side for row in client.get_positions()] == ["short"]


def test_spot(client: BitgetClient) -> None:
    """A market buy is over money on both; balances change."""
    receipt = client.place_order(BTC, "buy", "market", "100", category="SPOT")
    told = client.get_order(BTC, receipt.orderId, category="SPOT").to_update()
    assert (told.status, told.size) == ("filled", None)
    assert 0 < told.filled < 1
    assert {"BTC", "USDT"} <= {one.currency for row in client.get_balance() for one in row.to_update().balances}


def test_batches(client: BitgetClient) -> None:
    """Placed together, canceled all at once."""
    rows = [
        {"inst_id": BTC, "side": "buy", "order_type": "limit", "size": "0.01", "price": price}
        for price in ("60000", "60001")
    ]
    placed = client.place_batch_orders(rows)
    assert placed.ok
    canceled = client.cancel_batch_orders([{"symbol": BTC, "order_id": placed[0].orderId}])
    assert canceled.ok
    assert len(client.get_open_orders(category="USDT-FUTURES")) == 1
    client.cancel_all_orders()
    assert client.get_open_orders() == []


def test_market_data(client: BitgetClient) -> None:
    """The same rows for every account."""
    book = client.get_orderbook(BTC, 5)
    assert client.get_ticker(BTC).bid1Price == book.b[0].price
    assert client.get_instruments(BTC)[0].to_spec().inst_id == BTC
    assert client.get_candles(BTC)
    assert client.get_trades(BTC, 3)
    assert client.get_tickers(category="SPOT")
    assert client.get_system_time() > 0
