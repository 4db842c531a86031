"""Order operations of a stream client of a classic account: what each asks of ``client.mix``, futures of V2.

Their words are those of ``client.mix``, and ``qty`` for ``size``, ``time_in_force`` for ``force``, ``category`` or
``product`` for ``product_type``. What V2 says once for a whole batch each row says here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.classic_orders import margin_coin, shared
from okx_sync.exchanges.bitget.products import product_of
from okx_sync.exchanges.product_words import said_product

__all__ = ["arguments"]

_SHARED: Final = ("symbol", "product_type", "margin_mode", "margin_coin")
_IDS: Final = {"inst_id": "symbol", "client_order_id": "client_oid", "category": "product_type"}
_PLACE: Final = {**_IDS, "qty": "size", "time_in_force": "force"}


def arguments(word: str, args: tuple[Any, ...], options: dict[str, Any]) -> tuple[Any, ...]:
    """Return the arguments of the call of ``client.mix``; takes out of ``options`` what is among them.

    Raises ``ConfigError`` for what cannot be right, and for an operation that futures of V2 do not have.
    """
    if word == "batch-modify":
        raise ConfigError("futures of a classic account have no batch of changes", hint="call amend_order for each")
    if word == "batch-place":
        return _new_orders(*args)
    if word == "batch-cancel":
        return _ended_orders(*args)
    symbol = args[0] if args[0] is not None else options.get("inst_id")
    product = said_product(options) or product_of(symbol if isinstance(symbol, str) else "")
    if word == "cancel-order":
        return (args[0], product, *args[1:])
    if word == "modify-order":
        if "qty" in options:
            options["new_size"] = options.pop("qty")
        return (args[0], product, *args[1:])
    if "time_in_force" in options:
        options["force"] = options.pop("time_in_force")
    mode, coin = options.pop("margin_mode", "crossed"), options.pop("margin_coin", None) or _coin(product, symbol)
    return (args[0], product, mode, coin, *args[1:])


def _coin(product: Any, symbol: Any) -> str | None:
    """Return the currency of the margin; None where it cannot be told, as of a product that is none."""
    return margin_coin(product, symbol) if isinstance(product, str) and isinstance(symbol, str) else None


def _new_orders(orders: Any) -> tuple[Any, ...]:
    from okx_sync.exchanges.bitget.mix.requests import MixNewOrder  # streams alone do without REST

    rows = []
    for name, given in _named(orders):
        row = _renamed(name, given, _PLACE, {*_SHARED, *attrs.fields_dict(MixNewOrder)})
        symbol = row.get("symbol")
        if not isinstance(symbol, str):
            raise ConfigError(f"symbol of {name} cannot be {symbol!r}", hint="the contract's name as text")
        product = row.setdefault("product_type", product_of(symbol))
        row.setdefault("margin_mode", "crossed")
        row.setdefault("margin_coin", _coin(product, symbol))
        rows.append(row)
    return (*shared(rows, _SHARED).values(), rows)


def _ended_orders(orders: Any) -> tuple[Any, ...]:
    rows = []
    for name, given in _named(orders):
        row = _renamed(name, given, _IDS, {"symbol", "product_type", "order_id", "client_oid"})
        row.setdefault("product_type", product_of(str(row.get("symbol", ""))))
        rows.append(row)
    return (*shared(rows, ("symbol", "product_type")).values(), rows)


def _named(orders: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the rows of a batch as mappings, each with its name for errors. Raises ``ConfigError`` for others."""
    if not isinstance(orders, list | tuple):
        raise ConfigError(f"orders cannot be {orders!r}", hint="a list with an object or a mapping for each")
    found = []
    for number, row in enumerate(orders):
        if not isinstance(row, Mapping) and not attrs.has(type(row)):
            raise ConfigError(f"orders[{number}] cannot be {row!r}", hint="an object or a mapping")
        found.append((f"orders[{number}]", dict(row) if isinstance(row, Mapping) else attrs.asdict(row, recurse=False)))
    return found


def _renamed(name: str, row: dict[str, Any], aliases: Mapping[str, str], known: set[str]) -> dict[str, Any]:
    from okx_sync.rest.arguments import renamed  # streams alone do without REST

    told = {word: value for word, value in row.items() if value is not None}
    product = said_product(told)
    return renamed(name, told | ({} if product is None else {"category": product}), aliases, known)
