# mypy: disable-error-code="empty-body"
"""Group ``rfq``. Block trading: requests for quotes (RFQs), quotes, and the trades that come of them.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Block
Trading.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import Side
from okx_sync.exchanges.okx.block.models import (
    BlockMmpConfig,
    BlockTrade,
    Counterparty,
    MakerSetting,
    PublicStrucBlockTrade,
    Quote,
    QuoteResult,
    Rfq,
    RfqResult,
)
from okx_sync.exchanges.okx.block.requests import ExecutedLeg, NewAllocation, NewMakerSetting, NewQuoteLeg, NewRfqLeg
from okx_sync.exchanges.okx.shared_models import Done, Timestamp
from okx_sync.exchanges.okx.trade.models import CancelAllAfter
from okx_sync.rest import BatchResult, Group, get, paged, post

__all__ = ["Rfqs"]


class Rfqs(Group, group="rfq"):
    """RFQs, quotes, block trades. Sizes are contracts for derivatives, base currency for spot legs."""

    @get("/api/v5/rfq/counterparties", "5/2s user", auth=True)
    def get_counterparties(self) -> list[Counterparty]:
        """Traders who may be asked for quotes."""

    @post("/api/v5/rfq/create-rfq", "5/2s user", "80/12h user", most={"legs": 15})
    def create_rfq(
        self,
        counterparties: Sequence[str],
        legs: Sequence[NewRfqLeg],
        anonymous: bool | None = None,
        cl_rfq_id: str | None = None,
        *,
        tag: str | None = None,
        allow_partial_execution: bool | None = None,
        acct_alloc: Sequence[NewAllocation] | None = None,
    ) -> Rfq:
        """Ask ``counterparties`` (trader codes) for a price of all ``legs`` together, at most 15.

        ``acct_alloc`` splits a group RFQ over accounts. A ``cl_rfq_id`` of your own lets you find it when the answer
        gets lost. Needs a key with the right to trade.
        """

    @post("/api/v5/rfq/cancel-rfq", "5/2s user", judged=True, need_one=("rfq_id", "cl_rfq_id"))
    def cancel_rfq(self, rfq_id: str | None = None, cl_rfq_id: str | None = None) -> RfqResult:
        """Cancel an RFQ, named by one of its ids. Needs a key with the right to trade."""

    @post(
        "/api/v5/rfq/cancel-batch-rfqs",
        "2/2s user",
        need_one=("rfq_ids", "cl_rfq_ids"),
        most={"rfq_ids": 100, "cl_rfq_ids": 100},
        ids={"rfqIds": "rfqId", "clRfqIds": "clRfqId"},
    )
    def cancel_batch_rfqs(
        self, rfq_ids: Sequence[str] | None = None, cl_rfq_ids: Sequence[str] | None = None
    ) -> BatchResult[RfqResult]:
        """Cancel up to 100 RFQs, each with its own verdict. Needs a key with the right to trade."""

    @post("/api/v5/rfq/cancel-all-rfqs", "2/2s user")
    def cancel_all_rfqs(self) -> Timestamp:
        """Cancel all own RFQs. Needs a key with the right to trade."""

    @post("/api/v5/rfq/execute-quote", "2/3s user")
    def execute_quote(self, rfq_id: str, quote_id: str, legs: Sequence[ExecutedLeg] | None = None) -> BlockTrade:
        """Trade against a quote; ``legs`` to take a part of it.

        Look at ``isSuccessful`` and ``errorCode`` of the answer. Needs a key with the right to trade.
        """

    @get("/api/v5/rfq/maker-instrument-settings", "5/2s user", auth=True)
    def get_maker_settings(self) -> list[MakerSetting]:
        """Instruments that one is asked for as a maker."""

    @post("/api/v5/rfq/maker-instrument-settings", "5/2s user", rows="settings")
    def set_maker_settings(self, settings: Sequence[NewMakerSetting]) -> Done:
        """Replace the instruments that one wants to be asked for; types left out are switched off.

        Needs a key with the right to trade.
        """

    @post("/api/v5/rfq/mmp-reset", "5/2s user")
    def reset_mmp(self) -> Timestamp:
        """End a freeze by the market-maker protection. Needs a key with the right to trade."""

    @get("/api/v5/rfq/mmp-config", "5/2s user", auth=True)
    def get_mmp_config(self) -> list[BlockMmpConfig]:
        """Market-maker protection as it is."""

    @post("/api/v5/rfq/mmp-config", "1/10s user")
    def set_mmp_config(self, time_interval: int, frozen_interval: int, count_limit: int) -> BlockMmpConfig:
        """Set the market-maker protection.

        After ``count_limit`` executed quotes within ``time_interval`` ms there are none for ``frozen_interval`` ms
        (0: until reset). Needs a key with the right to trade.
        """

    @post("/api/v5/rfq/create-quote", "50/2s user")
    def create_quote(
        self,
        rfq_id: str,
        quote_side: Side,
        legs: Sequence[NewQuoteLeg],
        cl_quote_id: str | None = None,
        tag: str | None = None,
        anonymous: bool | None = None,
        expires_in: int | None = None,
    ) -> Quote:
        """Answer an RFQ with prices for all its ``legs``.

        ``expires_in`` in seconds (10 to 120). A ``cl_quote_id`` of your own lets you find it when the answer gets
        lost. Needs a key with the right to trade.
        """

    @post("/api/v5/rfq/cancel-quote", "50/2s user", judged=True, need_one=("quote_id", "cl_quote_id"))
    def cancel_quote(
        self, quote_id: str | None = None, cl_quote_id: str | None = None, rfq_id: str | None = None
    ) -> QuoteResult:
        """Cancel a quote, named by one of its ids. Needs a key with the right to trade."""

    @post(
        "/api/v5/rfq/cancel-batch-quotes",
        "2/2s user",
        need_one=("quote_ids", "cl_quote_ids"),
        most={"quote_ids": 100, "cl_quote_ids": 100},
        ids={"quoteIds": "quoteId", "clQuoteIds": "clQuoteId"},
    )
    def cancel_batch_quotes(
        self, quote_ids: Sequence[str] | None = None, cl_quote_ids: Sequence[str] | None = None
    ) -> BatchResult[QuoteResult]:
        """Cancel up to 100 quotes, each with its own verdict. Needs a key with the right to trade."""

    @post("/api/v5/rfq/cancel-all-quotes", "2/2s user")
    def cancel_all_quotes(self) -> Timestamp:
        """Cancel all own quotes. Needs a key with the right to trade."""

    @post("/api/v5/rfq/cancel-all-after", "1/1s user")
    def cancel_all_after(self, time_out: int) -> CancelAllAfter:
        """Dead-man switch: cancel all quotes unless called again within ``time_out`` s (10 to 120; 0 is off).

        Needs a key with the right to trade.
        """

    @get("/api/v5/rfq/rfqs", "2/2s user", auth=True)
    def get_rfqs(
        self,
        rfq_id: str | None = None,
        cl_rfq_id: str | None = None,
        *,
        state: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        limit: int | None = None,
    ) -> list[Rfq]:
        """RFQs sent or received. Newest first, ``limit`` (100) a call; cursors are RFQ ids."""

    iter_rfqs = paged(get_rfqs, key="rfqId", time="cTime")

    @get("/api/v5/rfq/quotes", "2/2s user", auth=True)
    def get_quotes(
        self,
        rfq_id: str | None = None,
        cl_rfq_id: str | None = None,
        *,
        quote_id: str | None = None,
        cl_quote_id: str | None = None,
        state: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        limit: int | None = None,
    ) -> list[Quote]:
        """Quotes sent or received. Newest first, ``limit`` (100) a call; cursors are quote ids."""

    iter_quotes = paged(get_quotes, key="quoteId", time="cTime")

    @get("/api/v5/rfq/trades", "5/2s user", auth=True)
    def get_trades(
        self,
        rfq_id: str | None = None,
        cl_rfq_id: str | None = None,
        *,
        quote_id: str | None = None,
        block_td_id: str | None = None,
        cl_quote_id: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        begin_ts: int | None = None,
        end_ts: int | None = None,
        limit: int | None = None,
        is_successful: bool | None = None,
    ) -> list[BlockTrade]:
        """Block trades of the account. Newest first, ``limit`` (100) a call; cursors are block trade ids."""

    iter_trades = paged(get_trades, key="blockTdId", time="cTime")

    @get("/api/v5/rfq/public-trades", "5/2s ip")
    def get_public_trades(
        self, begin_id: str | None = None, end_id: str | None = None, limit: int | None = None
    ) -> list[PublicStrucBlockTrade]:
        """Block trades of everybody, 15 minutes late.

        Newest first, ``limit`` (100) a call; cursors are block trade ids. No key needed.
        """

    iter_public_trades = paged(get_public_trades, key="blockTdId", time="cTime")
