# mypy: disable-error-code="empty-body"
"""Group ``dual_invest``. Dual investment (structured products).

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Financial Product > Dual Investment.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models.rest_dual import (
    DualOrder,
    DualPair,
    DualProduct,
    DualQuote,
    DualReceipt,
    DualRedeemQuote,
)
from okx_sync.exchanges.okx.models.words import OptType
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["DualInvest"]


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
