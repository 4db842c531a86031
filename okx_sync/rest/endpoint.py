"""Endpoints are declared, not written out: a method without a body is a whole endpoint.

::

    class Market(Group, group="market"):
        @get("/api/v5/market/ticker", "20/2s ip")
        def get_ticker(self, inst_id: str) -> Ticker:
            \"\"\"The newest price of an instrument.\"\"\"

The signature gives the parameters (``inst_id`` goes out as ``instId``), the return annotation says what comes
back: ``Model`` one row, ``list[Model]`` all rows, ``BatchResult[Model]`` rows that carry their own verdict,
``None`` nothing.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Literal,
    Protocol,
    TypeVar,
    Unpack,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from attrs import define, field

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.rest.arguments import (
    GROWING,
    JSON_FLAGS,
    STRICT,
    Param,
    RowWords,
    bind,
    check_choices,
    check_together,
    param_of,
)
from okx_sync.rest.batch import BatchResult
from okx_sync.rest.encoding import header_text, wire_name, wire_value, with_flags
from okx_sync.rest.endpoint_doc import with_raises
from okx_sync.rest.endpoint_options import Action, Options
from okx_sync.rest.limits import RateLimit
from okx_sync.rows import Row, RowList, decoder

if TYPE_CHECKING:
    from okx_sync.rest.dialect import Reply

__all__ = ["GROWING", "STRICT", "Carrier", "Endpoint", "Group", "Options", "Param", "get", "post"]

Shape = Literal["one", "list", "batch", "none"]
_MISSING: Final = object()


class Carrier(Protocol):
    """Whatever carries out a declared endpoint (the executor)."""

    def page(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> tuple[list[Any], Mapping[str, Any]]:
        """Send the call of a listing; its rows, and what the answer says beside them."""

    def run(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Send the call and return what the endpoint's annotation says."""


@define(eq=False)
class Endpoint:
    """A declared endpoint. ``method``, ``path``, ``group``, ``name``, ``model``, ``auth``, ``params``, ..."""

    method: str
    path: str
    limits: tuple[RateLimit, ...]
    function: Callable[..., Any] = field(repr=False)
    options: Options = field(repr=False)
    group: str = ""

    @functools.cached_property
    def name(self) -> str:
        """The method's name in its group."""
        return self.function.__name__

    @functools.cached_property
    def auth(self) -> bool:
        """True when calls are signed."""
        return self.options.get("auth", self.method == "POST")

    @functools.cached_property
    def reads(self) -> bool:
        """True when a call changes nothing at the exchange, so that ``read_only`` and ``dry_run`` let it pass."""
        return self.options.get("reads", self.method == "GET")

    @functools.cached_property
    def is_order(self) -> bool:
        """True when it places, amends or cancels orders."""
        return bool(self.options.get("order", False))

    @functools.cached_property
    def action(self) -> Action | None:
        """What it does to orders, if it is one of these."""
        action = self.options.get("order", False)
        return None if isinstance(action, bool) else action

    @functools.cached_property
    def judged(self) -> bool:
        """True when rows carry their own verdict."""
        return self.options.get("judged", self.is_order)

    @functools.cached_property
    def counted(self) -> tuple[str, ...]:
        """The parameters, by wire name, whose values say what a single call takes from which limit."""
        return tuple(dict.fromkeys(name for rule in self.limits for name in (*rule.by, *(rule.only or ())[:1])))

    @functools.cached_property
    def signature(self) -> inspect.Signature:
        """The method's signature without ``self``, and without the keywords that are other words for parameters."""
        whole = inspect.signature(self.function)
        own = [one for one in list(whole.parameters.values())[1:] if one.kind is not one.VAR_KEYWORD]
        return whole.replace(parameters=own)

    @functools.cached_property
    def params(self) -> tuple[Param, ...]:
        """The parameters in the order of the signature."""
        hints = get_type_hints(self.function, include_extras=True)
        names = {**self.options.get("wires", {}), **self.options.get("header", {})}
        needs = self.options.get("needs", ())
        apart = {*self.options.get("header", {}), self.options.get("rows")}
        return tuple(
            param_of(
                one.name,
                names.get(one.name) or wire_name(one.name),
                hints[one.name],
                required=one.default is one.empty or one.name in needs,
                checked=self.is_order and one.name != self.options.get("rows"),
                most=self.options.get("most", {}).get(one.name),
                flags=self.options.get("flags", JSON_FLAGS),
                apart=one.name in apart,
            )
            for one in self.signature.parameters.values()
        )

    @functools.cached_property
    def rows_name(self) -> str | None:
        """The wire name of the parameter that lists the orders of a batch; None where it is none."""
        name = self.options.get("rows")
        return None if name is None else wire_name(name)

    @functools.cached_property
    def _row_words(self) -> RowWords | None:
        """The words of the rows of a batch; None where they have no class of their own."""
        name = self.options.get("rows")
        if name is None:
            return None
        inside = get_args(get_type_hints(self.function).get(name))
        for row in (one for part in inside for one in (part, *get_args(part)) if attrs.has(one)):
            return RowWords(
                row,
                self.options.get("aliases", {}),
                closed=self.is_order,
                need_one=self.options.get("need_one", ()),
                at_most_one=self.options.get("at_most_one", ()),
                flags=self.options.get("flags", JSON_FLAGS),
            )
        return None

    @functools.cached_property
    def result(self) -> tuple[Shape, type[Row]]:
        """How many rows come back, and of which class."""
        annotation = get_type_hints(self.function).get("return")
        if annotation is type(None):
            return "none", Row
        shapes: dict[Any, Shape] = {list: "list", BatchResult: "batch"}
        shape = shapes.get(get_origin(annotation), "one")
        model = annotation if shape == "one" else get_args(annotation)[0]
        if not (isinstance(model, type) and issubclass(model, Row)):
            raise TypeError(f"{self.name} must say which rows it returns, not {annotation!r}")
        return shape, model

    @functools.cached_property
    def model(self) -> type[Row]:
        """The class of a result row."""
        return self.result[1]

    def load(self) -> None:
        """Work out what the first call would: parameters and rows, from the annotations."""
        _ = self.signature, self.params, self._row_words, self._decoder

    def bind(self, args: tuple[Any, ...], kwargs: Mapping[str, Any], also: tuple[str, ...] = ()) -> dict[str, Any]:
        """Match arguments with Python names. ``also``: words that the caller takes himself, for hints.

        Raises ``ConfigError``, which is a TypeError then, for a wrong set of them.
        """
        names, found = self._positional, dict(self._blank)
        given = names[: len(args)]
        found.update(zip(given, args, strict=False))
        found.update(kwargs)
        is_right = len(args) <= len(names) and len(found) == len(self._blank) and kwargs.keys().isdisjoint(given)
        if is_right and all(found[name] is not _MISSING for name in self._needed):
            return found
        return bind(self.name, self.signature, self._aliases, args, kwargs, also)  # by other words, or wrong

    @functools.cached_property
    def _positional(self) -> tuple[str, ...]:
        """The names of the parameters that need no keyword."""
        kinds = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD
        return tuple(one.name for one in self.signature.parameters.values() if one.kind in kinds)

    @functools.cached_property
    def _blank(self) -> dict[str, Any]:
        """The arguments by name, in order, of a call that gives none; ``_MISSING`` for those that it must give."""
        own = self.signature.parameters.values()
        return {one.name: _MISSING if one.default is one.empty else one.default for one in own}

    @functools.cached_property
    def _needed(self) -> tuple[str, ...]:
        """The names of the arguments that every call must give."""
        return tuple(name for name, value in self._blank.items() if value is _MISSING)

    @functools.cached_property
    def is_filled(self) -> bool:
        """Tell whether ids are filled in where the caller gave none, or rows are to be counted."""
        return "fill" in self.options or "rows" in self.options

    @functools.cached_property
    def _aliases(self) -> Mapping[str, str]:
        return self.options.get("aliases", {})

    @functools.cached_property
    def _choices(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of which parameters one must be given, and of which at most one may be. For batches, their rows know."""
        if "rows" in self.options:
            return (), ()
        return self.options.get("need_one", ()), self.options.get("at_most_one", ())

    def to_wire(self, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Return (parameters by wire name, headers) of checked arguments; what was not given is left out.

        Raises :class:`ConfigError` naming the parameter that cannot be sent.
        """
        headers, rows = self.options.get("header", {}), self.options.get("rows")
        params: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for param in self.params:
            value = arguments.get(param.name)
            if value is None and not param.required:  # as most are
                continue
            if type(value) is str and value and (param.texts is None or value in param.texts) and value.isascii():
                params[param.wire] = value  # as most that are given: it goes out as it is
                continue
            if value is not None and param.is_checked:
                value = param.taken(value)
            if value is not None and param.name == rows and self._row_words:
                value = self._rows_taken(rows, value)
            converted = wire_value(param.name, value)
            if converted is None and param.required:
                others = [word for word, own in self._aliases.items() if own == param.name]
                same = f"; {', '.join(others)} says the same" if others else ""
                raise ConfigError(f"{param.name} is missing", hint=f"{self.name} needs it{same}")
            if converted is None:
                continue
            where, value = (extra, header_text(param.name, converted)) if param.name in headers else (params, converted)
            where[param.wire] = value
        if self._choices != ((), ()):
            check_choices(self.name, arguments.get, *self._choices)
        for (name, value), names in self.options.get("need_one_if", {}).items():
            if arguments.get(name) == value:
                check_choices(f"{self.name} of {name} {value}", arguments.get, names, ())
        if "flags" in self.options:
            params = with_flags(params, self.options["flags"])
        if "together" in self.options:
            check_together(self.name, arguments.get, self.options["together"])
        if "check" in self.options:
            self.options["check"]([params] if self.rows_name is None else params.get(self.rows_name, ()))
        return params, extra

    def _rows_taken(self, name: str, value: Any) -> Any:
        """Return the rows of a batch, each checked."""
        if not isinstance(value, list | tuple):
            if self.is_order and value != "":
                hint = "a list with an object or a mapping for each order"
                raise ConfigError(f"{name} cannot be a {type(value).__name__}", hint=hint)
            return value
        assert self._row_words is not None
        return [self._row_words.row(f"{name}[{i}]", row) for i, row in enumerate(value)]

    def unpacked(self, reply: Reply) -> Reply:
        """Return a reply whose rows are those of the list in the answer's object, where it has one."""
        if (key := self.options.get("text_key")) is not None:
            return attrs.evolve(reply, rows=[{key: row} if isinstance(row, str) else row for row in reply.rows])
        name = self.options.get("list_key")
        if name is None or reply.is_list or not reply.rows or not isinstance(reply.rows[0], dict):
            return reply
        whole = reply.rows[0]
        beside = {**reply.beside, **{key: value for key, value in whole.items() if key != name}}
        rows = whole.get(name, "")
        is_there = rows is None or isinstance(rows, list)
        return attrs.evolve(
            reply, rows=(rows or []) if is_there else [], beside=beside, has_data=is_there, is_object=not is_there
        )

    def decode(self, reply: Reply, params: Mapping[str, Any]) -> Any:
        """Decode the rows of a reply as the annotation says."""
        shape, _ = self.result
        if shape == "none":
            return None
        if shape == "list" and self._is_untold(reply):
            raise DecodeError(f"{self.method} {self.path} answered without its list", retryable=True)
        found = [reply.rows] if self.options.get("flat") and reply.rows else reply.rows
        if not found and self.options.get("empty"):
            found = [{}]
        envelope = {**reply.beside, **{name: params[name] for name in self.options.get("told", ()) if name in params}}
        if "channel" in self.options:  # as a push of it would, so that a row alone tells its instrument and bar
            envelope["arg"] = {"channel": self.options["channel"].format_map(params), **params}
        rows = self._decoder(found, envelope)
        if shape == "batch":
            for number in reply.unknown:  # the row must not look accepted either
                rows[number] = self._decoder([found[number]], {**envelope, "unanswered": True})[0]
            unmatched = self._decoder([row for row in reply.unmatched if isinstance(row, dict)], envelope)
            return BatchResult(cast(Any, rows), unknown=reply.unknown, lost=reply.lost, unmatched=cast(Any, unmatched))
        if shape == "one" and not (rows and (found[0] or self.reads or self.options.get("empty"))):
            raise DecodeError(f"{self.method} {self.path} answered without a row")
        return RowList(rows) if shape == "list" else rows[0]

    def _is_untold(self, reply: Reply) -> bool:
        """Tell whether an answer lacks its list, and must not look like "there is nothing": no order, no position."""
        if not reply.rows:
            is_needed = self.reads or self.is_order
            return self.options.get("names_orders", False) or (is_needed and not reply.has_data)
        return reply.is_object  # which stands in the place of the list: it is no row

    @functools.cached_property
    def _decoder(self) -> Callable[[list[Any], dict[str, Any]], list[Any]]:
        return decoder(self.model)


F = TypeVar("F", bound=Callable[..., Any])


def get(path: str, *limits: str, **options: Unpack[Options]) -> Callable[[F], F]:
    """Declare a reading endpoint. ``limits`` as in ``okx_sync.rest.limits``."""
    return _declare("GET", path, limits, options)


def post(path: str, *limits: str, **options: Unpack[Options]) -> Callable[[F], F]:
    """Declare a writing endpoint; it is signed and never repeated unless it certainly was not carried out."""
    return _declare("POST", path, limits, options)


def _declare(method: str, path: str, limits: tuple[str, ...], options: Options) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        endpoint = Endpoint(method, path, tuple(map(RateLimit.parse, limits)), function, options)
        function.__doc__ = with_raises(
            function.__doc__, reads=endpoint.reads, auth=endpoint.auth, is_order=endpoint.is_order
        )

        @functools.wraps(function)
        def call(self: Group, *args: Any, **kwargs: Any) -> Any:
            return self._carrier.run(endpoint, endpoint.bind(args, kwargs))

        call.endpoint = endpoint  # type: ignore[attr-defined]
        if "aliases" in options:  # which stand for parameters: what is shown are those, each once
            shown = inspect.signature(function)
            own = [one for one in shown.parameters.values() if one.kind is not one.VAR_KEYWORD]
            call.__signature__ = shown.replace(parameters=own)  # type: ignore[attr-defined]
        return cast(F, call)

    return decorate


class Group:
    """Related endpoints under one name. Subclasses declare; the carrier does the rest."""

    name: ClassVar[str] = ""
    endpoints: ClassVar[tuple[Endpoint, ...]] = ()

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def __init_subclass__(cls, *, group: str) -> None:
        cls.name = group
        # A group may be put together from parts, each a class of its own: the bases' endpoints are its own.
        members = [member for base in cls.__mro__ for member in vars(base).values()]
        cls.endpoints = tuple(
            member.endpoint for member in members if isinstance(getattr(member, "endpoint", None), Endpoint)
        )
        for endpoint in cls.endpoints:
            endpoint.group = group

    def __repr__(self) -> str:
        return f"<group {self.name}: {', '.join(endpoint.name for endpoint in self.endpoints)}>"
