# mypy: disable-error-code="empty-body"
"""On-chain earn, the staking of ETH and SOL: a group each.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Financial Product.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.shared_models import ApyRecord
from okx_sync.exchanges.okx.shared_requests import CoinAmount
from okx_sync.exchanges.okx.staking.models import (
    EarnOffer,
    EarnOrder,
    EarnReceipt,
    StakingBalance,
    StakingProduct,
    StakingRecord,
)
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["EthStaking", "OnchainEarn", "SolStaking"]


class OnchainEarn(Group, group="onchain_earn"):
    """Products of protocols on chains. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/offers", "3/1s user", auth=True)
    def get_offers(
        self, product_id: str | None = None, protocol_type: str | None = None, ccy: str | None = None
    ) -> list[EarnOffer]:
        """Get the on-chain products on offer.

        Args:
            product_id: Only the product of this id; all when left out.
            protocol_type: ``"defi"`` for on-chain earn; ``"staking"`` of old.
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/finance/staking-defi/offers
            https://www.okx.com/docs-v5/en/#financial-product-on-chain-earn
        """

    @post("/api/v5/finance/staking-defi/purchase", "2/1s user")
    def subscribe(
        self, product_id: str, invest_data: Sequence[CoinAmount], term: str | None = None, tag: str | None = None
    ) -> EarnReceipt:
        """Put money of the funding account into an on-chain product.

        Needs a key with the right to trade.

        Args:
            product_id: Id of the product (``productId``), which an offer tells.
            invest_data: What to invest, each with its currency and amount.
            term: Days, for products of a fixed term; needed then.
            tag: Tag of your own, up to 16 letters and digits.

        Source: POST /api/v5/finance/staking-defi/purchase
            https://www.okx.com/docs-v5/en/#financial-product-on-chain-earn
        """

    @post("/api/v5/finance/staking-defi/redeem", "2/1s user")
    def redeem(
        self, ord_id: str, protocol_type: str, allow_early_redeem: bool | None = None, tag: str | None = None
    ) -> EarnReceipt:
        """Take money out of an on-chain product.

        Needs a key with the right to trade.

        Args:
            ord_id: Id of the order that OKX gave.
            protocol_type: ``"defi"`` for on-chain earn; ``"staking"`` of old.
            allow_early_redeem: Whether it may be taken out before the end, which may cost the yield; False by default.
            tag: Tag of your own, up to 16 letters and digits.

        Source: POST /api/v5/finance/staking-defi/redeem
            https://www.okx.com/docs-v5/en/#financial-product-on-chain-earn
        """

    @post("/api/v5/finance/staking-defi/cancel", "2/1s user")
    def cancel(self, ord_id: str, protocol_type: str) -> EarnReceipt:
        """Cancel an on-chain order that has not started, or its redemption.

        Needs a key with the right to trade.

        Args:
            ord_id: Id of the order that OKX gave.
            protocol_type: ``"defi"`` for on-chain earn; ``"staking"`` of old.

        Source: POST /api/v5/finance/staking-defi/cancel
            https://www.okx.com/docs-v5/en/#financial-product-on-chain-earn
        """

    @get("/api/v5/finance/staking-defi/orders-active", "3/1s user", auth=True)
    def get_orders_active(
        self,
        product_id: str | None = None,
        protocol_type: str | None = None,
        ccy: str | None = None,
        state: str | None = None,
    ) -> list[EarnOrder]:
        """Get the running on-chain orders.

        Args:
            product_id: Only orders of the product of this id; all when left out.
            protocol_type: ``"defi"`` for on-chain earn; ``"staking"`` of old.
            ccy: Only this currency, such as ``BTC``; all when left out.
            state: Only orders in this state: ``"8"`` waiting, ``"13"`` being cancelled, ``"9"`` on its way to the
                chain, ``"1"`` earning, ``"2"`` being redeemed.

        Source: GET /api/v5/finance/staking-defi/orders-active
            https://www.okx.com/docs-v5/en/#financial-product-on-chain-earn
        """

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
        """Get the on-chain orders that are over.

        Newest first.

        Args:
            product_id: Only orders of the product of this id; all when left out.
            protocol_type: ``"defi"`` for on-chain earn; ``"staking"`` of old.
            ccy: Only this currency, such as ``BTC``; all when left out.
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/finance/staking-defi/orders-history
            https://www.okx.com/docs-v5/en/#financial-product-on-chain-earn
        """

    iter_orders_history = paged(get_orders_history, key="ordId", time="purchasedTime")


class EthStaking(Group, group="eth_staking"):
    """Stake ETH for BETH. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/eth/product-info", "3/1s user", auth=True)
    def get_product_info(self) -> StakingProduct:
        """Get the terms of staking ETH.

        Source: GET /api/v5/finance/staking-defi/eth/product-info
            https://www.okx.com/docs-v5/en/#financial-product-eth-staking-get-product-info
        """

    @post("/api/v5/finance/staking-defi/eth/purchase", "2/1s user")
    def stake(self, amt: Number) -> None:
        """Stake ETH for BETH.

        Needs a key with the right to trade.

        Args:
            amt: Amount of coins, in ETH.

        Source: POST /api/v5/finance/staking-defi/eth/purchase
            https://www.okx.com/docs-v5/en/#financial-product-eth-staking-post-purchase
        """

    @post("/api/v5/finance/staking-defi/eth/redeem", "2/1s user")
    def redeem(self, amt: Number) -> None:
        """Give BETH back for ETH.

        Needs a key with the right to trade.

        Args:
            amt: Amount of coins, in BETH.

        Source: POST /api/v5/finance/staking-defi/eth/redeem
            https://www.okx.com/docs-v5/en/#financial-product-eth-staking-post-redeem
        """

    @post("/api/v5/finance/staking-defi/eth/cancel-redeem", "2/1s user")
    def cancel_redeem(self, ord_id: str) -> EarnReceipt:
        """Cancel a redemption of ETH that is waiting.

        Needs a key with the right to trade.

        Args:
            ord_id: Id of the redemption that OKX gave.

        Source: POST /api/v5/finance/staking-defi/eth/cancel-redeem
            https://www.okx.com/docs-v5/en/#financial-product-eth-staking-post-cancel-redeem
        """

    @get("/api/v5/finance/staking-defi/eth/balance", "6/1s user", auth=True)
    def get_balance(self) -> list[StakingBalance]:
        """Get the BETH held and its yield.

        Source: GET /api/v5/finance/staking-defi/eth/balance
            https://www.okx.com/docs-v5/en/#financial-product-eth-staking-get-balance
        """

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
        """Get the purchases and redemptions of staked ETH.

        Newest first.

        Args:
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.
            type_: Only records of this kind: ``"purchase"`` or ``"redeem"``.
            status: Only records in this state: ``"pending"``, ``"success"``, ``"failed"`` or ``"cancelled"``.

        Source: GET /api/v5/finance/staking-defi/eth/purchase-redeem-history
            https://www.okx.com/docs-v5/en/#financial-product-eth-staking-get-purchase-amp-redeem-history
        """

    iter_history = paged(get_history, tied="requestTime", same="ordId")

    @get("/api/v5/finance/staking-defi/eth/apy-history", "6/1s ip")
    def get_apy_history(self, days: int) -> list[ApyRecord]:
        """Get the rate of staked ETH on each of the past days.

        No key needed.

        Args:
            days: Number of days to look back, at most 365.

        Source: GET /api/v5/finance/staking-defi/eth/apy-history
            https://www.okx.com/docs-v5/en/#financial-product-eth-staking-get-apy-history-public
        """


class SolStaking(Group, group="sol_staking"):
    """Stake SOL for OKSOL. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/sol/product-info", "3/1s user", auth=True)
    def get_product_info(self) -> StakingProduct:
        """Get the terms of staking SOL.

        Source: GET /api/v5/finance/staking-defi/sol/product-info
            https://www.okx.com/docs-v5/en/#financial-product-sol-staking-get-product-info
        """

    @post("/api/v5/finance/staking-defi/sol/purchase", "2/1s user")
    def stake(self, amt: Number) -> None:
        """Stake SOL for OKSOL.

        Needs a key with the right to trade.

        Args:
            amt: Amount of coins, in SOL.

        Source: POST /api/v5/finance/staking-defi/sol/purchase
            https://www.okx.com/docs-v5/en/#financial-product-sol-staking-post-purchase
        """

    @post("/api/v5/finance/staking-defi/sol/redeem", "2/1s user")
    def redeem(self, amt: Number) -> None:
        """Give OKSOL back for SOL.

        Needs a key with the right to trade.

        Args:
            amt: Amount of coins, in OKSOL.

        Source: POST /api/v5/finance/staking-defi/sol/redeem
            https://www.okx.com/docs-v5/en/#financial-product-sol-staking-post-redeem
        """

    @post("/api/v5/finance/staking-defi/sol/cancel-redeem", "2/1s user")
    def cancel_redeem(self, ord_id: str) -> EarnReceipt:
        """Cancel a redemption of SOL that is waiting.

        Needs a key with the right to trade.

        Args:
            ord_id: Id of the redemption that OKX gave.

        Source: POST /api/v5/finance/staking-defi/sol/cancel-redeem
        """

    @get("/api/v5/finance/staking-defi/sol/balance", "6/1s user", auth=True)
    def get_balance(self) -> list[StakingBalance]:
        """Get the OKSOL held and its yield.

        Source: GET /api/v5/finance/staking-defi/sol/balance
            https://www.okx.com/docs-v5/en/#financial-product-sol-staking-get-balance
        """

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
        """Get the purchases and redemptions of staked SOL.

        Newest first.

        Args:
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.
            type_: Only records of this kind: ``"purchase"`` or ``"redeem"``.
            status: Only records in this state: ``"pending"``, ``"success"``, ``"failed"`` or ``"cancelled"``.

        Source: GET /api/v5/finance/staking-defi/sol/purchase-redeem-history
            https://www.okx.com/docs-v5/en/#financial-product-sol-staking-get-purchase-amp-redeem-history
        """

    iter_history = paged(get_history, tied="requestTime", same="ordId")

    @get("/api/v5/finance/staking-defi/sol/apy-history", "6/1s ip")
    def get_apy_history(self, days: int) -> list[ApyRecord]:
        """Get the rate of staked SOL on each of the past days.

        No key needed.

        Args:
            days: Number of days to look back, at most 365.

        Source: GET /api/v5/finance/staking-defi/sol/apy-history
            https://www.okx.com/docs-v5/en/#financial-product-sol-staking-get-apy-history-public
        """
