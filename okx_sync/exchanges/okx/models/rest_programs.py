"""Rows of the market-maker programme and of services made for OKX's own agent tools."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from okx_sync.exchanges.okx.models.secret_row import SecretRow
from okx_sync.models import Row, model


@model
class GlpDay(Row):
    """Volume in USD and share of all makers on one day."""

    # "2026-01-31", UTC+8.
    date: str | None = None
    volume: Decimal | None = None
    share: Decimal | None = None


@model
class GlpAccount(Row):
    """Accounts that count together."""

    masterAccountId: str | None = None
    combinedAccountIds: tuple[str, ...] = ()


@model
class GlpFigures(Row):
    """Volume in USD and share of all makers."""

    volume: Decimal | None = None
    share: Decimal | None = None


@model
class GlpMonth(Row):
    """Volume and share of the month so far."""

    volume: Decimal | None = None
    share: Decimal | None = None
    mtdStatus: str | None = None
    qualifyingShare: Decimal | None = None


@model
class GlpProgram(Row):
    """One programme."""

    program: str | None = None
    marketMakerBusinessId: str | None = None
    enrollmentStatus: str | None = None
    marketMakerLevelId: str | None = None
    enrolledTierDisplay: str | None = None
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
