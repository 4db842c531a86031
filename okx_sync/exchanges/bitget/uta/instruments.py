"""Where the trading rules of V3 come from: the instruments of some categories, for accounts of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError
from okx_sync.state.instrument_spec import InstrumentSpec, Kind

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.groups import BitgetGroups
    from okx_sync.exchanges.bitget.uta.instrument_models import UtaInstrument
    from okx_sync.exchanges.bitget.uta.words import CategoryArg

__all__ = ["UtaInstruments"]

_FUTURES: Final = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
_KINDS: Final[dict[str, Kind]] = {
    "SPOT": "spot",
    "MARGIN": "spot",
    "PERPETUAL": "swap",
    "SWAP": "swap",
    "DELIVERY": "futures",
    "FUTURES": "futures",
}


class UtaInstruments:
    """The ``InstrumentSource`` of V3: ``Instruments(UtaInstruments(client))``.

    Bitget's spot and its futures have instruments of the same names: one source is of one or the other.

    Args:
        groups: A REST client, of which it uses ``uta``.
        categories: What is asked for: the three kinds of futures, or ``("SPOT",)``.
    """

    def __init__(self, groups: BitgetGroups, categories: tuple[CategoryArg, ...] = _FUTURES) -> None:
        if "SPOT" in categories and len(categories) > 1:
            raise ConfigError("spot and futures have instruments of the same names", hint="make a source of each")
        self._groups = groups
        self._categories = categories
        self._kinds: tuple[Kind, ...] = ("spot",) if "SPOT" in categories else ("swap", "futures")

    def kind(self, inst_type: str) -> Kind:
        """Return the kind that a word means: "spot", "perpetual" or "delivery". Raises ``ConfigError``."""
        check_word("inst_type", word := str(inst_type).upper(), _KINDS)
        if (found := _KINDS[word]) not in self._kinds:
            hint = f"here: {', '.join(self._kinds)}; a client has pairs in spot_instruments, contracts in instruments"
            raise ConfigError(f"inst_type cannot be {inst_type!r}", hint=hint)
        return found

    def kinds_for(self, inst_id: str) -> Iterator[Kind]:
        """Return the kinds to look in; names of delivery contracts end with a month and a year, as ``BTCUSDZ26``."""
        return iter(self._kinds[::-1] if inst_id[-2:].isdecimal() else self._kinds)

    def load(self, kind: Kind) -> list[UtaInstrument]:
        """Load all instruments of a kind: one request for each category."""
        rows = (row for category in self._categories for row in self._groups.uta.get_instruments(category))
        return [row for row in rows if row.kind == kind]

    def spec(self, row: UtaInstrument) -> InstrumentSpec:
        """Convert a row to its neutral form. Raises ``DecodeError``."""
        return row.to_spec()
