"""Where the trading rules of Bitget's spot pairs come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from okx_sync.errors import ConfigError
from okx_sync.state.instrument_spec import InstrumentSpec, Kind

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.groups import BitgetGroups
    from okx_sync.exchanges.bitget.spot.market_models import SpotSymbol

__all__ = ["SpotInstruments"]

_KIND: Final = "spot"


class SpotInstruments:
    """The ``InstrumentSource`` of V2 spot: ``Instruments(SpotInstruments(client))``.

    Args:
        groups: A REST client, of which it uses ``spot``.
    """

    def __init__(self, groups: BitgetGroups) -> None:
        self._groups = groups

    def kind(self, inst_type: str) -> Kind:
        """Return the kind that a word means. Raises ``ConfigError``."""
        if str(inst_type).casefold() != _KIND:
            raise ConfigError(f"inst_type cannot be {inst_type!r}", hint="there is 'spot' only")
        return _KIND

    def kinds_for(self, inst_id: str) -> Iterator[Kind]:  # noqa: ARG002
        """Return the only kind."""
        yield _KIND

    def load(self, kind: Kind) -> list[SpotSymbol]:  # noqa: ARG002
        """Load all pairs, with one request."""
        return self._groups.spot.get_symbols()

    def spec(self, row: SpotSymbol) -> InstrumentSpec:
        """Convert a row to its neutral form. Raises ``DecodeError``."""
        return row.to_spec()
