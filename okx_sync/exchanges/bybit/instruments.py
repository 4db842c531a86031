"""From Bybit's instrument rows to neutral trading rules, and where those rows come from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from okx_sync.errors import ConfigError, DecodeError, OkxApiError
from okx_sync.state.instrument_spec import InstrumentSpec, Kind

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.groups import BybitGroups
    from okx_sync.exchanges.bybit.market.instrument_models import Instrument, LotSizeFilter

__all__ = ["BybitContractInstruments", "BybitSpotInstruments", "instrument_spec"]

_KINDS: Final[dict[str, Kind]] = {
    "LinearPerpetual": "swap",
    "InversePerpetual": "swap",
    "LinearFutures": "futures",
    "InverseFutures": "futures",
}
_SIDES: Final = ("Call", "Put")
_PRE_MARKET: Final = "PreLaunch"
_EVERY_COIN: Final = "All"
# Of options Bybit lists those on one coin at a time, where it does not take "All".
_OPTION_COINS: Final = ("BTC", "ETH", "SOL", "XRP", "MNT", "DOGE")


def instrument_spec(row: Instrument) -> InstrumentSpec:
    """Return the trading rules that an instrument's row tells of.

    Sizes are in base currency, of inverse contracts in USD. Of spot, ``min_size`` is the step of the size: Bybit checks
    what an order is worth instead (``min_notional``).

    Raises ``DecodeError`` when a rule that every order needs is missing, or is not above 0.
    Page: "Get Instruments Info" of the V5 documentation.
    """
    kind = _kind(row)
    if not row.symbol or kind is None:
        raise DecodeError("an instrument without a symbol or a known contractType", text=repr(row.raw))
    is_inverse = (row.contractType or "").startswith("Inverse")
    lots, prices = row.lotSizeFilter, row.priceFilter
    if lots is None or prices is None:
        raise DecodeError(f"{row.symbol}: lotSizeFilter or priceFilter is missing", text=repr(row.raw))
    least = lots.basePrecision if kind == "spot" else lots.minOrderQty
    return InstrumentSpec(
        inst_id=row.symbol,
        kind=kind,
        tick=_above_zero(row, "tickSize", prices.tickSize),
        lot=_above_zero(row, "the step of the size", lots.basePrecision if kind == "spot" else lots.qtyStep),
        min_size=_above_zero(row, "the smallest size", least),
        max_limit_size=(lots.maxLimitOrderQty or lots.maxOrderQty) if kind == "spot" else lots.maxOrderQty,
        max_market_size=_most_at_market(lots, kind),
        min_notional=_least_worth(lots, kind, is_inverse),
        contract_currency=row.quoteCoin if is_inverse else row.baseCoin,
        is_inverse=is_inverse,
        base=row.baseCoin,
        quote=row.quoteCoin,
        settle=None if kind == "spot" else row.settleCoin,
        state=row.status,
        listed_at=row.launchTime,
        expires_at=row.deliveryTime or None,
    )


def _kind(row: Instrument) -> Kind | None:
    if row.optionsType in _SIDES:
        return "option"
    return "spot" if row.contractType is None else _KINDS.get(row.contractType)


def _least_worth(lots: LotSizeFilter, kind: Kind, is_inverse: bool) -> Decimal | None:
    if kind == "spot":
        return lots.minOrderAmt
    return None if is_inverse else lots.minNotionalValue  # nobody says in what currency it is for inverse ones


def _most_at_market(lots: LotSizeFilter, kind: Kind) -> Decimal | None:
    if kind == "spot":
        return lots.maxMarketOrderQty or lots.maxOrderQty
    return lots.maxOrderQty if kind == "option" else lots.maxMktOrderQty


def _above_zero(row: Instrument, name: str, value: Decimal | None) -> Decimal:
    if value is None or value <= 0:
        raise DecodeError(f"{row.symbol}: {name} is {value}, not above 0", text=repr(row.raw))
    return value


class BybitSpotInstruments:
    """An ``InstrumentSource`` of spot: ``groups`` of a REST client, of which it uses ``market``."""

    def __init__(self, groups: BybitGroups) -> None:
        self._groups = groups

    def kind(self, inst_type: str) -> Kind:
        """Return the kind that a word means. Raises ``ConfigError``."""
        return _known(inst_type, ("spot",))

    def kinds_for(self, inst_id: str) -> Iterator[Kind]:
        """Return the one kind that there is."""
        del inst_id
        return iter(("spot",))

    def load(self, kind: Kind) -> list[Instrument]:
        """Load all instruments of spot, which come on one page."""
        del kind
        return self._groups.market.get_instruments("spot")

    def spec(self, row: Instrument) -> InstrumentSpec:
        """Convert a row to its neutral form. Raises ``DecodeError``."""
        return instrument_spec(row)


class BybitContractInstruments:
    """An ``InstrumentSource`` of linear and inverse contracts, and options; apart from spot, which has the same names.

    Args:
        groups: Of a REST client, of which it uses ``market``.
    """

    def __init__(self, groups: BybitGroups) -> None:
        self._groups = groups

    def kind(self, inst_type: str) -> Kind:
        """Return the kind that a word means. Raises ``ConfigError``."""
        return _known(inst_type, ("swap", "futures", "option"))

    def kinds_for(self, inst_id: str) -> Iterator[Kind]:
        """Return all kinds, the one that the name's form suggests first; the lists decide what it is."""
        dashes = inst_id.count("-")
        likely = "swap" if dashes == 0 else "futures" if dashes == 1 else "option"
        return iter(sorted(("swap", "futures", "option"), key=lambda kind: kind != likely))

    def load(self, kind: Kind) -> list[Instrument]:
        """Load all instruments of a kind, linear and inverse, perpetuals before their listing too."""
        if kind == "option":
            return self._options()
        listed = self._groups.market.iter_instruments
        rows = [*listed("linear"), *listed("inverse")]
        if kind == "swap":
            rows += listed("linear", status=_PRE_MARKET)
        return [row for row in rows if _KINDS.get(row.contractType or "", kind) == kind]

    def _options(self) -> list[Instrument]:
        listed = self._groups.market.iter_instruments
        try:
            rows = list(listed("option", base_coin=_EVERY_COIN))
        except OkxApiError as error:
            if error.retryable:
                raise
            rows = []
        return rows or [row for coin in _OPTION_COINS for row in listed("option", base_coin=coin)]

    def spec(self, row: Instrument) -> InstrumentSpec:
        """Convert a row to its neutral form. Raises ``DecodeError``."""
        return instrument_spec(row)


def _known(inst_type: str, kinds: tuple[Kind, ...]) -> Kind:
    word = str(inst_type).lower()
    if word not in kinds:
        hint = f"one of {', '.join(kinds)}; is_inverse of an instrument tells linear from inverse ones"
        raise ConfigError(f"inst_type cannot be {inst_type!r}", hint=hint)
    return word
