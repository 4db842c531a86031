"""Every call of `client.uta`, on the paper exchange with a unified account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync import BitgetClient
from okx_sync.paper import PaperExchange
from tests.clients.uta_calls import CALLS
from tests.paper.bitget.every_call import read_whole, uncalled

USDT: dict[str, Any] = {"category": "USDT-FUTURES"}
PERP: dict[str, Any] = {**USDT, "symbol": "BTCUSDT"}
LIMIT: dict[str, Any] = {**PERP, "side": "buy", "order_type": "limit", "qty": "0.01", "price": "60000"}
MARKET: dict[str, Any] = {**PERP, "side": "buy", "order_type": "market", "qty": "0.01"}


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[BitgetClient]:
    """Carol, in a market that stands still."""
    paper.quiet()
    with BitgetClient(paper.bitget_config("v3", account="carol")) as client:
        yield client


def _market(client: BitgetClient) -> None:
    uta = client.uta
    assert read_whole(uta.get_server_time()).serverTime is not None
    for answer in (
        uta.get_instruments(**PERP),
        uta.get_tickers(**PERP),
        uta.get_trades(**PERP),
        uta.get_candles(**PERP, interval="1m", limit=5),
        uta.get_candles_history(**PERP, interval="1m", limit=5),
        uta.get_funding_rate("BTCUSDT"),
        uta.get_funding_rate_history(**PERP),
        uta.get_open_interest(**PERP),
        uta.get_contracts_oi(**USDT),
        uta.get_position_tiers(**PERP),
        uta.get_discount_rate(),
        uta.get_market_fee_group("SPOT"),
        uta.get_risk_reserve_all(**USDT),
    ):
        assert len(read_whole(answer)) > 0
    book = read_whole(uta.get_order_book(**PERP, limit=5))
    assert len(book.a) == len(book.b) == 5
    read_whole(uta.get_rpi_order_book(**PERP, limit=5))
    assert list(uta.get_rpi_symbols()) == []
    assert list(uta.get_liquidations(**USDT)) == []
    for one in (
        uta.get_index_components("BTCUSDT"),
        uta.get_margin_loans("USDT"),
        uta.get_proof_of_reserves(),
        uta.get_risk_reserve(**PERP),
        uta.get_risk_reserve_hour(**PERP),
    ):
        read_whole(one)


def _account(client: BitgetClient) -> None:
    uta = client.uta
    for one in (
        uta.get_account_assets(),
        uta.get_account_settings(),
        uta.get_account_info(),
        uta.get_collateral_type(),
        uta.get_switch_status(),
        uta.get_delta_info(),
        uta.get_loan_data(),
        uta.get_fee_rate("BTCUSDT", "SPOT"),
        uta.get_fee_rates("SPOT"),
        uta.get_open_interest_limit("BTCUSDT", "USDT-FUTURES"),
        uta.get_max_open(**PERP, order_type="limit", side="buy", price="60000"),
        uta.get_max_transferable("USDT"),
        uta.get_max_withdrawal("USDT"),
        uta.get_transferable_coins("uta", "spot"),
        uta.get_custom_collateral_coins(),
        uta.get_deposit_address("USDT"),
        uta.pre_set_leverage(**PERP, margin_mode="crossed", leverage=20),
    ):
        read_whole(one)
    uta.adjust_account_mode("basic")
    uta.set_collateral_type("custom", "BTC")
    uta.set_leverage(**PERP, leverage=20)
    uta.set_hold_mode("one_way_mode")
    uta.set_deposit_account("USDT", "spot")
    read_whole(uta.submit_transfer(from_type="uta", to_type="spot", amount="10", coin="USDT"))
    (funding,) = read_whole(uta.get_funding_assets())
    assert funding.available == 10


def _orders(client: BitgetClient, paper: PaperExchange) -> None:
    uta = client.uta
    placed = read_whole(uta.place_order(**LIMIT, client_oid="every-1"))
    assert read_whole(uta.amend_order(order_id=placed.orderId, price="60100")).orderId == placed.orderId
    (row,) = read_whole(uta.get_open_orders(**PERP))
    assert (row.price, row.clientOid) == (60100, "every-1")
    assert read_whole(uta.get_order(client_oid="every-1")).orderId == placed.orderId
    read_whole(uta.cancel_order(client_oid="every-1"))
    batch = uta.place_batch_orders([LIMIT | {"client_oid": "b-1"}, LIMIT | {"client_oid": "b-2"}])
    assert batch.ok
    assert uta.amend_batch_orders([{**PERP, "client_oid": "b-1", "price": "60200"}]).ok
    assert uta.cancel_batch_orders([{**PERP, "client_oid": "b-1"}]).ok
    assert [one.clientOid for one in read_whole(uta.cancel_all_orders(**PERP))] == ["b-2"]
    uta.set_countdown_cancel_all(30)
    uta.set_countdown_cancel_all(0)
    assert len(read_whole(uta.get_order_history(**USDT))) == 3


def _positions(client: BitgetClient) -> None:
    uta = client.uta
    read_whole(uta.place_order(**MARKET))
    (held,) = read_whole(uta.get_positions(**USDT))
    assert (held.total, held.posSide) == (held.total, "long")
    assert read_whole(uta.get_fills())
    assert read_whole(uta.get_adl_rank())
    stop = read_whole(uta.place_strategy_order(**PERP, pos_side="long", qty="0.01", stop_loss="60000"))
    read_whole(uta.amend_strategy_order(order_id=stop.orderId, qty="0.01", stop_loss="60100"))
    (waiting,) = read_whole(uta.get_open_strategy_orders(**USDT))
    assert waiting.stopLoss == 60100
    uta.cancel_strategy_order(order_id=stop.orderId)
    assert read_whole(uta.get_strategy_order_history(**USDT))[0].status == "cancelled"
    assert read_whole(uta.close_positions(**USDT))
    assert list(uta.get_positions(**USDT)) == []
    assert read_whole(uta.get_position_history(**USDT))
    assert read_whole(uta.get_bills(category="USDT-FUTURES"))


def _isolated_margin(client: BitgetClient) -> None:
    uta = client.uta
    uta.place_order(**MARKET, margin_mode="isolated")
    before = uta.get_positions(**USDT)[0].positionBalance
    assert before is not None
    uta.set_margin(**PERP, pos_side="long", operation="add", amount="5")
    assert uta.get_positions(**USDT)[0].positionBalance == before + 5
    uta.close_positions(**USDT)


def _money_out(client: BitgetClient, paper: PaperExchange) -> None:
    carol = next(one for one in paper.venue.accounts if one.label == "carol")
    paper.venue.deposit(carol, "BTC", "1")
    times: dict[str, Any] = {"start_time": 0, "end_time": paper.clock.now_ms() + 1000}
    assert read_whole(client.uta.get_deposit_records(**times))
    body = {"coin": "USDT", "transferType": "on_chain", "address": "x", "size": "5"}
    sent = client.request("POST", "/api/v3/account/withdrawal", body)
    client.uta.cancel_withdrawal(order_id=sent[0]["orderId"])


def test_every_call_of_uta(client: BitgetClient, paper: PaperExchange) -> None:
    """Each endpoint of V3 is called, answers, and its rows have no field that their class does not know."""
    assert client.account_kind() == "uta"
    _market(client)
    _account(client)
    _orders(client, paper)
    _positions(client)
    _isolated_margin(client)
    _money_out(client, paper)
    switch = "downgrade_account_to_classic"
    documented = {f"uta.{call.name}": call.arguments for call in CALLS if call.name != switch}
    assert uncalled(client, paper, documented) == [f"uta.{switch}"]
    client.uta.downgrade_account_to_classic()
