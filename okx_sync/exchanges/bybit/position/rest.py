# mypy: disable-error-code="empty-body"
"""Group ``position``: positions, their leverage, margin, stops and modes (V5 documentation: Position).

Prices, sizes and leverages are ``Decimal``, ``int`` or text, never float. Sizes are in base currency for linear
contracts, USD for inverse ones, contracts for options. Limits are those of an ordinary account. Lists come newest
first. ``iter_`` methods read a listing to its end, however many requests that takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.exchanges.bybit.account.models import Position
from okx_sync.exchanges.bybit.argument_words import OrderType, PositionIdx, PositionMode, TpslMode, TriggerBy
from okx_sync.exchanges.bybit.position.models import (
    ClosedOptionPosition,
    ClosedPnl,
    MovedPosition,
    MoveReceipt,
    SymbolLeverage,
)
from okx_sync.exchanges.bybit.position.requests import PositionMove
from okx_sync.exchanges.bybit.words import Category, PositionCategory
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["PositionEndpoints"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")
_WEEKS = Windows("start_time", "end_time", 7, 730)
_HALF_A_YEAR = Windows("start_time", "end_time", 7, 180)
_READING = "50/1s user"
_WRITING = "10/1s user"


class PositionEndpoints(Group, group="position"):
    """Positions, leverage, take-profit and stop-loss, margin, modes, what closed positions brought."""

    @get("/v5/position/list", _READING, auth=True, need_one_if={("category", "linear"): ("symbol", "settle_coin")})
    def get_positions(
        self,
        category: PositionCategory,
        symbol: str | None = None,
        base_coin: str | None = None,
        settle_coin: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[Position]:
        """List positions.

        With ``symbol`` there is a row without a position, too (of a hedged symbol one for each side); else only what is
        open is listed.

        Args:
            category: Kind of product: ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Only this instrument, such as ``BTCUSDT``. Linear contracts need this or ``settle_coin``.
            base_coin: Only options on this currency, such as ``BTC``.
            settle_coin: Only contracts that are settled in this currency, such as ``USDT``.
            limit: Rows per page: 1 to 200; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/position/list
            https://bybit-exchange.github.io/docs/v5/position
        """

    iter_positions = paged(get_positions, tokens=_TOKENS, most=200)

    @get("/v5/position/symbol-info", _READING, auth=True)
    def get_leverage(self, category: PositionCategory, symbol: str | None = None) -> list[SymbolLeverage]:
        """List the leverage in isolated margin of contracts, whether there is a position or not.

        Refused in portfolio margin.

        Args:
            category: Kind of product: ``"linear"`` or ``"inverse"``.
            symbol: Only this instrument, such as ``BTCUSDT``.

        Source: GET /v5/position/symbol-info
        """

    @post("/v5/position/set-leverage", _WRITING)
    def set_leverage(
        self, category: PositionCategory, symbol: str, buy_leverage: Number, sell_leverage: Number
    ) -> None:
        """Set the leverage of a contract.

        Both sides must be the same but in hedge mode with isolated margin.

        Args:
            category: Kind of product: ``"linear"`` or ``"inverse"``.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            buy_leverage: Leverage of the long side, as a factor from 1 to what the risk limit allows.
            sell_leverage: Leverage of the short side.

        Raises:
            OkxApiError: The exchange refused it; with code 110043 it was set so already.

        Source: POST /v5/position/set-leverage
            https://bybit-exchange.github.io/docs/v5/position/leverage
        """

    @post("/v5/position/switch-mode", _WRITING, need_one=("symbol", "coin"))
    def set_position_mode(
        self, category: PositionCategory, mode: PositionMode, symbol: str | None = None, coin: str | None = None
    ) -> None:
        """Switch linear contracts between one-way and hedge mode.

        Refused while there are positions (110024) or open orders (110028); with ``coin`` the symbols that have either
        are left as they are.

        Args:
            category: Kind of product; there is ``"linear"`` only.
            mode: Code of the mode: 0 for one-way, 3 for hedge mode.
            symbol: Name of the one instrument, such as ``BTCUSDT``. When ``coin`` is given, too, this one counts.
            coin: All contracts that are settled in this currency, such as ``USDT``.

        Raises:
            ConfigError: Neither ``symbol`` nor ``coin`` is given. Nothing was sent.
            OkxApiError: The exchange refused it; with code 110025 it was set so already.

        Source: POST /v5/position/switch-mode
            https://bybit-exchange.github.io/docs/v5/position/position-mode
        """

    @post("/v5/position/trading-stop", _WRITING, order=True, judged=False)
    def set_trading_stop(
        self,
        category: PositionCategory,
        symbol: str,
        tpsl_mode: TpslMode,
        position_idx: PositionIdx,
        *,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        trailing_stop: Number | None = None,
        tp_trigger_by: TriggerBy | None = None,
        sl_trigger_by: TriggerBy | None = None,
        active_price: Number | None = None,
        tp_size: Number | None = None,
        sl_size: Number | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        tp_order_type: OrderType | None = None,
        sl_order_type: OrderType | None = None,
    ) -> None:
        """Set take-profit, stop-loss or trailing stop of a position.

        In ``"Full"`` mode it replaces what was set, and 0 removes it; in ``"Partial"`` mode it adds a pair of orders.
        When the position is closed, all of them are cancelled.

        Args:
            category: Kind of product: ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            tpsl_mode: ``"Full"`` for the whole position, at market only; ``"Partial"`` for the sizes that are given.
            position_idx: Position that it is for, as an index: 0 one-way, 1 the long and 2 the short side.
            take_profit: Price that triggers the take-profit; 0 removes it.
            stop_loss: Price that triggers the stop-loss; 0 removes it.
            trailing_stop: Distance of the trailing stop, as a difference of prices; 0 removes it.
            tp_trigger_by: Price that is compared with ``take_profit``; the last price when left out.
            sl_trigger_by: Price that is compared with ``stop_loss``; the last price when left out.
            active_price: Price from which on the trailing stop follows the market; at once when left out.
            tp_size: Size that the take-profit closes, in ``"Partial"`` mode, in coins, USD or contracts; the same as
                ``sl_size``.
            sl_size: Size that the stop-loss closes, in coins, USD or contracts.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            tp_order_type: Type of the take-profit's order; ``"Limit"`` only in ``"Partial"`` mode.
            sl_order_type: Type of the stop-loss's order; ``"Limit"`` only in ``"Partial"`` mode.

        Raises:
            OkxApiError: The exchange refused it; with code 34040 nothing would change.
            OrderStatusUnknown: No answer says whether it was set: look for the orders among ``order.get_open_orders``.

        Source: POST /v5/position/trading-stop
            https://bybit-exchange.github.io/docs/v5/position/trading-stop
        """

    @post("/v5/position/set-auto-add-margin", _WRITING)
    def set_auto_add_margin(
        self,
        category: PositionCategory,
        symbol: str,
        auto_add_margin: bool,
        position_idx: PositionIdx | None = None,
    ) -> None:
        """Switch on or off whether margin is added to an isolated position by itself.

        Args:
            category: Kind of product; there is ``"linear"`` only.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            auto_add_margin: Whether it is added.
            position_idx: Position that it is for, as an index: 1 the long and 2 the short side; needed in hedge mode.

        Source: POST /v5/position/set-auto-add-margin
            https://bybit-exchange.github.io/docs/v5/position/auto-add-margin
        """

    @post("/v5/position/add-margin", _WRITING)
    def add_margin(
        self, category: PositionCategory, symbol: str, margin: Number, position_idx: PositionIdx | None = None
    ) -> Position:
        """Add margin to an isolated position, or take it away; returns the position as it is then.

        Args:
            category: Kind of product: ``"linear"`` or ``"inverse"``.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            margin: How many coins to add, with up to 4 digits behind the point; below zero takes them away.
            position_idx: Position that it is for, as an index: 1 the long and 2 the short side; needed in hedge mode.

        Source: POST /v5/position/add-margin
            https://bybit-exchange.github.io/docs/v5/position/manual-add-margin
        """

    @post("/v5/position/confirm-pending-mmr", _WRITING)
    def confirm_pending_mmr(self, category: PositionCategory, symbol: str) -> None:
        """Ask Bybit to lift the mark "reduce only" of a position after its risk was made smaller.

        Only where ``isReduceOnly`` of the position is True.

        Args:
            category: Kind of product: ``"linear"`` or ``"inverse"``.
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: POST /v5/position/confirm-pending-mmr
            https://bybit-exchange.github.io/docs/v5/position/confirm-mmr
        """

    @get("/v5/position/closed-pnl", _READING, auth=True)
    def get_closed_pnl(
        self,
        category: PositionCategory,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[ClosedPnl]:
        """List what orders that closed contracts have brought, of two years.

        Without times it is the last 7 days.

        Args:
            category: Kind of product: ``"linear"`` or ``"inverse"``.
            symbol: Only this instrument, such as ``BTCUSDT``.
            start_time: First moment in epoch ms, included; at most 7 days before ``end_time``.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/position/closed-pnl
            https://bybit-exchange.github.io/docs/v5/position/close-pnl
        """

    iter_closed_pnl = paged(get_closed_pnl, tokens=_TOKENS, windows=_WEEKS, most=100)

    @get("/v5/position/get-closed-positions", _READING, auth=True)
    def get_closed_option_positions(
        self,
        category: PositionCategory,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[ClosedOptionPosition]:
        """List positions in options that were closed or delivered, of six months.

        Without times it is the last day.

        Args:
            category: Kind of product; there is ``"option"`` only.
            symbol: Only this instrument.
            start_time: First moment in epoch ms, included; at most 7 days before ``end_time``.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/position/get-closed-positions
            https://bybit-exchange.github.io/docs/v5/position/close-position
        """

    iter_closed_option_positions = paged(
        get_closed_option_positions, tokens=_TOKENS, windows=_HALF_A_YEAR, time="closeTime", most=100
    )

    @post("/v5/position/move-positions", _WRITING, most={"list": 25})
    def move_positions(
        self,
        from_uid: str,
        to_uid: str,
        list: Sequence[PositionMove | Mapping[str, Any]],  # noqa: A002  the wire's word
    ) -> MoveReceipt:
        """Move positions, or coins on spot, to another account of the same owner; by the main account's key.

        It is a block trade between the two; ``get_move_history`` tells what became of it.

        Args:
            from_uid: Id of the account that has the positions.
            to_uid: Id of the account that shall have them.
            list: Positions to move, up to 25 rows.

        Source: POST /v5/position/move-positions
            https://bybit-exchange.github.io/docs/v5/position/move-position
        """

    @get("/v5/position/move-history", "10/1s user", auth=True)
    def get_move_history(
        self,
        category: Category | None = None,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        status: str | None = None,
        block_trade_id: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[MovedPosition]:
        """List positions that were moved between accounts, or should have been; by the main account's key.

        Bybit's page does not say how far back it goes: ``iter_`` looks two years back.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``; all when left out.
            symbol: Only this instrument, such as ``BTCUSDT``.
            start_time: First moment in epoch ms, included; at most 7 days before ``end_time``.
            end_time: Last moment in epoch ms, included.
            status: Only moves in this state: ``Processing``, ``Filled`` or ``Rejected``.
            block_trade_id: Only this block trade, by its id.
            limit: Rows per page: 1 to 200; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/position/move-history
            https://bybit-exchange.github.io/docs/v5/position/move-position-history
        """

    iter_move_history = paged(get_move_history, tokens=_TOKENS, windows=_WEEKS, time="createdAt", most=200)
