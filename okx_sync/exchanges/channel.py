"""``Channel``: one kind of stream as the engine, the client and the documentation see it, on any exchange."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Hashable, Mapping
from typing import Any, ClassVar

import attrs
from attrs import field, frozen

from okx_sync.lazy import LateName
from okx_sync.rows import Row

__all__ = ["Channel"]


@frozen(kw_only=True, slots=False)  # so that what follows from a declaration is found out once
class Channel:
    """One row of a channel table, made of a declaration over a method (``declared``), or written out.

    An exchange with facts of its own derives from it.

    ``name`` is the wire's name; a word in braces at its end (``{bar}``) stands for a family. A channel is asked with
    the arguments ``required`` and, if wanted, ``optional``; of ``one_of`` at least one must be given. ``values`` lists
    what an argument may be, where that is a closed list.
    """

    examples: ClassVar[Mapping[str, str]] = {}
    """Values of arguments for hints, by the wire's name of the argument, in the order of the documentation."""
    protocols: ClassVar[Mapping[str, str]] = {}
    """What docstrings call the exchange's protocols, where a method may serve several."""

    name: str
    """Wire name, with ``{bar}`` for candle families, ``{depth}`` for books, ..."""
    path: str
    """Which of the exchange's WebSocket paths serves it."""
    _model: type[Row] | LateName
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
    defaults: Mapping[str, str] = field(factory=dict)
    """What an argument is when nobody gives it."""
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
    partial: bool = False
    """Rows of updates carry only what changed since the last row of the same ``key``."""
    quiet: bool = False
    """Driven by events only: silence means nothing, so the silence watchdog leaves it alone."""
    note: str = ""
    """What else one should know before using it: deprecated, legacy, not everywhere."""
    gone: str = ""
    """That the exchange has ended it, and what took its place: whoever subscribes it is warned."""

    @functools.cached_property
    def model(self) -> type[Row]:
        """What subscribers receive, one per row of a push."""
        model: type[Row] = self._model() if isinstance(self._model, LateName) else self._model
        return model

    @functools.cached_property
    def variable(self) -> str:
        """What the wire name of a family ends in (``"bar"``); empty for a channel that is none."""
        return self.name.partition("{")[2].rstrip("}")

    @functools.cached_property
    def is_family(self) -> bool:
        """True for candles and the like, whose wire name ends in a word that varies."""
        return self.name.endswith("}")

    @functools.cached_property
    def prefix(self) -> str:
        """The name without what varies."""
        return self.name.partition("{")[0]

    @functools.cached_property
    def arguments(self) -> tuple[str, ...]:
        """Every argument it takes, in the order of the documentation."""
        return (*self.required, *self.one_of, *self.optional)

    @functools.cached_property
    def coalesced_by(self) -> Callable[[Any], Hashable] | None:
        """What the policy ``latest`` tells rows apart by; None where the whole topic has one newest row."""
        return operator.attrgetter(*self.key) if self.key else None

    @functools.cached_property
    def lag_field(self) -> str | None:
        """The field by which lag is measured.

        None for candles, whose time is when the bar began; and for what begins with a list of account data, whose times
        are of the last change, long ago maybe.
        """
        if "ts" in self.key or (self.private and self.snapshot):
            return None
        names = {one.name for one in attrs.fields(self.model)}
        return next((name for name in ("ts", "uTime") if name in names), None)

    def wire_names(self) -> tuple[str, ...]:
        """Return every concrete channel name that this row stands for."""
        if not self.is_family:
            return (self.name,)
        return tuple(self.prefix + bar for bar in self.values[self.variable])

    def sample(self) -> Mapping[str, Any]:
        """Return arguments of an example, for hints: the required ones and the first of ``one_of``."""
        names = (*self.required, *self.one_of[:1])
        return {name: self.values.get(name, (self.examples.get(name, "..."),))[0] for name in names}
