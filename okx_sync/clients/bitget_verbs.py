"""The everyday calls of ``BitgetClient``, by the names that ``OkxClient`` has, for both kinds of account.

Each chooses V2 (``client.mix``, ``client.spot``) or V3 (``client.uta``) by the kind of the account, which is asked for
once. Words are those of V3, and the neutral ones work as well: ``inst_id`` for ``symbol``, ``size`` for ``qty``,
``client_order_id`` for ``client_oid``. ``category`` is ``"USDT-FUTURES"`` when left out, or ``"COIN-FUTURES"``,
``"USDC-FUTURES"``, ``"SPOT"``, on unified accounts ``"MARGIN"``. Rows are those of the protocol in force; those of
orders, positions and balances have ``to_update()``. Market data are V3's for every account.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Unpack

from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.bitget import classic_orders
from okx_sync.exchanges.bitget.classic_orders import FUTURES, is_spot, margin_coin
from okx_sync.exchanges.bitget.order_lookup import BitgetLostOrders
from okx_sync.rest.arguments import renamed

if TYPE_CHECKING:
    from typing import TypedDict

    from okx_sync.exchanges.bitget.account_kind import AccountKind
    from okx_sync.exchanges.bitget.mix.account_models import MixBalance, MixPosition
    from okx_sync.exchanges.bitget.mix.order_models import MixAmendReceipt, MixCloseReceipt, MixOrder, MixOrderReceipt
    from okx_sync.exchanges.bitget.spot.account_models import SpotAsset
    from okx_sync.exchanges.bitget.spot.order_models import (
        SpotCanceledSymbol,
        SpotOpenOrder,
        SpotOrder,
        SpotOrderReceipt,
        SpotReplacement,
    )
    from okx_sync.exchanges.bitget.uta.account_models import UtaAccountAssets
    from okx_sync.exchanges.bitget.uta.instrument_models import UtaInstrument
    from okx_sync.exchanges.bitget.uta.market_models import UtaBook, UtaCandle, UtaPublicTrade, UtaTicker
    from okx_sync.exchanges.bitget.uta.order_models import UtaOrder, UtaOrderReceipt, UtaPosition
    from okx_sync.exchanges.bitget.uta.order_words import UtaAmendWords, UtaIdWords, UtaPlaceWords
    from okx_sync.exchanges.bitget.uta.words import (
        CategoryArg,
        FuturesArg,
        IntervalArg,
        MarginModeArg,
        OrderTypeArg,
        PosSideArg,
        SideArg,
        StpModeArg,
        TimeInForceArg,
    )
    from okx_sync.rest import BatchResult, Number

    class _PlaceOptions(UtaPlaceWords, total=False):
        """The neutral words of an order, and its rarer parameters; see ``client.uta.place_order``."""

        time_in_force: TimeInForceArg
        pos_side: PosSideArg
        reduce_only: bool
        margin_mode: MarginModeArg
        stp_mode: StpModeArg
        take_profit: Number
        tp_limit_price: Number
        stop_loss: Number
        sl_limit_price: Number

    class _AmendOptions(UtaAmendWords, total=False):
        """What may change of an order, by the neutral words, too."""

        qty: Number
        price: Number

    class _LookupWords(TypedDict, total=False):
        """The neutral words of ``get_order``."""

        inst_id: str
        client_order_id: str | None


__all__ = ["BitgetVerbs"]

_USUAL: Final = "USDT-FUTURES"
_IDS: Final = {"inst_id": "symbol", "client_order_id": "client_oid"}
_PLACE: Final = {**_IDS, "size": "qty"}
_AMEND: Final = {**_PLACE, "new_size": "qty", "new_price": "price"}
_PLACED: Final = (
    "symbol", "side", "order_type", "qty", "price", "client_oid", "time_in_force", "pos_side", "reduce_only",
    "margin_mode", "stp_mode", "take_profit", "tp_limit_price", "stop_loss", "sl_limit_price",
)  # fmt: skip
_AMENDED: Final = ("symbol", "order_id", "client_oid", "qty", "price")
_ASKED: Final = ("symbol", "order_id", "client_oid")


class BitgetVerbs(BitgetLostOrders):
    """The everyday calls; a client mixes this in."""

    @abstractmethod
    def account_kind(self) -> AccountKind:
        """Tell whether the key's account is unified."""

    def _is_unified(self) -> bool:
        return self.account_kind() == "uta"

    # -- market ----------------------------------------------------------------------------------------

    def get_ticker(self, symbol: str, *, category: CategoryArg = _USUAL) -> UtaTicker:
        """Get the best prices, the last trade and the 24 h figures of an instrument."""
        rows = self.uta.get_tickers(category, symbol)
        if not rows:
            raise OkxApiError(f"no ticker of {symbol}", hint="check symbol and category")
        return rows[0]

    def get_tickers(self, *, category: CategoryArg = _USUAL) -> list[UtaTicker]:
        """Get the tickers of all instruments of a category."""
        return self.uta.get_tickers(category)

    def get_orderbook(self, symbol: str, depth: int | None = None, *, category: CategoryArg = _USUAL) -> UtaBook:
        """Get the order book, best prices first, ``depth`` levels per side (1 to 200; 5 when left out)."""
        return self.uta.get_order_book(category, symbol, depth)

    def get_candles(
        self, symbol: str, interval: IntervalArg = "1m", limit: int | None = None, *, category: CategoryArg = _USUAL
    ) -> list[UtaCandle]:
        """Get recent candles, the open one included; at most ``limit`` of them."""
        return self.uta.get_candles(category, symbol, interval, limit=limit)

    def get_trades(
        self, symbol: str, limit: int | None = None, *, category: CategoryArg = _USUAL
    ) -> list[UtaPublicTrade]:
        """Get the newest public trades, at most ``limit`` (100)."""
        return self.uta.get_trades(category, symbol, limit)

    def get_instruments(self, symbol: str | None = None, *, category: CategoryArg = _USUAL) -> list[UtaInstrument]:
        """Get the instruments of a category with their trading rules."""
        return self.uta.get_instruments(category, symbol)

    def get_system_time(self) -> int:
        """Get the time of the exchange's clock, ms since the epoch."""
        return self.uta.get_server_time().serverTime or 0

    # -- account ---------------------------------------------------------------------------------------

    def get_balance(self) -> list[UtaAccountAssets | MixBalance | SpotAsset]:
        """Get what the account has: ``to_update()`` of each row gives balances in neutral form.

        Of a unified account it is one row, with totals in USD. A classic account has a row for each margin coin of each
        kind of futures, and for each coin of spot.
        """
        if self._is_unified():
            return [self.uta.get_account_assets()]
        futures = [row for category in FUTURES for row in self.mix.get_accounts(category)]
        return [*futures, *self.spot.get_account_assets()]

    def get_positions(
        self, symbol: str | None = None, *, category: FuturesArg | None = None
    ) -> list[UtaPosition | MixPosition]:
        """Get open positions, sizes in base currency: those of all kinds of futures when none is named."""
        found: list[UtaPosition | MixPosition] = []
        for one in FUTURES if category is None else (category,):
            found += self.uta.get_positions(one) if self._is_unified() else self.mix.get_positions(one)
        return [row for row in found if symbol is None or row.symbol == symbol]  # not every category has it

    def set_leverage(self, symbol: str, leverage: Number, *, category: FuturesArg = _USUAL) -> None:
        """Set the leverage of a contract, as a factor; of cross margin, and of isolated margin in one-way mode."""
        if self._is_unified():
            self.uta.set_leverage(category, symbol, leverage)
        else:
            self.mix.set_leverage(symbol, category, margin_coin(category, symbol), leverage)

    # -- orders ----------------------------------------------------------------------------------------

    def place_order(
        self,
        symbol: str | None = None,
        side: SideArg | None = None,
        order_type: OrderTypeArg | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        client_oid: str | None = None,
        *,
        category: CategoryArg = _USUAL,
        **options: Unpack[_PlaceOptions],
    ) -> UtaOrderReceipt | MixOrderReceipt | SpotOrderReceipt:
        """Place an order; parameters and errors as for ``client.uta.place_order``.

        ``side`` is the order's on both kinds of account: in hedge mode a long position is closed by ``side="sell"``
        with ``pos_side="long"``. On a classic account ``margin_mode`` is ``"crossed"`` when left out, and what V2 has
        no word for is a ``ConfigError``.
        """
        given = {"symbol": symbol, "side": side, "order_type": order_type, "qty": qty, "price": price}
        words = _told("place_order", {**given, "client_oid": client_oid}, options, _PLACE, _PLACED)
        if self._is_unified():
            return self.uta.place_order(category, **words)
        if is_spot(category):
            return self.spot.place_order(**classic_orders.spot_order(words))
        return self.mix.place_order(**classic_orders.futures_order(category, words))

    def amend_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        category: CategoryArg = _USUAL,
        **options: Unpack[_AmendOptions],
    ) -> UtaOrderReceipt | MixAmendReceipt | SpotReplacement:
        """Change size or price of an open order, named by one of its ids.

        On a classic account Bitget cancels the order and makes a new one, so that size and price are both needed; the
        new order is found by the ``newClientOid`` of the receipt.
        """
        given = {"symbol": symbol, "order_id": order_id, "client_oid": client_oid}
        words = _told("amend_order", given, options, _AMEND, _AMENDED)
        if self._is_unified():
            return self.uta.amend_order(category, **words)
        if is_spot(category):
            return self.spot.replace_order(**_as(words, {"qty": "size"}))
        return self.mix.amend_order(product_type=category, **_as(words, {"qty": "new_size", "price": "new_price"}))

    def cancel_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        category: CategoryArg = _USUAL,
        **words: Unpack[UtaIdWords],
    ) -> UtaOrderReceipt | MixOrderReceipt | SpotOrderReceipt:
        """Cancel an order, named by one of its ids."""
        if self._is_unified():
            return self.uta.cancel_order(category, symbol, order_id, client_oid, **words)
        if is_spot(category):
            return self.spot.cancel_order(symbol, order_id, client_oid, **words)
        return self.mix.cancel_order(symbol, category, order_id, client_oid, **words)

    def place_batch_orders(
        self, orders: Sequence[Mapping[str, Any]], *, category: CategoryArg = _USUAL
    ) -> BatchResult[UtaOrderReceipt] | BatchResult[MixOrderReceipt] | BatchResult[SpotOrderReceipt]:
        """Place up to 20 orders (50 on classic accounts), each with its own verdict; words as for ``place_order``.

        A batch of futures orders of a classic account is of one contract.
        """
        rows = [_told(f"orders[{n}]", {}, row, _PLACE, _PLACED) for n, row in enumerate(orders)]
        if self._is_unified():
            return self.uta.place_batch_orders([{"category": category, **row} for row in rows])
        if is_spot(category):
            spot = [classic_orders.spot_order(row) for row in rows]
            return self.spot.place_batch_orders(spot, batch_mode="multiple")
        told = [classic_orders.futures_order(category, row) for row in rows]
        shared = classic_orders.shared(told, ("symbol", "product_type", "margin_mode", "margin_coin"))
        return self.mix.place_batch_orders(**shared, order_list=told)

    def amend_batch_orders(
        self, orders: Sequence[Mapping[str, Any]], *, category: CategoryArg = _USUAL
    ) -> BatchResult[UtaOrderReceipt] | BatchResult[SpotReplacement]:
        """Change up to 20 orders (50 on classic accounts), each with its own verdict; words as for ``amend_order``.

        Futures of classic accounts have no such call: that is a ``ConfigError``.
        """
        rows = [_told(f"orders[{n}]", {}, row, _AMEND, _AMENDED) for n, row in enumerate(orders)]
        if self._is_unified():
            return self.uta.amend_batch_orders([{"category": category, **row} for row in rows])
        if is_spot(category):
            return self.spot.replace_batch_orders([_as(row, {"qty": "size"}) for row in rows])
        raise ConfigError("futures of a classic account have no batch of changes", hint="call amend_order for each")

    def cancel_batch_orders(
        self, orders: Sequence[Mapping[str, Any]], *, category: CategoryArg = _USUAL
    ) -> BatchResult[UtaOrderReceipt] | BatchResult[MixOrderReceipt] | BatchResult[SpotOrderReceipt]:
        """Cancel up to 20 orders (50 on classic accounts), each with its own verdict; all named by one kind of id.

        A batch of futures orders of a classic account is of one contract.
        """
        rows = [_told(f"orders[{n}]", {}, row, _IDS, _ASKED) for n, row in enumerate(orders)]
        if self._is_unified():
            return self.uta.cancel_batch_orders([{"category": category, **row} for row in rows])
        if is_spot(category):
            return self.spot.cancel_batch_orders(rows, batch_mode="multiple")
        (symbol,) = classic_orders.shared(rows, ("symbol",)).values()
        return self.mix.cancel_batch_orders(symbol, category, rows)

    def cancel_all_orders(
        self, symbol: str | None = None, *, category: CategoryArg = _USUAL
    ) -> list[UtaOrderReceipt | MixOrderReceipt | SpotCanceledSymbol]:
        """Cancel all open orders of a category, or of one instrument; trigger orders stay.

        On spot of a classic account the order to cancel is for one instrument: without ``symbol`` the open orders are
        read first, and there is a row for each of their instruments.
        """
        if self._is_unified():
            return [*self.uta.cancel_all_orders(category, symbol)]
        if not is_spot(category):
            mix = self.mix
            return [*(mix.cancel_symbol_orders(symbol, category) if symbol else mix.cancel_all_orders(category))]
        symbols: Iterable[str | None] = [symbol] if symbol else {row.symbol for row in self.spot.iter_open_orders()}
        return [self.spot.cancel_all_orders(one) for one in symbols if one]

    def close_positions(
        self, symbol: str | None = None, *, pos_side: PosSideArg | None = None, category: FuturesArg = _USUAL
    ) -> list[UtaOrderReceipt | MixCloseReceipt]:
        """Close all positions of a category, or some of them, at market prices; ``ok`` of each row says if it was."""
        if self._is_unified():
            return [*self.uta.close_positions(category, symbol, pos_side)]
        return [*self.mix.close_positions(category, symbol, pos_side)]

    def get_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        category: CategoryArg = _USUAL,
        **words: Unpack[_LookupWords],
    ) -> UtaOrder | MixOrder | SpotOrder:
        """Get one order, open or done, named by one of its ids. Futures of classic accounts need ``symbol``, too."""
        given = {"symbol": symbol, "order_id": order_id, "client_oid": client_oid}
        found = _told("get_order", given, words, _IDS, _ASKED)
        name = found.pop("symbol", "")
        if self._is_unified():
            return self.uta.get_order(**found)
        return self.spot.get_order(**found) if is_spot(category) else self.mix.get_order(name, category, **found)

    def get_open_orders(
        self, symbol: str | None = None, *, category: CategoryArg | None = None
    ) -> list[UtaOrder | MixOrder | SpotOpenOrder]:
        """Get all open orders, from as many pages as there are: of all categories when none is named.

        Trigger orders and take-profits have listings of their own.
        """
        found: list[UtaOrder | MixOrder | SpotOpenOrder] = []
        if self._is_unified():
            found += self.uta.iter_open_orders(category)
        else:
            for one in ("SPOT", *FUTURES) if category is None else (category,):
                found += self.spot.iter_open_orders() if is_spot(one) else self.mix.iter_open_orders(one)
        return [row for row in found if symbol is None or row.symbol == symbol]  # not every category has it

    get_orders_pending = get_open_orders


def _told(call: str, given: Any, options: Any, aliases: dict[str, str], known: Iterable[str]) -> dict[str, Any]:
    """Return what was given, by V3's names. Raises ``ConfigError`` for unknown words and for two of one meaning."""
    words = {word: value for word, value in {**given, **options}.items() if value is not None}
    return renamed(call, words, aliases, known)


def _as(words: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(word, word): value for word, value in words.items()}
