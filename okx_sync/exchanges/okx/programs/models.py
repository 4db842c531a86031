"""Rows of programmes: affiliates, brokers, market makers, services for OKX's own agent tools.

Volumes and amounts are in USDT, rates: 0.01 is one percent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.shared_models import SecretRow
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.fields import UNREADABLE, to_decimal
from okx_sync.rows.to_wire import as_text


@model
class AffiliateShare(Row):
    """An affiliate's totals of one kind of commission."""

    commissionCategory: str | None = None
    """Category: "SPOT", "DERIVATIVE", "BSC"."""
    firstTraderCnt: int | None = None
    """Invitees who traded for the first time within the period."""
    traderCnt: int | None = None
    """Invitees who traded within the period."""
    vol: Decimal | None = None
    """Volume of the period, USDT."""
    commission: Decimal | None = None
    """Commission of the period, USDT."""


@model
class AffiliatePerformance(Row):
    """An affiliate's totals of a period (``affiliate/performance/summary``)."""

    uTime: int | None = None
    """Epoch ms of these figures."""
    inviteeCnt: int | None = None
    """Number of invitees."""
    depAmt: Decimal | None = None
    """Deposits, USDT."""
    details: tuple[AffiliateShare, ...] = ()


@model
class Invitee(Row):
    """A user whom an affiliate has invited (``affiliate/invitee/list``)."""

    totalPage: int | None = envelope("totalPage")
    """Number of pages; said beside the rows."""
    uid: str | None = None
    country: str | None = None
    """Two-letter country code."""
    joinTime: int | None = None
    """Epoch ms at which they joined."""
    firstTradeTime: int | None = None
    """Epoch ms of the first trade; None before it."""
    channelName: str | None = None
    rebateRate: Decimal | None = None
    """Rebate as a ratio; 0.1 is 10 %."""
    feeTierRank: str | None = None
    """Rank of the fee tier, from "0" to "13"."""
    kycStatus: str | None = None
    """Identity check: "unverified" or "verified"."""
    kycTime: int | None = None
    """Epoch ms of the identity check; None before it."""
    depAmt: Decimal | None = None
    """Deposits in all, USDT."""
    totalVol: Decimal | None = None
    """Volume in all, USDT."""
    totalFee: Decimal | None = None
    """Trading fees in all, USDT."""
    totalCommission: Decimal | None = None
    """Commission in all, USDT."""
    isCompliant: bool | None = None
    """Whether regional rules allow the invitee."""


@model
class InviteeDetail(Row):
    """A user whom an affiliate has invited, in full (``affiliate/invitee/detail``)."""

    inviteeLevel: str | None = None
    """Level below the affiliate."""
    joinTime: int | None = None
    """Epoch ms at which they joined."""
    inviteeRebateRate: Decimal | None = None
    """Rebate as a ratio; 0.01 is 1 %."""
    totalCommission: Decimal | None = None
    """Commission in all, USDT."""
    firstTradeTime: int | None = None
    """Epoch ms of the first trade; None before it."""
    level: str | None = None
    """Fee tier: "Lv1"."""
    depAmt: Decimal | None = None
    """Deposits in all, USDT."""
    wdAmt: Decimal | None = None
    """Withdrawals in all, USDT."""
    volMonth: Decimal | None = None
    """Volume of the current month, USDT."""
    totalVol: Decimal | None = None
    """Volume in all, USDT."""
    accFee: Decimal | None = None
    """Fees paid so far, USDT."""
    kycTime: int | None = None
    """Epoch ms of the identity check, exact to the day; None before it."""
    region: str | None = None
    affiliateCode: str | None = None
    inviteeLv: str | None = None
    volPeriod: Decimal | None = None
    """Volume of the period that was asked for, USDT."""


@model
class InviteLink(Row):
    """A link to invite with (``affiliate/link/list``)."""

    totalPage: int | None = envelope("totalPage")
    """Number of pages; said beside the rows."""
    channelId: str | None = None
    channelName: str | None = None
    joinLink: str | None = None
    linkType: str | None = None
    inviterCommissionRate: Decimal | None = None
    """Commission of the inviter, as a ratio."""
    coInviterCommissionRate: Decimal | None = None
    """Commission of the co-inviter, as a ratio."""
    inviteeDiscountRate: Decimal | None = None
    """Rebate of invitees, as a ratio."""
    inviteeCnt: int | None = None
    """Number of invitees."""
    traderCnt: int | None = None
    """Number of invitees who have traded."""
    totalCommission: Decimal | None = None
    """Commission in all, USDT."""
    commission24h: Decimal | None = None
    """Commission of the last 24 hours, USDT."""
    cTime: int | None = None
    """Epoch ms of creation."""
    isDefault: bool | None = None
    """Whether it is the default link."""
    linkStatus: str | None = None


@model
class CoInviterLink(Row):
    """A link that is shared with another inviter (``affiliate/co-inviter/list``)."""

    totalPage: int | None = envelope("totalPage")
    """Number of pages; said beside the rows."""
    channelId: str | None = None
    channelName: str | None = None
    joinLink: str | None = None
    inviterCommissionRate: Decimal | None = None
    """Commission of the inviter, as a ratio."""
    coInviterCommissionRate: Decimal | None = None
    """Commission of the co-inviter, as a ratio."""
    inviteeDiscountRate: Decimal | None = None
    """Rebate of invitees, as a ratio."""
    parUserName: str | None = None
    """Name of the inviter, masked in part."""
    coUserName: str | None = None
    """Name of the co-inviter, masked."""
    isCompliant: bool | None = None
    """Whether regional rules allow the co-inviter."""
    note: str | None = None
    isDefault: bool | None = None
    """Whether it is the default link."""
    totalCommission: Decimal | None = None
    """Commission in all, USDT."""
    commission24h: Decimal | None = None
    """Commission of the last 24 hours, USDT."""
    inviteeCnt: int | None = None
    """Number of invitees."""
    traderCnt: int | None = None
    """Number of invitees who have traded."""
    clickCnt: int | None = None
    """Number of clicks on the link."""
    totalFee: Decimal | None = None
    """Fees in all, USDT."""
    cTime: int | None = None
    """Epoch ms of creation."""
    channelAssessmentStatus: str | None = None
    inviterChannelStatus: str | None = None
    coInviterChannelStatus: str | None = None
    linkStatus: str | None = None
    """State: "normal" or "abnormal"."""


@model
class SubAffiliate(Row):
    """A sub-affiliate (``affiliate/sub-affiliate/list``)."""

    totalPage: int | None = envelope("totalPage")
    """Number of pages; said beside the rows."""
    subAffiliateUid: str | None = None
    country: str | None = None
    joinTime: int | None = None
    """Epoch ms at which they joined."""
    subAffiliateLevel: str | None = None
    commissionRate: Decimal | None = None
    """Commission, as a ratio."""
    isCompliant: bool | None = None
    inviteeCnt: int | None = None
    """Number of invitees."""
    traderCnt: int | None = None
    """Number of invitees who have traded."""
    depAmt: Decimal | None = None
    """Deposits in all, USDT."""
    totalVol: Decimal | None = None
    """Volume in all, USDT."""
    totalFee: Decimal | None = None
    """Fees in all, USDT."""
    totalCommission: Decimal | None = None
    """Commission in all, USDT."""


@model
class BrokerFile(Row):
    """A file of a broker's rebates, or that it is being made (``broker/dma/rebate-per-orders``, ``broker/fd/...``)."""

    fileHref: str | None = None
    """Link to the file, valid for a while."""
    beginTime: int | None = None
    """Epoch ms at which its period begins."""
    endTime: int | None = None
    """Epoch ms at which its period ends."""
    cTime: int | None = None
    """Epoch ms of creation."""
    ts: int | None = None
    """Epoch ms."""
    state: str | None = None
    """State: "finished" or "ongoing"."""


@model
class FileRequest(Row):
    """Receipt for asking for a file of a broker's rebates or trades."""

    result: bool | None = None
    ts: int | None = None
    """Epoch ms."""


@model
class FdRebateState(Row):
    """Whether trades of a user bring a broker a rebate (``broker/fd/if-rebate``)."""

    type: str | None = None
    """Why or why not (a number in text)."""
    brokerCode: str | None = None
    affiliated: bool | None = None
    clientRebateRatio: Decimal | None = None
    """Rebate of the client, as a ratio."""
    lastRebate: Decimal | None = None


@model
class DmaSubAccount(Row):
    """The sub-account of a DMA broker's client."""

    subAcct: str | None = None
    uid: str | None = None
    label: str | None = None
    acctLv: str | None = None
    """Account mode."""
    enable: bool | None = None
    """Whether it may be used; False when frozen."""
    frozenFunc: tuple[str, ...] = ()
    """What is frozen."""
    canTransOut: bool | None = None
    """Whether it may transfer out."""
    firstLvSubAcct: str | None = None
    """Sub-account of the first level that it belongs to."""
    subAcctLv: str | None = None
    """Level below the master account."""
    ts: int | None = None
    """Epoch ms."""


@model
class DmaSubAccounts(Row):
    """A page of sub-accounts of a DMA broker's clients (``broker/dma/subaccount-info``)."""

    page: int | None = None
    """Number of this page."""
    totalPage: int | None = None
    """Number of pages."""
    details: tuple[DmaSubAccount, ...] = ()


@model
class DmaFeeRate(Row):
    """Fee rates for one kind of instrument."""

    type: str | None = None
    maker: Decimal | None = None
    """Rate of makers, as a ratio; negative is paid."""
    taker: Decimal | None = None
    """Rate of takers, as a ratio; negative is paid."""


@model
class DmaFeeAccount(Row):
    """Fee rates of the sub-account of a DMA broker's client."""

    subAcct: str | None = None
    uid: str | None = None
    firstLvSubAcct: str | None = None
    subAcctLv: str | None = None
    ts: int | None = None
    """Epoch ms."""
    feeRates: tuple[DmaFeeRate, ...] = ()


@model
class DmaTradeFees(Row):
    """A page of fee rates of a DMA broker's clients (``broker/dma/subaccount-trade-fee``)."""

    page: int | None = None
    """Number of this page."""
    totalPage: int | None = None
    """Number of pages."""
    details: tuple[DmaFeeAccount, ...] = ()


@model
class GlpSplit(Row):
    """A figure by type of business and side, as it came: ``extra`` has it, an object in an object."""

    @property
    def figures(self) -> dict[tuple[str, ...], Decimal]:
        """The figures by what they are of: ``{("spot", "maker"): Decimal("1.5")}``; what is empty is left out."""
        return dict(_flat((), self.extra))


def _flat(path: tuple[str, ...], found: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    for name, value in found.items():
        here = (*path, name)
        if isinstance(value, Mapping):
            yield from _flat(here, value)
        elif (figure := _figure(here, value)) is not None:
            yield here, figure


def _figure(path: tuple[str, ...], value: Any) -> Decimal | None:
    try:
        return to_decimal(value)
    except UNREADABLE:
        raise DecodeError(f"the figure of {'.'.join(path)} is not a number", text=as_text(value)) from None


@model
class GlpDay(Row):
    """A market maker's volume and share of all makers on one day (``users/glp/historicalperformance``)."""

    date: str | None = None
    """Day at UTC+8: "2026-01-31"."""
    volume: GlpSplit | None = None
    """Volume, USD."""
    share: GlpSplit | None = None
    """Share of all makers."""


@model
class GlpAccount(Row):
    """Accounts of a market maker that count together."""

    masterAccountId: str | None = None
    combinedAccountIds: tuple[str, ...] = ()


@model
class GlpFigures(Row):
    """A market maker's volume and share of all makers."""

    volume: GlpSplit | None = None
    """Volume, USD."""
    share: GlpSplit | None = None
    """Share of all makers."""


@model
class GlpMonth(Row):
    """A market maker's volume and share of all makers in the month so far."""

    volume: GlpSplit | None = None
    """Volume, USD."""
    share: GlpSplit | None = None
    """Share of all makers."""
    mtdStatus: str | None = None
    qualifyingShare: GlpSplit | None = None


@model
class GlpProgram(Row):
    """One programme for market makers, and the figures that count in it."""

    program: str | None = None
    marketMakerBusinessId: str | None = None
    enrollmentStatus: str | None = None
    marketMakerLevelId: str | None = None
    enrolledTierDisplay: str | None = None
    qualifyingPool: str | None = None
    """Pool that counts towards a tier."""
    qualifyingRows: tuple[str, ...] = ()
    """Lines of the figures that count towards a tier."""
    daily: GlpFigures | None = None
    """Figures of the day."""
    mtd: GlpMonth | None = None
    """Figures of the month so far."""


@model
class GlpToday(Row):
    """A market maker's figures of today and of the month so far (``users/glp/todayperformance``)."""

    dataReady: bool | None = None
    dataDate: str | None = None
    """Day at UTC+8."""
    account: GlpAccount | None = None
    programs: tuple[GlpProgram, ...] = ()


@model
class SentimentShares(Row):
    """Shares of bullish and bearish opinions."""

    label: str | None = None
    bullishRatio: Decimal | None = None
    """Share of bullish opinions."""
    bearishRatio: Decimal | None = None
    """Share of bearish opinions."""


@model
class SentimentPoint(Row):
    """Shares of bullish and bearish opinions at a time."""

    ts: int | None = None
    """Epoch ms."""
    bullishRatio: Decimal | None = None
    """Share of bullish opinions."""
    bearishRatio: Decimal | None = None
    """Share of bearish opinions."""
    mentionCnt: int | None = None
    """Number of mentions."""


@model
class CurrencySentiment(Row):
    """What people say about a currency."""

    ccy: str | None = None
    mentionCnt: int | None = None
    """Number of mentions."""
    sentiment: SentimentShares | None = None
    trend: tuple[SentimentPoint, ...] = ()
    """Shares of opinions over time."""


@model
class SentimentReport(Row):
    """What people say about currencies (``orbit/currency-sentiment-query``, ``.../currency-sentiment-ranking``)."""

    details: tuple[CurrencySentiment, ...] = ()


@model
class NewsItem(Row):
    """A piece of news (``orbit/news-detail``)."""

    id: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    title: str | None = None
    platformList: tuple[str, ...] = ()
    ccyList: tuple[str, ...] = ()
    importance: str | None = None
    summary: str | None = None
    sourceUrl: str | None = None
    content: str | None = None


@model
class NewsPage(Row):
    """A page of news (``orbit/news-search``)."""

    details: tuple[NewsItem, ...] = ()
    nextCursor: str | None = None
    """Where the next page begins."""


@model
class SkillToken(SecretRow):
    """A token to download a skill file with (``skill/download/presign``)."""

    _hidden: ClassVar[tuple[str, ...]] = ("token",)

    token: str | None = None
    expiresAt: str | None = None


@model
class BinaryFile(Row):
    """A skill file as it came (``skill/file``)."""

    @property
    def body(self) -> bytes:
        """The bytes, as they are."""
        found = self.extra.get("body", b"")
        return found if isinstance(found, bytes) else b""
