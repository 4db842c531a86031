"""Trading rules: rounding, contracts and coins, and the checks before sending, exact for every instrument there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import ConfigError
from okx_sync.state.instrument_spec import UNKNOWN, InstrumentSpec, TickRange
from tests.each_case import each_case


def spec(inst_id: str, kind: str, tick: str, lot: str, smallest: str, **more: Any) -> InstrumentSpec:
    """A spec from texts."""
    steps = Decimal(tick), Decimal(lot)
    return InstrumentSpec(inst_id=inst_id, kind=kind, tick=steps[0], lot=steps[1], min_size=Decimal(smallest), **more)


SPOT = spec(
    "BTC-USDT", "spot", "0.1", "0.00000001", "0.00001", max_limit_size=Decimal(9999), max_market_size=Decimal(100)
)
TINY = spec("PEPE-USDT", "spot", "0.00000001", "1", "1000")
HUGE = spec("SHIB-USDT", "spot", "1E-12", "1000000", "1000000")
LINEAR = spec("BTC-USDT-SWAP", "swap", "0.1", "0.01", "0.01", contract_value=Decimal("0.01"))
INVERSE = spec("BTC-USD-SWAP", "swap", "0.1", "1", "1", contract_value=Decimal(100), is_inverse=True)
ODD = spec("ODD-USDT-SWAP", "swap", "0.025", "3", "7", contract_value=Decimal("0.7"))
OPTION = spec(
    "BTC-USD-250926-60000-C",
    "option",
    "0.0001",
    "1",
    "1",
    contract_value=Decimal("0.01"),
    tick_bands=(TickRange(Decimal(0), Decimal("0.0001")), TickRange(Decimal("0.005"), Decimal("0.0005"))),
)
ALL = (SPOT, TINY, HUGE, LINEAR, INVERSE, ODD, OPTION)

specs = st.sampled_from(ALL)
numbers = st.decimals("1e-12", "1e12", allow_nan=False, places=14) | st.integers(1, 10**15).map(Decimal)
# Python's own arithmetic as the judge: wide enough to be exact here.
JUDGE = Context(prec=200)


@given(specs, numbers)
def test_a_rounded_price_is_on_the_tick_and_never_worse(one: InstrumentSpec, price: Decimal) -> None:
    """A buy gets at most what was asked, a sell at least that, and both are less than a tick away."""
    tick = one.tick_at(price)
    up = one.round_price(price, "sell")
    assert price <= up < JUDGE.add(price, tick)
    assert JUDGE.remainder(up, tick) == 0
    if price < tick:
        with pytest.raises(ConfigError, match=r"price .* less than one tick"):
            one.round_price(price, "buy")
        return
    down = one.round_price(price, "buy")
    assert JUDGE.subtract(price, tick) < down <= price
    assert JUDGE.remainder(down, tick) == 0
    nearest = one.round_price(price)
    assert nearest in (down, up)
    assert abs(JUDGE.subtract(nearest, price)) * 2 <= tick
    assert (one.round_price(price, rounding="down"), one.round_price(price, rounding="up")) == (down, up)


@given(specs, numbers)
def test_rounding_twice_changes_nothing(one: InstrumentSpec, number: Decimal) -> None:
    """What is rounded is on the step, also in every other direction."""
    price = one.round_price(number, "sell")
    assert one.round_price(price, "buy") == one.round_price(price, "sell") == one.round_price(price) == price
    if number >= one.min_size + one.lot:
        assert one.round_size(one.round_size(number)) == one.round_size(number)


@given(specs, numbers)
def test_a_rounded_size_is_whole_lots_and_never_more(one: InstrumentSpec, size: Decimal) -> None:
    """Cut down to the lot; below the smallest order it is an error and not a zero."""
    lots = JUDGE.multiply(JUDGE.divide_int(size, one.lot), one.lot)
    if lots < one.min_size:
        with pytest.raises(ConfigError, match=r"size .* below the smallest order"):
            one.round_size(size)
        return
    rounded = one.round_size(size)
    assert rounded == lots
    assert JUDGE.subtract(size, one.lot) < rounded <= size


@given(specs, st.integers(1, 10**12), st.integers(1, 10**9))
def test_contracts_come_back_from_coins(one: InstrumentSpec, lots: int, ticks: int) -> None:
    """There and back gives the very same contracts, for linear and inverse ones and any price."""
    contracts, price = one.lot * lots, one.tick * ticks
    assert one.coins_to_contracts(one.contracts_to_coins(contracts, price), price) == contracts


@given(specs, numbers, numbers, st.sampled_from(["buy", "sell"]))
def test_what_the_helper_made_passes_the_check(one: InstrumentSpec, size: Decimal, price: Decimal, side: Any) -> None:
    """The check and the rounding agree; one step aside and the check says no."""
    one = attrs.evolve(one, max_limit_size=None)
    try:
        made = one.round_size(size), one.round_price(price, side)
    except ConfigError:
        return
    one.check(side, "limit", *made)
    with localcontext(prec=60):  # half a step aside must not be rounded away
        beside = made[0] + one.lot / 2, made[1] + one.tick_at(made[1]) / 2
    with pytest.raises(ConfigError, match=r"^size "):
        one.check(side, "limit", beside[0], made[1])
    with pytest.raises(ConfigError, match=r"^price "):
        one.check(side, "limit", made[0], beside[1])


def test_the_everyday_numbers() -> None:
    """As one would do it by hand."""
    assert SPOT.round_price("65000.17", "buy") == Decimal("65000.1")
    assert SPOT.round_price("65000.17", "sell") == Decimal("65000.2")
    assert SPOT.round_price("65000.25") == Decimal("65000.2"), "a tie goes to the even tick, as in Decimal"
    assert SPOT.round_price("65000.35") == Decimal("65000.4")
    assert SPOT.round_size("0.123456789") == Decimal("0.12345678")
    assert LINEAR.contracts_to_coins(5) == Decimal("0.05")
    assert LINEAR.coins_to_contracts("0.05") == 5
    assert LINEAR.notional(5, 60000) == 3000
    assert INVERSE.contracts_to_coins(6, 60000) == Decimal("0.01")
    assert INVERSE.coins_to_contracts("0.01", 60000) == 6
    assert INVERSE.notional(6) == 600
    assert SPOT.contracts_to_coins("0.5") == SPOT.coins_to_contracts("0.5") == Decimal("0.5")
    assert SPOT.notional("0.5", 60000) == 30000
    assert OPTION.notional(100, "0.02") == Decimal("0.02"), "the premium of one coin's worth of options, in coins"


def test_results_read_like_the_exchanges_numbers() -> None:
    """Text of a result has the step's digits: no exponent that came from the arithmetic, no float noise."""
    assert str(SPOT.round_price("65000")) == "65000.0"
    assert str(LINEAR.round_size("1")) == "1.00"
    assert format(TINY.round_price("0.000000129", "buy"), "f") == "0.00000012"


@pytest.mark.parametrize(("price", "down", "up"), [("0.00312", "0.0031", "0.0032"), ("0.0312", "0.0310", "0.0315")])
def test_options_have_a_coarser_tick_at_higher_prices(price: str, down: str, up: str) -> None:
    """The band of the price decides."""
    assert (OPTION.round_price(price, "buy"), OPTION.round_price(price, "sell")) == (Decimal(down), Decimal(up))


@each_case(
    "call",
    [
        lambda number: SPOT.round_price(number, "buy"),
        lambda number: SPOT.round_size(number),
        lambda number: LINEAR.contracts_to_coins(number),
        lambda number: LINEAR.coins_to_contracts(number),
        lambda number: INVERSE.contracts_to_coins(1, number),
        lambda number: LINEAR.notional(1, number),
        lambda number: SPOT.check("buy", "limit", number, 1),
        lambda number: SPOT.check("buy", "limit", 1, number),
        lambda number: SPOT.tick_at(number),
    ],
    ids=lambda call: " ".join(call.__code__.co_names),
)
@each_case(
    ("number", "why"),
    [
        (0.1, "float"),
        (True, "bool"),
        (None, "NoneType|missing"),
        ("", "not a number"),
        ("1,5", "not a number"),
        ("NaN", "not a number"),
        (Decimal("Infinity"), "not a number"),
        (0, "not above 0"),
        ("-1", "not above 0"),
        (Decimal("1E+5000"), "not a number"),
        ("0." + "1" * 50, "digits"),
    ],
)
def test_what_is_no_number_is_refused_by_name(call: Any, number: Any, why: str) -> None:
    """Floats above all; the error names the parameter and has a hint."""
    with pytest.raises(ConfigError, match=why) as caught:
        call(number)
    assert re.match("(price|size|contracts|coins) ", caught.value.message)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("args", "more", "message"),
    [
        (("bid", "limit", 1, 1), {}, "side cannot be 'bid'"),
        (("buy", "limit", 1), {}, "price is missing"),
        (("buy", "limit", "0.000001", 1), {}, "size 0.000001 of BTC-USDT is below the smallest order"),
        (("buy", "limit", "0.000010001", 1), {}, "size 0.000010001 of BTC-USDT is not a multiple of the lot"),
        (("buy", "limit", "10000", 1), {}, "size 10000 of BTC-USDT is above the largest limit order"),
        (("buy", "market", "101"), {}, "size 101 of BTC-USDT is above the largest market order"),
        (("sell", "post_only", 1, "0.15"), {}, "price 0.15 of BTC-USDT is not on the tick"),
        (("buy", "market", "-5"), {"in_quote": True}, "size -5 of BTC-USDT is not above 0"),
    ],
)
def test_checks_name_what_does_not_fit(args: Any, more: Any, message: str) -> None:
    """One message for each rule, with a cure."""
    with pytest.raises(ConfigError, match=f"^{re.escape(message)}") as caught:
        SPOT.check(*args, **more)
    assert caught.value.hint


def test_money_to_spend_is_no_size() -> None:
    """A market buy sized in quote currency has no lot and no largest size that we could know."""
    SPOT.check("buy", "market", "123456.789", in_quote=True)


def test_hints_say_what_would_do() -> None:
    """The nearest values that pass, also where there is nothing below."""
    with pytest.raises(ConfigError, match=r"gives 0\.1 for a buy"):
        SPOT.check("buy", "limit", 1, "0.15")
    with pytest.raises(ConfigError, match=r"gives 0\.1 for a sell"):
        SPOT.check("buy", "limit", 1, "0.05")
    with pytest.raises(ConfigError, match=r"at least 0\.00001, in steps of 0\.00000001"):
        SPOT.round_size("0.000001")


def test_states_that_take_no_such_order() -> None:
    """Suspended: none; post_only: that type only; words we do not know are left to the exchange."""
    with pytest.raises(ConfigError, match="inst_id BTC-USDT is suspended"):
        attrs.evolve(SPOT, state="suspend").check("buy", "limit", 1, 1)
    quiet = attrs.evolve(SPOT, state="post_only")
    quiet.check("buy", "post_only", 1, 1)
    with pytest.raises(ConfigError, match="ord_type 'limit'"):
        quiet.check("buy", "limit", 1, 1)
    attrs.evolve(SPOT, state="preopen").check("buy", "limit", 1, 1)


def test_prices_that_are_needed_are_asked_for() -> None:
    """An inverse contract has no coins without a price, and nothing else has a value without one."""
    for call in (INVERSE.contracts_to_coins, INVERSE.coins_to_contracts, LINEAR.notional):
        with pytest.raises(ConfigError, match="price is missing"):
            call(1)


@pytest.mark.parametrize("field", ["tick", "lot", "contract_value"])
def test_a_spec_without_steps_cannot_be(field: str) -> None:
    """Zero steps would divide by zero somewhere later."""
    with pytest.raises(ConfigError, match="above 0"):
        attrs.evolve(SPOT, **dict[str, Any]({field: Decimal(0)}))


def test_an_unknown_rounding_is_refused() -> None:
    """And an unknown side, too."""
    with pytest.raises(ConfigError, match="rounding cannot be 'floor'"):
        SPOT.round_price(1, rounding="floor")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="side cannot be 'long'"):
        SPOT.round_price(1, "long")


# -- announced only ------------------------------------------------------------------------------------------------


def test_what_is_announced_only_says_so_when_a_rule_is_needed() -> None:
    """Nothing is made up for it: every check, rounding and conversion names what is not known."""
    new = attrs.evolve(SPOT, tick=UNKNOWN, lot=UNKNOWN, min_size=UNKNOWN, contract_value=UNKNOWN)
    assert new.is_announced
    assert not SPOT.is_announced
    asks: list[Callable[[], object]] = [
        lambda: new.check("buy", "limit", 1, 1),
        lambda: new.check("buy", "market", 1, in_quote=True),
        lambda: new.tick_at(1),
        lambda: new.round_price(1),
        lambda: new.round_size(1),
        lambda: new.contracts_to_coins(1),
        lambda: new.coins_to_contracts(1),
        lambda: new.notional(1, 1),
    ]
    for ask in asks:
        with pytest.raises(ConfigError, match="is announced only"):
            ask()
