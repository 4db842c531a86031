# mypy: disable-error-code="empty-body"
"""Account and positions of V2 futures: balances, bills, leverage, modes, margin.

Pages: "Contract / Account" and "Contract / Position" of Bitget's API guide. Money is in the margin coin unless said
else. ``iter_`` methods read a listing to its end, newest rows first.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.mix.account_models import (
    MixAccount,
    MixAdlRank,
    MixBalance,
    MixBill,
    MixClosedPosition,
    MixInterest,
    MixIsolatedSymbol,
    MixLeverage,
    MixLiquidationPrice,
    MixMarginMode,
    MixMaxOpen,
    MixOpenCount,
    MixPosition,
    MixPositionMode,
)
from okx_sync.exchanges.bitget.mix.argument_words import (
    AssetMode,
    AutoMargin,
    HoldSide,
    MarginMode,
    OrderType,
    PosMode,
    ProductType,
)
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["MixAccounts"]

_TOKENS = Tokens("id_less_than", beside="endId")


class MixAccounts(Group, group="mix"):
    """Balances, bills, settings and positions."""

    @get("/api/v2/mix/account/account", "10/1s user", auth=True)
    def get_account(self, symbol: str, product_type: ProductType, margin_coin: str) -> MixAccount:
        """Get the account of one margin coin, with the leverage and the modes of a contract.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.

        Source: GET /api/v2/mix/account/account
            https://www.bitget.com/api-doc/contract/account/Get-Single-Account
        """

    @get("/api/v2/mix/account/accounts", "10/1s user", auth=True, told=("productType",))
    def get_accounts(self, product_type: ProductType) -> list[MixBalance]:
        """List the balances of a product type, one for each margin coin.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/account/accounts
            https://www.bitget.com/api-doc/contract/account/Get-Account-List
        """

    @get("/api/v2/mix/account/bill", "10/1s user", auth=True, list_key="bills", flags=("yes", "no"))
    def get_bills(
        self,
        product_type: ProductType,
        coin: str | None = None,
        business_type: str | None = None,
        only_funding: bool | None = None,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixBill]:
        """List changes of the balances, newest first; 90 days back, 30 days in one request.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            coin: Only those of this currency; Bitget looks at it only for transfers from and to spot.
            business_type: Only those of this kind, such as ``contract_settle_fee`` (funding).
            only_funding: Leave out those that move margin from one place of the account to another.
            symbol: Only those of this contract; one source has it.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 20 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/account/bill
            https://www.bitget.com/api-doc/contract/account/Get-Account-Bill
        """

    iter_bills = paged(get_bills, tokens=_TOKENS, windows=Windows("start_time", "end_time", 30, 90), time="cTime")

    @get("/api/v2/mix/account/interest-history", "5/1s user", auth=True, list_key="interestList")
    def get_interest_history(
        self,
        product_type: ProductType,
        coin: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixInterest]:
        """List the interest that was paid for what is borrowed, newest first; for USDT-FUTURES.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            coin: Only that of this currency.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 20 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/account/interest-history
            https://www.bitget.com/api-doc/contract/account/Interest-History
        """

    iter_interest_history = paged(get_interest_history, tokens=_TOKENS, time="cTime")

    @get("/api/v2/mix/account/isolated-symbols", "10/1s user", auth=True)
    def get_isolated_symbols(self, product_type: ProductType) -> list[MixIsolatedSymbol]:
        """List the contracts whose margin mode is isolated.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/account/isolated-symbols
            https://www.bitget.com/api-doc/contract/account/Get-Isolated-Symbols
        """

    @get("/api/v2/mix/account/liq-price", "20/1s user", auth=True)
    def get_liquidation_price(
        self,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        pos_side: HoldSide,
        order_type: OrderType,
        open_amount: Number,
        open_price: Number | None = None,
    ) -> MixLiquidationPrice:
        """Estimate where a position would be liquidated.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            pos_side: Direction of the position: ``"long"`` or ``"short"``.
            order_type: ``"limit"`` or ``"market"``.
            open_amount: Size of the order, in coins of the base currency.
            open_price: Price of the order; of limit orders only.

        Source: GET /api/v2/mix/account/liq-price
            https://www.bitget.com/api-doc/contract/account/Get-Liquidation-Price
        """

    @get("/api/v2/mix/account/max-open", "20/1s user", auth=True)
    def get_max_open(
        self,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        pos_side: HoldSide,
        order_type: OrderType,
        open_price: Number | None = None,
    ) -> MixMaxOpen:
        """Estimate the largest position that can be opened.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            pos_side: Direction of the position: ``"long"`` or ``"short"``.
            order_type: ``"limit"`` or ``"market"``.
            open_price: Price of the order; of limit orders only.

        Source: GET /api/v2/mix/account/max-open
            https://www.bitget.com/api-doc/contract/account/Get-Max-Open
        """

    @get("/api/v2/mix/account/open-count", "10/1s user", auth=True)
    def get_open_count(
        self,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        open_amount: Number,
        open_price: Number,
        leverage: Number | None = None,
    ) -> MixOpenCount:
        """Estimate the position that a margin opens.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            open_amount: Margin, in coins of ``margin_coin``.
            open_price: Price at which the position would be opened.
            leverage: Leverage, as a factor; 20 when left out.

        Source: GET /api/v2/mix/account/open-count
            https://www.bitget.com/api-doc/contract/account/Est-Open-Count
        """

    @post("/api/v2/mix/account/set-leverage", "5/1s user", need_one=("leverage", "long_leverage", "short_leverage"))
    def set_leverage(
        self,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        leverage: Number | None = None,
        long_leverage: Number | None = None,
        short_leverage: Number | None = None,
        hold_side: HoldSide | None = None,
    ) -> MixLeverage:
        """Set the leverage of a contract.

        In cross margin ``long_leverage`` and ``short_leverage`` would take effect as well, the former first: give
        ``leverage`` there. Refused while orders are open (45097, 40730); 40814 and 45054 say that it is so already.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            leverage: Leverage, as a factor: of cross margin, of isolated margin in one-way mode, and of the side
                ``hold_side`` in hedge mode.
            long_leverage: Leverage of isolated long positions in hedge mode, as a factor.
            short_leverage: Leverage of isolated short positions in hedge mode, as a factor.
            hold_side: Side that ``leverage`` is for, with isolated margin in hedge mode: ``"long"`` or ``"short"``.

        Source: POST /api/v2/mix/account/set-leverage
            https://www.bitget.com/api-doc/contract/account/Change-Leverage
        """

    @post("/api/v2/mix/account/set-all-leverage", "5/1s user")
    def set_all_leverage(
        self,
        product_type: ProductType,
        leverage: Number,
        symbol: str | None = None,
        margin_coin: str | None = None,
        hold_side: HoldSide | None = None,
    ) -> None:
        """Set the leverage of all contracts in which there is a position.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            leverage: Leverage, as a factor.
            symbol: Name of the contract, such as ``BTCUSDT``. One source has it.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``. One source has it.
            hold_side: Position that is meant: ``"long"`` or ``"short"``. One source has it.

        Source: POST /api/v2/mix/account/set-all-leverage
            https://www.bitget.com/api-doc/contract/account/Change-All-Leverage
        """

    @post("/api/v2/mix/account/set-asset-mode", "2/1s user")
    def set_asset_mode(self, product_type: ProductType, asset_mode: AssetMode) -> None:
        """Choose whether one coin or several coins back the margin; for USDT-FUTURES.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            asset_mode: ``"single"``, or ``"union"`` where several coins back one margin.

        Source: POST /api/v2/mix/account/set-asset-mode
            https://www.bitget.com/api-doc/contract/account/Set-Asset-Mode
        """

    @post("/api/v2/mix/account/set-auto-margin", "5/1s user")
    def set_auto_margin(
        self, symbol: str, auto_margin: AutoMargin, margin_coin: str, hold_side: HoldSide, amount: Number | None = None
    ) -> None:
        """Choose whether margin is added to an isolated position automatically.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            auto_margin: ``"on"`` or ``"off"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            hold_side: Position that is meant: ``"long"`` or ``"short"``.
            amount: Most that is added, in coins of ``margin_coin``; one source has it, and says that it is needed.

        Source: POST /api/v2/mix/account/set-auto-margin
            https://www.bitget.com/api-doc/contract/account/Set-Auto-Margin
        """

    @post("/api/v2/mix/account/set-margin", "5/1s user")
    def add_margin(
        self, symbol: str, product_type: ProductType, margin_coin: str, hold_side: HoldSide, amount: Number
    ) -> None:
        """Add margin to an isolated position, or take some out.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            hold_side: Position that is meant: ``"long"`` or ``"short"``.
            amount: What is added, in coins of ``margin_coin``; below 0 it is taken out.

        Source: POST /api/v2/mix/account/set-margin
            https://www.bitget.com/api-doc/contract/account/Change-Margin
        """

    @post("/api/v2/mix/account/set-margin-mode", "5/1s user")
    def set_margin_mode(
        self, symbol: str, product_type: ProductType, margin_coin: str, margin_mode: MarginMode
    ) -> MixMarginMode:
        """Set the margin mode of a contract.

        Refused while the contract has a position or an order (45117).

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            margin_mode: ``"isolated"`` or ``"crossed"``.

        Source: POST /api/v2/mix/account/set-margin-mode
            https://www.bitget.com/api-doc/contract/account/Change-Margin-Mode
        """

    @post("/api/v2/mix/account/set-position-mode", "5/1s user")
    def set_position_mode(self, product_type: ProductType, pos_mode: PosMode) -> MixPositionMode:
        """Set the position mode of a product type.

        Refused while the product type has a position or an order (40920).

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            pos_mode: ``"one_way_mode"`` or ``"hedge_mode"``, where a contract has a long and a short position.

        Source: POST /api/v2/mix/account/set-position-mode
            https://www.bitget.com/api-doc/contract/account/Change-Hold-Mode
        """

    @get("/api/v2/mix/position/single-position", "10/1s user", auth=True, told=("productType",))
    def get_position(self, symbol: str, product_type: ProductType, margin_coin: str) -> list[MixPosition]:
        """List the positions of a contract: up to two in hedge mode.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.

        Source: GET /api/v2/mix/position/single-position
            https://www.bitget.com/api-doc/contract/position/get-single-position
        """

    @get("/api/v2/mix/position/all-position", "5/1s user", auth=True, told=("productType",))
    def get_positions(self, product_type: ProductType, margin_coin: str | None = None) -> list[MixPosition]:
        """List all open positions of a product type.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``. All when left out.

        Source: GET /api/v2/mix/position/all-position
            https://www.bitget.com/api-doc/contract/position/get-all-position
        """

    @get("/api/v2/mix/position/history-position", "20/1s user", auth=True, list_key="list")
    def get_position_history(
        self,
        product_type: ProductType | None = None,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixClosedPosition]:
        """List positions that were closed, newest first; 3 months back.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``. ``USDT-FUTURES``
                when left out; not looked at when there is a ``symbol``.
            symbol: Name of the contract, such as ``BTCUSDT``. All when left out.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 20 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/position/history-position
            https://www.bitget.com/api-doc/contract/position/Get-History-Position
        """

    iter_position_history = paged(
        get_position_history, tokens=_TOKENS, windows=Windows("start_time", "end_time", 88, 90), time="uTime"
    )

    @get("/api/v2/mix/position/adlRank", "5/1s user", auth=True)
    def get_adl_rank(self, product_type: ProductType) -> list[MixAdlRank]:
        """List how near positions are to auto-deleveraging.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/position/adlRank
            https://www.bitget.com/api-doc/contract/position/Get-Position-Adl
        """
