"""Rows of market data calls that no stream pushes."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import OptType, Side
from okx_sync.models import Row, model


@model
class ExchangeRate(Row):
    """Average rate of the last two weeks (``market/exchange-rate``)."""

    # CNY for one USD.
    usdCny: Decimal | None = None


@model
class IndexComponent(Row):
    """A market that an index is made of."""

    exch: str | None = None
    symbol: str | None = None
    # Price there.
    symPx: Decimal | None = None
    # Weight, as a ratio.
    wgt: Decimal | None = None
    # Price in the index's quote currency.
    cnvPx: Decimal | None = None


@model
class IndexComponents(Row):
    """What an index is made of (``market/index-components``)."""

    index: str | None = None
    last: Decimal | None = None
    components: tuple[IndexComponent, ...] = ()
    # Epoch ms.
    ts: int | None = None


@model
class OptionFamilyTrade(Row):
    """One public trade of an option. ``sz`` is in contracts."""

    instId: str | None = None
    instFamily: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Of the taker.
    side: Side | None = None
    # Epoch ms.
    ts: int | None = None


@model
class OptionFamilyTrades(Row):
    """The newest trades of an options family, calls or puts (``market/option/instrument-family-trades``)."""

    # Contracts.
    vol24h: Decimal | None = None
    optType: OptType | None = None
    tradeInfo: tuple[OptionFamilyTrade, ...] = ()


@model
class PlatformVolume(Row):
    """What was traded on the whole exchange in 24 h (``market/platform-24-volume``)."""

    volUsd: Decimal | None = None
    volCny: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
