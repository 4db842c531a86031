# mypy: disable-error-code="empty-body"
"""Group ``fiat``.

Fiat money: deposits, withdrawals, buying and selling crypto. OKX must have enrolled the account. Calls that only
read need a key with the right to read, unless they say that none is needed. (OKX API guide: Fiat.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models.rest_fiat import (
    FiatCurrencies,
    FiatOrder,
    FiatPair,
    FiatPaymentMethod,
    FiatQuote,
    FiatTrade,
)
from okx_sync.exchanges.okx.rest.words import Side
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Fiat"]


class Fiat(Group, group="fiat"):
    """Payment methods, orders, buy and sell quotes."""

    @get("/api/v5/fiat/deposit-payment-methods", "3/1s user", auth=True)
    def get_deposit_payment_methods(self, ccy: str) -> list[FiatPaymentMethod]:
        """Ways to pay a currency in."""

    @get("/api/v5/fiat/withdrawal-payment-methods", "3/1s user", auth=True)
    def get_withdrawal_payment_methods(self, ccy: str) -> list[FiatPaymentMethod]:
        """Ways to have a currency paid out."""

    @post("/api/v5/fiat/create-withdrawal", "3/1s user")
    def withdraw(self, payment_acct_id: str, ccy: str, amt: Number, payment_method: str, client_id: str) -> FiatOrder:
        """Have ``amt`` of a currency paid out to a registered account; the same ``client_id`` is carried out once.

        Needs a key with the right to withdraw.
        """

    @post("/api/v5/fiat/cancel-withdrawal", "3/1s user")
    def cancel_withdrawal(self, ord_id: str) -> FiatOrder:
        """Cancel a withdrawal that is waiting. Needs a key with the right to withdraw."""

    @get("/api/v5/fiat/withdrawal-order-history", "3/1s user", auth=True)
    def get_withdrawals(
        self,
        ccy: str | None = None,
        payment_method: str | None = None,
        *,
        state: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[FiatOrder]:
        """Withdrawals. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_withdrawals = paged(get_withdrawals, tied="cTime", same="ordId")

    @get("/api/v5/fiat/withdrawal", "3/1s user", auth=True)
    def get_withdrawal(self, ord_id: str) -> FiatOrder:
        """One withdrawal."""

    @get("/api/v5/fiat/deposit-order-history", "3/1s user", auth=True)
    def get_deposits(
        self,
        ccy: str | None = None,
        payment_method: str | None = None,
        *,
        state: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[FiatOrder]:
        """Deposits. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_deposits = paged(get_deposits, tied="cTime", same="ordId")

    @get("/api/v5/fiat/deposit", "3/1s user", auth=True)
    def get_deposit(self, ord_id: str) -> FiatOrder:
        """One deposit."""

    @get("/api/v5/fiat/buy-sell/currencies", "6/1s user", auth=True)
    def get_buy_sell_currencies(self) -> FiatCurrencies:
        """Currencies that can be bought and sold."""

    @get("/api/v5/fiat/buy-sell/currency-pair", "6/1s user", auth=True)
    def get_buy_sell_pair(self, from_ccy: str, to_ccy: str) -> list[FiatPair]:
        """Bounds and ways to pay of a pair."""

    @post("/api/v5/fiat/buy-sell/quote", "10/1s user", "1/5s user+fromCcy+toCcy")
    def get_buy_sell_quote(self, side: Side, from_ccy: str, to_ccy: str, rfq_amt: Number, rfq_ccy: str) -> FiatQuote:
        """Ask for a price; ``rfq_amt`` is in ``rfq_ccy``, one of the two. Needs a key with the right to trade."""

    @post("/api/v5/fiat/buy-sell/trade", "1/5s user")
    def trade(
        self,
        quote_id: str,
        side: Side,
        from_ccy: str,
        to_ccy: str,
        rfq_amt: Number,
        rfq_ccy: str,
        payment_method: str,
        cl_ord_id: str,
    ) -> FiatTrade:
        """Take a quote; the same ``cl_ord_id`` is carried out once. Needs a key with the right to trade."""

    @get("/api/v5/fiat/buy-sell/history", "6/1s user", auth=True)
    def get_buy_sell_history(
        self,
        ord_id: str | None = None,
        cl_ord_id: str | None = None,
        *,
        state: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[FiatTrade]:
        """Trades. Newest first, ``limit`` (100) a call; ``begin``, ``end`` in ms."""

    iter_buy_sell_history = paged(get_buy_sell_history, tied="cTime", same="ordId")
