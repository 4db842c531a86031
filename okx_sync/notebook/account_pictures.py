"""Pictures of orders, positions and an account: what is not known for certain is said above all else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from okx_sync.notebook.markup import (
    NONE,
    NOT_KNOWN,
    Color,
    Html,
    card,
    colored,
    moment,
    note,
    number,
    pairs,
    signed,
    table,
    text,
)
from okx_sync.notebook.markup import warning as warn

if TYPE_CHECKING:
    from okx_sync.state.account_monitor import AccountMonitor, AccountSnapshot
    from okx_sync.state.orders.algo_state import AlgoState
    from okx_sync.state.orders.handle import Handle
    from okx_sync.state.orders.known_algos import KnownAlgos
    from okx_sync.state.orders.order_state import OrdersSnapshot, OrderState
    from okx_sync.state.position_monitor import PositionMonitor, PositionsSnapshot

__all__ = [
    "account_picture",
    "algos_picture",
    "handle_picture",
    "live_picture",
    "orders_picture",
    "positions_picture",
    "state_picture",
]

_LAST: Final = 8
_ORDER: Final = ("instrument", "side", "type", "size", "filled", "price", "average", "status", "id")
_FILL: Final = ("time", "side", "size", "price", "fee", "id")
_POSITION: Final = (
    "instrument",
    "side",
    "size",
    "entry",
    "mark",
    "liquidation",
    "unrealized profit",
    "margin",
    "leverage",
)
_BALANCE: Final = ("currency", "equity", "available", "frozen", "unrealized profit")
_ALGO: Final = ("instrument", "side", "kind", "size", "fires at", "status", "id")
_STATUS: Final[dict[str, Color]] = {"filled": "up", "rejected": "down", "unknown": "doubt", "pending": "doubt"}


def live_picture(live: Any) -> str:
    """Draw a live object as it is now: orders, algo orders, positions or an account."""
    return str(live.snapshot()._repr_html_())


def _standing(synced: bool, reason: str | None) -> list[Html]:
    return [] if synced else [warn(f"not synced: {reason}")]


def _number_open(those: Sequence[Any], *, synced: bool) -> str:
    """Say how many are open; of none, whether that is certain."""
    return f"{len(those)} open" if those or synced else "what is open is not known"


def _listed(what: str, headings: Sequence[str], rows: list[list[Html]], *, synced: bool) -> Html:
    """Make the table of what there is; of nothing, whether that is certain."""
    if rows:
        return table(headings, rows, left=(0, 1))
    return note(f"no {what}") if synced else Html(f"<div>{text(what)}: {NOT_KNOWN}</div>")


# -- orders --------------------------------------------------------------------------------------------------------


def orders_picture(now: OrdersSnapshot) -> str:
    """Draw the open orders, and the last of those that are over."""
    parts = _standing(now.synced, now.unsynced_reason)
    parts.append(_listed("open orders", _ORDER, [_order_row(one) for one in now.open], synced=now.synced))
    over = now.finished[-_LAST:]
    if over:
        parts += [note(f"over, the last {len(over)} of {len(now.finished)}")]
        parts += [table(_ORDER, [_order_row(one) for one in reversed(over)], left=(0, 1))]
    return card(
        f"Orders: {_number_open(now.open, synced=now.synced)}, {len(now.finished)} over, {len(now.fills)} fills", *parts
    )


def _order_row(one: OrderState) -> list[Html]:
    return [
        text(one.inst_id),
        colored(one.side, "up" if one.side == "buy" else "down") if one.side else NOT_KNOWN,
        NOT_KNOWN if one.order_type is None else text(one.order_type),
        number(one.size),
        number(one.filled),
        NONE if one.price is None else number(one.price),
        NONE if not one.filled else number(one.average_price),
        colored(one.status, _STATUS.get(one.status, "")),
        text(one.order_id or one.client_order_id or ""),
    ]


def handle_picture(handle: Handle[Any]) -> str:
    """Draw an order or algo order as it was told last, and say so where changes of it may have been missed."""
    doubt = handle._doubt()
    doubts = [] if doubt is None else [warn(doubt)]
    return "".join((*doubts, str(handle.snapshot()._repr_html_())))


def state_picture(one: OrderState) -> str:
    """Draw an order: how it stands, what it was, its fills."""
    doubts = {
        "unknown": "sent, and the answer was lost: whether the exchange has it is not known",
        "pending": "sent, and not answered yet",
    }
    parts = [warn(doubts[one.status])] if one.status in doubts else []
    parts.append(table(_ORDER, [_order_row(one)], left=(0, 1)))
    steps = " → ".join(str(step) for step in one.history)
    facts = [("so far", text(steps or one.status), "every status that it had")]
    facts += [] if one.reason is None else [("reason", text(one.reason), "why it has this status")]
    facts += [] if one.amend_error is None else [("change refused", text(one.amend_error), "")]
    facts += [("updated", moment(one.updated_at), "the exchange's time")]
    parts.append(pairs(facts))
    if one.fills:
        shown = one.fills[-_LAST:]
        parts.append(note(f"fills, the last {len(shown)} of {len(one.fills)}"))
        parts.append(table(_FILL, [_fill_row(fill) for fill in shown], left=(0, 1)))
    if one.is_merged:
        parts.append(warn(f"of {one.missing:f} of what is filled the single fills are not known"))
    return card("Order", *parts)


def _fill_row(fill: Any) -> list[Html]:
    fee = NOT_KNOWN if fill.fee is None else text(f"{fill.fee:f} {fill.fee_currency or ''}".rstrip())
    return [moment(fill.ts), text(fill.side), number(fill.size), number(fill.price), fee, text(fill.trade_id)]


def algos_picture(algos: KnownAlgos) -> str:
    """Draw the algo orders that are open."""
    synced, reason = algos.synced, algos.unsynced_reason
    rows = [_algo_row(one.snapshot()) for one in algos.open]
    parts = [*_standing(synced, reason), _listed("open algo orders", _ALGO, rows, synced=synced)]
    return card(f"Algo orders: {_number_open(rows, synced=synced)}, {len(algos.finished)} over", *parts)


def _algo_row(one: AlgoState) -> list[Html]:
    fires = {"trigger": one.trigger, "take profit": one.take_profit, "stop loss": one.stop_loss}
    told = ", ".join(f"{name} {price}" for name, price in fires.items() if price is not None)
    return [
        text(one.inst_id),
        NOT_KNOWN if one.side is None else colored(one.side, "up" if one.side == "buy" else "down"),
        text(one.leg or one.kind or "") if one.leg or one.kind else NOT_KNOWN,
        text("whole position, or not told") if one.size is None else number(one.size),
        text(told),
        colored(one.status, _STATUS.get(one.status, "")),
        text(one.algo_id or one.client_order_id or one.attached_id or ""),
    ]


# -- positions and account -----------------------------------------------------------------------------------------


def positions_picture(now: PositionsSnapshot | PositionMonitor) -> str:
    """Draw the open positions."""
    rows = [_position_row(one) for one in now.all]
    parts = [*_standing(now.synced, now.unsynced_reason), _listed("open positions", _POSITION, rows, synced=now.synced)]
    return card(f"Positions: {_number_open(rows, synced=now.synced)}", *parts)


def _position_row(one: Any) -> list[Html]:
    side = one.side if one.side != "net" else "long" if one.size > 0 else "short"
    return [
        text(one.inst_id),
        colored(side, "up" if side == "long" else "down"),
        number(one.size),
        number(one.entry_price),
        number(one.mark_price),
        NONE if one.liquidation_price is None else number(one.liquidation_price),
        signed(one.unrealized_pnl),
        NOT_KNOWN if one.margin_mode is None else text(one.margin_mode),
        number(one.leverage),
    ]


def account_picture(now: AccountSnapshot | AccountMonitor) -> str:
    """Draw an account: its totals, and what it holds of each currency."""
    currency = now.facts.totals.currency
    totals = [
        (f"equity, {currency}", _rounded(now.equity), ""),
        ("available", _rounded(now.available), ""),
        ("unrealized profit", signed(None if now.unrealized_pnl is None else round(now.unrealized_pnl, 2)), ""),
        ("margin ratio", _ratio(now.margin_ratio), "maintenance margin over equity; 1 is liquidation"),
    ]
    rows = [
        [
            text(one.currency if one.product is None else f"{one.currency} ({one.product})"),
            number(one.equity),
            number(one.available),
            number(one.frozen),
            signed(one.unrealized_pnl),
        ]
        for one in now.balances
    ]
    parts = [*_standing(now.synced, now.unsynced_reason), pairs(totals)]
    parts.append(table(_BALANCE, rows) if rows else _listed("balances", _BALANCE, rows, synced=now.synced))
    return card("Account", *parts)


def _rounded(value: Decimal | None) -> Html:
    return NOT_KNOWN if value is None else text(f"{value:,.2f}")


def _ratio(value: Decimal | None) -> Html:
    return NOT_KNOWN if value is None else text(f"{value:.6f}")
