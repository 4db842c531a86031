"""Rows of spot as neutral orders, fills and balances: where the same word means another thing, and what is not told."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.models import SpotAsset, SpotFill, SpotOpenOrder, SpotOrder
from okx_sync.exchanges.bitget.spot.order_models import SpotOrderCost
from okx_sync.rows import decoder
from okx_sync.types import FillUpdate, OrderUpdate

BASICS = {"symbol": "BTCUSDT", "orderId": "1", "clientOid": "a", "cTime": "1700000000000", "uTime": "1700000000001"}


def order(**fields: Any) -> SpotOrder:
    row = {**BASICS, "side": "buy", "orderType": "limit", "status": "live", "baseCoin": "BTC", "quoteCoin": "USDT"}
    return decoder(SpotOrder)([{**row, **fields}], {})[0]


def update(**fields: Any) -> OrderUpdate:
    return order(**fields).to_update()


def test_an_order_is_neutral() -> None:
    """Its state, amounts and times; zeros that mean "none" are left out."""
    told = update(price="2", size="3", status="partially_filled", priceAvg="1.90", baseVolume="1", quoteVolume="1.9")
    assert (told.inst_id, told.order_id, told.client_order_id) == ("BTCUSDT", "1", "a")
    assert (told.status, told.side, told.order_type) == ("partially_filled", "buy", "limit")
    assert (told.price, told.size, told.filled, told.average_price) == (D(2), D(3), D(1), D("1.90"))
    assert (told.created_at, told.updated_at) == (1_700_000_000_000, 1_700_000_000_001)
    empty = update(price="0", size="3", priceAvg="0", baseVolume="0")
    assert (empty.price, empty.average_price, empty.filled) == (None, None, D(0))


@pytest.mark.parametrize(("word", "status"), [("cancelled", "canceled"), ("canceled", "canceled"), ("new", "live")])
def test_either_spelling_of_a_state(word: str, status: str) -> None:
    """V2 has had several."""
    assert update(status=word).status == status


def test_an_unknown_state_is_no_state() -> None:
    """It is told as what it is."""
    with pytest.raises(DecodeError, match="odd"):
        update(status="odd")


def test_the_size_of_a_market_buy_is_money() -> None:
    """It is no size in base currency, and so not told; that of a sell is."""
    bought = update(orderType="market", size="100", price="0", baseVolume="0.5", priceAvg="200")
    assert (bought.size, bought.filled, bought.average_price) == (None, D("0.5"), D(200))
    assert update(orderType="market", side="sell", size="0.5").size == D("0.5")
    assert order(orderType="market", size="100").size == 100


def test_a_listing_of_open_orders_has_other_words() -> None:
    """There ``priceAvg`` is the order's price and ``basePrice`` the average of what is filled."""
    row = {**BASICS, "side": "sell", "orderType": "limit", "status": "partially_filled", "size": "4"}
    (one,) = decoder(SpotOpenOrder)([{**row, "priceAvg": "34829.12", "basePrice": "34830", "baseVolume": "1"}], {})
    told = one.to_update()
    assert (told.price, told.average_price, told.filled, told.size) == (D("34829.12"), D(34830), D(1), D(4))
    (fresh,) = decoder(SpotOpenOrder)([{**row, "status": "live", "priceAvg": "5", "basePrice": "0"}], {})
    assert (fresh.to_update().price, fresh.to_update().average_price) == (D(5), None)


NEW = '"newFees":{"c":0,"d":0,"deduction":false,"r":-0.1120792560000000001,"t":-0.112,"totalDeductionFee":0}'
BGB = '"newFees":{"c":0,"d":-0.0041,"deduction":false,"r":0,"t":-0.112,"totalDeductionFee":0}'
BOTH = '"newFees":{"c":-0.01,"d":-0.0041,"deduction":false,"r":-0.05,"t":-0.112,"totalDeductionFee":0}'
OLD = '"BGB":{"deduction":true,"feeCoinCode":"BGB","totalDeductionFee":-0.0041,"totalFee":-0.0041}'


@pytest.mark.parametrize(
    ("text", "side", "costs"),
    [
        (f"{{{NEW}}}", "buy", {"BTC": "-0.1120792560000000001"}),
        (f"{{{NEW}}}", "sell", {"USDT": "-0.1120792560000000001"}),
        (f"{{{BGB},{OLD}}}", "buy", {"BGB": "-0.0041"}),
        (f"{{{BOTH}}}", "buy", {"BTC": "-0.05", "BGB": "-0.0041"}),
        (f"{{{OLD}}}", "buy", {"BGB": "-0.0041"}),
        ("{}", "buy", {}),
        (None, "buy", {}),
        ("", "buy", {}),
    ],
)
def test_fees_are_text_inside_the_row(text: str | None, side: str, costs: dict[str, str]) -> None:
    """JSON in JSON: read exactly; what BGB paid is in BGB, the rest in the coin that the order brings."""
    one = order(feeDetail=text, side=side)
    assert one.costs == tuple(SpotOrderCost(coin, D(amount)) for coin, amount in costs.items())
    told = one.to_update()
    only = next(iter(costs.items())) if len(costs) == 1 else None
    assert (told.fee_currency, told.fee) == ((only[0], D(only[1])) if only else (None, None))


def test_the_coin_of_a_fee_that_is_told_elsewhere() -> None:
    """Rows without their coins name it in the fee of older kind."""
    old = '"USDT":{"deduction":false,"feeCoinCode":"ETH","totalDeductionFee":0,"totalFee":-0.11}'
    one = order(feeDetail=f"{{{NEW},{old}}}", baseCoin=None)
    assert one.to_update().fee_currency == "ETH"
    unknown = order(feeDetail=f"{{{NEW}}}", baseCoin=None)
    assert (unknown.costs[0].coin, unknown.to_update().fee) == (None, None)


@pytest.mark.parametrize("text", ["{", "7", "[]", '{"newFees":{"r":"much"}}'])
def test_fees_that_cannot_be_read_do_not_cost_the_order(text: str) -> None:
    """The order is told without them; who asks for them hears it."""
    one = order(feeDetail=text, status="filled", baseVolume="1")
    assert (one.to_update().status, one.to_update().fee) == ("filled", None)
    with pytest.raises(DecodeError):
        assert one.costs == ()


def test_one_unreadable_field_does_not_cost_the_row() -> None:
    """It is left out and named."""
    told = update(price="much", baseVolume="1", status="filled")
    assert (told.status, told.price, [error.field for error in told.unreadable]) == (
        "filled", None, ["SpotOrder.price"],
    )  # fmt: skip
    with pytest.raises(DecodeError):
        update(baseVolume="much")


def test_a_time_in_seconds() -> None:
    """As some of Bitget's pages show it."""
    assert update(cTime="1622697148").created_at == 1_622_697_148_000


def test_a_fill_is_neutral() -> None:
    """Fees are negative when paid; what its order is called by the client is not told."""
    row = {
        **BASICS,
        "tradeId": "7",
        "orderType": "market",
        "side": "buy",
        "priceAvg": "13000",
        "size": "0.0007",
        "amount": "9.1",
        "feeDetail": {"deduction": "no", "feeCoin": "BTC", "totalDeductionFee": "", "totalFee": "-0.0000007"},
        "tradeScope": "taker",
    }
    del row["clientOid"]
    told = decoder(SpotFill)([row], {})[0].to_update()
    assert told == FillUpdate(
        inst_id="BTCUSDT",
        trade_id="7",
        order_id="1",
        side="buy",
        price=D(13000),
        size=D("0.0007"),
        fee=D("-0.0000007"),
        fee_currency="BTC",
        is_maker=False,
        ts=1_700_000_000_000,
    )


def test_a_fill_without_its_fee() -> None:
    """An unreadable fee is not known; a fill without a trade is none."""
    row = {**BASICS, "tradeId": "7", "side": "buy", "priceAvg": "1", "size": "1", "feeDetail": {"totalFee": "much"}}
    told = decoder(SpotFill)([row], {})[0].to_update()
    assert told is not None
    assert (told.fee, told.fee_currency, len(told.unreadable)) == (None, None, 1)
    assert decoder(SpotFill)([{**row, "tradeId": ""}], {})[0].to_update() is None


def test_an_asset_is_neutral() -> None:
    """What is not available is frozen; an amount that is not told is not zero."""
    row = {
        "coin": "USDT",
        "available": "5",
        "frozen": "1",
        "locked": "2",
        "limitAvailable": "",
        "uTime": "1700000000000",
    }
    (balance,) = decoder(SpotAsset)([row], {})[0].to_update().balances
    assert (balance.currency, balance.available, balance.frozen, balance.cash) == ("USDT", D(5), D(3), D(8))
    (other,) = decoder(SpotAsset)([{"coin": "BTC", "available": "", "frozen": "1"}], {})[0].to_update().balances
    assert (other.available, other.frozen, other.cash) == (None, D(1), None)
    with pytest.raises(DecodeError):
        decoder(SpotAsset)([{"available": "5"}], {})[0].to_update()
