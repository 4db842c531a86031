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
    """Totals of one kind of commission."""

    commissionCategory: str | None = None
    firstTraderCnt: int | None = None
    traderCnt: int | None = None
    vol: Decimal | None = None
    commission: Decimal | None = None


@model
class AffiliatePerformance(Row):
    """Totals of a period."""

    # Epoch ms of these figures.
    uTime: int | None = None
    inviteeCnt: int | None = None
    depAmt: Decimal | None = None
    details: tuple[AffiliateShare, ...] = ()


@model
class Invitee(Row):
    """An invitee. Times are epoch ms."""

    # How many pages there are; said beside the rows.
    totalPage: int | None = envelope("totalPage")
    uid: str | None = None
    country: str | None = None
    joinTime: int | None = None
    firstTradeTime: int | None = None
    channelName: str | None = None
    rebateRate: Decimal | None = None
    feeTierRank: str | None = None
    kycStatus: str | None = None
    kycTime: int | None = None
    depAmt: Decimal | None = None
    totalVol: Decimal | None = None
    totalFee: Decimal | None = None
    totalCommission: Decimal | None = None
    isCompliant: bool | None = None


@model
class InviteeDetail(Row):
    """An invitee, in full. Times are epoch ms."""

    # Level below the affiliate.
    inviteeLevel: str | None = None
    joinTime: int | None = None
    inviteeRebateRate: Decimal | None = None
    totalCommission: Decimal | None = None
    firstTradeTime: int | None = None
    # Fee tier.
    level: str | None = None
    depAmt: Decimal | None = None
    wdAmt: Decimal | None = None
    volMonth: Decimal | None = None
    totalVol: Decimal | None = None
    # Fees paid so far.
    accFee: Decimal | None = None
    kycTime: int | None = None
    region: str | None = None
    affiliateCode: str | None = None
    inviteeLv: str | None = None
    volPeriod: Decimal | None = None


@model
class InviteLink(Row):
    """A link to invite with. ``cTime``: epoch ms."""

    # How many pages there are; said beside the rows.
    totalPage: int | None = envelope("totalPage")
    channelId: str | None = None
    channelName: str | None = None
    joinLink: str | None = None
    linkType: str | None = None
    inviterCommissionRate: Decimal | None = None
    coInviterCommissionRate: Decimal | None = None
    inviteeDiscountRate: Decimal | None = None
    inviteeCnt: int | None = None
    traderCnt: int | None = None
    totalCommission: Decimal | None = None
    commission24h: Decimal | None = None
    cTime: int | None = None
    isDefault: bool | None = None
    linkStatus: str | None = None


@model
class CoInviterLink(Row):
    """A link that is shared with another inviter. ``cTime``: epoch ms."""

    # How many pages there are; said beside the rows.
    totalPage: int | None = envelope("totalPage")
    channelId: str | None = None
    channelName: str | None = None
    joinLink: str | None = None
    inviterCommissionRate: Decimal | None = None
    coInviterCommissionRate: Decimal | None = None
    inviteeDiscountRate: Decimal | None = None
    parUserName: str | None = None
    coUserName: str | None = None
    isCompliant: bool | None = None
    note: str | None = None
    isDefault: bool | None = None
    totalCommission: Decimal | None = None
    commission24h: Decimal | None = None
    inviteeCnt: int | None = None
    traderCnt: int | None = None
    clickCnt: int | None = None
    totalFee: Decimal | None = None
    cTime: int | None = None
    channelAssessmentStatus: str | None = None
    inviterChannelStatus: str | None = None
    coInviterChannelStatus: str | None = None
    linkStatus: str | None = None


@model
class SubAffiliate(Row):
    """A sub-affiliate. ``joinTime``: epoch ms."""

    # How many pages there are; said beside the rows.
    totalPage: int | None = envelope("totalPage")
    subAffiliateUid: str | None = None
    country: str | None = None
    joinTime: int | None = None
    subAffiliateLevel: str | None = None
    commissionRate: Decimal | None = None
    isCompliant: bool | None = None
    inviteeCnt: int | None = None
    traderCnt: int | None = None
    depAmt: Decimal | None = None
    totalVol: Decimal | None = None
    totalFee: Decimal | None = None
    totalCommission: Decimal | None = None


@model
class BrokerFile(Row):
    """A file of rebates, or that it is being made. Times are epoch ms."""

    # Link to the file, valid for a while.
    fileHref: str | None = None
    beginTime: int | None = None
    endTime: int | None = None
    cTime: int | None = None
    ts: int | None = None
    # "finished" or "ongoing".
    state: str | None = None


@model
class FileRequest(Row):
    """Receipt for asking for a file. ``ts``: epoch ms."""

    result: bool | None = None
    ts: int | None = None


@model
class FdRebateState(Row):
    """Whether trades of a user bring a rebate."""

    # Why or why not, a number in text.
    type: str | None = None
    brokerCode: str | None = None
    affiliated: bool | None = None
    # Ratio.
    clientRebateRatio: Decimal | None = None
    lastRebate: Decimal | None = None


@model
class DmaSubAccount(Row):
    """A client's sub-account. ``ts``: epoch ms."""

    subAcct: str | None = None
    uid: str | None = None
    label: str | None = None
    # Account mode.
    acctLv: str | None = None
    enable: bool | None = None
    # What is frozen.
    frozenFunc: tuple[str, ...] = ()
    canTransOut: bool | None = None
    firstLvSubAcct: str | None = None
    subAcctLv: str | None = None
    ts: int | None = None


@model
class DmaSubAccounts(Row):
    """A page of clients' sub-accounts."""

    page: int | None = None
    totalPage: int | None = None
    details: tuple[DmaSubAccount, ...] = ()


@model
class DmaFeeRate(Row):
    """Fee rates for one kind of instrument; negative is paid."""

    type: str | None = None
    maker: Decimal | None = None
    taker: Decimal | None = None


@model
class DmaFeeAccount(Row):
    """Fee rates of a client's sub-account. ``ts``: epoch ms."""

    subAcct: str | None = None
    uid: str | None = None
    firstLvSubAcct: str | None = None
    subAcctLv: str | None = None
    ts: int | None = None
    feeRates: tuple[DmaFeeRate, ...] = ()


@model
class DmaTradeFees(Row):
    """A page of fee rates."""

    page: int | None = None
    totalPage: int | None = None
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
    """Volume in USD and share of all makers on one day."""

    # "2026-01-31", UTC+8.
    date: str | None = None
    volume: GlpSplit | None = None
    share: GlpSplit | None = None


@model
class GlpAccount(Row):
    """Accounts that count together."""

    masterAccountId: str | None = None
    combinedAccountIds: tuple[str, ...] = ()


@model
class GlpFigures(Row):
    """Volume in USD and share of all makers."""

    volume: GlpSplit | None = None
    share: GlpSplit | None = None


@model
class GlpMonth(Row):
    """Volume and share of the month so far."""

    volume: GlpSplit | None = None
    share: GlpSplit | None = None
    mtdStatus: str | None = None
    qualifyingShare: GlpSplit | None = None


@model
class GlpProgram(Row):
    """One programme."""

    program: str | None = None
    marketMakerBusinessId: str | None = None
    enrollmentStatus: str | None = None
    marketMakerLevelId: str | None = None
    enrolledTierDisplay: str | None = None
    # The pool that counts towards a tier, and which lines of the figures do.
    qualifyingPool: str | None = None
    qualifyingRows: tuple[str, ...] = ()
    daily: GlpFigures | None = None
    mtd: GlpMonth | None = None


@model
class GlpToday(Row):
    """Today and the month so far."""

    dataReady: bool | None = None
    # Day at UTC+8.
    dataDate: str | None = None
    account: GlpAccount | None = None
    programs: tuple[GlpProgram, ...] = ()


@model
class SentimentShares(Row):
    """Shares of opinions."""

    label: str | None = None
    bullishRatio: Decimal | None = None
    bearishRatio: Decimal | None = None


@model
class SentimentPoint(Row):
    """Shares of opinions at a time. ``ts``: epoch ms."""

    ts: int | None = None
    bullishRatio: Decimal | None = None
    bearishRatio: Decimal | None = None
    mentionCnt: int | None = None


@model
class CurrencySentiment(Row):
    """What people say about a currency."""

    ccy: str | None = None
    mentionCnt: int | None = None
    sentiment: SentimentShares | None = None
    trend: tuple[SentimentPoint, ...] = ()


@model
class SentimentReport(Row):
    """What people say about currencies."""

    details: tuple[CurrencySentiment, ...] = ()


@model
class NewsItem(Row):
    """A piece of news. ``cTime``: epoch ms."""

    id: str | None = None
    cTime: int | None = None
    title: str | None = None
    platformList: tuple[str, ...] = ()
    ccyList: tuple[str, ...] = ()
    importance: str | None = None
    summary: str | None = None
    sourceUrl: str | None = None
    content: str | None = None


@model
class NewsPage(Row):
    """A page of news."""

    details: tuple[NewsItem, ...] = ()
    # Where the next page begins.
    nextCursor: str | None = None


@model
class SkillToken(SecretRow):
    """A token to download with."""

    _hidden: ClassVar[tuple[str, ...]] = ("token",)

    token: str | None = None
    expiresAt: str | None = None


@model
class BinaryFile(Row):
    """A file as it came."""

    @property
    def body(self) -> bytes:
        """The bytes, as they are."""
        found = self.extra.get("body", b"")
        return found if isinstance(found, bytes) else b""
