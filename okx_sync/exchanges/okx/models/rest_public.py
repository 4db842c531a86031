"""Rows of public calls that no stream pushes."""

from __future__ import annotations

from okx_sync.models import Row, model


@model
class SystemTime(Row):
    """The exchange's clock."""

    # Epoch ms.
    ts: int | None = None


@model(positional=True)
class Underlyings(Row):
    """Underlying indices of a type of instrument (``public/underlying``): a bare list of names."""

    @property
    def names(self) -> tuple[str, ...]:
        """The indices: ``"BTC-USD"``, ``"ETH-USDT"``, ..."""
        return tuple(map(str, self.raw or ()))


@model
class BinaryBook(Row):
    """An order book as OKX's SBE schema encodes it (``market/books-sbe``); decoding is left to the caller."""

    @property
    def body(self) -> bytes:
        """The message, undecoded."""
        found = self.extra.get("body", b"")
        return found if isinstance(found, bytes) else b""
