"""OKX's algo orders in neutral words: kinds, sides, statuses, the orders that they sent, and why they failed."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from okx_sync import DecodeError
from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.exchanges.okx.algo.models import AlgoOrderRecord
from okx_sync.exchanges.okx.models import AdvancedAlgoOrder, AlgoOrder
from tests.exchanges.okx.random_rows import wire_rows

D = Decimal
OCO = {
    "instType": "SWAP", "instId": "BTC-USDT-SWAP", "algoId": "90", "algoClOrdId": "pair", "ordType": "oco",
    "state": "live", "side": "sell", "posSide": "net", "sz": "3", "tgtCcy": "", "reduceOnly": "true",
    "tpTriggerPx": "66000", "tpTriggerPxType": "last", "tpOrdPx": "-1", "slTriggerPx": "58000",
    "slTriggerPxType": "mark", "slOrdPx": "57900", "triggerPx": "", "triggerPxType": "", "ordPx": "", "actualSide": "",
    "ordIdList": [], "ordId": "", "failCode": "", "attachAlgoOrds": [], "amendResult": "", "reqId": "",
    "cTime": "1700000000000", "uTime": "1700000000100", "closeFraction": "",
}  # fmt: skip
NO_PROFIT = {"tpTriggerPx": "", "tpTriggerPxType": "", "tpOrdPx": ""}
NO_LOSS = {"slTriggerPx": "", "slTriggerPxType": "", "slOrdPx": ""}
NONE = {**NO_PROFIT, **NO_LOSS}
STOP = TriggerPrice(58000, by="mark", limit=57900)


def told(**changes: Any) -> AlgoUpdate:
    """What a push of ``orders-algo`` tells."""
    (update,) = AlgoOrder.from_wire({**OCO, **changes}).to_algo_updates()
    return update


def advanced(**changes: Any) -> AlgoUpdate:
    """What a push of ``algo-advance`` tells."""
    row = {"instId": "BTC-USDT-SWAP", "algoId": "91", "ordType": "twap", "state": "live", "sz": "10", "side": "buy"}
    (update,) = AdvancedAlgoOrder.from_wire({**row, "pTime": "1700000000200", **changes}).to_algo_updates()
    return update


def test_every_fact_is_taken_over() -> None:
    """From the stream and from REST alike."""
    update = told()
    assert (update.inst_id, update.algo_id, update.client_order_id) == ("BTC-USDT-SWAP", "90", "pair")
    assert (update.kind, update.leg, update.status, update.side) == ("oco", None, "armed", "sell")
    assert (update.position_side, update.size, update.reduce_only) == ("net", D(3), True)
    assert (update.take_profit, update.stop_loss, update.trigger) == (TriggerPrice(66000), STOP, None)
    assert (update.created_at, update.updated_at) == (1_700_000_000_000, 1_700_000_000_100)
    assert (update.fired_leg, update.order_ids, update.reason, update.recovered) == (None, (), None, False)
    record = AlgoOrderRecord.from_wire(OCO).to_algo_update()
    assert record.evolved(raw=None) == update.evolved(raw=None)


@pytest.mark.parametrize(
    ("changes", "kind", "leg", "sides"),
    [
        ({"ordType": "conditional", **NO_PROFIT}, "conditional", "stop_loss", (None, STOP)),
        ({"ordType": "conditional", **NO_LOSS}, "conditional", "take_profit", (TriggerPrice(66000), None)),
        # In net mode OKX works the stop loss of such a one, and ignores its take profit.
        ({"ordType": "conditional"}, "conditional", "stop_loss", (None, STOP)),
        ({"ordType": "conditional", "posSide": "long"}, "oco", None, (TriggerPrice(66000), STOP)),
        ({**NO_PROFIT}, "conditional", "stop_loss", (None, STOP)),  # an oco that was amended
        ({"ordType": "chase", **NONE}, "chase", None, (None, None)),
        ({"ordType": "smart_iceberg", **NONE}, "iceberg", None, (None, None)),
        ({"ordType": "new_kind", **NONE}, None, None, (None, None)),
    ],
)
def test_kinds_and_sides(changes: dict[str, str], kind: str | None, leg: str | None, sides: tuple[Any, Any]) -> None:
    """A kind is what works; which side a conditional order is comes with it."""
    update = told(**changes)
    assert (update.kind, update.leg, (update.take_profit, update.stop_loss)) == (kind, leg, sides)


def test_a_trigger_has_the_price_of_its_order_and_what_comes_with_that() -> None:
    """REST calls that price ``orderPx``, the stream ``ordPx``; -1 is at market."""
    attached = {"attachAlgoClOrdId": "s", "slTriggerPx": "58000", "slTriggerPxType": "mark", "slOrdPx": "57900"}
    row: dict[str, Any] = {
        **NONE,
        "ordType": "trigger",
        "triggerPx": "62000",
        "triggerPxType": "index",
        "ordPx": "62100",
    }
    update = told(**row, attachAlgoOrds=[attached])
    assert (update.kind, update.trigger) == ("trigger", TriggerPrice(62000, by="index", limit=62100))
    assert (update.take_profit, update.stop_loss) == (None, STOP)
    market = AlgoOrderRecord.from_wire({**OCO, **row, "ordPx": "", "orderPx": "-1"}).to_algo_update()
    assert market.trigger == TriggerPrice(62000, by="index")


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"state": "live"}, "armed", None),
        ({"state": "pause"}, "armed", None),
        ({"state": "effective", "actualSide": "sl", "ordIdList": ["5"]}, "fired", None),
        ({"state": "partially_effective", "actualSide": "tp"}, "fired", "it was carried out partly"),
        ({"state": "canceled", "failCode": ""}, "canceled", None),
        ({"state": "order_failed", "failCode": "51008"}, "failed", "[51008] not enough balance or margin"),
        ({"state": "partially_failed", "failCode": "51008"}, "failed", "[51008] not enough balance or margin"),
        ({"ordType": "chase", **NONE, "ordIdList": ["5"]}, "running", None),
    ],
)
def test_every_state_has_its_status(changes: dict[str, Any], status: str, reason: str | None) -> None:
    """With the side that fired, and why it failed."""
    update = told(**changes)
    assert update.status == status
    assert (update.reason or "").startswith(reason or "")
    assert (update.reason is None) is (reason is None)
    sides = {"tp": "take_profit", "sl": "stop_loss"}
    assert update.fired_leg == sides.get(changes.get("actualSide", ""))


def test_the_orders_that_it_has_sent() -> None:
    """Each once, whichever of the fields names it, and the resting take profit that is linked with a stop loss."""
    assert told(**NO_PROFIT, linkedOrd={"ordId": "4"}).order_ids == ("4",)
    assert told(state="effective", ordIdList=["5", "6"], ordId="6").order_ids == ("5", "6")
    assert advanced(ordId="8").order_ids == ("8",)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "armed"),
        ({"ordId": "8", "count": "1"}, "running"),
        ({"state": "partially_effective", "ordId": "8"}, "running"),
        ({"state": "partially_effective", "ordId": "8", "failCode": "51008"}, "failed"),
        ({"state": "effective", "ordId": "8"}, "fired"),
        ({"state": "canceled"}, "canceled"),
    ],
)
def test_what_works_on_is_running_once_it_has_sent_an_order(changes: dict[str, str], status: str) -> None:
    """TWAPs and icebergs send one after another; partly carried out they go on, unless an order was refused."""
    assert (advanced(**changes).status, advanced(**changes).updated_at) == (status, 1_700_000_000_200)


def test_a_trailing_stop_tells_where_it_would_fire_now() -> None:
    """Once it follows the price; the price from which it follows until then."""
    trail = {"ordType": "move_order_stop", "callbackRatio": "0.01"}
    assert advanced(**trail, moveTriggerPx="").trigger is None
    assert advanced(**trail, moveTriggerPx="", activePx="66000").trigger == TriggerPrice(66000)
    assert advanced(**trail, moveTriggerPx="66330", activePx="66000").trigger == TriggerPrice(66330)
    record = AlgoOrderRecord.from_wire({**OCO, **NONE, **trail, "moveTriggerPx": "66330"}).to_algo_update()
    assert (record.kind, record.trigger) == ("trailing_stop", TriggerPrice(66330))


@pytest.mark.parametrize("changes", [{"closeFraction": "1"}, {"sz": ""}, {"tgtCcy": "quote_ccy"}])
def test_a_size_that_counts_something_else_is_none(changes: dict[str, str]) -> None:
    """A whole position, or an amount of money."""
    assert told(**changes).size is None


def test_a_refused_change_is_told_as_one() -> None:
    """The order stays as it was."""
    update = told(amendResult="-1", reqId="r1")
    assert (update.status, update.is_amend_failed, update.reason) == ("armed", True, "the change r1 was refused")
    assert not told(amendResult="0", reqId="r1").is_amend_failed


def test_one_field_that_cannot_be_read_costs_no_row() -> None:
    """It is named; without ids or state there is no row."""
    update = told(slTriggerPx=["high"], sz=["much"])
    assert (update.take_profit, update.stop_loss, update.kind) == (None, None, None)  # not: it has no stop loss
    assert (update.status, update.size, len(update.unreadable)) == ("armed", None, 2)
    for needed in "instId", "algoId", "state":
        with pytest.raises(DecodeError):
            told(**{needed: ""})


@pytest.mark.parametrize("cls", [AlgoOrder, AdvancedAlgoOrder, AlgoOrderRecord])
def test_any_row_is_read_or_refused(cls: Any) -> None:
    """Whatever is in it: nothing but a ``DecodeError`` comes of it."""

    @given(wire_rows(cls))
    def check(row: Any) -> None:
        with contextlib.suppress(DecodeError):
            cls.from_wire(row).to_algo_updates()

    check()
