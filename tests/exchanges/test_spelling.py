"""Names of instruments as another exchange spells them."""

from __future__ import annotations

import pytest

from okx_sync.exchanges.spelling import dashed, joined


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BTCUSDT", "BTC-USDT"),
        ("btc-usdt", "BTC-USDT"),
        ("BTC/USDT", "BTC-USDT"),
        ("BTC_USDT", "BTC-USDT"),
        ("BTC/USDT:USDT", "BTC-USDT"),
        ("BTCUSDTSWAP", "BTC-USDT-SWAP"),
        ("BTC-USDT", None),
        ("BTC-USDT-SWAP", None),
        ("BTC-USD-250926-60000-C", None),
        ("LISTING-SPOT-SLX-USDT", None),
        ("USDT", None),
        ("", None),
    ],
)
def test_with_dashes(name: str, meant: str | None) -> None:
    """As OKX spells them; what is right already, or no pair, is left alone."""
    assert dashed(name) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BTC-USDT", "BTCUSDT"),
        ("BTC-USDT-SWAP", "BTCUSDT"),
        ("BTC/USDT", "BTCUSDT"),
        ("btcusdt", "BTCUSDT"),
        ("BTCUSDT", None),
        ("BTC-26SEP25", None),
        ("BTCPERP", None),
    ],
)
def test_in_one_word(name: str, meant: str | None) -> None:
    """As Bitget and Bybit spell them."""
    assert joined(name) == meant
