"""Order operations of V2's private stream (`op` `trade`): what the REST calls of the same name do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.bitget.codes import BitgetRefusal
from okx_sync.paper.bitget.rest import mix_orders
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError
from okx_sync.paper.bitget.rest.codes import MIX, NO_RIGHT, NO_SYMBOL, translated
from okx_sync.paper.bitget.session_base import BitgetSessionBase
from okx_sync.paper.bitget.symbols import MARGIN_COINS
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.types import Row

OPS = ("place-order", "cancel-order")
_ENDPOINTS = {one.path: one for one in mix_orders.ENDPOINTS}
_PRODUCTS = {coin: name for name, coin in MARGIN_COINS.items()}


def operate(session: BitgetSessionBase, args: Any) -> None:
    """Execute one operation and reply to it, or spoil either as the armed faults say."""
    if not isinstance(args, list) or len(args) != 1 or not isinstance(args[0], dict):
        session.refuse(BitgetRefusal("illegal"))
        return
    arg = args[0]
    channel = str(arg.get("channel", ""))
    if session.key is None:
        session.refuse(BitgetRefusal("login"))
    elif channel not in OPS or not isinstance(arg.get("params"), dict):
        session.refuse(BitgetRefusal("param", arg="channel"), arg)
    elif session.server.rules.take("lose_request", path=channel) is None:
        session.answer(channel, _executed(session, arg, channel))


def _executed(session: BitgetSessionBase, arg: Mapping[str, Any], channel: str) -> Row:
    rule = session.server.rules.take("refuse_op", op=channel)
    try:
        if rule is not None:
            raise BitgetRestError(rule.options["code"], rule.options["msg"])
        done = _execute(session, arg, channel)
    except VenueRefusal as no:
        return _reply(session, arg, "error", arg["params"], *translated(no.code, no.message, MIX))
    except BitgetRestError as no:
        return _reply(session, arg, "error", arg["params"], no.code, no.message)
    return _reply(session, arg, "trade", done, "0", "Success")


def _execute(session: BitgetSessionBase, arg: Mapping[str, Any], channel: str) -> Row:
    assert session.key is not None
    margin, symbol = session.margin_of(session.channels["orders"], str(arg.get("instType", ""))), arg.get("instId", "")
    if session.key.read_only:
        raise BitgetRestError(NO_RIGHT[MIX], "Incorrect permissions")
    if margin is None:
        raise BitgetRestError(NO_SYMBOL[MIX], f"Parameter {symbol} does not exist")
    params = {**arg["params"], "symbol": symbol, "productType": _PRODUCTS[margin]}
    endpoint = _ENDPOINTS[f"/api/v2/mix/order/{channel}"]
    done: Row = endpoint.answer(BitgetCall(session.server, endpoint, params, params, session.key))
    return done


def _reply(session: BitgetSessionBase, arg: Mapping[str, Any], event: str, params: Row, code: str, msg: str) -> Row:
    """Make an answer; a refusal repeats what was asked."""
    said = {name: arg.get(name, "") for name in ("id", "instType", "channel", "instId")}
    made = {"event": event, "arg": [{**said, "params": params}], "code": int(code), "msg": msg}
    return {**made, "ts": session.server.clock.now_ms()}
