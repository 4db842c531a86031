"""From Bitget's spot pairs to neutral trading rules."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.spot.market_models import SpotSymbol
from okx_sync.state.instrument_spec import InstrumentSpec

__all__ = ["spot_spec"]

_MOST_PLACES = 40


def spot_spec(row: SpotSymbol) -> InstrumentSpec:
    """Return the trading rules that a pair's row tells of.

    Bitget tells decimal places instead of steps, and no smallest size any more but a smallest value in USDT.
    Raises ``DecodeError`` when it does not say which pair, or how many places. Page: "Get Symbol Info".
    """
    if not row.symbol:
        raise DecodeError("a pair without a symbol", text=repr(row.raw))
    lot = _step(row, "quantityPrecision")
    return InstrumentSpec(
        inst_id=row.symbol,
        kind="spot",
        tick=_step(row, "pricePrecision"),
        lot=lot,
        min_size=max(row.minTradeAmount or lot, lot),
        contract_currency=row.baseCoin,
        base=row.baseCoin,
        quote=row.quoteCoin,
        state=row.status,
        listed_at=row.openTime,
        expires_at=row.offTime,
    )


def _step(row: SpotSymbol, field: str) -> Decimal:
    places: int | None = getattr(row, field)
    if places is None or not 0 <= places <= _MOST_PLACES:
        raise DecodeError(f"{row.symbol}: {field} is {places}, no number of places", text=repr(row.raw))
    return Decimal(1).scaleb(-places)
