"""How the arguments of a declared call are taken: by any of their names, each once, and checked before sending.

An order has several vocabularies: the neutral words that are the same for every exchange (``size``), and the
exchange's own (``sz``, ``qty``). A table of aliases says which word stands for which; what it resolves to is always
the name in the call's signature.
"""

from __future__ import annotations

import enum
import functools
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

import attrs
from attrs import field, frozen

from okx_sync.checks import near
from okx_sync.errors import ConfigError, WrongCallError
from okx_sync.rest.encoding import check_number, wire_name

__all__ = [
    "GROWING",
    "JSON_FLAGS",
    "STRICT",
    "Param",
    "RowWords",
    "bind",
    "check_choices",
    "check_together",
    "param_of",
    "renamed",
]

STRICT: Final = "strict"
"""``Annotated[Literal["buy", "sell"] | str, STRICT]``: other words are refused before anything is sent."""

GROWING: Final = "growing"
"""As ``STRICT``, for a list that the exchange makes longer without notice: a word that looks like a misspelt one of
the list is refused, any other is sent as it is.
"""

NEUTRAL: Final = frozenset({
    "inst_id", "order_type", "size", "price", "order_id", "client_order_id", "new_size", "new_price", "expires_at",
    "product",
})  # fmt: skip
"""Words of orders that mean the same on every exchange that carries them out."""

JSON_FLAGS: Final = ("true", "false")
"""How a flag may be given as text where it is a JSON literal on the wire."""

_CLOSE: Final = 0.75  # as difflib counts: a letter or two of a short word


Kind = Literal["number", "whole", "flag", "text", "any"]


@frozen
class Param:
    """One parameter: its Python name, its wire name, the words it may take (empty: any), and what kind it is."""

    name: str
    wire: str
    required: bool
    words: tuple[Any, ...] = ()
    grows: bool = False
    kind: Kind = "any"
    row: RowWords | None = None
    most: int | None = None
    """How many items a list may hold."""
    flags: tuple[str, ...] = JSON_FLAGS
    """What a flag may be given as, besides True and False."""
    apart: bool = False
    """Whether it goes out in a way of its own: as a header, or as the rows of a batch."""

    _texts: frozenset[str] = field(init=False, repr=False, eq=False)
    texts: frozenset[str] | None = field(init=False, repr=False, eq=False)
    """The texts that go out as they are: the words that it may take, or any (None). None of them where it is apart."""
    is_checked: bool = field(init=False, repr=False, eq=False)
    """Whether there is anything to check."""

    @_texts.default
    def _texts_of_words(self) -> frozenset[str]:
        return frozenset(map(str, self.words))

    @texts.default
    def _texts_that_are_right(self) -> frozenset[str] | None:
        is_any = not self.words and self.row is None and self.kind in ("text", "any") and not self.apart
        return None if is_any else frozenset() if self.apart else self._texts

    @is_checked.default
    def _has_checks(self) -> bool:
        return bool(self.words) or self.kind != "any" or self.row is not None or self.most is not None

    def taken(self, value: Any) -> Any:
        """Check ``value`` and return it; of a list of rows each, by the names of its class.

        Raises :class:`ConfigError` for a word that the exchange does not know, what is no number or flag, and too many.
        """
        if value is None or (isinstance(value, str) and not value):
            return value
        if self.words:
            if str(value) not in self._texts:
                self._refuse_word(value)
        elif self.kind == "number":
            check_number(self.name, value)
        elif self.kind == "whole" and not _is_whole(value):
            raise ConfigError(f"{self.name} cannot be {value!r}", hint="a whole number")
        elif self.kind == "flag" and not isinstance(value, bool) and value not in self.flags:
            raise ConfigError(f"{self.name} cannot be {value!r}", hint="True or False")
        elif self.kind == "text" and (isinstance(value, bool) or not isinstance(value, str | int | enum.Enum)):
            raise ConfigError(f"{self.name} cannot be {value!r}", hint="text")
        if self.most is not None and isinstance(value, list | tuple) and len(value) > self.most:
            raise ConfigError(f"{self.name} must hold at most {self.most} items, not {len(value)}")
        return value if self.row is None else self._rows_taken(self.row, value)

    def _rows_taken(self, words: RowWords, value: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise ConfigError(f"{self.name} cannot be {value!r}", hint="a list with an object or a mapping for each")
        return [words.row(f"{self.name}[{i}]", one) for i, one in enumerate(value)]

    def _refuse_word(self, value: Any) -> None:
        """Refuse a word that is not in the list, unless the list may grow and the word looks like none in it."""
        known, text = [str(word) for word in self.words], str(value)
        like = next((word for word in known if word.casefold() == text.casefold()), None) or _nearest(text, known)
        if self.grows and like is None and isinstance(value, str):
            return
        hint = f"one of: {', '.join(known)}"
        raise ConfigError(f"{self.name} cannot be {value!r}", hint=f"did you mean {like!r}? {hint}" if like else hint)


def param_of(
    name: str,
    wire: str,
    annotation: Any,
    *,
    required: bool,
    checked: bool,
    most: int | None = None,
    flags: tuple[str, ...] = JSON_FLAGS,
    apart: bool = False,
) -> Param:
    """Make the parameter of an annotation.

    ``checked``: flags are looked at, too, as those of orders are; ``most``: how many items a list may hold; ``flags``:
    the words for True and False; ``apart``: it is a header, or the rows of a batch.
    """
    words, grows = _words(annotation)
    parts = {annotation, *get_args(annotation)}
    if not checked:
        number: Kind = "number" if Decimal in parts else "any"
        return Param(name, wire, required, words, grows, number, most=most, apart=apart)
    kinds: dict[type, Kind] = {Decimal: "number", bool: "flag", int: "whole", str: "text"}
    kind: Kind = next((kinds[one] for one in kinds if one in parts), "any")
    rows = [RowWords(one, {}, closed=True, flags=flags) for part in parts for one in get_args(part) if attrs.has(one)]
    return Param(name, wire, required, words, grows, kind, rows[0] if rows else None, most, flags, apart)


def _is_whole(value: Any) -> bool:
    if isinstance(value, str):
        return value.removeprefix("-").isdecimal()
    return isinstance(value, int) and not isinstance(value, bool)


def bind(
    call: str,
    signature: inspect.Signature,
    aliases: Mapping[str, str],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    also: Iterable[str] = (),
) -> dict[str, Any]:
    """Match arguments with the names of the signature, for calls that use other words or are wrong.

    Args:
        call: what is called, for errors.
        signature: the call's own.
        aliases: other words for its parameters.
        args: positional arguments.
        kwargs: keyword arguments.
        also: words that the caller has taken out of ``kwargs`` already; for hints.

    Returns:
        All arguments, defaults included.

    Raises:
        WrongCallError: for an unknown, a doubled or a missing argument.
    """
    params = signature.parameters
    positional = [name for name, one in params.items() if one.kind is one.POSITIONAL_OR_KEYWORD]
    if len(args) > len(positional):
        raise WrongCallError(f"{call} takes {len(positional)} arguments without a name, not {len(args)}")
    given = {name: value for name, value in zip(positional, args, strict=False) if value is not None}
    for word, value in kwargs.items():
        if word in given and value is not None:
            raise WrongCallError(f"{call} was given {word} twice", hint="give it once")
        given.setdefault(word, value)
    found = renamed(call, given, aliases, params, also)
    for name, one in params.items():
        if one.default is one.empty and name not in found:
            words = " or ".join([name, *(word for word, own in aliases.items() if own == name)])
            raise WrongCallError(f"{words} is missing", hint=f"{call} needs it")
    bound = signature.bind(**found)
    bound.apply_defaults()
    return bound.arguments


def renamed(
    call: str, given: Mapping[str, Any], aliases: Mapping[str, str], known: Iterable[str], also: Iterable[str] = ()
) -> dict[str, Any]:
    """Return ``given`` by the names of ``known``, resolved by ``aliases``.

    Raises:
        WrongCallError: for a word that is neither, and for two words of one meaning.
    """
    names = set(known)
    found: dict[str, Any] = {}
    spelled: dict[str, str] = {}
    for word, value in given.items():
        name = word if word in names else aliases.get(word, word)
        if name not in names:
            others = [one for one, own in aliases.items() if own in names]
            raise _unknown(call, word, [*names, *others, *also])
        if value is not None and found.get(name) is not None:
            both = f"{call} was given both {spelled[name]} and {word}"
            raise WrongCallError(both, hint="they say the same: give one of them")
        if value is not None or name not in found:
            found[name], spelled[name] = value, word
    return found


def _unknown(call: str, word: str, known: list[str]) -> WrongCallError:
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(word)).lower()
    if word in NEUTRAL:
        hint = "this exchange has nothing like it for that call: leave it out"
    elif like := _meant(snake, known):
        hint = f"did you mean {like}?"
    else:
        hint = f"it takes {', '.join(sorted(known))}"
    return WrongCallError(f"{call} takes no {word!r}", hint=hint)


def _meant(word: str, known: list[str]) -> str | None:
    if word in known:
        return word
    longer = next((one for one in sorted(known) if one.endswith(f"_{word}")), None)
    return longer or next((one for one in near(word, known, cutoff=0.6) if _same_subject(word, one)), None)


def _same_subject(word: str, known: str) -> bool:
    """Tell whether two words are alike in more than their last part: ``td_mode`` is not ``tpsl_mode``."""
    (front, _, end), (known_front, _, known_end) = word.rpartition("_"), known.rpartition("_")
    return end != known_end or not front or _nearest(front, [known_front], cutoff=0.6) is not None


def _nearest(text: str, known: Iterable[str], cutoff: float = _CLOSE) -> str | None:
    return next(iter(near(text, known, 1, cutoff)), None)


class RowWords:
    """The words of one row of a batch: those of its class, its wire names, and the aliases.

    Args:
        row: the class of a row (attrs).
        aliases: other words for its fields.
        closed: whether a mapping with a word that the class has not, or anything else than a row, is refused.
        need_one: fields of which at least one must be given.
        at_most_one: fields that exclude each other.
        flags: the words for True and False.
    """

    def __init__(
        self,
        row: type[Any],
        aliases: Mapping[str, str],
        *,
        closed: bool,
        need_one: tuple[str, ...] = (),
        at_most_one: tuple[str, ...] = (),
        flags: tuple[str, ...] = JSON_FLAGS,
    ) -> None:
        self._class = row
        self._need_one, self._at_most_one = need_one, at_most_one
        hints = get_type_hints(row, include_extras=True)
        self.params = {
            one.name: param_of(
                one.name,
                wire_name(one.name),
                hints[one.name],
                required=one.default is attrs.NOTHING,
                checked=closed,
                flags=flags,
            )
            for one in attrs.fields(row)
        }
        self._closed = closed
        self._needed = [name for name, param in self.params.items() if param.required]
        self._checked = [param for param in self.params.values() if param.is_checked]
        wires = {param.wire: name for name, param in self.params.items() if param.wire != name}
        self._aliases = {**wires, **aliases}

    def row(self, name: str, value: Any) -> Any:
        """Make a row, from mappings with the class's own names. ``name`` is for errors, as ``orders[0]``.

        Raises:
            ConfigError: for a word or a value that cannot be right.
        """
        if isinstance(value, Mapping):
            if not self._closed:
                return value
            value = renamed(name, value, self._aliases, self.params)
        elif self._closed and not isinstance(value, self._class):
            what = value if isinstance(value, str | int | type) or value is None else type(value).__name__
            hint = f"{self._class.__name__}(...) or a mapping of its words"
            raise ConfigError(f"{name} cannot be {what!r}", hint=hint)
        elif not attrs.has(type(value)):
            return value
        get = value.get if isinstance(value, Mapping) else functools.partial(getattr, value)
        inner: dict[str, Any] = {}
        for param in self._checked:
            if (one := get(param.name, None)) is None:
                continue
            try:
                if (made := param.taken(one)) is not one:
                    inner[param.name] = made
            except ConfigError as error:
                raise ConfigError(f"{name}.{error.message}", hint=error.hint) from None
        for word in self._needed:
            if get(word, None) in (None, ""):
                raise ConfigError(f"{name}.{word} is missing", hint="every order of a batch needs it")
        check_choices(name, get, self._need_one, self._at_most_one)
        return {word: get(word, None) for word in self.params} | inner if inner else value


def check_choices(
    call: str, get: Callable[[str, None], Any], need_one: tuple[str, ...], at_most_one: tuple[str, ...]
) -> None:
    """Raise :class:`ConfigError` when none of ``need_one`` is given, or several of ``at_most_one``."""
    if need_one and all(get(name, None) in (None, "") for name in need_one):
        raise ConfigError(f"{call} needs {' or '.join(need_one)}")
    exclusive = [name for name in at_most_one if get(name, None) not in (None, "")]
    if len(exclusive) > 1:
        raise ConfigError(f"{call} takes only one of {', '.join(exclusive)}")


def check_together(call: str, get: Callable[[str, None], Any], names: tuple[str, ...]) -> None:
    """Raise :class:`ConfigError` when some of ``names`` are given and others not."""
    missing = [name for name in names if get(name, None) in (None, "")]
    if missing and len(missing) < len(names):
        raise ConfigError(f"{call} takes {' and '.join(names)} together", hint=f"give {', '.join(missing)} too")


def _words(annotation: Any) -> tuple[tuple[Any, ...], bool]:
    """Return the words of a checked parameter, and whether their list may grow.

    They are looked for in the annotation and its union members.
    """
    if get_origin(annotation) is Annotated:
        marks = annotation.__metadata__
        return (_literals(annotation), GROWING in marks) if STRICT in marks or GROWING in marks else ((), False)
    found = [_words(part) for part in get_args(annotation)]
    return tuple(word for words, _ in found for word in words), any(grows for _, grows in found)


def _literals(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(word for part in get_args(annotation) if not isinstance(part, str) for word in _literals(part))
