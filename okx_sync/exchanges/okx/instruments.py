"""From OKX's instrument rows to neutral trading rules, and where those rows come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.state.instrument_spec import UNKNOWN, InstrumentSpec, Kind, TickRange

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.groups import AllGroups
    from okx_sync.exchanges.okx.public.models import Instrument, TickBands

__all__ = ["OkxInstruments", "instrument_spec"]

# Every margin pair is a spot pair of the same name and the same rules.
_KINDS: Final[dict[str, Kind]] = {
    "SPOT": "spot",
    "MARGIN": "spot",
    "SWAP": "swap",
    "FUTURES": "futures",
    "OPTION": "option",
    "EVENTS": "events",
}
_ANNOUNCED: Final = "preopen"
_TYPES: Final[dict[Kind, str]] = {"spot": "SPOT", "swap": "SWAP", "futures": "FUTURES", "option": "OPTION"}


def instrument_spec(row: Instrument, tick_bands: Sequence[TickRange] = ()) -> InstrumentSpec:
    """Return the trading rules that an instrument's row tells of.

    ``tick_bands``: an option's price steps, which its row does not have. Of what is announced only (``LISTING-...``,
    state "preopen") rules may be empty, and are None. Raises ``DecodeError`` when a rule that every order needs is
    missing otherwise, or is not above 0.
    Page: OKX's API guide, "Public Data", "Get instruments".
    """
    name, kind = row.instId, _KINDS.get(row.instType or "")
    if not name or kind is None:
        raise DecodeError("an instrument without an instId or a known instType", text=repr(row.raw))
    is_inverse = row.ctType == "inverse"
    is_announced = row.state == _ANNOUNCED or name.startswith("LISTING-")
    contract = {} if kind == "spot" else _contract(row, is_inverse)
    if is_announced and kind != "spot":
        contract.setdefault("contract_value", UNKNOWN)
    return InstrumentSpec(
        inst_id=name,
        kind=kind,
        tick=_above_zero(row, "tickSz", may_be_missing=is_announced),
        lot=_above_zero(row, "lotSz", may_be_missing=is_announced),
        min_size=_above_zero(row, "minSz", may_be_missing=is_announced),
        tick_bands=tuple(tick_bands),
        max_limit_size=row.maxLmtSz,
        max_market_size=None if kind == "spot" else row.maxMktSz,  # of spot it is an amount of USDT, and no size
        is_inverse=is_inverse,
        **{"base": row.baseCcy, "quote": row.quoteCcy, "contract_currency": row.baseCcy, **contract},
        settle=row.settleCcy,
        family=row.instFamily,
        code=row.instIdCode,
        state=row.state,
        listed_at=row.listTime,
        expires_at=row.expTime,
    )


def _contract(row: Instrument, is_inverse: bool) -> dict[str, Any]:
    """Return what a contract is worth, and its two sides, which rows of derivatives leave empty."""
    value, many = row.ctVal, row.ctMult if row.ctMult is not None else Decimal(1)
    known = {} if value is None else {"contract_value": value * many}
    if known and known["contract_value"] <= 0:
        raise DecodeError(f"{row.instId}: ctVal x ctMult is not above 0", text=repr(row.raw))
    base, quote = (row.settleCcy, row.ctValCcy) if is_inverse else (row.ctValCcy, row.settleCcy)
    # A coin-settled option is linear in its coin and quoted in it, too.
    return {**known, "base": row.baseCcy or base, "quote": row.quoteCcy or quote, "contract_currency": row.ctValCcy}


def _above_zero(row: Instrument, field: str, *, may_be_missing: bool) -> Decimal:
    value: Decimal | None = getattr(row, field)
    if may_be_missing and not value:
        return UNKNOWN
    if value is None or value <= 0:
        raise DecodeError(f"{row.instId}: {field} is {value}, not above 0", text=repr(row.raw))
    return value


def _bands(row: TickBands) -> tuple[TickRange, ...]:
    known = [TickRange(band.minPx, band.tickSz) for band in row.tickBand if band.minPx is not None and band.tickSz]
    return tuple(sorted(known, key=lambda band: band.from_price))


class OkxInstruments:
    """OKX's ``InstrumentSource``: ``groups`` of a REST client, of which it uses ``public``."""

    def __init__(self, groups: AllGroups) -> None:
        self._groups = groups
        self._bands: dict[str, tuple[TickRange, ...]] = {}  # by family; replaced whole, so no lock is needed

    def kind(self, inst_type: str) -> Kind:
        """Return the kind of an ``instType``. Raises ``ConfigError``."""
        found = _KINDS.get(str(inst_type).upper())
        if found is None:
            raise ConfigError(f"inst_type cannot be {inst_type!r}", hint=f"one of {', '.join(_KINDS)}")
        return found

    def kinds_for(self, inst_id: str) -> Iterator[Kind]:
        """Return all kinds, the one that the name's form suggests first; the lists decide what it is."""
        dashes = inst_id.count("-")
        likely = "swap" if inst_id.upper().endswith("-SWAP") else {1: "spot", 2: "futures", 4: "option"}.get(dashes)
        return iter(sorted(_TYPES, key=lambda kind: kind != likely))

    def load(self, kind: Kind) -> list[Instrument]:
        """Load all instruments of a kind.

        Options and event contracts come by family or series: one request for each.
        """
        public = self._groups.public
        if kind == "events":
            series = public.get_event_series()
            return [row for one in series for row in public.get_instruments("EVENTS", series_id=one.seriesId)]
        if kind == "option":
            # The price steps by family name all families, too.
            bands = {row.instFamily: _bands(row) for row in public.get_instrument_tick_bands("OPTION")}
            self._bands = {family: steps for family, steps in bands.items() if family}
            return [row for family in self._bands for row in public.get_instruments("OPTION", None, family)]
        return public.get_instruments(_TYPES[kind])

    def spec(self, row: Instrument) -> InstrumentSpec:
        """Convert a row to its neutral form. Raises ``DecodeError``."""
        return instrument_spec(row, self._bands.get(row.instFamily or "", ()))
