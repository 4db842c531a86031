# mypy: disable-error-code="empty-body"
"""Groups ``system``, ``announcement``, ``rate_limit`` and ``demo``: the service itself.

Pages: "System Status", "Announcement", "Rate Limit" and "Demo Trading Service" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.exchanges.bybit.service.models import Announcement, ApiRateLimit, DemoMember, SystemStatus
from okx_sync.rest import Group, get, paged, post

__all__ = ["Announcements", "Demo", "RateLimits", "System"]


class System(Group, group="system"):
    """Maintenance; no key needed."""

    @get("/v5/system/status")
    def get_system_status(self, id_: str | None = None, state: str | None = None) -> list[SystemStatus]:
        """List maintenance and incidents.

        Args:
            id_: Only the one of this id.
            state: Only those in this state, such as ``"ongoing"``.

        Source: GET /v5/system/status
            https://bybit-exchange.github.io/docs/v5/system-status
        """


class Announcements(Group, group="announcement"):
    """Announcements; no key needed."""

    @get("/v5/announcements/index")
    def get_announcements(
        self,
        locale: str,
        type_: str | None = None,
        tag: str | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[Announcement]:
        """List announcements, newest first.

        Args:
            locale: Language, such as ``en-US``.
            type_: Only this kind, such as ``new_crypto``.
            tag: Only with this tag, such as ``Spot``.
            page: Number of the page; 1 when left out.
            limit: Rows per page; 20 when left out.

        Source: GET /v5/announcements/index
            https://bybit-exchange.github.io/docs/v5/announcement
        """

    iter_announcements = paged(get_announcements, same="url", most=20)


class RateLimits(Group, group="rate_limit"):
    """Rate limits of accounts that have their own."""

    @get("/v5/apilimit/query", "50/1s user", auth=True)
    def get_rate_limits(self, uids: str) -> list[ApiRateLimit]:
        """List the rate limits of accounts.

        Args:
            uids: UIDs, joined by commas, of the key's account and its sub-accounts.

        Source: GET /v5/apilimit/query
            https://bybit-exchange.github.io/docs/v5/rate-limit/rules-for-pros/apilimit-query
        """


class Demo(Group, group="demo"):
    """Demo accounts."""

    @post("/v5/account/demo-apply-money", "1/60s user")
    def request_demo_funds(
        self, adjust_type: int | None = None, uta_demo_apply_money: Sequence[Mapping[str, Any]] | None = None
    ) -> None:
        """Ask for play money in a demo account.

        Needs ``BybitConfig(environment="demo")`` with a key of the demo account.

        Args:
            adjust_type: 0: add (the default); 1: reduce; a code.
            uta_demo_apply_money: For each currency a mapping with ``coin`` and ``amountStr``: up to 15 BTC, 200 ETH,
                100000 USDT or USDC.

        Source: POST /v5/account/demo-apply-money
            https://bybit-exchange.github.io/docs/v5/demo
        """

    @post("/v5/user/create-demo-member", "1/60s user")
    def create_demo_account(self) -> DemoMember:
        """Open a demo account, with a key of the live account.

        Source: POST /v5/user/create-demo-member
            https://bybit-exchange.github.io/docs/v5/demo
        """
