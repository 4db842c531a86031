"""Numbers of users are taken exactly or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import exact


@given(st.decimals(allow_nan=False, allow_infinity=False).filter(lambda one: abs(one.adjusted()) <= 64))
def test_what_is_exact_stays_exact(number: Decimal) -> None:
    """Number or text, nothing is rounded."""
    assert exact("size", number).compare_total(number) == 0
    assert exact("size", str(number)).compare_total(number) == 0


@pytest.mark.parametrize(
    "value", [0.1, float("nan"), True, None, b"1", "", "a", "NaN", "-inf", Decimal("Infinity"), [1], "1e999999999"]
)
def test_what_is_no_number_is_refused_by_name(value: Any) -> None:
    """The error names the parameter and says what to give."""
    with pytest.raises(ConfigError, match="size") as caught:
        exact("size", value)
    assert caught.value.hint is not None
    assert "text or Decimal" in caught.value.hint
