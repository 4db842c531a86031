"""The everyday calls of ``BitgetClient``, by the names that ``OkxClient`` has, for both kinds of account.

Each chooses V2 (``client.mix``, ``client.spot``) or V3 (``client.uta``) by the kind of the account, which is asked for
once. Words are those of V3, and the neutral ones work as well: ``inst_id`` for ``symbol``, ``size`` for ``qty``,
``client_order_id`` for ``client_oid``. ``category`` (``product`` says the same) is ``"USDT-FUTURES"``,
``"COIN-FUTURES"``, ``"USDC-FUTURES"``, ``"SPOT"`` or, on unified accounts, ``"MARGIN"``. Left out it is what the
instrument's name says, ``"USDT-FUTURES"`` where it may be that; a name that may be of several others is a
``ConfigError``. Rows are those of the protocol in force; those of
orders, positions and balances have ``to_update()``. Market data are V3's for every account.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Unpack

from okx_sync.clients.bitget_market_verbs import BitgetMarketVerbs
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget import classic_orders
from okx_sync.exchanges.bitget.classic_orders import FUTURES, is_spot, margin_coin
from okx_sync.exchanges.bitget.products import CATEGORIES, chosen_category
from okx_sync.exchanges.product_words import either_product
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
    from okx_sync.exchanges.bitget.uta.order_models import UtaOrder, UtaOrderReceipt, UtaPosition
    from okx_sync.exchanges.bitget.uta.order_words import UtaAmendWords, UtaIdWords, UtaPlaceWords
    from okx_sync.exchanges.bitget.uta.words import (
        CategoryArg,
        FuturesArg,
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

_CLASSIC: Final = ("SPOT", *FUTURES)
_IDS: Final = {"inst_id": "symbol", "client_order_id": "client_oid"}
_PLACE: Final = {**_IDS, "size": "qty"}
_AMEND: Final = {**_PLACE, "new_size": "qty", "new_price": "price"}
_PLACED: Final = (
    "symbol", "side", "order_type", "qty", "price", "client_oid", "time_in_force", "pos_side", "reduce_only",
    "margin_mode", "stp_mode", "take_profit", "tp_limit_price", "stop_loss", "sl_limit_price",
)  # fmt: skip
_AMENDED: Final = ("symbol", "order_id", "client_oid", "qty", "price")
_ASKED: Final = ("symbol", "order_id", "client_oid")


class BitgetVerbs(BitgetMarketVerbs):
    """The everyday calls; a client mixes this in."""

    @abstractmethod
    def account_kind(self) -> AccountKind:
        """Tell whether the key's account is unified."""

    def _is_unified(self) -> bool:
        return self.account_kind() == "uta"

    def _market(self, symbol: Any, category: CategoryArg | None, product: CategoryArg | None) -> CategoryArg:
        """Return what an order is of: as it was said, else by the instrument."""
        return chosen_category(CATEGORIES if self._is_unified() else _CLASSIC, symbol, category, product)

    def _market_of_all(
        self, rows: Sequence[Mapping[str, Any]], category: CategoryArg | None, product: CategoryArg | None
    ) -> CategoryArg:
        """Return the one category of the orders of a batch. Raises ``ConfigError`` where they are of several."""
        found = {self._market(row.get("symbol"), category, product) for row in rows}
        if len(found) > 1:
            raise ConfigError(f"a batch has orders of one category, not of {' and '.join(sorted(map(str, found)))}")
        return found.pop() if found else self._market(None, category, product)

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
        self, symbol: str | None = None, *, category: FuturesArg | None = None, product: FuturesArg | None = None
    ) -> list[UtaPosition | MixPosition]:
        """Get open positions, sizes in base currency: those of all kinds of futures when none is named."""
        found: list[UtaPosition | MixPosition] = []
        said = either_product(product, category)
        for one in FUTURES if said is None else (said,):
            found += self.uta.get_positions(one) if self._is_unified() else self.mix.get_positions(one)
        return [row for row in found if symbol is None or row.symbol == symbol]  # not every category has it

    def set_leverage(
        self, symbol: str, leverage: Number, *, category: FuturesArg | None = None, product: FuturesArg | None = None
    ) -> None:
        """Set the leverage of a contract, as a factor; of cross margin, and of isolated margin in one-way mode."""
        market = chosen_category(FUTURES, symbol, category, product)
        if self._is_unified():
            self.uta.set_leverage(market, symbol, leverage)
        else:
            self.mix.set_leverage(symbol, market, margin_coin(market, symbol), leverage)

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
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
        **options: Unpack[_PlaceOptions],
    ) -> UtaOrderReceipt | MixOrderReceipt | SpotOrderReceipt:
        """Place an order; parameters and errors as for ``client.uta.place_order``.

        ``side`` is the order's on both kinds of account: in hedge mode a long position is closed by ``side="sell"``
        with ``pos_side="long"``. On a classic account ``margin_mode`` is ``"crossed"`` when left out, and what V2 has
        no word for is a ``ConfigError``.
        """
        given = {"symbol": symbol, "side": side, "order_type": order_type, "qty": qty, "price": price}
        words = _told("place_order", {**given, "client_oid": client_oid}, options, _PLACE, _PLACED)
        market = self._market(words.get("symbol"), category, product)
        if self._is_unified():
            return self.uta.place_order(market, **words)
        if is_spot(market):
            return self.spot.place_order(**classic_orders.spot_order(words))
        return self.mix.place_order(**classic_orders.futures_order(market, words))

    def amend_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
        **options: Unpack[_AmendOptions],
    ) -> UtaOrderReceipt | MixAmendReceipt | SpotReplacement:
        """Change size or price of an open order, named by one of its ids.

        On a classic account Bitget cancels the order and makes a new one, so that size and price are both needed; the
        new order is found by the ``newClientOid`` of the receipt.
        """
        given = {"symbol": symbol, "order_id": order_id, "client_oid": client_oid}
        words = _told("amend_order", given, options, _AMEND, _AMENDED)
        market = self._market(words.get("symbol"), category, product)
        if self._is_unified():
            return self.uta.amend_order(market, **words)
        if is_spot(market):
            return self.spot.replace_order(**_as(words, {"qty": "size"}))
        return self.mix.amend_order(product_type=market, **_as(words, {"qty": "new_size", "price": "new_price"}))

    def cancel_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
        **words: Unpack[UtaIdWords],
    ) -> UtaOrderReceipt | MixOrderReceipt | SpotOrderReceipt:
        """Cancel an order, named by one of its ids."""
        market = self._market(symbol or words.get("inst_id"), category, product)
        if self._is_unified():
            return self.uta.cancel_order(market, symbol, order_id, client_oid, **words)
        if is_spot(market):
            return self.spot.cancel_order(symbol, order_id, client_oid, **words)
        return self.mix.cancel_order(symbol, market, order_id, client_oid, **words)

    def place_batch_orders(
        self,
        orders: Sequence[Mapping[str, Any]],
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
    ) -> BatchResult[UtaOrderReceipt] | BatchResult[MixOrderReceipt] | BatchResult[SpotOrderReceipt]:
        """Place up to 20 orders (50 on classic accounts), each with its own verdict; words as for ``place_order``.

        A batch of futures orders of a classic account is of one contract.
        """
        rows = [_told(f"orders[{n}]", {}, row, _PLACE, _PLACED) for n, row in enumerate(orders)]
        market = self._market_of_all(rows, category, product)
        if self._is_unified():
            return self.uta.place_batch_orders([{"category": market, **row} for row in rows])
        if is_spot(market):
            spot = [classic_orders.spot_order(row) for row in rows]
            return self.spot.place_batch_orders(spot, batch_mode="multiple")
        told = [classic_orders.futures_order(market, row) for row in rows]
        shared = classic_orders.shared(told, ("symbol", "product_type", "margin_mode", "margin_coin"))
        return self.mix.place_batch_orders(**shared, order_list=told)

    def amend_batch_orders(
        self,
        orders: Sequence[Mapping[str, Any]],
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
    ) -> BatchResult[UtaOrderReceipt] | BatchResult[SpotReplacement]:
        """Change up to 20 orders (50 on classic accounts), each with its own verdict; words as for ``amend_order``.

        Futures of classic accounts have no such call: that is a ``ConfigError``.
        """
        rows = [_told(f"orders[{n}]", {}, row, _AMEND, _AMENDED) for n, row in enumerate(orders)]
        market = self._market_of_all(rows, category, product)
        if self._is_unified():
            return self.uta.amend_batch_orders([{"category": market, **row} for row in rows])
        if is_spot(market):
            return self.spot.replace_batch_orders([_as(row, {"qty": "size"}) for row in rows])
        raise ConfigError("futures of a classic account have no batch of changes", hint="call amend_order for each")

    def cancel_batch_orders(
        self,
        orders: Sequence[Mapping[str, Any]],
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
    ) -> BatchResult[UtaOrderReceipt] | BatchResult[MixOrderReceipt] | BatchResult[SpotOrderReceipt]:
        """Cancel up to 20 orders (50 on classic accounts), each with its own verdict; all named by one kind of id.

        A batch of futures orders of a classic account is of one contract.
        """
        rows = [_told(f"orders[{n}]", {}, row, _IDS, _ASKED) for n, row in enumerate(orders)]
        market = self._market_of_all(rows, category, product)
        if self._is_unified():
            return self.uta.cancel_batch_orders([{"category": market, **row} for row in rows])
        if is_spot(market):
            return self.spot.cancel_batch_orders(rows, batch_mode="multiple")
        (symbol,) = classic_orders.shared(rows, ("symbol",)).values()
        return self.mix.cancel_batch_orders(symbol, market, rows)

    def cancel_all_orders(
        self, symbol: str | None = None, *, category: CategoryArg | None = None, product: CategoryArg | None = None
    ) -> list[UtaOrderReceipt | MixOrderReceipt | SpotCanceledSymbol]:
        """Cancel all open orders of a category, or of one instrument; trigger orders stay.

        On spot of a classic account the order to cancel is for one instrument: without ``symbol`` the open orders are
        read first, and there is a row for each of their instruments.
        """
        market = self._market(symbol, category, product)
        if self._is_unified():
            return [*self.uta.cancel_all_orders(market, symbol)]
        if not is_spot(market):
            mix = self.mix
            return [*(mix.cancel_symbol_orders(symbol, market) if symbol else mix.cancel_all_orders(market))]
        symbols: Iterable[str | None] = [symbol] if symbol else {row.symbol for row in self.spot.iter_open_orders()}
        return [self.spot.cancel_all_orders(one) for one in symbols if one]

    def close_positions(
        self,
        symbol: str | None = None,
        *,
        pos_side: PosSideArg | None = None,
        category: FuturesArg | None = None,
        product: FuturesArg | None = None,
    ) -> list[UtaOrderReceipt | MixCloseReceipt]:
        """Close all positions of a category, or some of them, at market prices; ``ok`` of each row says if it was."""
        market = chosen_category(FUTURES, symbol, category, product)
        if self._is_unified():
            return [*self.uta.close_positions(market, symbol, pos_side)]
        return [*self.mix.close_positions(market, symbol, pos_side)]

    def get_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
        **words: Unpack[_LookupWords],
    ) -> UtaOrder | MixOrder | SpotOrder:
        """Get one order, open or done, named by one of its ids. Futures of classic accounts need ``symbol``, too."""
        given = {"symbol": symbol, "order_id": order_id, "client_oid": client_oid}
        found = _told("get_order", given, words, _IDS, _ASKED)
        name = found.pop("symbol", "")
        if self._is_unified():
            return self.uta.get_order(**found)
        market = self._market(name or None, category, product)
        return self.spot.get_order(**found) if is_spot(market) else self.mix.get_order(name, market, **found)

    def get_open_orders(
        self, symbol: str | None = None, *, category: CategoryArg | None = None, product: CategoryArg | None = None
    ) -> list[UtaOrder | MixOrder | SpotOpenOrder]:
        """Get all open orders, from as many pages as there are: of all categories when none is named.

        Trigger orders and take-profits have listings of their own.
        """
        found: list[UtaOrder | MixOrder | SpotOpenOrder] = []
        said = either_product(product, category)
        if self._is_unified():
            found += self.uta.iter_open_orders(said)
        else:
            for one in _CLASSIC if said is None else (said,):
                found += self.spot.iter_open_orders() if is_spot(one) else self.mix.iter_open_orders(one)
        return [row for row in found if symbol is None or row.symbol == symbol]  # not every category has it

    get_orders_pending = get_open_orders


def _told(call: str, given: Any, options: Any, aliases: dict[str, str], known: Iterable[str]) -> dict[str, Any]:
    """Return what was given, by V3's names. Raises ``ConfigError`` for unknown words and for two of one meaning."""
    words = {word: value for word, value in {**given, **options}.items() if value is not None}
    return renamed(call, words, aliases, known)


def _as(words: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(word, word): value for word, value in words.items()}
