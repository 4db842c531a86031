"""Channel ``orders``: changes and fills of orders during an outage.

The stream pushes an order after each change. REST has the order as it is now and the list of fills; a recovered row is
the order as it was right after one of its fills, and one more when it was canceled or amended after that. What
cannot be known of such a moment (average price and sums of fees in the middle of several fills) is left empty.
Pages: "Get order list", and those of ``horizon``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final, NamedTuple

from okx_sync.errors import OkxApiError
from okx_sync.exchanges.okx.recovery.horizon import fills_since, finished_orders, forgotten_orders
from okx_sync.exchanges.okx.recovery.reading import all_rows, only
from okx_sync.exchanges.okx.trade.models import FINAL_STATES, ORDER_STATES
from okx_sync.exchanges.recovery_reading import Bounded, check, ms, number
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource
from okx_sync.state.orders.order_news import OrderMoment
from okx_sync.types import FINAL

__all__ = ["OrdersRecovery"]

_FILTERS: Final = ("instType", "instId", "instFamily")
_UNKNOWN_ORDER: Final = "51603"
_TEXTS: Final = ("ordId", "instId", "tradeId", "state")
_NO_FILL: Final = dict.fromkeys(
    ("tradeId", "fillPx", "fillTime", "fillPnl", "fillFee", "fillFeeCcy", "execType", "fillNotionalUsd"), ""
) | {"fillSz": "0"}
_CHANGES: Final = ("px", "pxUsd", "pxVol", "sz")  # what an amendment may change
_OLDER: Final = 300  # orders of before the first outage of a stream, of each type, that are looked at
_SUMS: Final = dict.fromkeys(("avgPx", "fee", "rebate", "pnl"), "")


class _Known(NamedTuple):
    """An order as it was last delivered; ``row`` only while it is open."""

    moment: OrderMoment
    row: Mapping[str, Any] | None


class OrdersRecovery(RecoverySource):
    """The memory of a topic of orders.

    Args:
        args: Arguments of the topic.
    """

    def __init__(self, args: Mapping[str, str]) -> None:
        self._filters = only(args, *_FILTERS)
        self._open: dict[str, _Known] = {}
        self._done: Bounded[str, _Known] = Bounded(10_000)
        self._fills: Bounded[tuple[str, str, str], None] = Bounded(50_000)
        self._listed: dict[str, _Known] | None = None  # what was open at the last outage; None: not known yet
        self._odd: list[Any] = []  # what of the present answers cannot be read
        self._unseen: list[Lack] = []  # what was not asked for
        # What was delivered of each order before the present outage.
        self._before: dict[str, Decimal] = {}
        self._now = 0  # when REST was asked

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of change; of equal times a final state is the last."""
        return (ms(row, "uTime", "fillTime", "cTime"), int(row.get("state") in FINAL_STATES))

    # -- what was told -------------------------------------------------------------------------------------------

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. News is a new fill, more filled than was delivered, or a later change."""
        if not isinstance(row, dict):
            return row  # not for us to judge: the decoder reports it
        check(row, _TEXTS, "accFillSz")
        order_id = row.get("ordId") or ""
        known, now, fill = self._open.get(order_id) or self._done.get(order_id), _read(row), _fill_key(row)
        is_told = fill is not None and fill in self._fills
        if fill is not None:
            self._fills[fill] = None
            if is_told and known is not None and _is_known_fill(now, known):
                return None
        if known is None or _is_news(now, known):
            self._remember(order_id, now)
        elif fill is None:
            return None
        # What was amended to what is filled is over by that, and shows its last fill again.
        return {**row, **_NO_FILL} if is_told else row

    def _remember(self, order_id: str, now: _Known) -> None:
        if now.moment.status in FINAL:
            self._open.pop(order_id, None)
            self._done[order_id] = _Known(now.moment, None)
        elif order_id not in self._done:
            self._open[order_id] = now

    def interrupted(self) -> None:
        """See ``RecoverySource``."""
        self._before = {id_: known.moment.filled for id_, known in [*self._open.items(), *self._done.items()]}

    # -- what was missed -------------------------------------------------------------------------------------------

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """See ``RecoverySource``. Orders first, fills after them: what happens in between comes on the stream."""
        self._now = now_ms
        self._odd, self._unseen = [], []
        orders = self._orders(since_ms, fetch)
        fills: dict[str, list[Any]] = {}
        for fill in self._fills_since(since_ms, fetch, self._filters):
            fills.setdefault(fill["ordId"], []).append(fill)
        late = {id_ for id_ in fills.keys() - orders.keys() if any(_fill_key(f) not in self._fills for f in fills[id_])}
        for order_id in late:
            self._look_up(order_id, fills[order_id][0]["instId"], orders, fetch)
        for order_id, order in orders.items():
            if order_id in late or _is_behind(fills.get(order_id, []), order, since_ms):
                filters = {**only(order, "instType", "instId"), "ordId": order_id}
                fills[order_id] = self._fills_since(since_ms, fetch, filters)
        # Several changes may have the same time: then fills go by their number, orders by age (they come newest first).
        told = [
            (self.when(row)[0], number, row)
            for order_id, order in reversed(orders.items())
            for row, number in self._missed_pushes(order, fills.get(order_id, []), since_ms)
        ]
        rows = [row for *_, row in sorted(told, key=itemgetter(0, 1))]
        self._listed = {id_: _read(order) for id_, order in orders.items() if order.get("state") not in FINAL_STATES}
        # What cannot be read goes on as it is, to be reported.
        return Missed(rows + self._odd, (*forgotten_orders(since_ms, now_ms), *self._unseen))

    def _fills_since(self, since_ms: int, fetch: Fetch, filters: Mapping[str, str]) -> list[Any]:
        """Return fills in the order in which they happened."""
        unread: list[Any] = []  # not told: of an order with others it is seen that something of it is missing
        return sorted(_clear(fills_since(fetch, filters, since_ms, self._now), "fillSz", unread), key=_filled_at)

    def _orders(self, since_ms: int, fetch: Fetch) -> dict[str, dict[str, Any]]:
        """Return every order that may have changed, as it is now."""
        filters = self._filters
        orders: dict[str, dict[str, Any]] = {}
        for listing in finished_orders(fetch, filters, since_ms, self._now):
            older = 0
            for row in _clear(listing, "accFillSz", self._odd):
                if ms(row, "uTime") >= since_ms:
                    orders.setdefault(row["ordId"], row)
                elif ms(row, "cTime") < since_ms:
                    # It goes by age of the order; of the older ones, those that were open are looked up below. Those
                    # that were open before the stream began are known from the first outage on.
                    older += 1
                    if self._listed is not None:
                        break
                    if older == _OLDER:
                        what = (
                            f"{row.get('instType')} orders placed before the stream began and canceled without a fill"
                        )
                        self._unseen.append(Lack(self._now, f"{what}, unless among the latest {_OLDER} older ones"))
                        break
        # Behind the history: an order that is finished in between is then found in neither, and looked up below.
        pending = all_rows(fetch, "/api/v5/trade/orders-pending", filters, "ordId")
        for row in _clear(pending, "accFillSz", self._odd):
            orders.setdefault(row["ordId"], row)
        for order_id, known in [*(self._listed or {}).items(), *self._open.copy().items()]:
            if order_id not in orders and order_id not in self._done and known.row is not None:
                self._look_up(order_id, known.row.get("instId") or "", orders, fetch)
        return orders

    def _look_up(self, order_id: str, inst_id: str, orders: dict[str, dict[str, Any]], fetch: Fetch) -> None:
        try:
            orders[order_id] = fetch("/api/v5/trade/order", {"instId": inst_id, "ordId": order_id})[0]
        except OkxApiError as error:
            if error.code != _UNKNOWN_ORDER:
                raise
            known = self._open.get(order_id) or (self._listed or {}).get(order_id)
            if known is not None and known.row is not None:
                # OKX forgets orders that were canceled without a fill after two hours, and no others so soon.
                orders[order_id] = {
                    **known.row,
                    **_NO_FILL,
                    "state": "canceled",
                    "uTime": str((known.moment.at or 0) + 1),
                }

    def _missed_pushes(
        self, order: dict[str, Any], fills: list[Any], since_ms: int
    ) -> Iterable[tuple[dict[str, Any], int]]:
        """Make the pushes that were missed of one order, with the fill's number.

        ``fills`` are all since then, in order.
        """
        order_id = order["ordId"]
        known, before = self._open.get(order_id) or self._done.get(order_id), self._before.get(order_id)
        fills = _until(order, fills)
        total = number(order, "accFillSz")
        left = sum((number(fill, "fillSz") for fill in fills), Decimal(0))
        told_at, bill = 0, 0
        for fill in fills:
            left -= number(fill, "fillSz")
            filled = total - left
            # A fill that is not above the delivered amount was part of a push that stood for several fills. The stream
            # may have gone on since: then a later fill was delivered, and this one was not.
            if _fill_key(fill) not in self._fills and (before is None or filled > before):
                told_at, bill = _filled_at(fill)
                yield _after_fill(order, fill, filled, is_last=not left), bill
        now, updated = _read(order), ms(order, "uTime")
        is_told = told_at and (
            order.get("state") == "filled" or (now.moment.status not in FINAL and told_at == updated)
        )
        if not is_told and (updated >= since_ms if known is None else _is_news(now, known)):
            yield {**order, **_NO_FILL}, bill


def _clear(rows: Iterable[Any], amount: str, odd: list[Any]) -> Iterator[Any]:
    """Yield the rows that say which order they are of, and how it stands. The others are added to ``odd``."""
    for row in rows:
        try:
            check(row, _TEXTS, amount)
        except ValueError:
            odd.append(row)
        else:
            yield row


def _is_behind(fills: list[Any], order: Mapping[str, Any], since_ms: int) -> bool:
    """Tell whether the order knows of a fill that the listing does not have yet."""
    last = order.get("tradeId")
    return bool(last) and ms(order, "fillTime") >= since_ms and last not in [fill.get("tradeId") for fill in fills]


def _until(order: Mapping[str, Any], fills: list[Any]) -> list[Any]:
    """Return the fills that the order knew of when it was read; the stream tells of those that came after it."""
    last, trades = order.get("tradeId"), [fill.get("tradeId") for fill in fills]
    if last in trades:
        return fills[: trades.index(last) + 1]
    if last or not number(order, "accFillSz"):
        return []
    updated = ms(order, "uTime")
    return [fill for fill in fills if ms(fill, "fillTime", "ts") <= updated]


def _read(row: Mapping[str, Any]) -> _Known:
    status = ORDER_STATES.get(row.get("state"), "unknown")
    return _Known(OrderMoment(status, number(row, "accFillSz"), ms(row, "uTime")), row)


def _is_news(now: _Known, known: _Known) -> bool:
    """Tell whether an order as it is ``now`` is more than what is ``known`` of it."""
    order = now.moment.compared_to(known.moment)
    row, told = now.row, known.row
    if order or row is None or told is None:
        return order > 0
    # In the same millisecond: another change, or the same one again.
    if row.get("amendResult") == "-1" and told.get("amendResult") != "-1":
        return True
    for name in _CHANGES:  # noqa: SIM110  written out: each row of account data passes here
        if (row.get(name) or "") != (told.get(name) or ""):
            return True
    return False


def _is_known_fill(now: _Known, known: _Known) -> bool:
    """Tell whether an order, as a row about a fill that was delivered has it, is no more than what is ``known``."""
    return now.moment.compared_to(known.moment, by_time=False) <= 0


def _after_fill(order: dict[str, Any], fill: Any, filled: Decimal, *, is_last: bool) -> dict[str, Any]:
    row = {
        **order,
        "tradeId": fill.get("tradeId") or "",
        "fillPx": fill.get("fillPx") or "",
        "fillSz": fill.get("fillSz") or "",
        "fillTime": fill.get("fillTime") or fill.get("ts") or "",
        "fillPnl": fill.get("fillPnl") or "",
        "fillFee": fill.get("fee") or "",
        "fillFeeCcy": fill.get("feeCcy") or "",
        "execType": fill.get("execType") or "",
        "fillNotionalUsd": "",
        "accFillSz": f"{filled:f}",
    }
    row["uTime"] = row["fillTime"] or row.get("uTime", "")
    is_filled = is_last and order.get("state") == "filled"
    if not is_filled:
        row["state"] = "partially_filled"
    return row if is_last else {**row, **_SUMS}


def _fill_key(row: Any) -> tuple[str, str, str] | None:
    trade_id = row.get("tradeId")
    return (row.get("instId") or "", trade_id, row.get("ordId") or "") if trade_id else None


def _filled_at(row: Any) -> tuple[int, int]:
    bill_id = row.get("billId") or ""
    return ms(row, "fillTime", "ts"), int(bill_id) if bill_id.isdigit() else 0
