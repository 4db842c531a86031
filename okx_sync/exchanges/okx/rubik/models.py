"""Rows of trading statistics: position-coded, newest first. ``ts`` is epoch ms."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model


@model
class SupportedCoins(Row):
    """Currencies that there are statistics of (``rubik/stat/trading-data/support-coin``)."""

    contract: tuple[str, ...] = ()
    option: tuple[str, ...] = ()
    spot: tuple[str, ...] = ()


@model(positional=True)
class TakerVolume(Row):
    """What takers sold and bought, in the unit that was asked for."""

    ts: int | None = None
    sellVol: Decimal | None = None
    buyVol: Decimal | None = None


@model(positional=True)
class Ratio(Row):
    """A ratio at a time."""

    ts: int | None = None
    ratio: Decimal | None = None


@model(positional=True)
class AccountRatio(Row):
    """Accounts that are long by accounts that are short."""

    ts: int | None = None
    longShortAcctRatio: Decimal | None = None


@model(positional=True)
class PositionRatio(Row):
    """Long by short positions."""

    ts: int | None = None
    longShortPosRatio: Decimal | None = None


@model(positional=True)
class OpenInterestPoint(Row):
    """Open interest in contracts, coins and USD."""

    ts: int | None = None
    oi: Decimal | None = None
    oiCcy: Decimal | None = None
    oiUsd: Decimal | None = None


@model(positional=True)
class InterestVolume(Row):
    """Open interest and volume: USD for contracts, coins for options."""

    ts: int | None = None
    oi: Decimal | None = None
    vol: Decimal | None = None


@model(positional=True)
class PutCallRatio(Row):
    """Puts by calls, of open interest and of volume."""

    ts: int | None = None
    oiRatio: Decimal | None = None
    volRatio: Decimal | None = None


@model(positional=True)
class ExpiryInterest(Row):
    """Open interest and volume of the options of one expiry, in coins."""

    ts: int | None = None
    # Day: "20260925".
    expTime: str | None = None
    callOI: Decimal | None = None
    putOI: Decimal | None = None
    callVol: Decimal | None = None
    putVol: Decimal | None = None


@model(positional=True)
class StrikeInterest(Row):
    """Open interest and volume of the options of one strike, in coins."""

    ts: int | None = None
    strike: Decimal | None = None
    callOI: Decimal | None = None
    putOI: Decimal | None = None
    callVol: Decimal | None = None
    putVol: Decimal | None = None


@model(positional=True)
class OptionTakerVolume(Row):
    """What takers bought and sold in options, in coins, and what of it were block trades."""

    ts: int | None = None
    callBuyVol: Decimal | None = None
    callSellVol: Decimal | None = None
    putBuyVol: Decimal | None = None
    putSellVol: Decimal | None = None
    callBlockVol: Decimal | None = None
    putBlockVol: Decimal | None = None
