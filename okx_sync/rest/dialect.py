"""What an exchange must tell the caller about its REST speech; no I/O.

The caller knows exchanges only through :class:`RestDialect`: how a call is signed, how an answer is read, and
what an error code means for repeating the call.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from okx_sync.errors import OkxError, OrderStatusUnknown
from okx_sync.rest.algo_intent import AlgoIntent
from okx_sync.rest.order_intent import OrderIntent

__all__ = ["Again", "Call", "Reply", "RestDialect"]

Again = Literal["no", "read", "any", "clock", "unknown", "late"]
"""What a failure means for the same call: do not repeat it; a reading call may be repeated; any call may (it
was refused before anything happened); repeat it once the clock is set; nobody knows whether it was carried out;
the same, and the caller's time is over as well."""


@frozen
class Call:
    """One request before it is signed. ``query`` and ``body`` are the exact texts that go out.

    ``binary``: an answer that is not JSON is the result, as the one row ``{"body": bytes}``.
    """

    method: str
    path: str
    query: str = ""
    body: str = field(default="", repr=False)  # some endpoints carry a passphrase in it
    signed: bool = False
    headers: Mapping[str, str] = field(factory=dict)
    binary: bool = False

    @property
    def target(self) -> str:
        """Path with query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@frozen(slots=False)  # made for each answer, and without slots in half the time
class Reply:
    """An answer of the exchange. ``ok`` tells whether ``rows`` are results; ``code`` and ``message`` as sent.

    ``beside``: what the answer says about all of its rows, for instance how many pages there are. An answer to a batch
    of orders that was judged has one row for each order: ``unknown`` are the numbers of those of which it tells
    nothing, ``lost`` the error that names them, ``unmatched`` the rows that are of none of the orders.
    ``exhausted_s``: for how many seconds the exchange said that this endpoint has nothing left.
    ``has_data`` is False when the answer lacks the place where rows stand: it does not say that there are none.
    ``is_list``: the data of the answer was the list of rows itself, and no object around it.
    ``is_object``: the one row is an object that stands where this exchange has its lists.
    """

    ok: bool
    code: str
    message: str
    rows: list[Any]
    beside: Mapping[str, Any] = field(factory=dict)
    unknown: frozenset[int] = frozenset()
    lost: OrderStatusUnknown | None = None
    unmatched: tuple[Any, ...] = ()
    has_data: bool = True
    is_list: bool = False
    exhausted_s: float = 0.0
    is_object: bool = False


class RestDialect(ABC):
    """One exchange's REST speech, for one account and environment."""

    environment: str
    """What errors call this place, for example ``"okx global live"``."""
    base_url: str
    """Scheme and host, no slash at the end."""
    account: str
    """Something that tells accounts apart, for pacing; empty without credentials."""
    can_sign: bool
    """True when there are credentials."""
    time_path: ClassVar[str]
    """The unsigned endpoint that tells the server's time."""
    order_keys: ClassVar[tuple[str, ...]]
    """Wire names that identify an order: instrument, the exchange's id, the caller's own id."""
    order_scope: ClassVar[tuple[str, ...]] = ()
    """Wire names of what an order lies in, which a look-up needs beside its ids; of a batch they may be said once."""
    own_ids: ClassVar[tuple[str, ...]] = ()
    """Those of ``order_keys`` that the caller chooses, the usual one first; by default the last one."""
    product_keys: ClassVar[tuple[str, ...]] = ()
    """Those of ``order_scope`` that name the product type of an order."""
    journaled: ClassVar[frozenset[str]] = frozenset()
    """Paths of the calls that place orders which the stream of orders tells of: a journal holds these."""
    journaled_algos: ClassVar[frozenset[str]] = frozenset()
    """Those that place algo orders, with an id of the caller's own: a journal holds these while they are followed."""
    new_ids: ClassVar[tuple[str, ...]] = ()
    """Those of ``order_keys`` of which the receipt of a new order has one: the exchange gives them."""
    lost_hint: ClassVar[str] = "client.reconcile(error) looks it up"
    """What to do about an order of which nobody knows whether it got there."""
    writing_gets: ClassVar[frozenset[str]] = frozenset()
    """Paths, not declared as endpoints, that change something although they are asked with GET."""
    every_call: ClassVar[tuple[str, ...]] = ()
    """Rate limits that all calls count towards, as in ``okx_sync.rest.limits``."""

    @abstractmethod
    def headers(self, call: Call, now_s: float) -> dict[str, str]:
        """Make all headers of one attempt, signed for ``now_s`` (the server's clock) if the call is signed.

        Values that must not be shown are texts with a hidden repr.
        """

    @abstractmethod
    def read(self, payload: Any) -> Reply | None:
        """Return the reply that a parsed JSON body stands for; None when it is not one of this exchange."""

    @abstractmethod
    def row_refusal(self, row: Any) -> tuple[str, str] | None:
        """Return (code, message) of a row that carries its own verdict and was refused; None when it was not."""

    def row_accepted(self, row: Any, reply: Reply, alone: bool) -> bool:  # noqa: ARG002
        """Tell whether a row says that its order was accepted; where rows say nothing, its ``reply`` counts.

        ``alone``: it answers the request of a single order.
        """
        return reply.ok and self.row_refusal(row) is None

    @abstractmethod
    def error(self, code: str, message: str, *, status: int | None, rows: list[Any]) -> OkxError:
        """Make the error for a refusal."""

    def order_intent(self, path: str, row: Mapping[str, Any]) -> OrderIntent | None:  # noqa: ARG002
        """Return what a row of a call that places or changes orders asks for; None where that cannot be said.

        ``path``: of the call; ``row`` by wire name, with what the call says of all of its orders.
        """
        return None

    def algo_intents(self, path: str, row: Mapping[str, Any]) -> Sequence[AlgoIntent]:  # noqa: ARG002
        """Return the algo orders that a row of a journaled call asks for: itself, or what its order brings with it.

        Arguments as of :meth:`order_intent`.
        """
        return ()

    def hint_at_name(self, params: Mapping[str, Any]) -> str | None:  # noqa: ARG002
        """Return a hint at a parameter of a refused call whose name this exchange spells in another way."""
        return None

    @abstractmethod
    def again(self, code: str, status: int) -> Again:
        """Decide what a refusal with ``code`` (and HTTP ``status``) means for the same call."""

    @abstractmethod
    def server_time(self, reply: Reply) -> float:
        """Return the seconds since the epoch in an answer of ``time_path``."""

    def exhausted_s(self, headers: Mapping[str, str], now_s: float) -> float | None:  # noqa: ARG002
        """Seconds until this endpoint may be called again, where the ``headers`` of an answer say so; else None.

        ``now_s`` is the server's clock.
        """
        return None

    def stop_s(self, status: int, body: bytes) -> float | None:  # noqa: ARG002
        """Seconds for which every call of this address will be refused, where an answer that is no JSON says so."""
        return None

    def body(self, value: Any) -> Any:
        """Return the body of a call, numbers as text, in the types that the exchange wants."""
        return value

    def limit_value(self, name: str, params: Mapping[str, Any]) -> str:
        """Return the value by which a rate limit on parameter ``name`` tells buckets apart."""
        return str(params.get(name, ""))
