"""Order operations over the WebSocket, as OKX V5 "WS / Place order" and its siblings.

Those on instruments and `mass-cancel` belong to the private path, those on spreads to business. Instruments are named
by `instIdCode`; the venue is asked in REST's words. One reply per request; its `code` is "0" (all accepted), "1" (all
failed), "2" (some failed), or an error of the request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from okx_sync.paper.okx.account_modes import mass_cancel_refusal
from okx_sync.paper.okx.batches import Batch, amended_again, placed_again
from okx_sync.paper.okx.codes import error_event
from okx_sync.paper.okx.envelope import batch_code, micros
from okx_sync.paper.okx.session_base import OkxSessionBase
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

BATCH = 20
Act = Callable[[Venue, VenueAccount, Mapping[str, Any]], OrderAck]
Print = Callable[[OrderAck], Row]
Again = Callable[[VenueAccount, Batch, int], dict[int, OrderAck]]


@dataclass(frozen=True, slots=True)
class OrderOperation:
    """One `op`: what it does with each object, and the REST path it shares a limit with.

    `act` gives the row of one object, with its verdict in `sCode` where it has one. `by_code`: instruments are named
    by number. `is_timed`: the reply tells when it was worked on. `again` gives the refusals of what a batch names
    twice, which `row` prints.
    """

    act: Callable[[Venue, VenueAccount, Mapping[str, Any]], Row]
    rest_path: str
    path: str = "private"
    is_batch: bool = False
    expires: bool = False
    by_code: bool = False
    is_timed: bool = False
    again: Again | None = None
    row: Print = OrderAck.place_row


def _place(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.place(account, args, via="ws")


def _cancel(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.cancel(account, args, via="ws")


def _amend(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
    return venue.amend(account, args, via="ws")


def _mass_cancel(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:  # noqa: ARG001 - no options here
    """Refuse: it is for options under market maker protection, in portfolio margin, which no account here has."""
    code, text = mass_cancel_refusal(args)
    return {"sCode": code, "sMsg": text}


def _mass_cancel_spreads(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    venue.spread_orders.cancel_all(account, str(args.get("sprdId", "")))
    return {"result": True}


def _on_instrument(
    act: Act, row: Print, rest: str, *, is_batch: bool = False, expires: bool = False, again: Again | None = None
) -> OrderOperation:
    def work(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
        refused = _without_code(args)
        if refused is not None:
            return row(_failed(venue, args, *refused))
        return row(act(venue, account, {name: value for name, value in args.items() if name != "instIdCode"}))

    path = "/api/v5/trade/" + rest
    return OrderOperation(
        work, path, is_batch=is_batch, expires=expires, by_code=True, is_timed=True, again=again, row=row
    )


def _on_spread(name: str, row: Print, rest: str) -> OrderOperation:
    def work(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
        ack: OrderAck = getattr(venue.spread_orders, name)(account, args)
        return row(ack)

    return OrderOperation(work, "/api/v5/sprd/" + rest, path="business")


OPS: dict[str, OrderOperation] = {
    "order": _on_instrument(_place, OrderAck.place_row, "order", expires=True),
    "batch-orders": _on_instrument(
        _place, OrderAck.place_row, "batch-orders", is_batch=True, expires=True, again=placed_again
    ),
    "cancel-order": _on_instrument(_cancel, OrderAck.cancel_row, "cancel-order"),
    "batch-cancel-orders": _on_instrument(_cancel, OrderAck.cancel_row, "cancel-batch-orders", is_batch=True),
    "amend-order": _on_instrument(_amend, OrderAck.amend_row, "amend-order", expires=True),
    "batch-amend-orders": _on_instrument(
        _amend, OrderAck.amend_row, "amend-batch-orders", is_batch=True, expires=True, again=amended_again
    ),
    "mass-cancel": OrderOperation(_mass_cancel, "/api/v5/trade/mass-cancel"),
    "sprd-order": _on_spread("place", OrderAck.place_row, "order"),
    "sprd-amend-order": _on_spread("amend", OrderAck.amend_row, "amend-order"),
    "sprd-cancel-order": _on_spread("cancel", OrderAck.cancel_row, "cancel-order"),
    "sprd-mass-cancel": OrderOperation(_mass_cancel_spreads, "/api/v5/sprd/mass-cancel", path="business"),
}


def operate(session: OkxSessionBase, op: str, message: Mapping[str, Any], request_id: str | None) -> None:
    """Execute one order operation and reply to it, or spoil the reply as the armed faults say."""
    operation = OPS[op]
    if session.path != operation.path:
        session.refuse("60028", request_id)
        return
    if request_id is None:
        session.refuse("60033", None, name="id")
        return
    rules, started = session.server.rules, micros(session.server.clock)
    if rules.take("lose_request", path=op) is not None:
        return
    refusal = rules.take("refuse_op", op=op)
    if refusal is not None and refusal.options["how"] == "event":
        code, text = refusal.options["code"], refusal.options["msg"]
        session.reply("ack", error_event(code, text, session.record.connId, request_id))
        return
    if refusal is None:
        code, text, rows = _execute(session, operation, message)
    else:
        code, text, rows = _refused(session.server.venue, message, **refusal.options)
    reply: dict[str, Any] = {"id": request_id, "op": op, "code": code, "msg": text, "data": rows}
    if operation.is_timed:
        reply |= {"inTime": started, "outTime": micros(session.server.clock)}
    session.answer(op, reply)


def _refused(venue: Venue, message: Mapping[str, Any], code: str, msg: str, how: str) -> tuple[str, str, list[Row]]:
    """Return what a fault has refused: the request as a whole, or each of its objects."""
    if how == "whole":
        return code, msg, []
    rows = [_failed(venue, arg, code, msg).place_row() for arg in message.get("args") or []]
    return "1", "All operations failed", rows


def _execute(
    session: OkxSessionBase, operation: OrderOperation, message: Mapping[str, Any]
) -> tuple[str, str, list[Row]]:
    server = session.server
    if session.key is None:
        return "60011", "Please log in", []
    if session.key.read_only:
        return "50120", "This API key doesn't have permission to use this function", []
    args = message.get("args")
    most = BATCH if operation.is_batch else 1
    if not isinstance(args, list) or not args or not all(isinstance(arg, dict) for arg in args):
        return "60013", "Invalid args", []
    if len(args) > most:
        return "51111", f"Maximum {most} orders can be placed in bulk", []
    if operation.expires and _is_late(server.clock.now_ms(), message.get("expTime")):
        return "50036", "The expTime can't be earlier than the current system time. Please adjust.", []
    account, named = session.key.account, args
    if operation.by_code:
        named = [arg | {"instId": _inst_id(server.venue, arg)} for arg in args]
    refused = server.take_limit(operation.rest_path, account.uid, named)
    if refused is not None:
        return *refused, []
    again = {} if operation.again is None else operation.again(account, named, server.clock.now_ms())
    return _verdict(
        [
            operation.row(again[place]) if place in again else operation.act(server.venue, account, arg)
            for place, arg in enumerate(named)
        ]
    )


def _verdict(rows: Sequence[Row]) -> tuple[str, str, list[Row]]:
    if all(set(row) == {"sCode", "sMsg"} for row in rows):  # refused before there was anything to name
        return rows[0]["sCode"], rows[0]["sMsg"], []
    code, text = batch_code([row.get("sCode", "0") for row in rows])
    return code, text, list(rows)


def _inst_id(venue: Venue, arg: Mapping[str, Any]) -> str:
    """Return the instrument of an `instIdCode`, or nothing; an `instId` in the request does not count."""
    code = arg.get("instIdCode")
    is_number = not isinstance(code, bool) and str(code).isdigit()
    return (venue.instId_of(int(str(code))) or "") if is_number else ""


def _without_code(arg: Mapping[str, Any]) -> tuple[str, str] | None:
    """Tell why an object names no instrument; None when it does."""
    if arg.get("instIdCode") is None:
        return "50014", "Parameter instIdCode can not be empty."
    if not arg["instId"]:
        return "51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist."
    return None


def _failed(venue: Venue, arg: Mapping[str, Any], code: str, text: str) -> OrderAck:
    return OrderAck(
        ordId=str(arg.get("ordId", "")),
        clOrdId=str(arg.get("clOrdId", "")),
        tag=str(arg.get("tag", "")),
        ts=str(venue.clock.now_ms()),
        sCode=code,
        sMsg=text,
        reqId=str(arg.get("reqId", "")),
    )


def _is_late(now_ms: int, exp_time: Any) -> bool:
    return exp_time is not None and str(exp_time).isdigit() and int(exp_time) < now_ms
