"""Rows about grid bots that no stream pushes, and receipts that all bots give."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.grid import ContractGridOrder
from okx_sync.models import Row, model


@model
class BotResult(Row):
    """Verdict on one request to a bot."""

    algoId: str | None = None
    # Order that closes a position, where there is one.
    ordId: str | None = None
    algoClOrdId: str | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None
    tag: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class BotId(Row):
    """The bot that was changed."""

    algoId: str | None = None
    algoClOrdId: str | None = None


@model
class GridRangeResult(Row):
    """Verdict on a new price range."""

    algoId: str | None = None
    # Money that the new range needs, and the most that can be added.
    requiredTopupAmount: Decimal | None = None
    maxTopupAmount: Decimal | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class GridIncome(Row):
    """Profit that was taken out."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    profit: Decimal | None = None


@model
class GridMarginPreview(Row):
    """What a change of margin would do."""

    # The most that can be added or taken out.
    maxAmt: Decimal | None = None
    # Factor after the change.
    lever: Decimal | None = None


@model
class GridAiParam(Row):
    """Parameters that OKX suggests for a grid bot."""

    instId: str | None = None
    algoOrdType: str | None = None
    # Prices that it was learned from: "7D", "30D", "180D".
    duration: str | None = None
    gridNum: int | None = None
    maxPx: Decimal | None = None
    minPx: Decimal | None = None
    # Profit of one grid, as a ratio.
    perMaxProfitRate: Decimal | None = None
    perMinProfitRate: Decimal | None = None
    perGridProfitRatio: Decimal | None = None
    annualizedRate: Decimal | None = None
    minInvestment: Decimal | None = None
    ccy: str | None = None
    # "1" arithmetic, "2" geometric.
    runType: str | None = None
    direction: str | None = None
    lever: Decimal | None = None
    sourceCcy: str | None = None


@model
class Investment(Row):
    """An amount of a currency."""

    amt: Decimal | None = None
    ccy: str | None = None


@model
class GridMinInvestment(Row):
    """The least that a grid bot needs."""

    minInvestmentData: tuple[Investment, ...] = ()
    # Amount of one grid.
    singleAmt: Decimal | None = None


@model
class RsiBackTesting(Row):
    """How often a trigger would have fired."""

    triggerNum: int | None = None


@model
class GridQuantity(Row):
    """The most grids of a range."""

    maxGridQty: int | None = None


@model
class GridBot(ContractGridOrder):
    """A grid bot as it is now, spot or contract. Amounts are in quote currency, ratios 0.01 is one percent."""

    # Spot: invested, and held now, in quote and in base currency.
    quoteSz: Decimal | None = None
    baseSz: Decimal | None = None
    curQuoteSz: Decimal | None = None
    curBaseSz: Decimal | None = None
    # Spot: profit that can be taken out.
    profit: Decimal | None = None
    # Spot, of selling at the stop: "0" none yet, "1" done, "2" failed.
    stopResult: str | None = None
    tradeQuoteCcy: str | None = None
    # Contract.
    uly: str | None = None
    instFamily: str | None = None
    feeCcy: str | None = None
