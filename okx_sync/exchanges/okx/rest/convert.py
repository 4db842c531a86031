# mypy: disable-error-code="empty-body"
"""Group ``convert``. Convert: one currency into another at a quoted price.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Convert.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models.rest_convert import ConvertCurrency, ConvertPair, ConvertQuote, ConvertTrade
from okx_sync.exchanges.okx.rest.words import Side
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Convert"]


class Convert(Group, group="convert"):
    """Ask for a quote, take it, look back."""

    @get("/api/v5/asset/convert/currencies", "6/1s user", auth=True)
    def get_currencies(self) -> list[ConvertCurrency]:
        """Currencies that can be converted, with the least and most that may be."""

    @get("/api/v5/asset/convert/currency-pair", "6/1s user", auth=True)
    def get_currency_pair(self, from_ccy: str, to_ccy: str, convert_mode: str | None = None) -> ConvertPair:
        """Least and most of both currencies of a pair."""

    @post("/api/v5/asset/convert/estimate-quote", "10/1s user", "1/5s user+baseCcy+quoteCcy")
    def get_quote(
        self,
        base_ccy: str,
        quote_ccy: str,
        side: Side,
        rfq_sz: Number,
        rfq_sz_ccy: str,
        cl_q_req_id: str | None = None,
        tag: str | None = None,
        convert_mode: str | None = None,
    ) -> ConvertQuote:
        """Ask for a price. ``side`` is that of ``base_ccy``; ``rfq_sz`` is in ``rfq_sz_ccy``, one of the two.

        The quote lives for ``ttlMs`` of the answer. Needs a key with the right to trade.
        """

    @post("/api/v5/asset/convert/trade", "10/1s user")
    def trade(
        self,
        quote_id: str,
        base_ccy: str,
        quote_ccy: str,
        side: Side,
        sz: Number,
        sz_ccy: str,
        cl_t_req_id: str | None = None,
        tag: str | None = None,
        convert_mode: str | None = None,
    ) -> ConvertTrade:
        """Take a quote; ``sz`` and ``sz_ccy`` as asked for.

        A ``cl_t_req_id`` of your own lets you find the trade when the answer gets lost. Needs a key with the right to
        trade.
        """

    @get("/api/v5/asset/convert/history", "6/1s user", auth=True)
    def get_history(
        self,
        cl_t_req_id: str | None = None,
        after: str | int | None = None,
        *,
        before: str | int | None = None,
        limit: int | None = None,
        tag: str | None = None,
    ) -> list[ConvertTrade]:
        """Conversions done. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_history = paged(get_history, tied="ts", same="tradeId")
