"""Rows whose fields have other types than their names suggest: each can be read to its last field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.models import Account, Instrument
from okx_sync.exchanges.okx.programs.models import GlpDay, GlpToday
from okx_sync.exchanges.okx.risk.models import PositionBuilder
from okx_sync.exchanges.okx.staking.models import StakingProduct
from okx_sync.exchanges.okx.trade.models import EasyConvertList
from okx_sync.rows import Row
from okx_sync.rows.dataframe import to_df
from tests.exchanges.okx.test_pushed_rows import read_everything

SPLIT = {"spot": {"maker": "1.5", "taker": ""}, "swap": {"maker": "0.5"}}
POSITION = {
    "instId": "BTC-USDT-SWAP", "instType": "SWAP", "amt": "1", "posSide": "net", "avgPx": "65000", "markPxBf": "1",
    "markPx": "1", "floatPnl": "0", "imrBf": "1", "imr": "1", "mgnRatio": "1", "lever": "5", "notionalUsd": "1",
    "isRealPos": False,
}  # fmt: skip
ROWS: list[tuple[type[Row], dict[str, Any]]] = [
    (StakingProduct, {"fastRedemptionDailyLimit": "100", "rate": "0.03", "minAmt": "0", "fastRedemptionAvail": "41.5"}),
    (EasyConvertList, {"fromData": [{"fromCcy": "OKB", "fromAmt": "0.1"}], "toCcy": ["USDT", "BTC"]}),
    (
        PositionBuilder,
        {
            "eq": "1",
            "riskUnitData": [{"mr1FinalResult": {"pnl": "-1", "spotShock": "-0.1", "volShock": "volShockUp"}}],
            "positions": [POSITION],
        },
    ),
    (
        GlpToday,
        {
            "dataReady": True,
            "programs": [
                {
                    "program": "spot", "qualifyingPool": "A", "qualifyingRows": ["spot"],
                    "daily": {"volume": SPLIT, "share": SPLIT},
                    "mtd": {"volume": SPLIT, "share": SPLIT, "mtdStatus": "1", "qualifyingShare": SPLIT},
                }
            ],
        },
    ),
    (GlpDay, {"date": "2026-01-31", "volume": SPLIT, "share": SPLIT}),
    (Account, {"details": [{"ccy": "USDT", "maxSpotInUse": "3"}]}),
    (Instrument, {"instId": "A-B", "ruleType": "xperp"}),
]  # fmt: skip


def undeclared(row: Any) -> dict[str, Any]:
    """What the fields of a row and of the rows in it do not cover; figures that are told by name are meant so."""
    found: dict[str, Any] = {} if hasattr(row, "figures") or hasattr(row, "points") else dict(row.extra)
    for name in row.to_wire():
        value = getattr(row, name, None)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Row):
                found |= undeclared(inner)
    return found


@pytest.mark.parametrize(("cls", "wire"), ROWS, ids=[cls.__name__ for cls, _ in ROWS])
def test_every_field_can_be_read(cls: type[Row], wire: dict[str, Any]) -> None:
    """To the last nested one, and none of them is unknown."""
    row = cls.from_wire(wire)
    read_everything(row)
    assert undeclared(row) == {}
    assert row.to_wire() == wire


def test_what_they_say() -> None:
    """Amounts are numbers, lists are lists, words are words."""
    product, convert, builder, today, day, account, _ = (cls.from_wire(wire) for cls, wire in ROWS)
    assert isinstance(product, StakingProduct)
    assert product.fastRedemptionAvail == Decimal("41.5")
    assert isinstance(convert, EasyConvertList)
    assert convert.toCcy == ("USDT", "BTC")
    assert isinstance(builder, PositionBuilder)
    assert builder.riskUnitData[0].mr1FinalResult is not None
    assert builder.riskUnitData[0].mr1FinalResult.volShock == "volShockUp"
    assert builder.positions[0].imrBf == 1
    assert isinstance(today, GlpToday)
    assert isinstance(day, GlpDay)
    assert today.programs[0].mtd is not None
    figures = {("spot", "maker"): Decimal("1.5"), ("swap", "maker"): Decimal("0.5")}
    for split in (day.volume, today.programs[0].mtd.qualifyingShare):
        assert split is not None
        assert split.figures == figures
    assert isinstance(account, Account)
    assert account.details[0].maxSpotInUse == 3


def test_a_figure_that_is_no_number() -> None:
    """Is refused by name, as any other field."""
    day = GlpDay.from_wire({"volume": {"spot": {"maker": "NaN"}}})
    assert day.volume is not None
    with pytest.raises(DecodeError, match=r"spot\.maker"):
        _ = day.volume.figures


def test_they_fit_into_tables() -> None:
    """As objects in a column."""
    pytest.importorskip("pandas")
    assert list(to_df([GlpDay.from_wire({"date": "2026-01-31", "volume": SPLIT})], False)["date"]) == ["2026-01-31"]
