"""``Channel``: what the engine, the client and the documentation must know of one kind of stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from okx_sync.models import Row

__all__ = ["Channel", "StreamPath"]

StreamPath = Literal["public", "private", "business"]


@frozen(kw_only=True)
class Channel:
    """One row of the channel table.

    ``name`` is the wire's name; ``{bar}`` in it stands for a candle bar. A channel is asked with the arguments
    ``required`` and, if wanted, ``optional``; of ``one_of`` at least one must be given. ``values`` lists what an
    argument may be, where that is a closed list.
    """

    name: str
    """Wire name, with ``{bar}`` for candle families."""
    path: StreamPath
    """Which of the three WebSocket paths serves it."""
    model: type[Row]
    """What subscribers receive, one per row of a push."""
    method: str
    """The typed method of the client."""
    cadence: str
    """How often it pushes, in words."""
    login: bool = False
    """Only after a login on the same socket."""
    private: bool = False
    """Account data: must not be lost, an outage is a gap that the user hears of."""
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(factory=dict)
    key: tuple[str, ...] = ()
    """Fields of the model that say what a row is about: a newer row of the same key replaces an older one.
    Empty where rows are changes that build on each other: those must not be coalesced."""
    identity: tuple[str, ...] = ()
    """Fields that make an event unique, for dropping repeats. Empty: only an equal row is a repeat."""
    snapshot: bool = False
    """The first push after subscribing carries the present state."""
    paged: bool = False
    """A snapshot may come in several pages."""
    sequenced: bool = False
    """Pushes carry sequence numbers and build on each other (order books)."""
    quiet: bool = False
    """Driven by events only: silence means nothing, so the silence watchdog leaves it alone."""
    omits: tuple[str, ...] = ()
    """Arguments that OKX may leave out of the ``arg`` it sends back."""
    fee_tier: str | None = None
    """Lowest fee tier of an account that may subscribe; OKX refuses others with 64003."""
    note: str = ""
    """What else one should know before using it: deprecated, legacy, not everywhere."""

    @property
    def is_family(self) -> bool:
        """True for candles, whose wire name ends in the bar."""
        return self.name.endswith("{bar}")

    @property
    def prefix(self) -> str:
        """The name without ``{bar}``."""
        return self.name.removesuffix("{bar}")

    @property
    def arguments(self) -> tuple[str, ...]:
        """Every argument it takes, in the order of the documentation."""
        return (*self.required, *self.one_of, *self.optional)

    def wire_names(self) -> tuple[str, ...]:
        """Every concrete channel name this row stands for."""
        if not self.is_family:
            return (self.name,)
        return tuple(self.prefix + bar for bar in self.values["bar"])

    def sample(self) -> Mapping[str, Any]:
        """Arguments of an example, for hints: the required ones and the first of ``one_of``."""
        names = (*self.required, *self.one_of[:1])
        return {name: self.values.get(name, (_SAMPLES.get(name, "..."),))[0] for name in names}


_SAMPLES = {
    "instType": "SPOT",
    "instId": "BTC-USDT",
    "instFamily": "BTC-USD",
    "sprdId": "BTC-USDT_BTC-USDT-SWAP",
    "algoId": "123",
}
