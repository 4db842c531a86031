# mypy: disable-error-code="empty-body"
"""Simple Earn, flash earn, stablecoin rewards, OKUSD, dual investment, flexible loans: a group each.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Financial Product.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import MarginAction, SavingsSide
from okx_sync.exchanges.okx.earning.models import (
    DualOrder,
    DualPair,
    DualProduct,
    DualQuote,
    DualReceipt,
    DualRedeemQuote,
    FixedEarnOffer,
    FixedEarnOrder,
    FixedEarnReceipt,
    FlashEarnProject,
    Lending,
    LendingRate,
    LendingRateRecord,
    LendingRateSummary,
    Loan,
    LoanAssets,
    LoanCurrency,
    LoanEmode,
    LoanEvent,
    LoanInterest,
    LoanLimit,
    LoanReceipt,
    LoanRepayment,
    MaxCollateralRedeem,
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
)
from okx_sync.exchanges.okx.shared_models import ApyRecord
from okx_sync.exchanges.okx.shared_requests import CoinAmount
from okx_sync.exchanges.okx.words import OptType
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["DualInvest", "FlashEarn", "FlexibleLoan", "Okusd", "Savings", "SimpleEarnFixed", "StableRewards"]


class Savings(Group, group="savings"):
    """Lend currencies that are not in use. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/savings/balance", "6/1s user", auth=True)
    def get_balances(self, ccy: str | None = None) -> list[SavingsBalance]:
        """Get what is lent or saved.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/finance/savings/balance
            https://www.okx.com/docs-v5/en/#financial-product-simple-earn-flexible
        """

    @post("/api/v5/finance/savings/purchase-redempt", "6/1s user")
    def subscribe_or_redeem(
        self, ccy: str, amt: Number, side: SavingsSide, rate: Number | None = None
    ) -> SavingsChange:
        """Put an amount of a currency into Simple Earn, or take it out.

        Only money of the funding account can be put in.

        Needs a key with the right to trade.

        Args:
            ccy: Currency, such as ``BTC``.
            amt: Amount, in the currency ``ccy``.
            side: ``"purchase"`` puts it in, ``"redempt"`` takes it out.
            rate: Least rate to lend at per year, as a fraction: 0.1 is ten percent; 0.01 to 3.65. Only for
                ``"purchase"``; it replaces the one before.

        Source: POST /api/v5/finance/savings/purchase-redempt
            https://www.okx.com/docs-v5/en/#financial-product-simple-earn-flexible
        """

    @post("/api/v5/finance/savings/set-lending-rate", "6/1s user")
    def set_lending_rate(self, ccy: str, rate: Number) -> LendingRate:
        """Set the least rate to lend a currency at.

        Needs a key with the right to trade.

        Args:
            ccy: Currency, such as ``BTC``.
            rate: Rate per year, as a fraction: 0.1 is ten percent; 0.01 to 3.65.

        Source: POST /api/v5/finance/savings/set-lending-rate
            https://www.okx.com/docs-v5/en/#financial-product-simple-earn-flexible
        """

    @get("/api/v5/finance/savings/lending-history", "6/1s user", auth=True)
    def get_lending_history(
        self,
        ccy: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[Lending]:
        """Get the own lending of the last month, hour by hour.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/finance/savings/lending-history
            https://www.okx.com/docs-v5/en/#financial-product-simple-earn-flexible
        """

    iter_lending_history = paged(get_lending_history, tied="ts")

    @get("/api/v5/finance/savings/lending-rate-summary", "6/1s ip")
    def get_rate_summary(self, ccy: str | None = None) -> list[LendingRateSummary]:
        """Get the rates of the lending market in the last 24 hours.

        No key needed.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/finance/savings/lending-rate-summary
            https://www.okx.com/docs-v5/en/#financial-product-simple-earn-flexible
        """

    @get("/api/v5/finance/savings/lending-rate-history", "6/1s ip")
    def get_rate_history(
        self,
        ccy: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LendingRateRecord]:
        """Get the rates of the lending market, hour by hour, since December 2021.

        Newest first. No key needed.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100; without ``ccy`` all rows of a time come.

        Source: GET /api/v5/finance/savings/lending-rate-history
            https://www.okx.com/docs-v5/en/#financial-product-simple-earn-flexible
        """

    iter_rate_history = paged(get_rate_history, tied="ts")


class SimpleEarnFixed(Group, group="simple_earn_fixed"):
    """Fixed-term Simple Earn. OKX does not document it: fields may change."""

    @get("/api/v5/finance/simple-earn-fixed/offers", "2/1s user", auth=True)
    def get_offers(self, ccy: str | None = None) -> list[FixedEarnOffer]:
        """Get the fixed-term offers.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/finance/simple-earn-fixed/offers
        """

    @get("/api/v5/finance/simple-earn-fixed/order-list", "3/1s user", auth=True)
    def get_orders(self, ccy: str | None = None, state: str | None = None) -> list[FixedEarnOrder]:
        """Get the own fixed-term orders.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            state: Only orders in this state, in OKX's words; all when left out.

        Source: GET /api/v5/finance/simple-earn-fixed/order-list
        """

    @post("/api/v5/finance/simple-earn-fixed/purchase", "2/1s user")
    def subscribe(self, ccy: str, amt: Number, term: str) -> FixedEarnReceipt:
        """Lend an amount of a currency for a term.

        Needs a key with the right to trade.

        Args:
            ccy: Currency, such as ``BTC``.
            amt: Amount, in the currency ``ccy``.
            term: How long it is lent, as an offer says it.

        Source: POST /api/v5/finance/simple-earn-fixed/purchase
        """

    @post("/api/v5/finance/simple-earn-fixed/redeem", "2/1s user")
    def redeem(self, req_id: str) -> FixedEarnReceipt:
        """Cancel or redeem a fixed-term order.

        Needs a key with the right to trade.

        Args:
            req_id: Id of the order (``reqId``).

        Source: POST /api/v5/finance/simple-earn-fixed/redeem
        """


class FlashEarn(Group, group="flash_earn"):
    """Flash-earn campaigns. OKX does not document them: fields may change."""

    @get("/api/v5/finance/flash-earn/projects", "6/1s user", auth=True)
    def get_projects(self, status: str | None = None) -> list[FlashEarnProject]:
        """Get the flash-earn campaigns.

        Args:
            status: Only campaigns in this state, in OKX's words; all when left out.

        Source: GET /api/v5/finance/flash-earn/projects
        """


class StableRewards(Group, group="stable_rewards"):
    """Rewards for holding certain stablecoins."""

    @get("/api/v5/finance/stable-rewards/apy-history", "6/1s ip")
    def get_apy_history(self, ccy: str, days: int | None = None) -> list[ApyRecord]:
        """Get the rate of a stablecoin on each of the past days.

        No key needed.

        Args:
            ccy: Currency, such as ``USDG``.
            days: Number of days to look back.

        Source: GET /api/v5/finance/stable-rewards/apy-history
            https://www.okx.com/docs-v5/en/#financial-product-stable-rewards-get-apy-history
        """

    @get("/api/v5/finance/stable-rewards/balance", "5/2s user", auth=True)
    def get_balance(self, ccy: str | None = None) -> StableRewardsBalance:
        """Get the stablecoins held and what they have brought.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/finance/stable-rewards/balance
            https://www.okx.com/docs-v5/en/#financial-product-stable-rewards-get-balance
        """

    @get("/api/v5/finance/stable-rewards/product-info", "5/2s user", auth=True)
    def get_product_info(self, ccy: str) -> StableRewardsProduct:
        """Get the terms of a stablecoin.

        Args:
            ccy: Currency, such as ``USDG``.

        Source: GET /api/v5/finance/stable-rewards/product-info
            https://www.okx.com/docs-v5/en/#financial-product-stable-rewards-get-product-info
        """


class Okusd(Group, group="okusd"):
    """OKUSD, bought and given back for USDT; it pays a yield."""

    @get("/api/v5/finance/okusd/account", "2/2s user", auth=True)
    def get_account(self) -> list[OkusdAccount]:
        """Get the OKUSD held and its yield so far.

        Source: GET /api/v5/finance/okusd/account
        """

    @get("/api/v5/finance/okusd/limits", "2/2s user", auth=True)
    def get_limits(self) -> OkusdLimits:
        """Get how much may still be subscribed and redeemed.

        Source: GET /api/v5/finance/okusd/limits
        """

    @get("/api/v5/finance/okusd/rate/history", "5/2s user", auth=True)
    def get_rate_history(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None
    ) -> list[OkusdRate]:
        """Get the yearly rate of OKUSD, day by day.

        Newest first.

        Args:
            limit: Rows per call, at most and by default 100.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/finance/okusd/rate/history
        """

    iter_rate_history = paged(get_rate_history, tied="ts")

    @post("/api/v5/finance/okusd/subscribe", "1/2s user")
    def subscribe(self, amt: Number, cl_ord_id: str) -> OkusdSubscription:
        """Turn USDT into OKUSD.

        Needs a key with the right to trade.

        Args:
            amt: Amount of coins, in USDT.
            cl_ord_id: Id of your own, up to 32 letters and digits; the same one is carried out once.

        Source: POST /api/v5/finance/okusd/subscribe
        """

    @post("/api/v5/finance/okusd/redeem", "1/2s user")
    def redeem(self, amt: Number, redeem_type: str, cl_ord_id: str) -> OkusdRedemption:
        """Turn OKUSD into USDT.

        Needs a key with the right to trade.

        Args:
            amt: Amount of coins, in OKUSD.
            redeem_type: How it is redeemed, in OKX's words.
            cl_ord_id: Id of your own, up to 32 letters and digits; the same one is carried out once.

        Source: POST /api/v5/finance/okusd/redeem
        """

    @get("/api/v5/finance/okusd/subscribe/history", "5/2s user", auth=True)
    def get_subscriptions(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None
    ) -> list[OkusdSubscriptionRecord]:
        """Get the subscriptions of OKUSD.

        Newest first.

        Args:
            limit: Rows per call, at most and by default 100.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/finance/okusd/subscribe/history
        """

    iter_subscriptions = paged(get_subscriptions, tied="ts", same="ordId")

    @get("/api/v5/finance/okusd/redeem/history", "5/2s user", auth=True)
    def get_redemptions(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None, type_: str | None = None
    ) -> list[OkusdRedemptionRecord]:
        """Get the redemptions of OKUSD.

        Newest first.

        Args:
            limit: Rows per call, at most and by default 100.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            type_: Only redemptions of this kind, in OKX's words; all when left out.

        Source: GET /api/v5/finance/okusd/redeem/history
        """

    iter_redemptions = paged(get_redemptions, tied="ts", same="ordId")

    @get("/api/v5/finance/okusd/rewards/history", "5/2s user", auth=True)
    def get_rewards(
        self, limit: int | None = None, begin: int | None = None, end: int | None = None
    ) -> list[OkusdReward]:
        """Get the yield of OKUSD, day by day.

        Newest first.

        Args:
            limit: Rows per call, at most and by default 100.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/finance/okusd/rewards/history
        """

    iter_rewards = paged(get_rewards, tied="ts")


class DualInvest(Group, group="dual_invest"):
    """Quote, subscribe, redeem. Yields: 0.01 is one percent."""

    @get("/api/v5/finance/sfp/dcd/currency-pair", "1/1s user", auth=True)
    def get_currency_pairs(self) -> list[DualPair]:
        """Get the pairs of currencies that dual investment is offered for.

        Source: GET /api/v5/finance/sfp/dcd/currency-pair
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-get-currency-pairs
        """

    @get("/api/v5/finance/sfp/dcd/products", "1/1s user", auth=True)
    def get_products(self, base_ccy: str, quote_ccy: str, opt_type: OptType) -> list[DualProduct]:
        """Get the products of a pair.

        Args:
            base_ccy: Base currency of the pair, such as ``BTC``.
            quote_ccy: Quote currency of the pair, such as ``USDT``.
            opt_type: ``"C"`` to sell high, ``"P"`` to buy low.

        Source: GET /api/v5/finance/sfp/dcd/products
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-get-product-info
        """

    @post("/api/v5/finance/sfp/dcd/quote", "10/60s user")
    def get_quote(self, product_id: str, notional_sz: Number, notional_ccy: str) -> DualQuote:
        """Ask for the terms of an investment in a product.

        The quote is good until ``validUntil``.

        Needs a key with the right to trade.

        Args:
            product_id: Id of the product, such as ``BTC-USDT-260327-77000-C``.
            notional_sz: Amount to invest, in the currency ``notional_ccy``.
            notional_ccy: Currency to invest: one of the pair.

        Source: POST /api/v5/finance/sfp/dcd/quote
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-post-request-for-quote
        """

    @post("/api/v5/finance/sfp/dcd/trade", "2/60s user")
    def subscribe(self, quote_id: str, cl_ord_id: str | None = None) -> DualReceipt:
        """Invest at a quote.

        Needs a key with the right to trade.

        Args:
            quote_id: Id of the quote (``quoteId``), from ``get_quote``.
            cl_ord_id: Id of your own. OKX does not document it here.

        Source: POST /api/v5/finance/sfp/dcd/trade
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-post-trade
        """

    @post("/api/v5/finance/sfp/dcd/redeem-quote", "10/60s user")
    def get_redeem_quote(self, ord_id: str) -> DualRedeemQuote:
        """Ask what redeeming early would bring.

        The quote is good until ``validUntil``.

        Needs a key with the right to trade.

        Args:
            ord_id: Id of the order that OKX gave.

        Source: POST /api/v5/finance/sfp/dcd/redeem-quote
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-post-request-for-redeem-quote
        """

    @post("/api/v5/finance/sfp/dcd/redeem", "2/60s user")
    def redeem(self, ord_id: str, quote_id: str) -> DualReceipt:
        """Redeem early at a quote.

        Needs a key with the right to trade.

        Args:
            ord_id: Id of the order that OKX gave.
            quote_id: Id of the quote (``quoteId``), from ``get_redeem_quote``.

        Source: POST /api/v5/finance/sfp/dcd/redeem
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-post-redeem
        """

    @get("/api/v5/finance/sfp/dcd/order-status", "3/1s user", auth=True)
    def get_order_status(self, ord_id: str) -> DualReceipt:
        """Get the state of an order.

        Args:
            ord_id: Id of the order that OKX gave.

        Source: GET /api/v5/finance/sfp/dcd/order-status
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-get-order-state
        """

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
        """Get the dual-investment orders.

        Newest first.

        Args:
            ord_id: Only the order of this id; nothing else is looked at then.
            product_id: Only orders of this product, such as ``BTC-USDT-260327-77000-C``.
            uly: Only orders on this underlying index, such as ``BTC-USD``.
            state: Only orders in this state: ``"initial"``, ``"live"``, ``"pending_settle"``, ``"settled"``,
                ``"pending_redeem"``, ``"redeemed"`` or ``"rejected"``.
            begin_id: Only rows newer than the one with this order id.
            end_id: Only rows older than the one with this order id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/finance/sfp/dcd/order-history
            https://www.okx.com/docs-v5/en/#financial-product-dual-investment-get-order-history
        """

    iter_order_history = paged(get_order_history, key="ordId")


class FlexibleLoan(Group, group="flexible_loan"):
    """Borrow, repay, look after the collateral."""

    @get("/api/v5/finance/flexible-loan/borrow-currencies", "5/2s user", auth=True)
    def get_borrow_currencies(self) -> list[LoanCurrency]:
        """Get the currencies that can be borrowed.

        Source: GET /api/v5/finance/flexible-loan/borrow-currencies
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-borrowable-currencies
        """

    @get("/api/v5/finance/flexible-loan/collateral-assets", "5/2s user", auth=True)
    def get_collateral_assets(self, ccy: str | None = None, ord_id: str | None = None) -> LoanAssets:
        """Get the own assets that can be collateral.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            ord_id: Only for the loan of this id.

        Source: GET /api/v5/finance/flexible-loan/collateral-assets
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-collateral-assets
        """

    @get("/api/v5/finance/flexible-loan/emode-info", "5/2s ip", auth=True)
    def get_emode_info(self) -> list[LoanEmode]:
        """Get the pairs of collateral and loan for e-mode.

        Source: GET /api/v5/finance/flexible-loan/emode-info
        """

    @post("/api/v5/finance/flexible-loan/max-loan", "5/2s user", reads=True)
    def get_max_loan(
        self, borrow_ccy: str, ord_id: str | None = None, sup_collateral: Sequence[CoinAmount] | None = None
    ) -> LoanLimit:
        """Compute the most that could be borrowed; nothing is changed.

        Needs a key with the right to trade.

        Args:
            borrow_ccy: Currency to borrow, such as ``USDT``.
            ord_id: Id of the loan to borrow more in; a new loan when left out.
            sup_collateral: Collateral to think of besides what there is, each with its currency and amount.

        Source: POST /api/v5/finance/flexible-loan/max-loan
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-post-maximum-loan-amount
        """

    @post("/api/v5/finance/flexible-loan/borrow", "2/2s user")
    def borrow(
        self,
        loan_data: Sequence[CoinAmount],
        cl_ord_id: str,
        ord_id: str | None = None,
        collateral_data: Sequence[CoinAmount] | None = None,
        e_mode: bool | str | None = None,
    ) -> LoanReceipt:
        """Open a loan, or borrow more in one.

        Needs a key with the right to trade.

        Args:
            loan_data: What to borrow, each with its currency and amount.
            cl_ord_id: Id of your own, up to 32 letters and digits; the same one is carried out once.
            ord_id: Id of the loan to borrow more in; a new loan when left out.
            collateral_data: Collateral to give, each with its currency and amount.
            e_mode: Whether the loan is in e-mode, in which certain pairs of collateral and loan have terms of their
                own.

        Source: POST /api/v5/finance/flexible-loan/borrow
        """

    @post("/api/v5/finance/flexible-loan/repay", "2/2s user")
    def repay(self, ord_id: str, ccy: str, amt: Number, cl_ord_id: str) -> LoanRepayment:
        """Pay back an amount of a loan.

        Needs a key with the right to trade.

        Args:
            ord_id: Id that OKX gave the loan.
            ccy: Currency that is paid back, such as ``USDT``.
            amt: Amount, in the currency ``ccy``.
            cl_ord_id: Id of your own, up to 32 letters and digits; the same one is carried out once.

        Source: POST /api/v5/finance/flexible-loan/repay
        """

    @get("/api/v5/finance/flexible-loan/max-collateral-redeem-amount", "5/2s user", auth=True)
    def get_max_collateral_redeem(self, ccy: str, ord_id: str | None = None) -> MaxCollateralRedeem:
        """Get how much collateral can be taken out.

        Args:
            ccy: Currency of the collateral, such as ``BTC``.
            ord_id: Id that OKX gave the loan.

        Source: GET /api/v5/finance/flexible-loan/max-collateral-redeem-amount
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-maximum-collateral-redeem-amount
        """

    @post("/api/v5/finance/flexible-loan/adjust-collateral", "5/2s user")
    def adjust_collateral(
        self, collateral_ccy: str, type_: MarginAction, collateral_amt: Number, ord_id: str | None = None
    ) -> None:
        """Add collateral to a loan, or take some out.

        Needs a key with the right to trade.

        Args:
            collateral_ccy: Currency of the collateral, such as ``BTC``.
            type_: ``"add"`` or ``"reduce"``.
            collateral_amt: Amount, in the currency ``collateral_ccy``.
            ord_id: Id that OKX gave the loan.

        Source: POST /api/v5/finance/flexible-loan/adjust-collateral
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-post-adjust-collateral
        """

    @get("/api/v5/finance/flexible-loan/loan-info", "5/2s user", auth=True)
    def get_loans(self, ord_id: str | None = None) -> list[Loan]:
        """Get the loans, their collateral and how close they are to liquidation.

        Args:
            ord_id: Only the loan of this id; all when left out.

        Source: GET /api/v5/finance/flexible-loan/loan-info
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-loan-info
        """

    @get("/api/v5/finance/flexible-loan/loan-history", "5/2s user", auth=True)
    def get_history(
        self,
        ord_id: str | None = None,
        after: str | int | None = None,
        *,
        before: str | int | None = None,
        limit: int | None = None,
        type_: str | None = None,
    ) -> list[LoanEvent]:
        """Get what happened to loans.

        Newest first.

        Args:
            ord_id: Only the loan of this id; all when left out.
            after: Only rows older than the one with this record id (``refId``).
            before: Only rows newer than the one with this record id (``refId``).
            limit: Rows per call, at most and by default 100.
            type_: Only what is of this kind, such as ``"borrowed"``, ``"repaid"`` or ``"collateral_locked"``.

        Source: GET /api/v5/finance/flexible-loan/loan-history
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-loan-history
        """

    iter_history = paged(get_history, key="refId", time="ts")

    @get("/api/v5/finance/flexible-loan/interest-accrued", "5/2s user", auth=True)
    def get_interest(
        self,
        ord_id: str | None = None,
        ccy: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LoanInterest]:
        """Get the interest on loans, hour by hour.

        Newest first.

        Args:
            ord_id: Only the loan of this id; all when left out.
            ccy: Only this currency, such as ``BTC``; all when left out.
            after: Only rows older than the one with this record id (``refId``).
            before: Only rows newer than the one with this record id (``refId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/finance/flexible-loan/interest-accrued
            https://www.okx.com/docs-v5/en/#financial-product-flexible-loan-get-accrued-interest
        """

    iter_interest = paged(get_interest, key="refId", time="ts")
