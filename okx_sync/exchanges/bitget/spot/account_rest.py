# mypy: disable-error-code="empty-body"
"""The part of group ``spot`` that tells of the spot account; needs a key with the right to read.

Pages: "Spot / Account" of Bitget's API guide.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.spot.account_models import SpotAccountInfo, SpotAsset, SpotBill, UnifiedUpgrade
from okx_sync.rest import Group, Tokens, Windows, get, paged, post

__all__ = ["SpotAccount"]


class SpotAccount(Group, group="spot"):
    """The spot account."""

    @get("/api/v2/spot/account/info", "1/1s user", auth=True)
    def get_account(self) -> SpotAccountInfo:
        """Get whose key this is, and what it may do.

        Source: GET /api/v2/spot/account/info
            https://www.bitget.com/api-doc/spot/account/Get-Account-Info
        """

    @get("/api/v2/spot/account/assets", "10/1s user", auth=True)
    def get_account_assets(self, coin: str | None = None, asset_type: str | None = None) -> list[SpotAsset]:
        """List the coins of the spot account.

        Args:
            coin: Only this coin, such as ``USDT``; then ``asset_type`` does not count.
            asset_type: ``"hold_only"``, the default: what there is of; ``"all"``: all coins.

        Source: GET /api/v2/spot/account/assets
            https://www.bitget.com/api-doc/spot/account/Get-Account-Assets
        """

    @get("/api/v2/spot/account/bills", "10/1s user", auth=True)
    def get_account_bills(
        self,
        coin: str | None = None,
        group_type: str | None = None,
        business_type: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[SpotBill]:
        """List the movements of the spot account, newest first.

        Args:
            coin: Only movements of this coin, such as ``USDT``.
            group_type: Only this kind, such as ``deposit``, ``withdraw``, ``transaction``, ``transfer``.
            business_type: Only this kind in detail, such as ``BUY``, ``TRANSFER_IN``.
            start_time: First moment in epoch ms; at most 90 days before ``end_time``.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 500; 100 when left out.
            id_less_than: Only bills before the one of this id; ``iter_`` sets it.

        Source: GET /api/v2/spot/account/bills
            https://www.bitget.com/api-doc/spot/account/Get-Account-Bills
        """

    iter_account_bills = paged(
        get_account_bills,
        tokens=Tokens("id_less_than", row="billId"),
        windows=Windows("start_time", "end_time", 30, 90),
        time="cTime",
        most=500,
    )

    @post("/api/v2/spot/account/upgrade", "1/1s user", look_up=("", "spot.get_upgrade_status() tells whether it was"))
    def upgrade_to_unified_account(self, sub_uid: str | None = None) -> None:
        """Ask Bitget to make the account a unified (UTA) one. Nothing leads back.

        It takes about a minute: ``get_upgrade_status`` tells whether it is done. Afterwards the V2 calls and streams
        refuse the account.

        Args:
            sub_uid: User id of a sub-account, instead of the key's own account.

        Source: POST /api/v2/spot/account/upgrade
            https://www.bitget.com/api-doc/spot/account/Upgrade_Account
        """

    @get("/api/v2/spot/account/upgrade-status", "1/1s user", auth=True)
    def get_upgrade_status(self, sub_uid: str | None = None) -> UnifiedUpgrade:
        """Get how the change to a unified (UTA) account goes.

        Args:
            sub_uid: User id of a sub-account, instead of the key's own account.

        Source: GET /api/v2/spot/account/upgrade-status
            https://www.bitget.com/api-doc/spot/account/Get_Upgrade_Status
        """
