"""Every call of `client.spot` and `client.common`, on the paper exchange with a classic account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync import BitgetClient
from okx_sync.paper import PaperExchange
from tests.exchanges.bitget.spot.test_rest import READS, WRITES
from tests.paper.bitget.every_call import read_whole, uncalled

PAIR = "BTCUSDT"
LIMIT: dict[str, Any] = {"symbol": PAIR, "side": "buy", "order_type": "limit", "size": "0.01", "price": "60000"}
GTC: dict[str, Any] = {**LIMIT, "force": "gtc"}


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[BitgetClient]:
    """Alice, in a market that stands still."""
    paper.quiet()
    with BitgetClient(paper.bitget_config()) as client:
        yield client


def _market(client: BitgetClient, paper: PaperExchange) -> None:
    spot = client.spot
    for answer in (
        spot.get_coins(),
        spot.get_symbols(),
        spot.get_tickers(),
        spot.get_trades(PAIR),
        spot.get_trades_history(PAIR, limit=3),
        spot.get_candles(PAIR, "1min", limit=5),
        spot.get_candles_history(PAIR, "1h", paper.clock.now_ms(), limit=5),
        spot.get_vip_fee_rates(),
        client.common.get_announcements("en_US"),
    ):
        assert len(read_whole(answer)) > 0
    for one in (
        spot.get_order_book(PAIR),
        spot.get_merged_order_book(PAIR),
        spot.get_call_auction(PAIR),
        client.common.get_server_time(),
    ):
        read_whole(one)


def _orders(client: BitgetClient) -> None:
    spot = client.spot
    placed = read_whole(spot.place_order(**GTC, client_oid="every-1"))
    assert read_whole(spot.get_order(client_oid="every-1")).orderId == placed.orderId
    (row,) = read_whole(spot.get_open_orders(PAIR))
    assert row.orderId == placed.orderId
    fresh = read_whole(spot.replace_order(PAIR, "60100", "0.02", order_id=placed.orderId))
    read_whole(spot.cancel_order(PAIR, order_id=fresh.orderId))
    assert spot.place_batch_orders([GTC | {"client_oid": f"b-{number}"} for number in range(3)], PAIR).ok
    assert spot.replace_batch_orders(
        [{"symbol": PAIR, "price": "60200", "size": "0.01", "client_oid": "b-0", "new_client_oid": "b-9"}]
    ).ok
    assert spot.cancel_batch_orders([{"symbol": PAIR, "client_oid": "b-9"}], PAIR).ok
    read_whole(spot.cancel_all_orders(PAIR))
    assert list(spot.get_open_orders(PAIR)) == []
    assert read_whole(spot.get_order_history(PAIR))
    spot.place_order(symbol=PAIR, side="buy", order_type="market", size="1000", force="gtc")
    assert read_whole(spot.get_fills(PAIR))
    assert read_whole(spot.get_account_bills())


def _plans(client: BitgetClient, paper: PaperExchange) -> None:
    spot = client.spot
    plan: dict[str, Any] = {"symbol": PAIR, "side": "buy", "order_type": "market", "size": "0.01"}
    trigger: dict[str, Any] = {"trigger_price": "66000", "trigger_type": "fill_price"}
    first = read_whole(spot.place_plan_order(**plan, **trigger))
    read_whole(spot.amend_plan_order("market", "0.01", "65500", order_id=first.orderId))
    second = spot.place_plan_order(**plan, **trigger)
    assert len(read_whole(spot.get_open_plan_orders(PAIR))) == 2
    read_whole(spot.cancel_plan_order(order_id=second.orderId))
    paper.trade_at("BTC-USDT", "65600")
    assert {one.status for one in read_whole(spot.get_plan_order_history(PAIR))} == {"triggered", "cancelled"}
    assert read_whole(spot.get_plan_sub_orders(first.orderId))
    spot.place_plan_order(**plan, trigger_price="70000", trigger_type="fill_price")
    assert len(read_whole(spot.cancel_plan_orders([PAIR]))) == 1


def _wallet(client: BitgetClient, paper: PaperExchange) -> None:
    spot, common = client.spot, client.common
    read_whole(spot.transfer("spot", "p2p", "10", "USDT"))
    assert read_whole(spot.get_transferable_coins("spot", "p2p"))
    assert read_whole(spot.get_transfer_history("USDT"))
    assert read_whole(common.get_funding_assets())
    assert read_whole(common.get_balances())
    sent = read_whole(spot.withdraw("USDT", "on_chain", "x", "5", chain="ERC20"))
    read_whole(spot.cancel_withdrawal(sent.orderId))
    paper.venue.deposit(paper.venue.accounts[0], "BTC", "1")
    end = paper.clock.now_ms() + 1000
    assert read_whole(spot.get_withdrawal_history(0, end))
    assert read_whole(spot.get_deposit_history(0, end))
    read_whole(spot.get_deposit_address("USDT"))
    read_whole(spot.set_deposit_account("spot", "USDT"))
    read_whole(common.get_trade_rate(PAIR, "spot"))
    read_whole(common.get_all_trade_rates(PAIR, "spot"))
    read_whole(spot.get_account())
    assert read_whole(spot.get_account_assets())
    read_whole(spot.get_upgrade_status())
    spot.upgrade_to_unified_account()


def test_every_call_of_spot_and_common(client: BitgetClient, paper: PaperExchange) -> None:
    """Each endpoint is called, answers, and its rows have no field that their class does not know."""
    assert client.account_kind() == "classic"
    _market(client, paper)
    _orders(client)
    _plans(client, paper)
    _wallet(client, paper)
    documented = {name: arguments for name, _, arguments, *_ in [*READS, *WRITES]}
    assert uncalled(client, paper, documented) == []
