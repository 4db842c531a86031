"""Order operations over the private WebSocket, as OKX V5 "WS / Place order" and its siblings.

Instruments are named by `instIdCode`; the venue is asked in REST's words. One reply per request;
its `code` is "0" (all accepted), "1" (all failed), "2" (some failed), or an error of the request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from okx_sync.paper.server.envelope import batch_code, micros
from okx_sync.paper.venue.accounts import Account
from okx_sync.paper.venue.events import Row
from okx_sync.paper.venue.orders import OrderAck
from okx_sync.paper.venue.venue import Venue

if TYPE_CHECKING:
    from okx_sync.paper.server.streams import Session

BATCH = 20


@dataclass(frozen=True, slots=True)
class Operation:
    """One `op`: what the venue does, how its verdict is printed, and the REST path it shares a limit with."""

    act: Callable[[Venue, Account, Mapping[str, Any]], OrderAck]
    row: Callable[[OrderAck], Row]
    rest_path: str
    is_batch: bool = False
    expires: bool = True


def _place(venue: Venue, account: Account, args: Mapping[str, Any]) -> OrderAck:
    return venue.place(account, args, via="ws")


def _cancel(venue: Venue, account: Account, args: Mapping[str, Any]) -> OrderAck:
    return venue.cancel(account, args, via="ws")


def _amend(venue: Venue, account: Account, args: Mapping[str, Any]) -> OrderAck:
    return venue.amend(account, args, via="ws")


OPS: dict[str, Operation] = {
    "order": Operation(_place, OrderAck.place_row, "/api/v5/trade/order"),
    "batch-orders": Operation(_place, OrderAck.place_row, "/api/v5/trade/batch-orders", is_batch=True),
    "cancel-order": Operation(_cancel, OrderAck.cancel_row, "/api/v5/trade/cancel-order", expires=False),
    "batch-cancel-orders": Operation(
        _cancel, OrderAck.cancel_row, "/api/v5/trade/cancel-batch-orders", is_batch=True, expires=False
    ),
    "amend-order": Operation(_amend, OrderAck.amend_row, "/api/v5/trade/amend-order"),
    "batch-amend-orders": Operation(_amend, OrderAck.amend_row, "/api/v5/trade/amend-batch-orders", is_batch=True),
}


def operate(session: Session, op: str, message: Mapping[str, Any], request_id: str | None) -> None:
    """Execute one order operation and reply to it."""
    if session.path != "private":
        session.refuse("60028", request_id)
        return
    if request_id is None:
        session.refuse("60033", None, name="id")
        return
    started = micros(session.server.clock)
    code, text, rows = _execute(session, OPS[op], message)
    reply = {"id": request_id, "op": op, "code": code, "msg": text, "data": rows}
    reply |= {"inTime": started, "outTime": micros(session.server.clock)}
    if session.server.rules.take("lose_reply", path=op) is None:
        session.reply("ack", reply)


def _execute(session: Session, operation: Operation, message: Mapping[str, Any]) -> tuple[str, str, list[Row]]:
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
    account = session.key.account
    named = [arg | {"instId": _inst_id(server.venue, arg)} for arg in args]
    if not server.may_request(operation.rest_path, account.uid, named):
        return "50011", "Rate limit reached. Please refer to API documentation and throttle requests.", []
    rows = [_one(server.venue, account, operation, arg) for arg in named]
    code, text = batch_code([row["sCode"] for row in rows])
    return code, text, rows


def _inst_id(venue: Venue, arg: Mapping[str, Any]) -> str:
    """The instrument of an `instIdCode`, or nothing; an `instId` in the request does not count."""
    code = arg.get("instIdCode")
    is_number = not isinstance(code, bool) and str(code).isdigit()
    return (venue.instId_of(int(str(code))) or "") if is_number else ""


def _one(venue: Venue, account: Account, operation: Operation, arg: Mapping[str, Any]) -> Row:
    if arg.get("instIdCode") is None:
        return operation.row(_failed(venue, arg, "50014", "Parameter instIdCode can not be empty."))
    if not arg["instId"]:
        text = "Instrument ID, Instrument ID code, or Spread ID doesn't exist."
        return operation.row(_failed(venue, arg, "51001", text))
    rest_args = {name: value for name, value in arg.items() if name != "instIdCode"}
    return operation.row(operation.act(venue, account, rest_args))


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
