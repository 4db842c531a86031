"""Where the trading rules of Bitget's futures come from: the contracts of all product types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.products import ALL, Product
from okx_sync.state.instrument_spec import InstrumentSpec, Kind

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.groups import BitgetGroups
    from okx_sync.exchanges.bitget.mix.instrument_models import MixContract

__all__ = ["MixInstruments"]

_KINDS: Final[dict[str, Kind]] = {"PERPETUAL": "swap", "SWAP": "swap", "DELIVERY": "futures", "FUTURES": "futures"}
_DELIVERY: Final = "delivery"


class MixInstruments:
    """The ``InstrumentSource`` of V2 futures: ``Instruments(MixInstruments(client))``.

    Args:
        groups: A REST client, of which it uses ``mix``.
        products: The product types that are asked for.
    """

    def __init__(self, groups: BitgetGroups, products: tuple[Product, ...] = ALL) -> None:
        self._groups = groups
        self._products = products

    def kind(self, inst_type: str) -> Kind:
        """Return the kind that a word means: "perpetual" or "delivery". Raises ``ConfigError``."""
        found = _KINDS.get(str(inst_type).upper())
        if found is None:
            raise ConfigError(f"inst_type cannot be {inst_type!r}", hint="'swap' (perpetual) or 'futures' (delivery)")
        return found

    def kinds_for(self, inst_id: str) -> Iterator[Kind]:
        """Return both kinds; names of delivery contracts end with a month and a year, as in ``BTCUSDZ26``."""
        kinds: list[Kind] = ["swap", "futures"]
        return iter(kinds[::-1] if inst_id[-2:].isdecimal() else kinds)

    def load(self, kind: Kind) -> list[MixContract]:
        """Load all contracts of a kind: one request for each product type."""
        rows = (row for product in self._products for row in self._groups.mix.get_contracts(product))
        return [row for row in rows if (row.symbolType == _DELIVERY) == (kind == "futures")]

    def spec(self, row: MixContract) -> InstrumentSpec:
        """Convert a row to its neutral form. Raises ``DecodeError``."""
        return row.to_spec()
