"""Names of instruments as another exchange spells them."""

from __future__ import annotations

import pytest

from okx_sync.exchanges.spelling import dashed, joined, same_period


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


@pytest.mark.parametrize(
    ("bar", "known", "meant"),
    [
        ("1m", ("1", "60", "D", "M"), "1"),
        ("4h", ("1", "240", "D", "M"), "240"),
        ("1d", ("1", "60", "D", "M"), "D"),
        ("1M", ("1", "60", "D", "M"), "M"),
        ("60", ("1m", "1H", "1D", "1M"), "1H"),
        ("", ("1", "60"), None),
        ("hour", ("1", "60"), None),
        ("7m", ("1", "60"), None),
    ],
)
def test_a_bar_is_known_by_how_long_it_lasts(bar: str, known: tuple[str, ...], meant: str | None) -> None:
    """A minute is never taken for a month."""
    assert same_period(bar, known) == meant
