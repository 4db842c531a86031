"""The trading rules of one instrument, and the arithmetic that makes an order fit them. Exact, and nothing is sent.

All numbers are ``Decimal``. Floats are refused, since 0.1 + 0.2 is no price. Sizes are in the unit in which the
exchange counts orders of the instrument: contracts for derivatives, the base currency for spot.
"""

from __future__ import annotations

from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import Final, Literal, TypeAlias, cast

import attrs

from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import Number, exact

__all__ = ["RULES", "UNKNOWN", "InstrumentSpec", "Kind", "Rounding", "Side", "TickRange"]

Kind: TypeAlias = Literal["spot", "swap", "futures", "option", "events"] | str
Side: TypeAlias = Literal["buy", "sell"] | str
Rounding: TypeAlias = Literal["down", "up", "nearest"]

_MODES: Final = ("down", "up", "nearest")
_NOT_WORSE: Final[dict[str, Rounding]] = {"buy": "down", "sell": "up"}
_NEEDS_PRICE: Final = frozenset({"limit", "post_only", "fok", "ioc"})
_EXAMPLE: Final = "give text or Decimal"
# No order has more digits. With this bound on what comes in, every product fits into _EXACT, which would rather raise
# than round.
_MOST_DIGITS: Final = 40
_EXACT: Final = Context(prec=160, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])
# Conversions that divide cannot be exact. The way back drops the digits that the way there made up: 3 contracts must
# not come back as 2.999...9.
_THERE: Final = Context(prec=28)
_BACK: Final = Context(prec=20)


RULES: Final = ("tick", "lot", "min_size", "contract_value")
UNKNOWN: Final = cast(Decimal, None)
"""What a rule is while the exchange has not told it."""


@attrs.frozen
class TickRange:
    """A price step: ``tick`` holds for prices from ``from_price`` up to the next band."""

    from_price: Decimal
    tick: Decimal


@attrs.frozen(kw_only=True)
class InstrumentSpec:
    """The trading rules of one instrument. Immutable; a change of the rules is a new object.

    ``kind``: "spot", "swap", "futures", "option", "events". ``tick``: price step (``tick_bands``: where it depends on
    the price, lowest band first). ``lot``: size step. ``max_limit_size``, ``max_market_size``: of a single order.
    ``min_notional``: the least that an order must be worth, as :meth:`notional` counts it (None: not told).
    One contract is worth ``contract_value`` of ``contract_currency`` (spot: 1 of the base currency); of an
    ``is_inverse`` one that is money of the quote side, and its coins depend on the price. ``code``: the number by
    which streams name it (OKX: ``instIdCode``). ``state``: the exchange's word. Times are epoch ms.

    Of an instrument that is announced only (:attr:`is_announced`), ``tick``, ``lot``, ``min_size`` and
    ``contract_value`` may be None, although they are typed as the numbers of whatever can be traded; what needs one of
    them raises a ``ConfigError`` that says so.
    """

    inst_id: str
    kind: Kind
    tick: Decimal
    lot: Decimal
    min_size: Decimal
    tick_bands: tuple[TickRange, ...] = ()
    min_notional: Decimal | None = None
    max_limit_size: Decimal | None = None
    max_market_size: Decimal | None = None
    contract_value: Decimal = Decimal(1)
    contract_currency: str | None = None
    is_inverse: bool = False
    base: str | None = None
    quote: str | None = None
    settle: str | None = None
    family: str | None = None
    code: int | None = None
    state: str | None = None
    listed_at: int | None = None
    expires_at: int | None = None

    def __attrs_post_init__(self) -> None:
        steps = [self.tick, self.lot, self.contract_value, *(band.tick for band in self.tick_bands)]
        if any(step <= 0 for step in steps if step is not UNKNOWN):
            raise ConfigError(f"tick, lot and contract_value of {self.inst_id} must be above 0, not {steps}")

    @property
    def is_announced(self) -> bool:
        """True while the exchange has announced the instrument without its rules: nothing can be traded yet."""
        return any(getattr(self, name) is None for name in RULES)

    def _rule(self, name: str) -> Decimal:
        """Return a rule by its name. Raises ``ConfigError`` while it is not known."""
        value: Decimal | None = getattr(self, name)
        if value is None:
            raise ConfigError(
                f"inst_id {self.inst_id} is announced only: its {name} is not known yet",
                hint="it can be traded once it is listed; refresh() asks whether it is",
            )
        return value

    # -- fitting -----------------------------------------------------------------------------------------------

    def tick_at(self, price: Number) -> Decimal:
        """Return the price step at a price. Raises ``ConfigError``."""
        value = self._positive("price", price)
        fitting = [band.tick for band in self.tick_bands if band.from_price <= value]
        return fitting[-1] if fitting else self._rule("tick")

    def round_price(self, price: Number, side: Side | None = None, *, rounding: Rounding | None = None) -> Decimal:
        """Round ``price`` to the tick.

        With ``side`` it is never worse than asked: a buy is rounded down, a sell up. ``rounding`` ("down", "up",
        "nearest") overrides that; with neither it is the nearest tick. Raises ``ConfigError`` for what is no price,
        and for one that would become 0.
        """
        value = self._positive("price", price)
        if side is not None:
            self._check_side(side)
        mode = rounding or ("nearest" if side is None else _NOT_WORSE[side])
        if mode not in _MODES:
            raise ConfigError(f"rounding cannot be {mode!r}", hint="one of 'down', 'up', 'nearest'")
        tick = self.tick_at(value)
        rounded = _in_steps(value, tick, mode)
        if not rounded:
            raise ConfigError(
                f"price {_text(value)} of {self.inst_id} is less than one tick ({_text(tick)})",
                hint=f"give at least {_text(tick)}, or rounding='up'",
            )
        return rounded

    def round_size(self, size: Number) -> Decimal:
        """Cut ``size`` down to whole lots. Raises ``ConfigError`` when that is below the smallest order."""
        value = self._positive("size", size)
        lot, least = self._rule("lot"), self._rule("min_size")
        rounded = _in_steps(value, lot, "down")
        if rounded < least:
            raise ConfigError(
                f"size {_text(value)} of {self.inst_id} in whole lots is below the smallest order ({_text(least)})",
                hint=f"give at least {_text(least)}, in steps of {_text(lot)}",
            )
        return rounded

    # -- contracts and coins -----------------------------------------------------------------------------------

    def contracts_to_coins(self, contracts: Number, price: Number | None = None) -> Decimal:
        """Convert an order's size to coins; on spot, sizes are coins already.

        ``price`` is needed for inverse contracts, whose value is money. The result has at most 28 digits.
        Raises ``ConfigError``.
        """
        value = _EXACT.multiply(self._positive("contracts", contracts), self._rule("contract_value"))
        if not self.is_inverse:
            return value
        return _THERE.divide(value, self._rate(price))

    def coins_to_contracts(self, coins: Number, price: Number | None = None) -> Decimal:
        """Convert coins to an order's size, to 20 digits and not to whole lots; :meth:`round_size` comes next.

        Raises ``ConfigError``.
        """
        value = self._positive("coins", coins)
        if self.is_inverse:
            value = _EXACT.multiply(value, self._rate(price))
        return _BACK.divide(value, self._rule("contract_value"))

    def notional(self, size: Number, price: Number | None = None) -> Decimal:
        """Return what an order is worth, exactly. Raises ``ConfigError``.

        In the quote currency; of an option (its premium) in the settlement currency; of an inverse contract in
        ``contract_currency``, which needs no price.
        """
        value = _EXACT.multiply(self._positive("size", size), self._rule("contract_value"))
        return value if self.is_inverse else _EXACT.multiply(value, self._rate(price))

    # -- before sending ----------------------------------------------------------------------------------------

    def check(
        self,
        side: str,
        ord_type: str,
        size: Number,
        price: Number | None = None,
        *,
        in_quote: bool = False,
        reduce_only: bool = False,
    ) -> None:
        """Check an order against the exchange's rules; balances, limits and price bands only the exchange knows.

        Args:
            side: ``"buy"`` or ``"sell"``.
            ord_type: The exchange's word (``"limit"``, ``"market"``, ...).
            size: In the unit of the instrument's orders.
            price: In the quote currency; None where the order type needs none.
            in_quote: ``size`` is money to spend instead of a size, as OKX takes it for market buys on spot.
            reduce_only: It closes a position, of which any rest may be closed: ``min_notional`` is not looked at.

        Raises ``ConfigError`` naming the parameter that does not fit. Nothing is sent, and nothing is changed.
        """
        self._check_side(side)
        for rule in RULES:
            self._rule(rule)
        self._check_state(ord_type)
        if price is not None:
            self._check_price(price)
        elif ord_type in _NEEDS_PRICE:
            raise ConfigError(f"price is missing: a {ord_type} order needs one", hint="give price=")
        if in_quote:
            self._positive("size", size)
        else:
            self._check_size(size, ord_type, is_at_market=price is None or ord_type == "market")
            if price is not None and ord_type != "market" and not reduce_only:
                self._check_value(size, price)

    def _check_side(self, side: str) -> None:
        if side not in _NOT_WORSE:
            raise ConfigError(f"side cannot be {side!r}", hint="'buy' or 'sell'")

    def _check_state(self, ord_type: str) -> None:
        if self.state == "suspend":
            raise ConfigError(f"inst_id {self.inst_id} is suspended", hint="wait until its state is 'live' again")
        if self.state == "post_only" and ord_type != "post_only":
            raise ConfigError(f"ord_type {ord_type!r}: {self.inst_id} takes post_only orders at present")

    def _check_price(self, price: Number) -> None:
        value = self._positive("price", price)
        tick = self.tick_at(value)
        low = _in_steps(value, tick, "down")
        if low != value:
            raise ConfigError(
                f"price {_text(value)} of {self.inst_id} is not on the tick ({_text(tick)})",
                hint=f"round_price(price, side) gives {_text(low) if low else _text(tick)} for a "
                f"{'buy' if low else 'sell'}",
            )

    def _check_size(self, size: Number, ord_type: str, *, is_at_market: bool) -> None:
        value, lot, least = self._positive("size", size), self._rule("lot"), self._rule("min_size")
        if value < least:
            raise ConfigError(
                f"size {_text(value)} of {self.inst_id} is below the smallest order",
                hint=f"give at least {_text(least)}",
            )
        low = _in_steps(value, lot, "down")
        if low != value:
            raise ConfigError(
                f"size {_text(value)} of {self.inst_id} is not a multiple of the lot ({_text(lot)})",
                hint=f"round_size(size) gives {_text(low)}",
            )
        most = self.max_market_size if is_at_market else self.max_limit_size
        if most is not None and value > most:
            raise ConfigError(
                f"size {_text(value)} of {self.inst_id} is above the largest {ord_type} order ({_text(most)})",
                hint="split it into several orders",
            )

    def _check_value(self, size: Number, price: Number) -> None:
        if self.min_notional is not None and (value := self.notional(size, price)) < self.min_notional:
            raise ConfigError(
                f"size {size} of {self.inst_id} at {price} is worth {_text(value)}, less than the smallest order",
                hint=f"it must be worth {_text(self.min_notional)} or more",
            )

    # -- numbers -----------------------------------------------------------------------------------------------

    def _rate(self, price: Number | None) -> Decimal:
        if price is None:
            raise ConfigError(f"price is missing: {self.inst_id} cannot be converted without one", hint="give price=")
        return self._positive("price", price)

    def _positive(self, name: str, given: Number) -> Decimal:
        value = _number(name, given)
        if value <= 0:
            raise ConfigError(f"{name} {_text(value)} of {self.inst_id} is not above 0", hint=_EXAMPLE)
        return value


def _in_steps(value: Decimal, step: Decimal, mode: Rounding) -> Decimal:
    """Return ``value`` as a whole number of steps, written with the step's digits."""
    whole, rest = _EXACT.divmod(value, step)
    twice = _EXACT.multiply(rest, Decimal(2))
    is_nearer_above = twice > step or (twice == step and whole % 2 == 1)
    if rest and (mode == "up" or (mode == "nearest" and is_nearer_above)):
        whole = _EXACT.add(whole, Decimal(1))
    return _EXACT.multiply(whole, step)


def _number(name: str, given: Number) -> Decimal:
    value = exact(name, given)
    if value and (len(value.as_tuple().digits) > _MOST_DIGITS or abs(value.adjusted()) > _MOST_DIGITS):
        raise ConfigError(f"{name} has more than {_MOST_DIGITS} digits", hint=_EXAMPLE)
    return value


def _text(value: Decimal) -> str:
    """Write plain digits: ``0.00000001``, never ``1E-8``."""
    return format(value, "f")
