"""Every call of `client.mix`, on the paper exchange with a classic account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync import BitgetClient, OkxApiError
from okx_sync.paper import PaperExchange
from tests.clients.test_bitget_mix import CALLS, WRITES
from tests.paper.bitget.every_call import read_whole, uncalled

USDT: dict[str, Any] = {"product_type": "USDT-FUTURES"}
PERP: dict[str, Any] = {"symbol": "BTCUSDT", **USDT}
COIN: dict[str, Any] = {**PERP, "margin_coin": "USDT"}
LIMIT: dict[str, Any] = {"side": "buy", "order_type": "limit", "size": "0.01", "price": "60000"}
ORDER: dict[str, Any] = {**COIN, "margin_mode": "crossed"}
MARKET: dict[str, Any] = {**ORDER, "side": "buy", "order_type": "market", "size": "0.01"}


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[BitgetClient]:
    """Alice, in a market that stands still."""
    paper.quiet()
    with BitgetClient(paper.bitget_config()) as client:
        yield client


def _market(client: BitgetClient) -> None:
    mix = client.mix
    for answer in (
        mix.get_contracts(**USDT),
        mix.get_tickers(**USDT),
        mix.get_trades(**PERP),
        mix.get_trades_history(**PERP, limit=3),
        mix.get_candles(**PERP, granularity="1m", limit=5),
        mix.get_candles_history(**PERP, granularity="1m", limit=5),
        mix.get_index_candles_history(**PERP, granularity="1m", limit=5),
        mix.get_mark_price_candles_history(**PERP, granularity="1m", limit=5),
        mix.get_funding_rate(**USDT),
        mix.get_funding_rate_history(**PERP),
        mix.get_oi_limit(**USDT),
        mix.get_position_tiers(**PERP),
        mix.get_vip_fee_rates(),
    ):
        assert len(read_whole(answer)) > 0
    for one in (
        mix.get_ticker(**PERP),
        mix.get_symbol_price(**PERP),
        mix.get_order_book(**PERP, limit=5),
        mix.get_next_funding_time(**PERP),
        mix.get_open_interest(**PERP),
    ):
        read_whole(one)


def _settings(client: BitgetClient) -> None:
    mix = client.mix
    assert read_whole(mix.get_accounts(**USDT))
    mix.set_position_mode(**USDT, pos_mode="one_way_mode")
    mix.set_asset_mode(**USDT, asset_mode="single")
    with pytest.raises(OkxApiError, match="paper exchange does not"):
        mix.set_asset_mode(**USDT, asset_mode="union")
    mix.set_all_leverage(**USDT, leverage=15)
    read_whole(mix.set_leverage(**COIN, leverage=20))
    assert read_whole(mix.get_account(**COIN)).crossedMarginLeverage == 20
    read_whole(mix.get_liquidation_price(**COIN, pos_side="long", order_type="market", open_amount="100"))
    read_whole(mix.get_max_open(**COIN, pos_side="long", order_type="market"))
    read_whole(mix.get_open_count(**COIN, open_amount="100", open_price="60000"))
    read_whole(mix.get_interest_history(**USDT))


def _orders(client: BitgetClient) -> None:
    mix = client.mix
    placed = read_whole(mix.place_order(**ORDER, **LIMIT, client_oid="every-1"))
    assert read_whole(mix.get_order(**PERP, client_oid="every-1")).orderId == placed.orderId
    change: dict[str, Any] = {"new_client_oid": "every-2", "new_price": "60100", "new_size": "0.02"}
    read_whole(mix.amend_order(**PERP, order_id=placed.orderId, **change))
    (row,) = read_whole(mix.get_open_orders(**PERP))
    assert (row.clientOid, row.price) == ("every-2", 60100)
    read_whole(mix.cancel_order(**PERP, client_oid="every-2"))
    batch = mix.place_batch_orders(**ORDER, order_list=[LIMIT | {"client_oid": f"b-{number}"} for number in range(2)])
    assert batch.ok
    assert mix.cancel_batch_orders(**PERP, order_id_list=[{"client_oid": "b-0"}]).ok
    read_whole(mix.cancel_all_orders(**USDT))
    assert list(mix.get_open_orders(**PERP)) == []
    assert read_whole(mix.get_order_history(**USDT))


def _positions(client: BitgetClient) -> None:
    mix = client.mix
    mix.place_order(**MARKET)
    (held,) = read_whole(mix.get_positions(**USDT))
    assert held.holdSide == "long"
    assert read_whole(mix.get_position(**COIN))
    assert read_whole(mix.get_adl_rank(**USDT))
    assert read_whole(mix.get_fills(**USDT))
    assert read_whole(mix.get_fill_history(**USDT))
    read_whole(mix.reverse_position(**COIN, side="buy"))
    assert [one.holdSide for one in mix.get_positions(**USDT)] == ["short"]
    read_whole(mix.close_positions(**USDT))
    assert read_whole(mix.get_position_history(**USDT))
    assert read_whole(mix.get_bills(**USDT))


def _plans(client: BitgetClient, paper: PaperExchange) -> None:
    mix = client.mix
    plan: dict[str, Any] = {**MARKET, "plan_type": "normal_plan", "trigger_type": "mark_price"}
    placed = read_whole(mix.place_plan_order(**plan, trigger_price="66000"))
    read_whole(
        mix.amend_plan_order(**PERP, plan_type="normal_plan", order_id=placed.orderId, new_trigger_price="65500")
    )
    assert read_whole(mix.get_open_plan_orders(plan_type="normal_plan", **USDT))
    paper.trade_at("BTC-USDT-SWAP", "65600")
    assert read_whole(mix.get_plan_order_history(plan_type="normal_plan", **USDT))
    assert read_whole(mix.get_plan_sub_orders(plan_type="normal_plan", plan_order_id=placed.orderId, **USDT))
    stop: dict[str, Any] = {**COIN, "hold_side": "buy"}
    loss = read_whole(mix.place_tpsl_order(**stop, plan_type="loss_plan", trigger_price="60000", size="0.005"))
    read_whole(mix.amend_tpsl_order(**COIN, order_id=loss.orderId, trigger_price="60100", size="0.005"))
    read_whole(mix.place_position_tpsl(**stop, stop_surplus_trigger_price="70000", stop_loss_trigger_price="59000"))
    read_whole(mix.cancel_plan_orders(**PERP, plan_type="profit_loss"))
    assert list(mix.get_open_plan_orders(plan_type="profit_loss", **USDT)) == []
    mix.close_positions(**USDT)


def _isolated_margin(client: BitgetClient) -> None:
    mix = client.mix
    read_whole(mix.set_margin_mode(**COIN, margin_mode="isolated"))
    assert read_whole(mix.get_isolated_symbols(**USDT))
    mix.set_auto_margin("BTCUSDT", "off", "USDT", "long")
    with pytest.raises(OkxApiError, match="paper exchange adds no margin"):
        mix.set_auto_margin("BTCUSDT", "on", "USDT", "long")
    mix.place_order(**{**MARKET, "margin_mode": "isolated"})
    before = mix.get_positions(**USDT)[0].marginSize
    assert before is not None
    mix.add_margin(**COIN, hold_side="long", amount="5")
    assert mix.get_positions(**USDT)[0].marginSize == before + 5


def test_every_call_of_mix(client: BitgetClient, paper: PaperExchange) -> None:
    """Each endpoint is called, answers, and its rows have no field that their class does not know."""
    _market(client)
    _settings(client)
    _orders(client)
    _positions(client)
    _plans(client, paper)
    _isolated_margin(client)
    documented = {f"mix.{name}": arguments for name, _, arguments in CALLS}
    documented |= {f"mix.{name}": arguments for name, _, arguments, _ in WRITES}
    assert uncalled(client, paper, documented) == []
