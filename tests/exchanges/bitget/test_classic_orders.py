"""What V2's orders are made of, where the words do not say it."""

from __future__ import annotations

import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.classic_orders import margin_coin


@pytest.mark.parametrize(
    ("category", "symbol", "coin"),
    [("USDT-FUTURES", "BTCUSDT", "USDT"), ("USDC-FUTURES", "BTCPERP", "USDC"), ("COIN-FUTURES", "BTCUSD", "BTC")],
)
def test_the_margin_follows_from_category_and_name(category: str, symbol: str, coin: str) -> None:
    """V2 wants to be told."""
    assert margin_coin(category, symbol) == coin


@pytest.mark.parametrize(
    ("category", "symbol", "told"),
    [
        ("perp", "BTCUSDT", "category cannot be 'perp'.*one of: .*USDT-FUTURES"),
        ("usdt-futures", "BTCUSDT", "did you mean 'USDT-FUTURES'"),
        ("MARGIN", "BTCUSDT", "no category 'MARGIN'"),
        ("SPOT", "BTCUSDT", "as a spot pair has no margin"),
        ("COIN-FUTURES", "BTCUSDT", "the margin of BTCUSDT is not known"),
    ],
)
def test_a_category_that_is_none_is_named(category: str, symbol: str, told: str) -> None:
    """The word that is wrong is the one that the error is about."""
    with pytest.raises(ConfigError, match=told):
        margin_coin(category, symbol)
