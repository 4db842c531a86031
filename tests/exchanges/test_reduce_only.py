"""An order that says it only reduces, and names a position that it would open."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync import ConfigError
from okx_sync.exchanges.reduce_only import check_reduces, reduces
from tests.each_case import each_case

OF_POSITIONS = reduces("position_idx", "positionIdx", {"1": "buy", "2": "sell"})
OF_TRADES = reduces("trade_side", "tradeSide", {"open": ""})


@each_case(
    ("side", "held", "reduce_only", "is_right"),
    [
        ("buy", "long", True, False),
        ("Sell", "short", "yes", False),
        ("sell", "long", True, True),
        ("buy", "long", False, True),
        ("buy", "long", "no", True),
        ("buy", "net", True, True),
        ("buy", None, True, True),
        (None, "long", True, True),
    ],
)
def test_what_opens(side: str | None, held: str | None, reduce_only: object, *, is_right: bool) -> None:
    """Only what opens the very position that it names is refused."""
    assert passes(lambda: check_reduces(side, held, reduce_only)) == is_right


@each_case(
    ("check", "order", "is_right"),
    [
        (OF_POSITIONS, {"side": "Buy", "positionIdx": "1", "reduceOnly": True}, False),
        (OF_POSITIONS, {"side": "Buy", "positionIdx": "2", "reduceOnly": True}, True),
        (OF_POSITIONS, {"side": "Buy", "positionIdx": "0", "reduceOnly": True}, True),
        (OF_POSITIONS, {"side": "Buy", "positionIdx": "1"}, True),
        (OF_TRADES, {"side": "sell", "tradeSide": "open", "reduceOnly": "YES"}, False),
        (OF_TRADES, {"side": "sell", "tradeSide": "close", "reduceOnly": "YES"}, True),
    ],
)
def test_orders_on_the_wire(check: Any, order: dict[str, Any], *, is_right: bool) -> None:
    """Each exchange has its own word for the position; one such order of a batch is enough."""
    assert passes(lambda: check([{"side": "Buy"}, order])) == is_right


def test_the_error_names_the_word() -> None:
    """It says which word of the exchange's contradicts."""
    with pytest.raises(ConfigError, match="a Buy with position_idx '1' opens, whatever reduce_only says") as caught:
        OF_POSITIONS([{"side": "Buy", "positionIdx": "1", "reduceOnly": True}])
    assert "in one-way mode leave it out" in str(caught.value.hint)


def passes(call: Any) -> bool:
    """Whether nothing is raised."""
    try:
        call()
    except ConfigError:
        return False
    return True
