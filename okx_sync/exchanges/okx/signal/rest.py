# mypy: disable-error-code="empty-body"
"""Group ``signal``. Signal channels and the bots that trade on their signals.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Signal
Bot Trading.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import MarginAction, Side, SignalOrdType
from okx_sync.exchanges.okx.grid.models import GridPosition
from okx_sync.exchanges.okx.shared_models import BotId, BotResult
from okx_sync.exchanges.okx.shared_requests import StopBot
from okx_sync.exchanges.okx.signal.models import (
    NewSignal,
    SignalBot,
    SignalChannel,
    SignalEvent,
    SignalPositionHistory,
    SignalSubOrder,
    SignalSubOrderResult,
)
from okx_sync.exchanges.okx.signal.requests import EntrySetting, ExitChange, ExitSetting
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Signal"]


class Signal(Group, group="signal"):
    """Start, change, stop and look at signal bots. Ratios: 0.01 is one percent."""

    @post("/api/v5/tradingBot/signal/create-signal", "20/2s user")
    def create_signal(self, signal_chan_name: str, signal_chan_desc: str | None = None) -> NewSignal:
        """Make a signal channel.

        ``signalChanToken`` of the answer is what alerts must carry.

        Needs a key with the right to trade.

        Args:
            signal_chan_name: Name that you give the channel.
            signal_chan_desc: Text that describes the channel.

        Source: POST /api/v5/tradingBot/signal/create-signal
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-create-signal
        """

    @get("/api/v5/tradingBot/signal/signals", "20/2s user", auth=True)
    def get_signals(
        self,
        signal_source_type: str,
        signal_chan_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalChannel]:
        """Get the signal channels.

        Newest first.

        Args:
            signal_source_type: Whose channels: ``"1"`` own, ``"2"`` subscribed, ``"3"`` free.
            signal_chan_id: Only the channel of this id; all when left out.
            after: Only rows older than the one with this channel id.
            before: Only rows newer than the one with this channel id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/signal/signals
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-get-signals
        """

    iter_signals = paged(get_signals, key="signalChanId")

    @post("/api/v5/tradingBot/signal/order-algo", "20/2s user", judged=True)
    def create(
        self,
        signal_chan_id: str,
        lever: Number,
        invest_amt: Number,
        sub_ord_type: str,
        include_all: bool | None = None,
        inst_ids: Sequence[str] | None = None,
        *,
        ratio: Number | None = None,
        entry_setting_param: EntrySetting | None = None,
        exit_setting_param: ExitSetting | None = None,
    ) -> BotResult:
        """Start a bot that trades on the signals of a channel.

        Needs a key with the right to trade.

        Args:
            signal_chan_id: Id that OKX gave the channel (``signalChanId``).
            lever: Leverage: 3 is three times the margin.
            invest_amt: Amount to invest, in USDT.
            sub_ord_type: How the bot's orders trade: ``"1"`` limit, ``"2"`` market, ``"9"`` as the signal says.
            include_all: Whether all contracts margined in USDT are traded; False by default.
            inst_ids: Ids of the instruments to trade; not looked at with ``include_all=True``.
            ratio: Distance of limit orders from the best price, as a ratio. Only with ``sub_ord_type="1"``.
            entry_setting_param: How the bot enters a position.
            exit_setting_param: How the bot takes profit and stops losses.

        Source: POST /api/v5/tradingBot/signal/order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-create-signal-bot
        """

    @post("/api/v5/tradingBot/signal/stop-order-algo", "20/2s user", rows="bots", max_rows=10)
    def stop(self, bots: Sequence[StopBot]) -> BatchResult[BotResult]:
        """Stop up to 10 signal bots, each with its own verdict.

        Needs a key with the right to trade.

        Args:
            bots: Bots to stop, each by its id (``algo_id``).

        Raises:
            ConfigError: ``bots`` is empty or holds more than 10 items. Nothing was sent.

        Source: POST /api/v5/tradingBot/signal/stop-order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-cancel-signal-bots
        """

    @post("/api/v5/tradingBot/signal/margin-balance", "20/2s user", judged=True)
    def adjust_margin(
        self, algo_id: str, type_: MarginAction, amt: Number, allow_reinvest: bool | None = None
    ) -> BotResult:
        """Add margin to a bot, or take some out.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            type_: ``"add"`` or ``"reduce"``.
            amt: Margin to add or take out, in the bot's margin currency.
            allow_reinvest: Whether the bot trades with the margin that is added; False by default.

        Source: POST /api/v5/tradingBot/signal/margin-balance
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-adjust-margin-balance
        """

    @post("/api/v5/tradingBot/signal/amendTPSL", "20/2s user", judged=True)
    def amend_exit(self, algo_id: str, exit_setting_param: ExitChange) -> BotResult:
        """Change take-profit and stop-loss of a bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            exit_setting_param: How the bot takes profit and stops losses from now on.

        Source: POST /api/v5/tradingBot/signal/amendTPSL
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-amend-tpsl
        """

    @post("/api/v5/tradingBot/signal/set-instruments", "20/2s user", judged=True)
    def set_instruments(self, algo_id: str, inst_ids: Sequence[str], include_all: bool) -> BotResult:
        """Set the instruments that a bot trades.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            inst_ids: Ids of the instruments; not looked at with ``include_all=True``.
            include_all: Whether all contracts margined in USDT are traded.

        Source: POST /api/v5/tradingBot/signal/set-instruments
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-set-instruments
        """

    @get("/api/v5/tradingBot/signal/orders-algo-details", "20/2s user", auth=True)
    def get_details(self, algo_ord_type: str, algo_id: str) -> SignalBot:
        """Get one signal bot.

        Args:
            algo_ord_type: ``"contract"``, the only kind there is.
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: GET /api/v5/tradingBot/signal/orders-algo-details
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-get-signal-bot-order-details
        """

    @get("/api/v5/tradingBot/signal/orders-algo-pending", "20/2s user", auth=True)
    def get_pending(
        self,
        algo_ord_type: str,
        algo_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalBot]:
        """Get the running signal bots.

        Newest first.

        Args:
            algo_ord_type: ``"contract"``, the only kind there is.
            algo_id: Only the bot of this id; all when left out.
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/signal/orders-algo-pending
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-get-active-signal-bot
        """

    iter_pending = paged(get_pending, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/signal/orders-algo-history", "20/2s user", auth=True)
    def get_history(
        self,
        algo_ord_type: str,
        algo_id: str,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalBot]:
        """Get the signal bots that have stopped.

        Newest first.

        Args:
            algo_ord_type: ``"contract"``, the only kind there is.
            algo_id: Id that OKX gave the bot (``algoId``).
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/signal/orders-algo-history
        """

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/signal/positions", "20/2s user", auth=True)
    def get_positions(self, algo_ord_type: str, algo_id: str) -> list[GridPosition]:
        """Get the positions of a bot.

        Args:
            algo_ord_type: ``"contract"``, the only kind there is.
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: GET /api/v5/tradingBot/signal/positions
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-get-signal-bot-order-positions
        """

    @get("/api/v5/tradingBot/signal/positions-history", "10/2s user", auth=True)
    def get_positions_history(
        self,
        algo_id: str,
        inst_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalPositionHistory]:
        """Get the positions of a bot that were closed in the last 3 months.

        Newest first.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            inst_id: Only positions in this instrument; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/signal/positions-history
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-get-position-history
        """

    iter_positions_history = paged(get_positions_history, tied="uTime")

    @post("/api/v5/tradingBot/signal/close-position", "20/2s user")
    def close_position(self, algo_id: str, inst_id: str) -> BotId:
        """Close a position of a bot at market.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: POST /api/v5/tradingBot/signal/close-position
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-close-position
        """

    @post("/api/v5/tradingBot/signal/sub-order", "20/2s user", judged=True, header={"exp_time": "expTime"})
    def place_sub_order(
        self,
        inst_id: str,
        algo_id: str,
        side: Side,
        ord_type: SignalOrdType,
        sz: Number,
        px: Number | None = None,
        reduce_only: bool | None = None,
        tag: str | None = None,
        exp_time: int | None = None,
    ) -> None:
        """Place an order within a bot.

        Needs a key with the right to trade.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            algo_id: Id that OKX gave the bot (``algoId``).
            side: ``"buy"`` or ``"sell"``.
            ord_type: ``"market"`` or ``"limit"``.
            sz: Size of the order, in contracts.
            px: Price of a limit order; not for market orders.
            reduce_only: Whether the order may only reduce a position; False by default.
            tag: Tag of your own for the order. OKX does not document it here.
            exp_time: Time after which OKX drops the request, in ms since the epoch on the exchange's clock.

        Source: POST /api/v5/tradingBot/signal/sub-order
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-place-sub-order
        """

    @post("/api/v5/tradingBot/signal/cancel-sub-order", "20/2s user", judged=True)
    def cancel_sub_order(self, algo_id: str, inst_id: str, signal_ord_id: str) -> SignalSubOrderResult:
        """Cancel an order within a bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            signal_ord_id: Id of the order (``signalOrdId``).

        Source: POST /api/v5/tradingBot/signal/cancel-sub-order
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-post-cancel-sub-order
        """

    @get("/api/v5/tradingBot/signal/sub-orders", "20/2s user", auth=True)
    def get_sub_orders(
        self,
        algo_id: str,
        algo_ord_type: str,
        state: str | None = None,
        signal_ord_id: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
        type_: str | None = None,
        cl_ord_id: str | None = None,
    ) -> list[SignalSubOrder]:
        """Get the orders of a bot.

        Give ``state`` or ``signal_ord_id``; of the older pair ``type_`` or ``cl_ord_id``.

        Newest first.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"contract"``, the only kind there is.
            state: Only orders in this state: ``"live"``, ``"partially_filled"``, ``"filled"`` or ``"cancelled"``. Goes
                before ``signal_ord_id``.
            signal_ord_id: Only the order of this id (``signalOrdId``).
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            begin: Only orders made at this time or later, in ms since the epoch.
            end: Only orders made at this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.
            type_: Older word for the state: ``"live"`` or ``"filled"``.
            cl_ord_id: Older word for ``signal_ord_id``; goes before ``type_``.

        Source: GET /api/v5/tradingBot/signal/sub-orders
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-get-signal-bot-sub-orders
        """

    iter_sub_orders = paged(get_sub_orders, key="ordId", time="cTime")

    @get("/api/v5/tradingBot/signal/event-history", "20/2s user", auth=True)
    def get_events(
        self, algo_id: str, after: str | int | None = None, before: str | int | None = None, limit: int | None = None
    ) -> list[SignalEvent]:
        """Get what happened to a bot.

        Newest first.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/signal/event-history
            https://www.okx.com/docs-v5/en/#order-book-trading-signal-bot-trading-get-signal-bot-event-history
        """

    iter_events = paged(get_events, tied="eventCtime")
