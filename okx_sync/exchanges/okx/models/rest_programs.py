"""Rows of the market-maker programme and of services made for OKX's own agent tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.models.secret_row import SecretRow
from okx_sync.models import Row, model
from okx_sync.models.fields import UNREADABLE, to_decimal
from okx_sync.models.spelling import as_text


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
