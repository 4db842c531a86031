"""An order in the words of V3, told as V2 wants it: what the everyday calls of a classic account send.

Where V2 has no word for something, that is an error before anything is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from okx_sync.errors import ConfigError

__all__ = ["FUTURES", "futures_order", "is_spot", "margin_coin", "shared", "spot_order"]

FUTURES: Final = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
"""Categories of V3 that are product types of V2, by the same names."""

_COINS: Final = {"USDT-FUTURES": "USDT", "USDC-FUTURES": "USDC"}
_NO_MARGIN: Final = "margin trading of a classic account has calls of its own: client.request(...) reaches them"
_SPOT: Final = {
    "symbol": "symbol",
    "side": "side",
    "order_type": "order_type",
    "qty": "size",
    "price": "price",
    "client_oid": "client_oid",
    "time_in_force": "force",
    "stp_mode": "stp_mode",
    "take_profit": "preset_take_profit_price",
    "tp_limit_price": "execute_take_profit_price",
    "stop_loss": "preset_stop_loss_price",
    "sl_limit_price": "execute_stop_loss_price",
}
_MIX: Final = {
    "symbol": "symbol",
    "margin_mode": "margin_mode",
    "side": "side",
    "order_type": "order_type",
    "qty": "size",
    "price": "price",
    "client_oid": "client_oid",
    "time_in_force": "force",
    "reduce_only": "reduce_only",
    "stp_mode": "stp_mode",
    "take_profit": "preset_stop_surplus_price",
    "tp_limit_price": "preset_stop_surplus_execute_price",
    "stop_loss": "preset_stop_loss_price",
    "sl_limit_price": "preset_stop_loss_execute_price",
}


def is_spot(category: str) -> bool:
    """Tell whether a category is V2's spot; all others are its futures. Raises ``ConfigError`` for other words."""
    if category == "SPOT":
        return True
    if category == "MARGIN":
        raise ConfigError("a classic account has no category 'MARGIN' here", hint=_NO_MARGIN)
    if category not in FUTURES:
        known = ", ".join(("SPOT", *FUTURES))
        like = category.upper() if isinstance(category, str) and category.upper() in known else None
        hint = f"one of: {known}"
        raise ConfigError(f"category cannot be {category!r}", hint=f"did you mean {like!r}? {hint}" if like else hint)
    return False


def margin_coin(category: str, symbol: str) -> str:
    """Return the currency of a contract's margin, which V2 wants to be told; that of ``BTCUSD`` is ``BTC``.

    Raises ``ConfigError`` for a pair, for what is no category, and where the name of a contract does not tell it.
    """
    if category == "SPOT":
        raise ConfigError(
            f"{symbol} as a spot pair has no margin: here a classic account trades futures",
            hint="client.spot.place_order and client.spot.place_plan_order trade pairs",
        )
    if not category.endswith("-FUTURES"):
        is_spot(category)  # raises
    coin = _COINS.get(category) or symbol.partition("USD")[0]
    is_other = category not in _COINS and any(one in symbol for one in _COINS.values())
    if not coin or coin == symbol or is_other:
        raise ConfigError(f"the margin of {symbol} is not known", hint="client.mix takes margin_coin")
    return coin


def spot_order(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of ``client.spot.place_order``. Raises ``ConfigError`` for what spot does not have."""
    return _renamed(words, _SPOT, "a spot order of a classic account")


def futures_order(category: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of ``client.mix.place_order``.

    With ``pos_side`` (hedge mode) the side becomes that of the position, as V2 has it: a long position is closed by a
    sell, which V2 calls "buy" and "close". Raises ``ConfigError`` for what V2 does not have.
    """
    position = words.get("pos_side")
    told = _renamed({"margin_mode": "crossed", **words}, {**_MIX, "pos_side": ""}, "an order of a classic account")
    told |= {"product_type": category, "margin_coin": margin_coin(category, str(words.get("symbol", "")))}
    if position is None:
        return told
    if position not in ("long", "short"):
        raise ConfigError(f"pos_side cannot be {position!r}", hint="'long' or 'short'")
    if told.get("reduce_only"):
        raise ConfigError("reduce_only is for one-way mode", hint="with pos_side the side says whether it closes")
    told.pop("reduce_only", None)
    opens = (words.get("side") == "buy") == (position == "long")
    return told | {"side": "buy" if position == "long" else "sell", "trade_side": "open" if opens else "close"}


def shared(rows: Sequence[dict[str, Any]], names: tuple[str, ...]) -> dict[str, Any]:
    """Take out of the orders of a batch what V2 says once for all of them, and return it.

    Raises ``ConfigError`` where they are not alike in it, and for a batch without orders.
    """
    if not rows:
        raise ConfigError("orders must hold at least 1")
    found: dict[str, Any] = {}
    for name in names:
        values = [row.pop(name, None) for row in rows]
        if values[0] is None or any(value != values[0] for value in values):
            hint = f"a batch of futures orders of a classic account has one {name}: send a batch for each"
            raise ConfigError(f"orders have no {name} in common", hint=hint)
        found[name] = values[0]
    return found


def _renamed(words: Mapping[str, Any], names: Mapping[str, str], what: str) -> dict[str, Any]:
    given = {word: value for word, value in words.items() if value is not None}
    if missing := [word for word in given if word not in names]:
        raise ConfigError(f"{what} has no {', '.join(missing)}", hint="leave it out")
    return {names[word]: value for word, value in given.items() if names[word]}
