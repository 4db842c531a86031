"""OKX's rows of the channel table: what every exchange has, and what only OKX has."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import frozen

from okx_sync.exchanges.channel import Channel as AnyChannel
from okx_sync.lazy import LateNames

if TYPE_CHECKING:
    from okx_sync.exchanges.okx import models
else:
    # For the rows of the table: naming a channel's model there does not load it.
    models = LateNames("okx_sync.exchanges.okx.models")

__all__ = ["Channel", "StreamPath", "models"]

StreamPath = Literal["public", "private", "business"]


@frozen(kw_only=True)
class Channel(AnyChannel):
    """One kind of stream of OKX."""

    examples: ClassVar = {
        "instType": "SPOT",
        "instId": "BTC-USDT",
        "instFamily": "BTC-USD",
        "sprdId": "BTC-USDT_BTC-USDT-SWAP",
        "algoId": "123",
    }

    path: StreamPath
    omits: tuple[str, ...] = ()
    """Arguments that OKX may leave out of the ``arg`` it sends back."""
    fee_tier: str | None = None
    """Lowest fee tier of an account that may subscribe; OKX refuses others with 64003."""
