"""Rows of instruments, funding and options, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models import (
    FundingRate,
    Instrument,
    OptionSummary,
    OptionTrade,
    PriceLimit,
)


def test_instrument() -> None:
    """The code for order operations may be null; planned changes are rows of their own."""
    row = {"instId": "BTC-USDT-SWAP", "instIdCode": None, "futureSettlement": False, "ctVal": "0.01", "expTime": ""}
    change = {"param": "tickSz", "newValue": "0.1", "effTime": "1700000000000"}
    instrument = Instrument.from_wire(row | {"upcChg": [change]})
    assert (instrument.instIdCode, instrument.futureSettlement, instrument.expTime) == (None, False, None)
    assert instrument.upcChg[0].newValue == Decimal("0.1")
    assert Instrument.from_wire({"instIdCode": 12}).instIdCode == 12


def test_funding_and_price_limit() -> None:
    """Retired and switched-off values are None."""
    assert FundingRate.from_wire({"fundingRate": "-0.0001", "nextFundingRate": ""}).nextFundingRate is None
    limit = PriceLimit.from_wire({"buyLmt": "", "sellLmt": "", "enabled": False})
    assert (limit.buyLmt, limit.enabled) == (None, False)


def test_options() -> None:
    """Greeks keep OKX's upper case; another spelling is an unknown field."""
    row = {"instId": "BTC-USD-261225-90000-C", "deltaBS": "0.5", "deltaBs": "0.6", "markVol": "0.42", "volLv": ""}
    summary = OptionSummary.from_wire(row)
    assert (summary.deltaBS, summary.markVol, summary.volLv) == (Decimal("0.5"), Decimal("0.42"), None)
    assert summary.extra == {"deltaBs": "0.6"}
    trade = OptionTrade.from_wire({"fillVol": "0.4", "optType": "C", "tradeId": "12", "ts": "1"})
    assert (trade.fillVol, trade.optType, trade.tradeId) == (Decimal("0.4"), "C", "12")
