"""What a publisher does with orders for followers: each call by its name, checked against the rules."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import attrs

from okx_sync.algo_types import AlgoUpdate
from okx_sync.errors import ConfigError, DecodeError, OrderStatusUnknown
from okx_sync.fanout.serving_rules import ServingRules
from okx_sync.live.algo_source import AlgoMakers, AlgoQueries, AlgoSource
from okx_sync.live.algos import last_row
from okx_sync.live.order_access import OrderAccess
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.close_position import CloseRequest, PreparedClose
from okx_sync.state.orders.order_state import OrderState, PreparedOrder
from okx_sync.types import OrderUpdate

__all__ = ["OrderCalls", "failed"]

_CHANGING: Final = frozenset(
    {"place", "amend", "cancel", "cancel_many", "close", "place_algo", "amend_algo", "cancel_algo"}
)
"""Calls after which something may be different at the exchange."""

_MOST_PREPARED: Final = 1_000
_INSTRUMENT_WORDS: Final = frozenset({"inst_id", "instId", "symbol", "instrument_id", "inst_id_code", "instIdCode"})


class OrderCalls:
    """Carries out calls on the orders of a client.

    Orders that the client knows are taken as it knows them, whatever a follower says of them.

    Args:
        access: The client's orders.
        rules: What is allowed.
        name: The publisher's, for refusals.
    """

    def __init__(self, access: OrderAccess, rules: ServingRules, name: str) -> None:
        self._access = access
        self._rules = rules
        self._name = name
        self._prepared: OrderedDict[str, PreparedClose] = OrderedDict()  # what ``closings`` found, until it is sent
        self._calls: dict[str, Callable[..., Any]] = {
            one.__name__: one
            for one in (
                self.place, self.amend, self.cancel, self.cancel_many, self.open_orders, self.look_up, self.fills_of,
                self.closings, self.close, self.new_algo, self.place_algo, self.amend_algo, self.cancel_algo,
                self.open_algos, self.look_up_algo, self.makers_of, self.became,
            )
        }  # fmt: skip

    def run(self, call: str, args: Sequence[Any], left_s: float) -> Any:
        """Carry out a call within the seconds that are left. Raises what it raises."""
        made = self._calls.get(call)
        if made is None:
            raise ConfigError(
                f"the publisher {self._name} knows no {call!r}", hint="use the same version on both sides"
            )
        try:
            return made(*args, **({"left_s": left_s} if call in ("place", "amend") else {}))
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:
                raise DecodeError(f"the arguments of {call} cannot be read", text=repr(args)) from error
            raise

    def _check(self, verb: str, inst_id: str | None) -> None:
        self._rules.check(verb, inst_id, self._name)

    # -- orders --------------------------------------------------------------------------------------------------

    def place(self, new: PreparedOrder, *, left_s: float) -> str | None:
        """Send an order; its own ``timeout`` is what is left of the request's."""
        _is_a(new, PreparedOrder)
        self._check("place", new.inst_id)
        _check_options(new.options)
        return self._access.source.place(attrs.evolve(new, options={**new.options, "timeout": left_s}))

    def amend(self, order: OrderState, size: Any, price: Any, options: Mapping[str, Any], *, left_s: float) -> None:
        """Ask for a change of an order."""
        order = self._known(order)
        self._check("amend", order.inst_id)
        _check_options(options)
        self._access.source.amend(order, size, price, {**options, "timeout": left_s})

    def cancel(self, order: OrderState) -> bool:
        """Ask for the end of an order."""
        order = self._known(order)
        self._check("cancel", order.inst_id)
        return self._access.source.cancel(order)

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[Any, Any]]:
        """Ask for the end of several orders."""
        known = [self._known(order) for order in orders]
        for order in known:
            self._check("cancel_all", order.inst_id)
        return [tuple(one) for one in self._access.source.cancel_many(known)]  # type: ignore[misc]

    def _known(self, order: OrderState) -> OrderState:
        _is_a(order, OrderState)
        handle = self._access.manager.get(order.order_id, order.client_order_id)
        return order if handle is None else handle.snapshot()

    # -- questions -----------------------------------------------------------------------------------------------

    def open_orders(self, inst_id: str | None = None) -> list[OrderUpdate]:
        """List the open orders. Raises the first error of one that cannot be read."""
        listed = self._access.source.open_orders(inst_id)
        if listed.lost:
            raise listed.lost[0]
        return listed.updates

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Look an order up."""
        _is_a(order, OrderState)
        return self._access.source.look_up(order)

    def fills_of(self, order: OrderState) -> list[Any]:
        """List the fills of an order."""
        return self._access.source.fills_of(self._known(order))

    # -- closing positions ---------------------------------------------------------------------------------------

    def closings(self, request: CloseRequest) -> list[dict[str, Any]]:
        """Find the positions that are meant, and keep how each is closed, by a name."""
        _is_a(request, CloseRequest)
        self._check("close_position", request.inst_id)
        _check_options(request.options)
        told = []
        for one in self._access.source.closings(request).each:
            name = uuid.uuid4().hex
            self._prepared[name] = one
            while len(self._prepared) > _MOST_PREPARED:
                self._prepared.popitem(last=False)
            nothing = sorted(one.nothing) if isinstance(one.nothing, frozenset) else []
            shared = {"position": one.position, "order": one.order, "is_named": one.is_named, "nothing": nothing}
            told.append({"name": name, **shared})
        return told

    def close(self, name: str) -> list[Any]:
        """Send what closes a position, once."""
        prepared = self._prepared.pop(name, None)
        if prepared is None:
            raise ConfigError("this publisher did not find that position", hint="call close_position() again")
        self._check("close_position", prepared.position.inst_id)
        return list(prepared.send())

    # -- algo orders ---------------------------------------------------------------------------------------------

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        """Make and check an algo order."""
        new = self._algos.sender.new_algo(words)
        self._check("place_algo", new.inst_id)
        return new

    def place_algo(self, new: PreparedAlgo) -> str | None:
        """Send an algo order."""
        _is_a(new, PreparedAlgo)
        self._check("place_algo", new.inst_id)
        return self._algos.sender.place_algo(new)

    def cancel_algo(self, algo: AlgoState) -> bool:
        """Ask for the end of an algo order."""
        algo = self._known_algo(algo)
        self._check("cancel_algo", algo.inst_id)
        return self._algos.sender.cancel_algo(algo)

    def amend_algo(self, algo: AlgoState, changes: Mapping[str, Any]) -> None:
        """Ask for a change of an algo order."""
        algo = self._known_algo(algo)
        self._check("amend_algo", algo.inst_id)
        _check_options(changes)
        self._algos.sender.amend_algo(algo, changes)

    def open_algos(self, inst_id: str | None = None) -> list[Any]:
        """List the open algo orders. Raises the first error of one that cannot be read."""
        listed = self._algo_queries.open_algos(inst_id)
        if listed.lost:
            raise listed.lost[0]
        return listed.updates

    def look_up_algo(self, algo: AlgoState) -> Any:
        """Look an algo order up."""
        _is_a(algo, AlgoState)
        return self._algo_queries.look_up_algo(algo)

    def makers_of(self, made: AlgoUpdate, parent: str) -> list[str]:
        """List the orders that may have brought an algo order; by the orders that this client knows."""
        _is_a(made, AlgoUpdate)
        return sorted(self._algo_makers.makers_of(made, parent, partial(last_row, self._access.manager)))

    def became(self, algo: AlgoState) -> Any:
        """Tell what became of what an order brings that is over; None where this client does not know that order."""
        _is_a(algo, AlgoState)
        row = last_row(self._access.manager, algo.parent_order_id or "", set())
        return None if row is None else self._algo_makers.became(algo, row)

    @property
    def _algos(self) -> AlgoSource:
        if self._access.algos is None:
            raise ConfigError("this client follows no algo orders", hint="the publisher's client says why")
        return self._access.algos

    @property
    def _algo_queries(self) -> AlgoQueries:
        queries = self._algos.queries
        if queries is None:
            raise ConfigError(
                "nobody can be asked about algo orders here", hint="give the publisher's config rest_url="
            )
        return queries

    @property
    def _algo_makers(self) -> AlgoMakers:
        makers = self._algos.makers
        if makers is None:
            raise ConfigError("rows of this exchange name the order of an algo order: nobody need be asked")
        return makers

    def _known_algo(self, algo: AlgoState) -> AlgoState:
        _is_a(algo, AlgoState)
        handle = self._access.manager.algos.get(algo.algo_id, algo.client_order_id)
        return algo if handle is None else handle.snapshot()


def failed(call: str, error: Exception) -> Exception:
    """Return what a follower is told of an error that is no ``OkxError``."""
    text = f"the publisher failed: {type(error).__name__}"
    return OrderStatusUnknown(text, clOrdId="") if call in _CHANGING else ConfigError(text)


def _is_a(value: object, kind: type) -> None:
    if not isinstance(value, kind):
        raise DecodeError(f"a {kind.__name__} is wanted, and not {type(value).__name__}", text=repr(value))


def _check_options(options: Mapping[str, Any]) -> None:
    """Raise ``ConfigError`` for a second instrument: the first one is what the rules are for."""
    twice = sorted(_INSTRUMENT_WORDS & options.keys())
    if twice:
        raise ConfigError(f"{', '.join(twice)} says the instrument once more", hint="name it once")
