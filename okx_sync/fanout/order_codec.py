"""Requests of followers and their answers as text: plain values, exact numbers, and the few classes of orders.

Nothing else is made of a text, whoever wrote it: classes are those of a table, and no code is loaded.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

import attrs
import orjson

from okx_sync import errors
from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.errors import ConfigError, ConnectionLost, DecodeError, OkxError, StreamClosed
from okx_sync.logs import redact
from okx_sync.state.orders.algo_state import AlgoState, AlgoStep, PreparedAlgo
from okx_sync.state.orders.close_position import CloseReceipt, CloseRequest
from okx_sync.state.orders.order_state import OrderState, PreparedOrder, StatusStep
from okx_sync.types import FillUpdate, OrderUpdate, PositionUpdate

__all__ = ["decode", "encode"]

_CLASSES: Final[Mapping[str, type[Any]]] = MappingProxyType({
    one.__name__: one
    for one in (
        AlgoState, AlgoStep, AlgoUpdate, CloseReceipt, CloseRequest, FillUpdate, OrderState, OrderUpdate,
        PositionUpdate, PreparedAlgo, PreparedOrder, StatusStep, TriggerPrice,
    )
})  # fmt: skip
_ERRORS: Final[Mapping[str, type[OkxError]]] = MappingProxyType(
    {
        name: one
        for name, one in vars(errors).items()
        if inspect.isclass(one) and issubclass(one, OkxError) and one is not StreamClosed
    }
)
_LEFT_OUT: Final = frozenset({"raw", "unreadable", "fills"})
"""What stays where it is: rows of the exchange, and what else whoever asks does not need."""
_MARK: Final = "$"


def encode(value: object) -> bytes:
    """Return a value as text; texts of errors are without the secrets that are known here.

    Raises ``ConfigError`` for one that cannot be handed on: a float among them.
    """
    return orjson.dumps(_plain(value))


def decode(text: bytes) -> Any:
    """Return the value of a text that :func:`encode` made. Raises ``DecodeError`` for any other."""
    try:
        return _value(orjson.loads(text))
    except (ValueError, TypeError, LookupError, AttributeError, InvalidOperation) as error:
        raise DecodeError("a request or answer of orders cannot be read", text=repr(text[:300])) from error


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, Decimal):
        return {_MARK: "Decimal", "of": str(value)}
    if isinstance(value, OkxError):
        return _plain_error(value)
    if isinstance(value, Mapping):
        if any(not isinstance(key, str) or key.startswith(_MARK) for key in value):
            raise ConfigError(f"this cannot be handed on to the publisher: {value!r}", hint="names as text")
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_plain(inner) for inner in value]
    if type(value).__name__ in _CLASSES and type(value) is _CLASSES[type(value).__name__]:
        told = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
        kept = {name: _plain(one) for name, one in told.items() if one is not None and name not in _LEFT_OUT}
        return {_MARK: type(value).__name__, "of": kept}
    raise ConfigError(
        f"a {type(value).__name__} cannot be handed on to the publisher",
        hint="Decimal or text for numbers, dicts for requests of the exchange's own",
    )


def _plain_error(error: OkxError) -> dict[str, Any]:
    if isinstance(error, StreamClosed):  # of the publisher's client, and not of that which hears of it
        error = ConnectionLost(error.message, environment=error.environment, retryable=True)
    fields = {name: _shown(inner) for name, inner in vars(error).items() if name != "__notes__"}
    kind = next(one.__name__ for one in type(error).__mro__ if one.__name__ in _ERRORS)
    return {_MARK: "error", "kind": kind, "args": [redact(str(one)) for one in error.args], "of": fields}


def _shown(value: Any) -> Any:
    """Return a field of an error; what is no plain value as its text."""
    if isinstance(value, float):  # seconds: money is none
        return value
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _shown(one) for name, one in value.items()}
    try:
        return _plain(value)
    except ConfigError:
        return redact(str(value))


def _value(told: Any) -> Any:
    if isinstance(told, list):
        return [_value(one) for one in told]
    if not isinstance(told, dict):
        return told
    kind = told.get(_MARK)
    if kind is None:
        return {name: _value(one) for name, one in told.items()}
    if kind == "Decimal":
        return Decimal(told["of"])
    values = {name: _value(one) for name, one in told["of"].items()}
    if kind == "error":
        error = _ERRORS[told["kind"]].__new__(_ERRORS[told["kind"]], *told["args"])
        error.args = tuple(told["args"])
        vars(error).update(values)
        return error
    return _CLASSES[kind](**{name: tuple(one) if isinstance(one, list) else one for name, one in values.items()})
