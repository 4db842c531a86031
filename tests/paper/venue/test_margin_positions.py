"""Figures of a position of spot margin, against the example in OKX's page of positions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.paper.venue.instruments import default_instruments
from okx_sync.paper.venue.margin_positions import MarginPosition

BTC = default_instruments()["BTC-USDT"]


def test_the_example_of_the_documents() -> None:
    """Profit, maintenance margin, margin ratio and price of liquidation follow from what is held and owed."""
    example = MarginPosition(
        BTC,
        "isolated",
        "BTC",
        "1",
        Decimal(5),
        pos=Decimal("0.00190433573"),
        liab=Decimal("99.9998177776581948"),
        margin=Decimal("0.000317654"),
    )
    mark = Decimal("62891.9")
    told = {
        "upl": (example.upl(mark), "-0.0000033452492717"),
        "mmr": (example.maintenance(mark), "0.0000318005395854"),
        "mgnRatio": (example.isolated_ratio(mark), "9.404143929947395"),
        "liqPx": (example.liquidation_px(), "53615.448336593756"),
    }
    for name, (found, wanted) in told.items():
        assert found is not None
        assert float(found) == pytest.approx(float(wanted), rel=1e-9), name


@pytest.mark.parametrize(("is_long", "ccy"), [(True, "BTC"), (True, "USDT"), (False, "BTC"), (False, "USDT")])
def test_the_ratio_is_one_at_the_price_of_liquidation(is_long: bool, ccy: str) -> None:
    """With what else backs a cross position, in any margin currency."""
    value = Decimal(65000)
    held, owed = (Decimal(1), value) if is_long else (value, Decimal(1))
    backing = Decimal(6500) if ccy == "USDT" else Decimal("0.1")
    position = MarginPosition(BTC, "cross", ccy, "1", Decimal(10), is_long=is_long, pos=held, liab=owed)
    px = position.liquidation_px(backing)
    assert px is not None
    assert (px < value) is is_long
    assert float((backing + position.upl(px)) / position.to_live(px)) == pytest.approx(1, rel=1e-9)
