"""Rows of the affiliate programme. Volumes and amounts are in USDT, rates: 0.01 is one percent."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.models import Row, envelope, model


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
