"""Channels are declared over their typed methods, which have no body: declaration and signature say all.

The parameters between ``self`` and ``callback`` are the channel's arguments (``inst_id`` goes out as ``instId``): one
without a default, or with another default than None, is required on the wire, the others are optional. What an
argument may be is the ``Literal`` of its type in the exchange's ``words``; the rows are of the class in the return
annotation, ``Subscription[Ticker]``, of a union the first. Annotations are read as text: naming a class does not load
it.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, Final, Generic, Literal, NamedTuple, TypedDict, TypeVar, cast, get_args, get_origin

from okx_sync.delivery.options import OFFERED_OPTIONS
from okx_sync.errors import ConfigError
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.spelling import camel
from okx_sync.exchanges.streams import Streams
from okx_sync.lazy import LateName

__all__ = ["Declaration", "Facts", "Sent", "Words", "declare", "declared_by", "take_lists"]

C = TypeVar("C", bound=Channel)
F = TypeVar("F", bound=Callable[..., Any])
_NOT_SENT: Final = ("self", "callback", "options")


class Sent(NamedTuple):
    """The way a parameter goes out whose name or value is not the wire's."""

    wire: str
    convert: Callable[[Any], str | None]


class Words(NamedTuple):
    """The source of the names in annotations: the exchange's words, and its ``models``.

    Without ``models`` a row class is in ``models`` of the family, beside the method's ``streams``.
    """

    words: ModuleType
    models: str = ""


class Facts(TypedDict, total=False):
    """The facts of a declaration besides name and path; what it leaves out is as in ``Channel``.

    ``private``: account data, which is behind a login and driven by events alone; ``required``: these are all its
    arguments, whatever else the method takes for others; ``also``: optional arguments that the method does not take;
    ``one_of``: of these arguments, which are optional in the signature, at least one must be given; ``values``: other
    words than the signature offers, None for no closed list; ``model``: the rows, where they are not those of the
    annotation; ``sends``: parameters that go out otherwise; ``aliases``: options that are other words for parameters.
    """

    cadence: str
    login: bool
    private: bool
    quiet: bool
    required: tuple[str, ...]
    also: tuple[str, ...]
    one_of: tuple[str, ...]
    values: Mapping[str, tuple[str, ...] | None]
    defaults: Mapping[str, str]
    key: tuple[str, ...]
    identity: tuple[str, ...]
    snapshot: bool
    paged: bool
    sequenced: bool
    partial: bool
    note: str
    gone: str
    model: Any
    sends: Mapping[str, Sent]
    aliases: Mapping[str, str]


_OURS: Final = ("required", "also", "one_of", "values", "model", "sends", "aliases")


class Declaration(Generic[C]):
    """A channel as it is declared; :meth:`channel` is what the table has of it."""

    def __init__(
        self,
        kind: type[C],
        name: str,
        facts: Mapping[str, Any],
        words: Words,
        protocol: str = "",
        needs: str = "",
    ) -> None:
        self.kind = kind
        self.name = name
        self.facts = {**facts, "login": facts.get("login", facts.get("private", False))}
        self.facts["quiet"] = facts.get("quiet", facts.get("private", False))
        self.protocol = protocol
        self.needs = needs
        self._words = words

    def channel(self, method: _Method) -> C:
        """Make the row of the table. Its method is made ready for calls at the same time."""
        _ = method.outgoing
        required, optional, values = self._arguments(method)
        facts = {name: value for name, value in self.facts.items() if name not in _OURS}
        for name, words in self.facts.get("values", {}).items():
            values[name] = words
        return self.kind(
            name=self.name,
            method=method.name,
            model=self.facts.get("model") or self._model(method.function),
            required=required,
            optional=optional,
            one_of=self.facts.get("one_of", ()),
            values={name: words for name, words in values.items() if words is not None},
            **facts,
        )

    def _arguments(self, method: _Method) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, Any]]:
        """Return required and optional arguments by wire name, and what they may be.

        Each in the documentation's order.
        """
        variable = self.name.partition("{")[2].rstrip("}")
        only, one_of = self.facts.get("required"), self.facts.get("one_of", ())
        required, optional, values = list[str](), list(self.facts.get("also", ())), dict[str, Any]()
        for one in method.parameters:
            name = self.wire_name(one.name)
            if only is not None and name not in (*only, variable):
                continue
            if one.name not in self.facts.get("sends", {}) and (words := self._offered(one.annotation)):
                values[name] = words
            if name != variable and name not in one_of:
                (optional if one.default is None and only is None else required).append(name)
        order = [*self.kind.examples]

        def place(name: str) -> int:
            return order.index(name) if name in order else len(order)

        return tuple(sorted(required, key=place)), tuple(sorted(dict.fromkeys(optional), key=place)), values

    def wire_name(self, parameter: str) -> str:
        """Return what a parameter is called on the wire."""
        sends = self.facts.get("sends", {})
        return sends[parameter].wire if parameter in sends else camel(parameter)

    def _offered(self, annotation: str) -> tuple[str, ...]:
        """Return the words of every Literal that a type like ``InstType | None`` names."""
        names = (getattr(self._words.words, part, None) for part in annotation.split(" | "))
        return tuple(word for alias in names for word in _literals(alias))

    def _model(self, function: Callable[..., Any]) -> LateName:
        told = str(function.__annotations__.get("return", ""))
        name = told.removeprefix("Subscription[").removesuffix("]").partition(" | ")[0]
        if not name.isidentifier() or name == told:
            raise TypeError(f"{function.__qualname__} must say which rows it delivers, not {told!r}")
        return LateName(self._words.models or f"{function.__module__.rpartition('.')[0]}.models", name)


class _Call(NamedTuple):
    """What there is to know of a method when it is called; its other arguments are options."""

    channel: str
    places: tuple[str, ...]
    """Its parameters that may be given by their place."""
    defaults: dict[str, Any]
    """What parameters are when nobody gives them; the others are needed."""
    outgoing: list[tuple[str, str, Callable[[Any], Any] | None]]
    aliases: tuple[tuple[str, str], ...]


class _Method:
    """A typed method, and the channels it is declared for: the one on top is what it asks for."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.name = function.__name__
        self.declarations: list[Declaration[Any]] = []
        self.listed: str | None = None
        """Its first parameter, where that may be a list."""
        self._text = inspect.cleandoc(function.__doc__ or "")

    # Signatures are read when a method is first called or its channel looked up, not when its class is made.
    @functools.cached_property
    def _signature(self) -> list[inspect.Parameter]:
        return list(inspect.signature(self.function).parameters.values())[1:]

    @functools.cached_property
    def parameters(self) -> list[inspect.Parameter]:
        return [one for one in self._signature if one.name not in _NOT_SENT]

    @functools.cached_property
    def outgoing(self) -> list[tuple[str, str, Callable[[Any], Any] | None]]:
        """(parameter, argument on the wire, conversion) of each parameter."""
        first = self.declarations[0]
        sends = first.facts.get("sends", {})
        return [
            (one.name, first.wire_name(one.name), sends[one.name].convert if one.name in sends else None)
            for one in self.parameters
        ]

    @functools.cached_property
    def call(self) -> _Call:
        """What there is to know of the method when it is called."""
        first = self.declarations[0]
        return _Call(
            first.name,
            tuple(one.name for one in self._signature if one.kind is one.POSITIONAL_OR_KEYWORD),
            {one.name: one.default for one in self._signature if one.default is not one.empty},
            self.outgoing,
            tuple(first.facts.get("aliases", {}).items()),
        )

    def ask(self, streams: Streams, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """Return (channel, callback, its arguments, options) of a call."""
        channel, places, defaults, outgoing, aliases = self.call
        told = defaults | kwargs
        told.update(zip(places, args, strict=False))
        given_twice = kwargs and args and not kwargs.keys().isdisjoint(places[: len(args)])
        if given_twice or len(args) > len(places):
            self.function(streams, *args, **kwargs)  # it has no body: Python says best what is wrong
        try:
            for alias, own in aliases:
                if alias in told:
                    told[own] = _either(own, told[own], alias, told.pop(alias), defaults.get(own))
            arguments = {}
            for name, wire, convert in outgoing:  # a comprehension would take twice as long for one or two
                value = told.pop(name)
                arguments[wire] = value if convert is None else convert(value)
            return channel, told.pop("callback"), arguments, told
        except KeyError:
            self.function(streams, *args, **kwargs)  # one is missing
            raise

    def subscribe_each(self, streams: Streams, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Subscribe a topic for each of the texts that were given as the first parameter; returns a group."""
        first = str(self.listed)
        texts: list[str] = args[0] if args else kwargs[first]
        each = [((text, *args[1:]), kwargs) if args else ((), {**kwargs, first: text}) for text in texts]
        asked = [self.ask(streams, *one) for one in each]
        channel, callback, _, options = asked[0]
        return streams.subscribe_many(channel, [arguments for _, _, arguments, _ in asked], callback, **options)

    def describe(self) -> str:
        """Write the docstring: what was written, which options there are, and what the declarations say."""
        options = ", ".join((*self.declarations[0].facts.get("aliases", ()), *OFFERED_OPTIONS))
        text = self._text if self.listed is None else f"{self._text}\n\n{_of_lists(self.listed)}"
        return f"{text}\n\nOptions: {options}; see ``SubscribeOptions``.\n\n{_pushed_as(self.declarations)}"


def declare(declaration: Declaration[Any]) -> Callable[[F], F]:
    """Make a method that asks for the channel out of a function without a body."""

    def decorate(function: F) -> F:
        call = function if hasattr(function, "declared") else _asking(function)
        method: _Method = call.declared
        method.declarations.insert(0, declaration)
        call.__doc__ = method.describe()
        return cast(F, call)

    return decorate


def _asking(function: Callable[..., Any]) -> Any:
    method = _Method(function)

    @functools.wraps(function)
    def call(self: Streams, *args: Any, **kwargs: Any) -> Any:
        if method.listed is not None:
            first = args[0] if args else kwargs.get(method.listed)
            if type(first) is not str and _is_list(method.listed, first):
                return method.subscribe_each(self, args, kwargs)
        channel, callback, arguments, options = method.ask(self, args, kwargs)
        return self.subscribe(channel, callback, **arguments, **options)

    call.declared = method  # type: ignore[attr-defined]
    return call


def take_lists(function: F, parameter: str) -> F:
    """Have a method take a list of texts as its first ``parameter`` as well, with a group as its answer."""
    method = getattr(function, "declared", None)
    if isinstance(method, _Method):
        method.listed = parameter
        function.__doc__ = method.describe()
    else:  # it hands on what it is given
        function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n{_of_lists(parameter)}"
    return function


def _of_lists(parameter: str) -> str:
    return (
        f"A list or tuple as ``{parameter}`` subscribes each of them, in as few requests as the exchange allows, and\n"
        "returns one ``SubscriptionGroup``; see ``subscribe_many``."
    )


def _is_list(parameter: str, given: object) -> bool:
    """Tell whether a list of texts is given. Raises ``ConfigError`` for an odd one, and for what is almost one."""
    if isinstance(given, list | tuple):
        odd = [one for one in given if not isinstance(one, str) or not one]
        if odd or not given:
            what = f"a list with {odd[0]!r} in it" if odd else "an empty list"
            raise ConfigError(f"{parameter} cannot be {what}", hint="one text, or a list of texts")
        return True
    if isinstance(given, str) or callable(given) or not isinstance(given, Iterable):
        return False
    raise ConfigError(f"{parameter} cannot be a {type(given).__name__}", hint="one text, or a list of texts")


def declared_by(streams: type, kind: type[C], protocol: str = "") -> Iterator[C]:
    """Yield the channels that a class and its bases declare, one protocol's if there are several."""
    for part in streams.__mro__:
        for member in vars(part).values():
            method = getattr(member, "declared", None)
            if isinstance(method, _Method):
                of_kind = [one for one in method.declarations if one.kind is kind and one.protocol == protocol]
                yield from (one.channel(method) for one in of_kind)


def _literals(alias: Any) -> tuple[str, ...]:
    if get_origin(alias) is Literal:
        return get_args(alias)
    return tuple(word for member in get_args(alias) for word in _literals(member))


def _either(own: str, value: Any, alias: str, other: Any, default: Any) -> Any:
    """Return the value that was given by either of its names."""
    if other is None:
        return value
    if value not in (default, other):
        raise ConfigError(f"{own}={value!r} and {alias}={other!r} are two words for the same", hint="give one of them")
    return other


def _pushed_as(declarations: list[Declaration[Any]]) -> str:
    """Say pace, path, login and tier, for the docstring."""
    first = declarations[0]
    protocols = [one.kind.protocols.get(one.protocol, one.protocol) for one in declarations]
    cadences = dict.fromkeys(one.facts["cadence"] for one in declarations)
    pushed = "; ".join(cadences)
    if len(cadences) > 1:
        names = protocols if len({*protocols}) > 1 else [one.name for one in declarations]
        pushed = "; ".join(f"{one.facts['cadence']} ({name})" for one, name in zip(declarations, names, strict=True))
    login = ", with a login" if first.facts["login"] else "; no login"
    needs = f"; {first.needs}" if first.needs else ""
    served = f" Protocol: {', '.join(protocols)}." if first.protocol in first.kind.protocols else ""
    return f"Pushed: {pushed}. Path {first.facts['path']}{login}{needs}.{served}"
