"""Order operations of V3's private stream (`op` `trade`): what the REST calls of the same name do, by another way in.

An answer carries the id of its request; "0" says that the request was taken, and of a batch each row says the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.bitget.codes import BitgetRefusal
from okx_sync.paper.bitget.rest import uta_orders
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError, check_time
from okx_sync.paper.bitget.rest.codes import NO_RIGHT, OK, UTA, translated
from okx_sync.paper.bitget.session_base import BitgetSessionBase
from okx_sync.paper.bitget.symbols import V3_COINS, V3_SPOT
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.types import Row

Message = Mapping[str, Any]
PATHS = {
    "place-order": "place-order",
    "modify-order": "modify-order",
    "cancel-order": "cancel-order",
    "batch-place": "place-batch",
    "batch-modify": "batch-modify-order",
    "batch-cancel": "cancel-batch",
}
"""What REST calls each operation."""

_ENDPOINTS = {one.path: one for one in uta_orders.ENDPOINTS}
_CATEGORIES = (V3_SPOT, "margin", *V3_COINS)
_ACCEPTED = "0"


def operate(session: BitgetSessionBase, message: Message) -> None:
    """Execute one operation and reply to it, or spoil either as the armed faults say."""
    request_id, topic, args = message.get("id"), str(message.get("topic", "")), message.get("args")
    if not isinstance(request_id, str) or not request_id or not isinstance(args, list) or not args:
        session.refuse(BitgetRefusal("illegal"))
    elif session.key is None:
        session.refuse(BitgetRefusal("login"))
    elif topic not in PATHS or not all(isinstance(one, dict) for one in args):
        session.answer(topic, _reply(session, message, "30016", "Param error: topic", args))
    elif session.server.rules.take("lose_request", path=topic) is None:
        session.answer(topic, _executed(session, message, topic, args))


def _executed(session: BitgetSessionBase, message: Message, topic: str, args: list[Row]) -> Row:
    rule = session.server.rules.take("refuse_op", op=topic)
    try:
        if rule is not None:
            raise BitgetRestError(rule.options["code"], rule.options["msg"])
        rows = _execute(session, message, topic, args)
    except VenueRefusal as no:
        return _reply(session, message, *translated(no.code, no.message, "uta"), args)
    except BitgetRestError as no:
        return _reply(session, message, no.code, no.message, args)
    return _reply(session, message, _ACCEPTED, "Success", rows)


def _execute(session: BitgetSessionBase, message: Message, topic: str, args: list[Row]) -> list[Row]:
    assert session.key is not None
    category = message.get("category")
    if category is not None and category not in _CATEGORIES:
        raise BitgetRestError("400172", "Parameter verification failed category")
    if session.key.read_only:
        raise BitgetRestError(NO_RIGHT[UTA], "Incorrect permissions")
    endpoint = _ENDPOINTS[f"/api/v3/trade/{PATHS[topic]}"]
    known = {} if category is None else {"category": str(category).upper()}
    rows = [{**known, **one} for one in args]
    params, body = ({}, rows) if endpoint.is_list else (rows[0], rows[0])
    if len(rows) != 1 and not endpoint.is_list:
        raise BitgetRestError("25200", "Parameter error")
    call = BitgetCall(session.server, endpoint, params, body, session.key)
    for row in rows:
        check_time(call, row)
    made = endpoint.answer(call)
    if not endpoint.is_list:
        return [made]
    return [{**row, "code": _ACCEPTED if row["code"] == OK else row["code"]} for row in made]


def _reply(session: BitgetSessionBase, message: Message, code: str, text: str, rows: list[Row]) -> Row:
    """Make an answer; a refusal repeats what was asked."""
    told = {name: message[name] for name in ("id", "category", "topic") if name in message}
    return {
        "event": "trade" if code == _ACCEPTED else "error",
        **told,
        "args": rows,
        "code": code,
        "msg": text,
        "ts": str(session.server.clock.now_ms()),
        "connId": str(session.record.id),
    }
