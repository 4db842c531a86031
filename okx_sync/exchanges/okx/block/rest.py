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
        """Get the traders who may be asked for quotes.

        Source: GET /api/v5/rfq/counterparties
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-counterparties
        """

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
        """Ask counterparties for a price of several legs together.

        A ``cl_rfq_id`` of your own lets you find the RFQ when the answer gets lost.

        Needs a key with the right to trade.

        Args:
            counterparties: Codes of the traders to ask, from ``get_counterparties``.
            legs: Legs, at most 15; sizes are contracts for derivatives, base currency for spot.
            anonymous: Whether your identity is hidden from the counterparties; False by default.
            cl_rfq_id: Id of your own, up to 32 letters and digits.
            tag: Tag of your own for the RFQ, up to 16 letters and digits.
            allow_partial_execution: Whether a part of the legs' sizes may be traded; False by default.
            acct_alloc: How a group RFQ is split over accounts.

        Raises:
            ConfigError: ``legs`` holds more than 15 items. Nothing was sent.

        Source: POST /api/v5/rfq/create-rfq
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-create-rfq
        """

    @post("/api/v5/rfq/cancel-rfq", "5/2s user", judged=True, need_one=("rfq_id", "cl_rfq_id"))
    def cancel_rfq(self, rfq_id: str | None = None, cl_rfq_id: str | None = None) -> RfqResult:
        """Cancel an RFQ, named by one of its ids.

        Needs a key with the right to trade.

        Args:
            rfq_id: Id that OKX gave the RFQ.
            cl_rfq_id: Id that you gave the RFQ.

        Raises:
            ConfigError: Neither ``rfq_id`` nor ``cl_rfq_id`` is given. Nothing was sent.

        Source: POST /api/v5/rfq/cancel-rfq
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-cancel-rfq
        """

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
        """Cancel up to 100 RFQs, each with its own verdict.

        Needs a key with the right to trade.

        Args:
            rfq_ids: Ids that OKX gave the RFQs, at most 100.
            cl_rfq_ids: Ids that you gave the RFQs, at most 100.

        Raises:
            ConfigError: Neither ``rfq_ids`` nor ``cl_rfq_ids`` is given. ``rfq_ids`` or ``cl_rfq_ids`` holds more than
                100 items. Nothing was sent.

        Source: POST /api/v5/rfq/cancel-batch-rfqs
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-cancel-multiple-rfqs
        """

    @post("/api/v5/rfq/cancel-all-rfqs", "2/2s user")
    def cancel_all_rfqs(self) -> Timestamp:
        """Cancel all own RFQs.

        Needs a key with the right to trade.

        Source: POST /api/v5/rfq/cancel-all-rfqs
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-cancel-all-rfqs
        """

    @post("/api/v5/rfq/execute-quote", "2/3s user")
    def execute_quote(self, rfq_id: str, quote_id: str, legs: Sequence[ExecutedLeg] | None = None) -> BlockTrade:
        """Trade against a quote.

        Look at ``isSuccessful`` and ``errorCode`` of the answer.

        Needs a key with the right to trade.

        Args:
            rfq_id: Id that OKX gave the RFQ.
            quote_id: Id that OKX gave the quote.
            legs: How much of each leg to trade, to take a part of the quote; all of it when left out.

        Source: POST /api/v5/rfq/execute-quote
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-execute-quote
        """

    @get("/api/v5/rfq/maker-instrument-settings", "5/2s user", auth=True)
    def get_maker_settings(self) -> list[MakerSetting]:
        """Get the instruments that the account is asked for as a maker.

        Source: GET /api/v5/rfq/maker-instrument-settings
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-quote-products
        """

    @post("/api/v5/rfq/maker-instrument-settings", "5/2s user", rows="settings")
    def set_maker_settings(self, settings: Sequence[NewMakerSetting]) -> Done:
        """Replace the instruments that the account wants to be asked for as a maker.

        Needs a key with the right to trade.

        Args:
            settings: One row for each type of instrument, with bounds in contracts and ticks; types left out are
                switched off.

        Source: POST /api/v5/rfq/maker-instrument-settings
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-set-quote-products
        """

    @post("/api/v5/rfq/mmp-reset", "5/2s user")
    def reset_mmp(self) -> Timestamp:
        """End a freeze by the market-maker protection.

        Needs a key with the right to trade.

        Source: POST /api/v5/rfq/mmp-reset
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-reset-mmp-status
        """

    @get("/api/v5/rfq/mmp-config", "5/2s user", auth=True)
    def get_mmp_config(self) -> list[BlockMmpConfig]:
        """Get the market-maker protection as it is set.

        Source: GET /api/v5/rfq/mmp-config
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-mmp-config
        """

    @post("/api/v5/rfq/mmp-config", "1/10s user")
    def set_mmp_config(self, time_interval: int, frozen_interval: int, count_limit: int) -> BlockMmpConfig:
        """Set the market-maker protection.

        After ``count_limit`` executed quotes within ``time_interval`` no more are executed for ``frozen_interval``.

        Needs a key with the right to trade.

        Args:
            time_interval: Window in which executed quotes are counted, in ms.
            frozen_interval: How long quotes are frozen, in ms; 0 freezes them until ``reset_mmp``.
            count_limit: Number of executed quotes that starts the freeze.

        Source: POST /api/v5/rfq/mmp-config
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-set-mmp
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
        """Answer an RFQ with prices for all its legs.

        A ``cl_quote_id`` of your own lets you find the quote when the answer gets lost.

        Needs a key with the right to trade.

        Args:
            rfq_id: Id that OKX gave the RFQ.
            quote_side: ``"buy"`` trades each leg as its side says, ``"sell"`` the other way round.
            legs: RFQ's legs with your prices; sizes are contracts for derivatives, base currency for spot.
            cl_quote_id: Id of your own, up to 32 letters and digits.
            tag: Tag of your own for the quote, up to 16 letters and digits.
            anonymous: Whether your identity is hidden from the asker; False by default.
            expires_in: How long the quote is good, in seconds, 10 to 120; 60 when left out.

        Source: POST /api/v5/rfq/create-quote
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-create-quote
        """

    @post("/api/v5/rfq/cancel-quote", "50/2s user", judged=True, need_one=("quote_id", "cl_quote_id"))
    def cancel_quote(
        self, quote_id: str | None = None, cl_quote_id: str | None = None, rfq_id: str | None = None
    ) -> QuoteResult:
        """Cancel a quote, named by one of its ids.

        Needs a key with the right to trade.

        Args:
            quote_id: Id that OKX gave the quote.
            cl_quote_id: Id that you gave the quote.
            rfq_id: Id of the RFQ that the quote answers.

        Raises:
            ConfigError: Neither ``quote_id`` nor ``cl_quote_id`` is given. Nothing was sent.

        Source: POST /api/v5/rfq/cancel-quote
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-cancel-quote
        """

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
        """Cancel up to 100 quotes, each with its own verdict.

        Needs a key with the right to trade.

        Args:
            quote_ids: Ids that OKX gave the quotes, at most 100.
            cl_quote_ids: Ids that you gave the quotes, at most 100.

        Raises:
            ConfigError: Neither ``quote_ids`` nor ``cl_quote_ids`` is given. ``quote_ids`` or ``cl_quote_ids`` holds
                more than 100 items. Nothing was sent.

        Source: POST /api/v5/rfq/cancel-batch-quotes
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-cancel-multiple-quotes
        """

    @post("/api/v5/rfq/cancel-all-quotes", "2/2s user")
    def cancel_all_quotes(self) -> Timestamp:
        """Cancel all own quotes.

        Needs a key with the right to trade.

        Source: POST /api/v5/rfq/cancel-all-quotes
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-cancel-all-quotes
        """

    @post("/api/v5/rfq/cancel-all-after", "1/1s user")
    def cancel_all_after(self, time_out: int) -> CancelAllAfter:
        """Cancel all quotes unless called again in time: a dead-man switch.

        Needs a key with the right to trade.

        Args:
            time_out: Time in seconds, 10 to 120; 0 switches it off.

        Source: POST /api/v5/rfq/cancel-all-after
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-cancel-all-after
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
        """Get RFQs sent or received.

        Newest first.

        Args:
            rfq_id: Only the RFQ with this id that OKX gave.
            cl_rfq_id: Only the RFQ with this id that its maker gave; ``rfq_id`` goes before it.
            state: Only RFQs in this state, such as ``"active"``, ``"canceled"`` or ``"filled"``.
            begin_id: Only rows newer than the one with this RFQ id.
            end_id: Only rows older than the one with this RFQ id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rfq/rfqs
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-rfqs
        """

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
        """Get quotes sent or received.

        Newest first.

        Args:
            rfq_id: Only quotes for the RFQ with this id that OKX gave.
            cl_rfq_id: Only quotes for the RFQ with this id that its maker gave.
            quote_id: Only the quote with this id that OKX gave.
            cl_quote_id: Only the quote with this id that its maker gave.
            state: Only quotes in this state, such as ``"active"``, ``"canceled"`` or ``"filled"``.
            begin_id: Only rows newer than the one with this quote id.
            end_id: Only rows older than the one with this quote id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rfq/quotes
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-quotes
        """

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
        """Get the block trades of the account.

        Newest first.

        Args:
            rfq_id: Only trades of the RFQ with this id that OKX gave.
            cl_rfq_id: Only trades of the RFQ with this id that its maker gave.
            quote_id: Only trades of the quote with this id that OKX gave.
            block_td_id: Only the block trade with this id.
            cl_quote_id: Only trades of the quote with this id that its maker gave.
            begin_id: Only rows newer than the one with this block trade id.
            end_id: Only rows older than the one with this block trade id.
            begin_ts: Trades from this time on, in ms since the epoch.
            end_ts: Trades up to this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.
            is_successful: True (the default) for trades that succeeded, False for those that failed.

        Source: GET /api/v5/rfq/trades
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-trades
        """

    iter_trades = paged(get_trades, key="blockTdId", time="cTime")

    @get("/api/v5/rfq/public-trades", "5/2s ip")
    def get_public_trades(
        self, begin_id: str | None = None, end_id: str | None = None, limit: int | None = None
    ) -> list[PublicStrucBlockTrade]:
        """Get the block trades of everybody, 15 minutes late.

        Newest first. No key needed.

        Args:
            begin_id: Only rows newer than the one with this block trade id.
            end_id: Only rows older than the one with this block trade id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rfq/public-trades
            https://www.okx.com/docs-v5/en/#block-trading-rest-api-get-public-multi-leg-transactions-of-block-trades
        """

    iter_public_trades = paged(get_public_trades, key="blockTdId", time="cTime")
