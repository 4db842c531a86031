"""Every channel name of OKX V5, written down by hand and apart from the channel table, to compare the two."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["NAMES", "Name"]


class Name(NamedTuple):
    """A concrete channel: where it is, whether it needs a login, the lowest fee tier, and what must be given."""

    name: str
    path: str
    login: bool
    tier: str | None
    required: str
    method: str


# name, then required arguments ("|" between alternatives)
_PUBLIC: Final = """
tickers instId
trades instId
option-trades instType instFamily|instId
call-auction-details instId
books instId
books5 instId
bbo-tbt instId
books50-l2-tbt instId
books-l2-tbt instId
books-rpi instId
books-elp instId
instruments instType
event-contract-markets instType
open-interest instId
funding-rate instId
price-limit instId
opt-summary instFamily
estimated-price instType instFamily|instId
mark-price instId
index-tickers instId
liquidation-orders instType
adl-warning instType
status
"""
_PRIVATE: Final = """
account
positions instType
balance_and_position
liquidation-warning instType
account-greeks
orders instType
fills
"""
_BUSINESS: Final = """
trades-all instId
economic-calendar
public-struc-block-trades
public-block-trades instId
block-tickers instId
sprd-bbo-tbt sprdId
sprd-books5 sprdId
sprd-books-l2-tbt sprdId
sprd-public-trades sprdId
sprd-tickers sprdId
"""
_BUSINESS_LOGIN: Final = """
orders-algo instType
algo-advance instType
grid-orders-spot instType
grid-orders-contract instType
grid-orders-moon instType
grid-positions algoId
grid-sub-orders algoId
algo-recurring-buy instType
copytrading-lead-notification instType
copytrading-notification instType
deposit-info
withdrawal-info
rfqs
quotes
struc-block-trades
sprd-orders
sprd-trades
"""
_LOGIN_ELSEWHERE: Final = {"books50-l2-tbt", "books-l2-tbt", "economic-calendar"}
_TIERS: Final = {"books50-l2-tbt": "VIP4", "books-l2-tbt": "VIP4", "fills": "VIP4", "economic-calendar": "VIP1"}

_SHORT: Final = "1m 3m 5m 15m 30m 1H 2H 4H 6H 12H 1D 2D 3D 5D 1W 1M 3M"
_UTC: Final = "6Hutc 12Hutc 1Dutc 2Dutc 3Dutc 5Dutc 1Wutc 1Mutc 3Mutc"
_CANDLES: Final = (
    ("candle", f"1s {_SHORT} {_UTC}", "instId", "subscribe_candles"),
    ("mark-price-candle", f"{_SHORT} {_UTC} 1Yutc", "instId", "subscribe_mark_price_candles"),
    ("index-candle", f"{_SHORT} {_UTC}", "instId", "subscribe_index_candles"),
    ("sprd-candle", f"{_SHORT} {_UTC}", "sprdId", "subscribe_sprd_candles"),
)


def _plain(block: str, path: str, *, login: bool) -> list[Name]:
    names = []
    for line in block.split("\n")[1:-1]:
        name, _, required = line.partition(" ")
        method = "subscribe_" + name.replace("-", "_")
        names.append(Name(name, path, login or name in _LOGIN_ELSEWHERE, _TIERS.get(name), required, method))
    return names


NAMES: Final = [
    *_plain(_PUBLIC, "public", login=False),
    *_plain(_PRIVATE, "private", login=True),
    *_plain(_BUSINESS, "business", login=False),
    *_plain(_BUSINESS_LOGIN, "business", login=True),
    *(
        Name(prefix + bar, "business", False, None, required, method)
        for prefix, bars, required, method in _CANDLES
        for bar in bars.split()
    ),
]
