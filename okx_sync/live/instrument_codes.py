"""The numbers by which some exchanges' streams know instruments."""

from __future__ import annotations

from typing import Protocol

from okx_sync.errors import ConfigError

__all__ = ["InstrumentCodes", "NoCodes"]


class InstrumentCodes(Protocol):
    """Numbers of instruments."""

    def code(self, inst_id: str) -> int:
        """Return the number by which the exchange's streams know an instrument.

        Raises ``OkxError`` when there is none.
        """

    def doubt(self, inst_id: str) -> None:
        """Ask for the number again when it is needed next: the exchange did not accept it."""


class NoCodes:
    """No numbers: the exchange's instruments go out by name."""

    def code(self, inst_id: str) -> int:
        """Raise ``ConfigError``."""
        raise ConfigError(f"the instruments of this exchange have no numbers: {inst_id}")

    def doubt(self, inst_id: str) -> None:
        """Do nothing: there are no numbers to doubt."""
