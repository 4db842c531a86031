# mypy: disable-error-code="empty-body"
"""Group ``user``: keys and sub-accounts.

Pages: "User" of the V5 documentation. All calls are signed; sub-accounts are seen with the master account's key.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.user.models import ApiKeyInfo, SubMember, WalletTypes
from okx_sync.rest import Group, Tokens, get, paged

__all__ = ["User"]


class User(Group, group="user"):
    """Keys and sub-accounts."""

    @get("/v5/user/query-api", "10/1s user", auth=True)
    def get_api_key_info(self) -> ApiKeyInfo:
        """Get what the key may do, and what account it is of. Any key may ask.

        Source: GET /v5/user/query-api
            https://bybit-exchange.github.io/docs/v5/user/apikey-info
        """

    @get("/v5/user/get-member-type", "10/1s user", auth=True, list_key="accounts")
    def get_wallet_types(self, member_ids: str | None = None) -> list[WalletTypes]:
        """List the wallets of accounts.

        Args:
            member_ids: UIDs of sub-accounts, joined by commas; the key's own when left out.

        Source: GET /v5/user/get-member-type
            https://bybit-exchange.github.io/docs/v5/user/wallet-type
        """

    @get("/v5/user/query-sub-members", "10/1s user", auth=True, list_key="subMembers")
    def get_sub_uid_list(self) -> list[SubMember]:
        """List the sub-accounts, at most 10000.

        Source: GET /v5/user/query-sub-members
            https://bybit-exchange.github.io/docs/v5/user/subuid-list
        """

    @get("/v5/user/submembers", "5/1s user", auth=True, list_key="subMembers")
    def get_sub_uid_list_unlimited(
        self, page_size: int | None = None, next_cursor: str | None = None
    ) -> list[SubMember]:
        """List the sub-accounts, page by page.

        Args:
            page_size: Rows per page: 1 to 100.
            next_cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/user/submembers
            https://bybit-exchange.github.io/docs/v5/user/page-subuid
        """

    iter_sub_uid_list_unlimited = paged(
        get_sub_uid_list_unlimited, tokens=Tokens("next_cursor", beside="nextCursor", end="0"), most=100
    )
