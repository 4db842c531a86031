"""OKX's orders and fills as neutral ones: ids, words, sizes, fees, reasons, and what is no fill."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import DecodeError
from okx_sync.exchanges.okx.models import Fill, Order
from okx_sync.exchanges.okx.trade.models import FillRecord

D = Decimal
ROW = {
    "instType": "SWAP", "instId": "BTC-USDT-SWAP", "ordId": "7", "clOrdId": "mine", "side": "sell", "posSide": "short",
    "ordType": "limit", "px": "65000.1", "sz": "5", "accFillSz": "2", "avgPx": "65000.2", "state": "partially_filled",
    "fee": "-0.5", "feeCcy": "USDT", "rebate": "0.1", "rebateCcy": "USDT", "pnl": "3", "reduceOnly": "true",
    "cTime": "1700000000000", "uTime": "1700000000100", "reqId": "r1", "amendResult": "", "code": "0", "msg": "",
    "tradeId": "99", "fillPx": "65000.3", "fillSz": "1", "fillTime": "1700000000099", "fillFee": "-0.2",
    "fillFeeCcy": "USDT", "fillPnl": "1.5", "execType": "M", "cancelSource": "", "tgtCcy": "",
}  # fmt: skip


def order(**changes: str) -> Order:
    """A push of the orders channel."""
    return Order.from_wire({**ROW, **changes})


def test_every_fact_of_an_order_is_taken_over() -> None:
    """Numbers exact, times in ms, the paid fee and the rebate in one, the push's own fill with its own fee."""
    row = Order.from_wire(ROW, {"recovered": True})
    update = row.to_update()
    assert (update.inst_id, update.order_id, update.client_order_id) == ("BTC-USDT-SWAP", "7", "mine")
    assert (update.status, update.side, update.position_side) == ("partially_filled", "sell", "short")
    assert (update.order_type, update.reduce_only, update.request_id) == ("limit", True, "r1")
    assert (update.price, update.size, update.filled) == (D("65000.1"), D(5), D(2))
    assert (update.average_price, update.fee, update.fee_currency) == (D("65000.2"), D("-0.4"), "USDT")
    assert (update.pnl, update.created_at, update.updated_at) == (D(3), 1_700_000_000_000, 1_700_000_000_100)
    assert (update.reason, update.is_amend_failed, update.recovered) == (None, False, True)
    assert update.raw is row
    fill = update.fill
    assert fill is not None
    assert (fill.inst_id, fill.trade_id, fill.order_id) == ("BTC-USDT-SWAP", "99", "7")
    assert (fill.client_order_id, fill.side, fill.price, fill.size) == ("mine", "sell", D("65000.3"), D(1))
    assert (fill.fee, fill.fee_currency, fill.pnl) == (D("-0.2"), "USDT", D("1.5"))
    assert (fill.is_maker, fill.ts, fill.recovered) == (True, 1_700_000_000_099, True)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("live", "live"),
        ("partially_filled", "partially_filled"),
        ("filled", "filled"),
        ("canceled", "canceled"),
        ("mmp_canceled", "canceled"),
    ],
)
def test_every_state_has_its_status(state: str, status: str) -> None:
    """OKX's five words are four of ours."""
    assert order(state=state).to_update().status == status


@pytest.mark.parametrize("changes", [{"state": "paused"}, {"state": ""}, {"ordId": ""}, {"instId": ""}])
def test_an_order_that_cannot_be_placed_is_an_error(changes: dict[str, str]) -> None:
    """Nobody can say what to do with it; its text is in the error."""
    with pytest.raises(DecodeError) as problem:
        order(**changes).to_update()
    assert "65000.1" in problem.value.text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": "canceled", "cancelSource": "1"}, "canceled by the user"),
        ({"state": "canceled", "cancelSource": "77"}, "cancelSource 77"),
        ({"state": "canceled", "cancelSource": "77", "cancelSourceReason": "the moon"}, "the moon"),
        ({"state": "canceled", "cancelSource": "0", "code": "51008", "msg": "no money"},
         "canceled by the exchange; [51008] no money"),
        ({"state": "canceled"}, None),
        ({"state": "mmp_canceled"}, "market maker protection"),
        ({"state": "live", "cancelSource": "1"}, None),
        ({"state": "live", "amendResult": "-1", "code": "51008", "msg": ""}, "[51008] no text"),
    ],
)  # fmt: skip
def test_why_it_ended_is_told_in_words(changes: dict[str, str], reason: str | None) -> None:
    """From the number of its source, OKX's own reason, and the error that comes with it."""
    assert order(**changes).to_update().reason == reason


@pytest.mark.parametrize(("result", "is_failed"), [("-1", True), ("0", False), ("1", False), ("", False)])
def test_a_failed_change_is_told(result: str, is_failed: bool) -> None:
    """1 means that the order was canceled because the change failed: that is told by its state."""
    assert order(amendResult=result).to_update().is_amend_failed is is_failed


@pytest.mark.parametrize(
    ("changes", "size"),
    [
        ({"tgtCcy": "quote_ccy"}, None),
        ({"tgtCcy": "base_ccy", "instType": "SPOT", "ordType": "market", "side": "buy"}, D(5)),
        ({"instType": "SPOT", "ordType": "market", "side": "buy"}, None),
        ({"instType": "SPOT", "ordType": "market", "side": "sell"}, D(5)),
        ({"instType": "SPOT", "ordType": "limit", "side": "buy"}, D(5)),
    ],
)
def test_an_amount_of_money_is_not_taken_for_a_size(changes: dict[str, str], size: Decimal | None) -> None:
    """A market order to buy on SPOT is over quote currency unless it says otherwise; its fills are not."""
    assert order(**changes).to_update().size == size


def test_an_order_without_fills_has_no_average() -> None:
    """OKX sends "" or 0 then."""
    for average in ("", "0"):
        assert order(accFillSz="0", avgPx=average).to_update().average_price is None
    assert order(accFillSz="", fee="", rebate="").to_update().fee is None


def test_a_rebate_in_another_currency_is_not_added() -> None:
    """Coins are not dollars."""
    assert order(rebateCcy="BTC").to_update().fee == D("-0.5")


@pytest.mark.parametrize("changes", [{"tradeId": ""}, {"fillSz": "0"}, {"fillSz": ""}, {"fillPx": ""}])
def test_a_push_that_tells_of_no_fill_has_none(changes: dict[str, str]) -> None:
    """Without a trade there is none, whatever the other fields say."""
    assert order(**changes).to_update().fill is None


def test_updates_and_fills_are_whole() -> None:
    """They are made in one step, not by their constructors: each has all its fields, and equals one that is not."""
    told = order().to_update()
    assert told.fill is not None
    for made in (told, told.fill):
        kind: Any = type(made)
        names = [field.name for field in attrs.fields(kind)]
        assert list(vars(made)) == names
        same = kind(**{name: getattr(made, name) for name in names})
        assert made == same
        assert (repr(made), hash(made)) == (repr(same), hash(same))
        for copied in (copy.copy(made), attrs.evolve(made)):
            assert type(copied) is kind
            assert copied == same
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            made.side = "sell"  # type: ignore[misc]


def test_a_fill_of_the_fills_channel() -> None:
    """It has no fee; the id "0" stands for one that is no number."""
    row = {"instId": "BTC-USDT", "fillSz": "1", "fillPx": "9", "side": "buy", "ts": "5", "ordId": "7", "clOrdId": "0"}
    fill = Fill.from_wire({**row, "tradeId": "3", "execType": "T", "count": "1"}).to_update()
    assert fill is not None
    assert (fill.client_order_id, fill.fee, fill.is_maker, fill.ts, fill.recovered) == (None, None, False, 5, False)
    assert (fill.order_id, fill.trade_id, fill.size, fill.price, fill.side) == ("7", "3", D(1), D(9), "buy")


def test_several_fills_in_one_row_are_left_to_the_orders_channel() -> None:
    """The row has the last one's id and the sum of the sizes: taken as one fill it would count twice."""
    row = {"instId": "BTC-USDT", "fillSz": "3", "fillPx": "9", "side": "buy", "ts": "5", "ordId": "7", "tradeId": "3"}
    assert Fill.from_wire({**row, "count": "3"}).to_update() is None


def test_a_fill_record_of_rest() -> None:
    """Its fee is that of the fill; a rebate is above zero."""
    row = {"instId": "BTC-USDT", "fillSz": "1", "fillPx": "9", "side": "buy", "ts": "6", "fillTime": "5", "ordId": "7"}
    fill = FillRecord.from_wire({**row, "tradeId": "3", "fee": "0.01", "feeCcy": "BTC", "fillPnl": "2"}).to_update()
    assert fill is not None
    assert (fill.fee, fill.fee_currency, fill.pnl, fill.ts, fill.is_maker) == (D("0.01"), "BTC", D(2), 5, None)
