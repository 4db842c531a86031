# mypy: disable-error-code="empty-body"
"""Group ``affiliate``. The affiliate programme.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Affiliate.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models.rest_affiliate import (
    AffiliatePerformance,
    CoInviterLink,
    Invitee,
    InviteeDetail,
    InviteLink,
    SubAffiliate,
)
from okx_sync.exchanges.okx.models.rest_any import AnyRow
from okx_sync.rest import Group, get, paged

__all__ = ["Affiliate"]


class Affiliate(Group, group="affiliate"):
    """Invitees, links, sub-affiliates, commissions. Rates: 0.01 is one percent; volumes and amounts are in USDT."""

    @get("/api/v5/affiliate/performance/summary", "3/1s user", auth=True)
    def get_performance(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> AffiliatePerformance:
        """Totals of a period. ``begin``, ``end`` in ms, for ``period_type`` custom."""

    @get("/api/v5/affiliate/invitee/list", "3/1s user", auth=True)
    def get_invitees(
        self,
        page: int | None = None,
        limit: int | None = None,
        *,
        period_type: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        keyword: str | None = None,
        commission_category: str | None = None,
        order_by: str | None = None,
        order_dir: str | None = None,
        kyc_status: str | None = None,
        sub_affiliate_uid: str | None = None,
        uid: str | None = None,
        join_time_begin: int | None = None,
        join_time_end: int | None = None,
    ) -> list[Invitee]:
        """Invitees. Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are."""

    iter_invitees = paged(get_invitees, same="uid")

    @get("/api/v5/affiliate/invitee/detail", "3/1s user", auth=True)
    def get_invitee(self, uid: str, period_type: str | None = None) -> InviteeDetail:
        """One invitee."""

    @get("/api/v5/affiliate/link/list", "3/1s user", auth=True)
    def get_links(
        self,
        page: int | None = None,
        limit: int | None = None,
        link_type: str | None = None,
        link_status: str | None = None,
    ) -> list[InviteLink]:
        """Links to invite with.

        Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are.
        """

    iter_links = paged(get_links, same="channelId")

    @get("/api/v5/affiliate/co-inviter/list", "3/1s user", auth=True)
    def get_co_inviters(
        self, page: int | None = None, limit: int | None = None, link_status: str | None = None
    ) -> list[CoInviterLink]:
        """Links that are shared with another inviter.

        Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are.
        """

    iter_co_inviters = paged(get_co_inviters, same="channelId")

    @get("/api/v5/affiliate/sub-affiliate/list", "3/1s user", auth=True)
    def get_sub_affiliates(
        self,
        page: int | None = None,
        limit: int | None = None,
        *,
        keyword: str | None = None,
        commission_category: str | None = None,
        order_by: str | None = None,
        order_dir: str | None = None,
    ) -> list[SubAffiliate]:
        """Sub-affiliates. Pages of ``limit`` (100) by number; ``totalPage`` of a row tells how many there are."""

    iter_sub_affiliates = paged(get_sub_affiliates, same="subAffiliateUid")

    @get("/api/v5/affiliate/tvb/performance/summary", "3/1s user", auth=True)
    def get_tvb_performance(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> list[AnyRow]:
        """Volume-bonus programme: totals. Fields are not documented."""

    @get("/api/v5/affiliate/tvb/invitee/list", "3/1s user", auth=True)
    def get_tvb_invitees(
        self,
        period_type: str | None = None,
        begin: int | None = None,
        *,
        end: int | None = None,
        fee_tier: str | None = None,
        trade_type: str | None = None,
        keyword: str | None = None,
        order_by: str | None = None,
        order_dir: str | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[AnyRow]:
        """Volume-bonus programme: invitees. Fields are not documented."""

    iter_tvb_invitees = paged(get_tvb_invitees)

    @get("/api/v5/affiliate/tvb/invitee/detail", "3/1s user", auth=True)
    def get_tvb_invitee(self, uid: str) -> list[AnyRow]:
        """Volume-bonus programme: one invitee. Fields are not documented."""

    @get("/api/v5/affiliate/tvb/link/list", "3/1s user", auth=True)
    def get_tvb_links(
        self,
        period_type: str | None = None,
        begin: int | None = None,
        *,
        end: int | None = None,
        page: int | None = None,
        limit: int | None = None,
        link_type: str | None = None,
        link_status: str | None = None,
    ) -> list[AnyRow]:
        """Volume-bonus programme: links. Fields are not documented."""

    iter_tvb_links = paged(get_tvb_links)

    @get("/api/v5/affiliate/tvb/tier-breakdown", "3/1s user", auth=True)
    def get_tvb_tiers(
        self, period_type: str | None = None, begin: int | None = None, end: int | None = None
    ) -> list[AnyRow]:
        """Volume-bonus programme: volume by fee tier. Fields are not documented."""
