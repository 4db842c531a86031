"""Orders of ``ws.orders`` on OKX's private streams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, get_args

from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.okx import error_codes, words
from okx_sync.exchanges.okx.algo_words import CLIENT_ID, CLIENT_ID_HINT, check_td_mode, leg_words
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.exchanges.order_words import joined, neutral_words
from okx_sync.state.orders.batch_cancel import BatchCancel, CancelResult
from okx_sync.state.orders.new_order import OrderRules, new_order
from okx_sync.state.orders.order_state import OrderState, PreparedOrder

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.trade.models import OrderResult

__all__ = ["RULES", "OkxSender"]

_GONE: Final = frozenset({"51400", "51401", "51402", "51603"})  # filled, canceled, or never existed
_CANCELING: Final = "51410"
_BATCH: Final = 20
_NO_PRICE: Final = ("market", "optimal_limit_ioc")
RULES: Final = OrderRules(
    order_types={word: word not in _NO_PRICE for word in get_args(get_args(words.OrdType)[0])},
    other_prices=("px_usd", "px_vol"),
    client_id=CLIENT_ID,
    client_id_hint=CLIENT_ID_HINT,
    attaches="together",
)


class OkxSender:
    """Sends the orders of ``ws.orders`` (``OrderSender``)."""

    def __init__(self, client: OrderClient) -> None:
        self._client = client

    def new_order(self, words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedOrder:
        """Make the order that ``words`` ask for, neutral or OKX's own.

        Raises ``ConfigError`` for what cannot be right.
        """
        from okx_sync.exchanges.okx import order_words  # streams alone do without REST
        from okx_sync.exchanges.okx.trade import rest as trade

        place = next(one for one in trade.Trade.endpoints if one.name == "place_order")
        names = [param.name for param in place.params]
        found = neutral_words(words, names, order_words.PLACE, ("take_profit", "stop_loss", "timeout", "rest_fallback"))
        new = new_order(found, new_id, RULES)
        check_td_mode(new.options)
        if new.attached and new.options.get("attach_algo_ords"):
            raise ConfigError("take_profit, stop_loss and attach_algo_ords say the same", hint="give one or the others")
        self._client._check_order("order", *_call(new))
        return new

    def place(self, new: PreparedOrder) -> str | None:
        """Send it. Raises what ``place_order`` raises."""
        args, options = _call(new)
        receipt: OrderResult = self._client.place_order(*args, **options)
        return receipt.ordId

    def cancel_many(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        """Ask for the end of all of them, in batches. Raises what forbids all of it (``ReadOnlyError``, ...)."""
        return BatchCancel(send=self._cancel_batch, judge=_judged, together=lambda _: (None, _BATCH)).cancel(orders)

    def _cancel_batch(self, orders: Sequence[OrderState]) -> Any:
        return self._client.cancel_batch_orders([{"inst_id": one.inst_id, "ord_id": one.order_id} for one in orders])

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end; False when it is gone. Raises what ``cancel_order`` raises."""
        try:
            self._client.cancel_order(order.inst_id, order.order_id, None if order.order_id else order.client_order_id)
        except OkxApiError as error:
            if error.code in _GONE:
                return False
            if error.code != _CANCELING:
                raise
        return True

    def replacement(
        self,
        order: OrderState,
        size: Decimal | None,
        price: Decimal | None,
        options: Mapping[str, Any],
    ) -> None:
        """Return None: an order of OKX stays the same when it is changed."""

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change. Raises what ``amend_order`` raises."""
        from okx_sync.exchanges.okx import order_words  # streams alone do without REST

        own_id = None if order.order_id else order.client_order_id
        fixed = {"inst_id": order.inst_id, "order_id": order.order_id, "client_order_id": own_id}
        self._client.amend_order(**joined(fixed, {"size": size, "price": price, **options}, order_words.IDS))


def _call(new: PreparedOrder) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return arguments and options of ``place_order``."""
    options = dict(new.options)
    td_mode = options.pop("td_mode")
    if new.expires_at is not None:
        options["exp_time"] = new.expires_at
    if new.attached:
        options["attach_algo_ords"] = [
            {"attach_algo_cl_ord_id": one.client_order_id, **leg_words(one.take_profit, one.stop_loss)}
            for one in new.attached
        ]
    return (new.inst_id, td_mode, new.side, new.order_type, new.size, new.price, new.client_order_id), options


def _judged(row: OrderResult) -> CancelResult | None:
    """Return what a row of a batch's answer says of its order."""
    if row.sCode is None:
        return None
    if row.ok or row.sCode == _CANCELING:
        return "accepted", None
    if row.sCode in _GONE:
        return "gone", None
    return "refused", error_codes.error_for(row.sCode, row.sMsg or "", environment="okx")
