# mypy: disable-error-code="empty-body"
"""Groups ``savings``, ``simple_earn_fixed``, ``flash_earn``, ``stable_rewards``, ``okusd``. Flexible Simple Earn.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Financial Product > Simple Earn Flexible.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models.rest_common import ApyRecord
from okx_sync.exchanges.okx.models.rest_okusd import (
    OkusdAccount,
    OkusdLimits,
    OkusdRate,
    OkusdRedemption,
    OkusdRedemptionRecord,
    OkusdReward,
    OkusdSubscription,
    OkusdSubscriptionRecord,
)
from okx_sync.exchanges.okx.models.rest_savings import (
    FixedEarnOffer,
    FixedEarnOrder,
    FixedEarnReceipt,
    FlashEarnProject,
    Lending,
    LendingRate,
    LendingRateRecord,
    LendingRateSummary,
    SavingsBalance,
    SavingsChange,
    StableRewardsBalance,
    StableRewardsProduct,
)
from okx_sync.exchanges.okx.rest.words_more import SavingsSide
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["FlashEarn", "Okusd", "Savings", "SimpleEarnFixed", "StableRewards"]


class Savings(Group, group="savings"):
    """Lend currencies that are not in use. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/savings/balance", "6/1s user", auth=True)
    def get_balances(self, ccy: str | None = None) -> list[SavingsBalance]:
        """What is lent or saved."""

    @post("/api/v5/finance/savings/purchase-redempt", "6/1s user")
    def subscribe_or_redeem(
        self, ccy: str, amt: Number, side: SavingsSide, rate: Number | None = None
    ) -> SavingsChange:
        """Put ``amt`` of a currency in (``side="purchase"``, at least at ``rate``) or take it out (``"redempt"``).

        Needs a key with the right to trade.
        """

    @post("/api/v5/finance/savings/set-lending-rate", "6/1s user")
    def set_lending_rate(self, ccy: str, rate: Number) -> LendingRate:
        """The least rate to lend at. Needs a key with the right to trade."""

    @get("/api/v5/finance/savings/lending-history", "6/1s user", auth=True)
    def get_lending_history(
        self,
        ccy: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[Lending]:
        """Own lending, hour by hour. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_lending_history = paged(get_lending_history, tied="ts")

    @get("/api/v5/finance/savings/lending-rate-summary", "6/1s ip")
    def get_rate_summary(self, ccy: str | None = None) -> list[LendingRateSummary]:
        """Rates of the market in the last 24 hours. No key needed."""

    @get("/api/v5/finance/savings/lending-rate-history", "6/1s ip")
    def get_rate_history(
        self,
        ccy: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LendingRateRecord]:
        """Rates of the market, hour by hour. Newest first, ``limit`` (100) a call; cursors are ms. No key needed."""

    iter_rate_history = paged(get_rate_history, tied="ts")


class SimpleEarnFixed(Group, group="simple_earn_fixed"):
    """Fixed-term Simple Earn. OKX does not document it: fields may change."""

    @get("/api/v5/finance/simple-earn-fixed/offers", "2/1s user", auth=True)
    def get_offers(self, ccy: str | None = None) -> list[FixedEarnOffer]:
        """Offers."""

    @get("/api/v5/finance/simple-earn-fixed/order-list", "3/1s user", auth=True)
    def get_orders(self, ccy: str | None = None, state: str | None = None) -> list[FixedEarnOrder]:
        """Own orders."""

    @post("/api/v5/finance/simple-earn-fixed/purchase", "2/1s user")
    def subscribe(self, ccy: str, amt: Number, term: str) -> FixedEarnReceipt:
        """Lend ``amt`` of a currency for a ``term``. Needs a key with the right to trade."""

    @post("/api/v5/finance/simple-earn-fixed/redeem", "2/1s user")
    def redeem(self, req_id: str) -> FixedEarnReceipt:
        """Cancel or redeem an order. Needs a key with the right to trade."""


class FlashEarn(Group, group="flash_earn"):
    """Flash-earn campaigns. OKX does not document them: fields may change."""

    @get("/api/v5/finance/flash-earn/projects", "6/1s user", auth=True)
    def get_projects(self, status: str | None = None) -> list[FlashEarnProject]:
        """Campaigns."""


class StableRewards(Group, group="stable_rewards"):
    """Rewards for holding certain stablecoins."""

    @get("/api/v5/finance/stable-rewards/apy-history", "6/1s ip")
    def get_apy_history(self, ccy: str, days: int | None = None) -> list[ApyRecord]:
        """Rate of a currency on each of the last ``days`` days. No key needed."""

    @get("/api/v5/finance/stable-rewards/balance", "5/2s user", auth=True)
    def get_balance(self, ccy: str | None = None) -> StableRewardsBalance:
        """What is held and what it has brought."""

    @get("/api/v5/finance/stable-rewards/product-info", "5/2s user", auth=True)
    def get_product_info(self, ccy: str) -> StableRewardsProduct:
        """Terms of a currency."""


class Okusd(Group, group="okusd"):
    """OKUSD, bought and given back for USDT; it pays a yield."""

    @get("/api/v5/finance/okusd/account", "2/2s user", auth=True)
    def get_account(self) -> list[OkusdAccount]:
        """OKUSD held and its yield so far."""

    @get("/api/v5/finance/okusd/limits", "2/2s user", auth=True)
    def get_limits(self) -> OkusdLimits:
        """What may still be subscribed and redeemed."""

    @get("/api/v5/finance/okusd/rate/history", "5/2s user", auth=True)
    def get_rate_history(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None
    ) -> list[OkusdRate]:
        """Yearly rate, day by day. Newest first, ``limit`` (100) a call; ``begin``, ``end`` in ms."""

    iter_rate_history = paged(get_rate_history, tied="ts")

    @post("/api/v5/finance/okusd/subscribe", "1/2s user")
    def subscribe(self, amt: Number, cl_ord_id: str) -> OkusdSubscription:
        """Turn ``amt`` USDT into OKUSD; the same ``cl_ord_id`` is carried out once.

        Needs a key with the right to trade.
        """

    @post("/api/v5/finance/okusd/redeem", "1/2s user")
    def redeem(self, amt: Number, redeem_type: str, cl_ord_id: str) -> OkusdRedemption:
        """Turn ``amt`` OKUSD into USDT; the same ``cl_ord_id`` is carried out once.

        Needs a key with the right to trade.
        """

    @get("/api/v5/finance/okusd/subscribe/history", "5/2s user", auth=True)
    def get_subscriptions(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None
    ) -> list[OkusdSubscriptionRecord]:
        """Subscriptions. Newest first, ``limit`` (100) a call; ``begin``, ``end`` in ms."""

    iter_subscriptions = paged(get_subscriptions, tied="ts", same="ordId")

    @get("/api/v5/finance/okusd/redeem/history", "5/2s user", auth=True)
    def get_redemptions(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None, type_: str | None = None
    ) -> list[OkusdRedemptionRecord]:
        """Redemptions. Newest first, ``limit`` (100) a call; ``begin``, ``end`` in ms."""

    iter_redemptions = paged(get_redemptions, tied="ts", same="ordId")

    @get("/api/v5/finance/okusd/rewards/history", "5/2s user", auth=True)
    def get_rewards(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None
    ) -> list[OkusdReward]:
        """Yield, day by day. Newest first, ``limit`` (100) a call; ``begin``, ``end`` in ms."""

    iter_rewards = paged(get_rewards, tied="ts")
