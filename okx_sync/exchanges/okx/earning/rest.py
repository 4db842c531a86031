# mypy: disable-error-code="empty-body"
"""Simple Earn, OKUSD, on-chain earn, the staking of ETH and SOL, dual investment: a group each.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Financial Product.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import SavingsSide
from okx_sync.exchanges.okx.earning.models import (
    DualOrder,
    DualPair,
    DualProduct,
    DualQuote,
    DualReceipt,
    DualRedeemQuote,
    EarnOffer,
    EarnOrder,
    EarnReceipt,
    FixedEarnOffer,
    FixedEarnOrder,
    FixedEarnReceipt,
    FlashEarnProject,
    Lending,
    LendingRate,
    LendingRateRecord,
    LendingRateSummary,
    OkusdAccount,
    OkusdLimits,
    OkusdRate,
    OkusdRedemption,
    OkusdRedemptionRecord,
    OkusdReward,
    OkusdSubscription,
    OkusdSubscriptionRecord,
    SavingsBalance,
    SavingsChange,
    StableRewardsBalance,
    StableRewardsProduct,
    StakingBalance,
    StakingProduct,
    StakingRecord,
)
from okx_sync.exchanges.okx.shared_models import ApyRecord
from okx_sync.exchanges.okx.shared_requests import CoinAmount
from okx_sync.exchanges.okx.words import OptType
from okx_sync.rest import Group, Number, get, paged, post

__all__ = [
    "DualInvest",
    "EthStaking",
    "FlashEarn",
    "Okusd",
    "OnchainEarn",
    "Savings",
    "SimpleEarnFixed",
    "SolStaking",
    "StableRewards",
]


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


class OnchainEarn(Group, group="onchain_earn"):
    """Products of protocols on chains. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/offers", "3/1s user", auth=True)
    def get_offers(
        self, product_id: str | None = None, protocol_type: str | None = None, ccy: str | None = None
    ) -> list[EarnOffer]:
        """Products on offer. ``protocol_type``: ``"defi"`` (or ``"staking"``, of old)."""

    @post("/api/v5/finance/staking-defi/purchase", "2/1s user")
    def subscribe(
        self, product_id: str, invest_data: Sequence[CoinAmount], term: str | None = None, tag: str | None = None
    ) -> EarnReceipt:
        """Put money into a product; ``term`` in days for fixed ones. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/redeem", "2/1s user")
    def redeem(
        self, ord_id: str, protocol_type: str, allow_early_redeem: bool | None = None, tag: str | None = None
    ) -> EarnReceipt:
        """Take money out; ``allow_early_redeem`` may cost the yield. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/cancel", "2/1s user")
    def cancel(self, ord_id: str, protocol_type: str) -> EarnReceipt:
        """Cancel an order that has not started. Needs a key with the right to trade."""

    @get("/api/v5/finance/staking-defi/orders-active", "3/1s user", auth=True)
    def get_orders_active(
        self,
        product_id: str | None = None,
        protocol_type: str | None = None,
        ccy: str | None = None,
        state: str | None = None,
    ) -> list[EarnOrder]:
        """Running orders."""

    @get("/api/v5/finance/staking-defi/orders-history", "3/1s user", auth=True)
    def get_orders_history(
        self,
        product_id: str | None = None,
        protocol_type: str | None = None,
        *,
        ccy: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[EarnOrder]:
        """Orders that are over. Newest first, ``limit`` (100) a call; cursors are order ids."""

    iter_orders_history = paged(get_orders_history, key="ordId", time="purchasedTime")


class EthStaking(Group, group="eth_staking"):
    """Stake ETH for BETH. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/eth/product-info", "3/1s user", auth=True)
    def get_product_info(self) -> StakingProduct:
        """Terms."""

    @post("/api/v5/finance/staking-defi/eth/purchase", "2/1s user")
    def stake(self, amt: Number) -> None:
        """Stake ``amt`` ETH. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/eth/redeem", "2/1s user")
    def redeem(self, amt: Number) -> None:
        """Give ``amt`` BETH back for ETH. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/eth/cancel-redeem", "2/1s user")
    def cancel_redeem(self, ord_id: str) -> EarnReceipt:
        """Cancel a redemption that is waiting. Needs a key with the right to trade."""

    @get("/api/v5/finance/staking-defi/eth/balance", "6/1s user", auth=True)
    def get_balance(self) -> list[StakingBalance]:
        """BETH held and its yield."""

    @get("/api/v5/finance/staking-defi/eth/purchase-redeem-history", "6/1s user", auth=True)
    def get_history(
        self,
        after: str | int | None = None,
        before: str | int | None = None,
        *,
        limit: int | None = None,
        type_: str | None = None,
        status: str | None = None,
    ) -> list[StakingRecord]:
        """Purchases and redemptions. ``type_``: ``"purchase"`` or ``"redeem"``.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_history = paged(get_history, tied="requestTime", same="ordId")

    @get("/api/v5/finance/staking-defi/eth/apy-history", "6/1s ip")
    def get_apy_history(self, days: int) -> list[ApyRecord]:
        """Rate of each of the last ``days`` days (365). No key needed."""


class SolStaking(Group, group="sol_staking"):
    """Stake SOL for OKSOL. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/sol/product-info", "3/1s user", auth=True)
    def get_product_info(self) -> StakingProduct:
        """Terms."""

    @post("/api/v5/finance/staking-defi/sol/purchase", "2/1s user")
    def stake(self, amt: Number) -> None:
        """Stake ``amt`` SOL. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/sol/redeem", "2/1s user")
    def redeem(self, amt: Number) -> None:
        """Give ``amt`` OKSOL back for SOL. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/sol/cancel-redeem", "2/1s user")
    def cancel_redeem(self, ord_id: str) -> EarnReceipt:
        """Cancel a redemption that is waiting. Needs a key with the right to trade."""

    @get("/api/v5/finance/staking-defi/sol/balance", "6/1s user", auth=True)
    def get_balance(self) -> list[StakingBalance]:
        """OKSOL held and its yield."""

    @get("/api/v5/finance/staking-defi/sol/purchase-redeem-history", "6/1s user", auth=True)
    def get_history(
        self,
        after: str | int | None = None,
        before: str | int | None = None,
        *,
        limit: int | None = None,
        type_: str | None = None,
        status: str | None = None,
    ) -> list[StakingRecord]:
        """Purchases and redemptions. ``type_``: ``"purchase"`` or ``"redeem"``.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_history = paged(get_history, tied="requestTime", same="ordId")

    @get("/api/v5/finance/staking-defi/sol/apy-history", "6/1s ip")
    def get_apy_history(self, days: int) -> list[ApyRecord]:
        """Rate of each of the last ``days`` days (365). No key needed."""


class DualInvest(Group, group="dual_invest"):
    """Quote, subscribe, redeem. Yields: 0.01 is one percent."""

    @get("/api/v5/finance/sfp/dcd/currency-pair", "1/1s user", auth=True)
    def get_currency_pairs(self) -> list[DualPair]:
        """Pairs on offer."""

    @get("/api/v5/finance/sfp/dcd/products", "1/1s user", auth=True)
    def get_products(self, base_ccy: str, quote_ccy: str, opt_type: OptType) -> list[DualProduct]:
        """Products of a pair; ``opt_type``: ``"C"`` sell high, ``"P"`` buy low."""

    @post("/api/v5/finance/sfp/dcd/quote", "10/60s user")
    def get_quote(self, product_id: str, notional_sz: Number, notional_ccy: str) -> DualQuote:
        """Ask for the terms of ``notional_sz`` of a product. Needs a key with the right to trade."""

    @post("/api/v5/finance/sfp/dcd/trade", "2/60s user")
    def subscribe(self, quote_id: str, cl_ord_id: str | None = None) -> DualReceipt:
        """Take a quote. Needs a key with the right to trade."""

    @post("/api/v5/finance/sfp/dcd/redeem-quote", "10/60s user")
    def get_redeem_quote(self, ord_id: str) -> DualRedeemQuote:
        """Ask what redeeming early would bring. Needs a key with the right to trade."""

    @post("/api/v5/finance/sfp/dcd/redeem", "2/60s user")
    def redeem(self, ord_id: str, quote_id: str) -> DualReceipt:
        """Redeem early at a quote. Needs a key with the right to trade."""

    @get("/api/v5/finance/sfp/dcd/order-status", "3/1s user", auth=True)
    def get_order_status(self, ord_id: str) -> DualReceipt:
        """State of an order."""

    @get("/api/v5/finance/sfp/dcd/order-history", "1/1s user", auth=True)
    def get_order_history(
        self,
        ord_id: str | None = None,
        product_id: str | None = None,
        *,
        uly: str | None = None,
        state: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[DualOrder]:
        """Orders. Newest first, ``limit`` (100) a call; cursors are order ids; ``begin``, ``end`` in ms."""

    iter_order_history = paged(get_order_history, key="ordId")
