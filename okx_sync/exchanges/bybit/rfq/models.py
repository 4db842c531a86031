"""Block trades that are asked for by quote. Pages: "RFQ" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.words import Category, Side
from okx_sync.rows import Row, envelope, model

__all__ = [
    "Rfq",
    "RfqLeg",
    "RfqPublicLeg",
    "RfqPublicTrade",
    "RfqQuote",
    "RfqQuoteLeg",
    "RfqTrade",
    "RfqTradeLeg",
]


@model
class RfqLeg(Row):
    """An instrument that an inquiry asks for."""

    category: Category | None = None
    symbol: str | None = None
    side: Side | None = None
    """Side of the one who asks."""
    qty: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""


@model
class Rfq(Row):
    """An inquiry for quotes (channel ``rfq.open.rfqs``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    rfqId: str | None = None
    """Id that Bybit gave the inquiry."""
    rfqLinkId: str | None = None
    """Id that the client gave the inquiry."""
    counterparties: tuple[str, ...] = ()
    """Desk codes of those who are asked."""
    expiresAt: int | None = None
    """Epoch ms of its end."""
    strategyType: str | None = None
    status: str | None = None
    acceptOtherQuoteStatus: bool | None = None
    """Whether others than the counterparties may quote."""
    deskCode: str | None = None
    """Desk code of the one who asks."""
    createdAt: int | None = None
    """Epoch ms of creation."""
    updatedAt: int | None = None
    """Epoch ms of the last change."""
    legs: tuple[RfqLeg, ...] = ()


@model
class RfqQuoteLeg(Row):
    """What a quote offers for an instrument."""

    category: Category | None = None
    symbol: str | None = None
    price: Decimal | None = None
    """Price in quote currency."""
    qty: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""


@model
class RfqQuote(Row):
    """A quote on an inquiry (channel ``rfq.open.quotes``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    rfqId: str | None = None
    """Id that Bybit gave the inquiry."""
    rfqLinkId: str | None = None
    """Id that the client gave the inquiry."""
    quoteId: str | None = None
    """Id that Bybit gave the quote."""
    quoteLinkId: str | None = None
    """Id that the client gave the quote."""
    expiresAt: int | None = None
    """Epoch ms of its end."""
    deskCode: str | None = None
    """Desk code of the one who quotes."""
    status: str | None = None
    execQuoteSide: Side | None = None
    """Side of the quote that was carried out."""
    createdAt: int | None = None
    """Epoch ms of creation."""
    updatedAt: int | None = None
    """Epoch ms of the last change."""
    quoteBuyList: tuple[RfqQuoteLeg, ...] = ()
    """Its offers for buying."""
    quoteSellList: tuple[RfqQuoteLeg, ...] = ()
    """Its offers for selling."""


@model
class RfqTradeLeg(Row):
    """What a block trade did on an instrument."""

    category: Category | None = None
    orderId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    price: Decimal | None = None
    """Price in quote currency."""
    qty: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""
    markPrice: Decimal | None = None
    """Mark price at the trade; of spot the index price."""
    execFee: Decimal | None = None
    """Fee, above zero when paid."""
    execId: str | None = None
    resultCode: int | None = None
    """0 when it was carried out."""
    resultMessage: str | None = None
    rejectParty: str | None = None
    """Who was the cause of a failure."""


@model
class RfqTrade(Row):
    """A block trade of the account (channel ``rfq.open.trades``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    rfqId: str | None = None
    """Id that Bybit gave the inquiry."""
    rfqLinkId: str | None = None
    """Id that the client gave the inquiry."""
    quoteId: str | None = None
    """Id that Bybit gave the quote."""
    quoteLinkId: str | None = None
    """Id that the client gave the quote."""
    quoteSide: Side | None = None
    """Side of the quote that was carried out."""
    strategyType: str | None = None
    status: str | None = None
    """``"Filled"`` or ``"Failed"``."""
    rfqDeskCode: str | None = None
    """Desk code of the one who asked."""
    quoteDeskCode: str | None = None
    """Desk code of the one who quoted."""
    createdAt: int | None = None
    """Epoch ms of creation."""
    updatedAt: int | None = None
    """Epoch ms of the last change."""
    legs: tuple[RfqTradeLeg, ...] = ()


@model
class RfqPublicLeg(Row):
    """What a public block trade did on an instrument."""

    category: Category | None = None
    symbol: str | None = None
    side: Side | None = None
    price: Decimal | None = None
    """Price in quote currency."""
    qty: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""
    markPrice: Decimal | None = None
    """Mark price at the trade; of spot the index price."""


@model
class RfqPublicTrade(Row):
    """A block trade of anybody (channel ``rfq.open.public.trades``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    rfqId: str | None = None
    """Id of the inquiry."""
    strategyType: str | None = None
    createdAt: int | None = None
    """Epoch ms of creation."""
    updatedAt: int | None = None
    """Epoch ms of the last change."""
    legs: tuple[RfqPublicLeg, ...] = ()
