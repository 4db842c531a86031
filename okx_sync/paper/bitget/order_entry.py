"""Order operations of Bitget's streams (`op` `trade`): place and cancel; the venue's verdicts in Bitget's codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.bitget.codes import BitgetRefusal
from okx_sync.paper.bitget.order_args import OrderArgError, mix_args, plain
from okx_sync.paper.bitget.session_base import BitgetSessionBase
from okx_sync.paper.bitget.symbols import find
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.wire_rules import BITGET

PLACE, CANCEL = "place-order", "cancel-order"
#: The venue's codes in Bitget's; what is not listed is a wrong parameter.
CODES = {
    "51008": "43012",
    "51400": "43001",
    "51603": "43001",
    "51016": "40786",
    "51169": "22002",
    "51006": "40815",
    "51020": "45110",
}
WRONG_PARAMETER = "40017"
NO_SYMBOL = "40034"
NO_RIGHT = "40014"


def operate(session: BitgetSessionBase, args: Any) -> None:
    """Execute one operation and reply to it, or spoil either as the armed faults say."""
    if not isinstance(args, list) or len(args) != 1 or not isinstance(args[0], dict):
        session.refuse(BitgetRefusal("illegal"))
        return
    arg = args[0]
    channel = str(arg.get("channel", ""))
    if session.key is None:
        session.refuse(BitgetRefusal("login"))
    elif channel not in (PLACE, CANCEL) or not isinstance(arg.get("params"), dict):
        session.refuse(BitgetRefusal("param", arg="channel"), arg)
    elif session.server.rules.take("lose_request", path=channel) is None:
        rule = session.server.rules.take("refuse_op", op=channel)
        ack = _execute(session, arg) if rule is None else _no(rule.options["code"], rule.options["msg"])
        session.answer(channel, _reply(session, arg, ack))


def _reply(session: BitgetSessionBase, arg: Mapping[str, Any], ack: OrderAck) -> dict[str, Any]:
    known = {"orderId": ack.ordId, "clientOid": session.server.client_ids.given(ack.clOrdId)}
    said = {name: arg.get(name, "") for name in ("id", "instType", "channel", "instId")}
    return {
        "event": "trade" if ack.ok else "error",
        "arg": [{**said, "params": known if ack.ok else arg["params"]}],
        "code": int(ack.sCode),
        "msg": "Success" if ack.ok else ack.sMsg,
        "ts": session.server.clock.now_ms(),
    }


def _execute(session: BitgetSessionBase, arg: Mapping[str, Any]) -> OrderAck:
    assert session.key is not None
    venue, account, params = session.server.venue, session.key.account, arg["params"]
    margin = session.margin_of(session.channels["orders"], str(arg.get("instType", "")))
    instrument = None if margin is None else find(venue, str(arg.get("instId", "")), margin)
    if session.key.read_only:
        return _no(NO_RIGHT, "Incorrect permissions")
    if instrument is None:
        return _no(NO_SYMBOL, f"Parameter {arg.get('instId', '')} does not exist")
    known_as = session.server.client_ids.known_as
    if arg["channel"] == CANCEL:
        ids = {"ordId": plain(params, "orderId"), "clOrdId": known_as(plain(params, "clientOid"))}
        ack = venue.cancel(account, {"instId": instrument.instId, **ids}, via="ws")
    else:
        try:
            request = mix_args(account, instrument, params)
        except OrderArgError as no:
            return _no(WRONG_PARAMETER, str(no))
        request["clOrdId"] = known_as(request["clOrdId"])
        ack = venue.place(account, request, via="ws", rules=BITGET)
    return ack if ack.ok else _no(CODES.get(ack.sCode, WRONG_PARAMETER), ack.sMsg)


def _no(code: str, message: str) -> OrderAck:
    return OrderAck(sCode=code, sMsg=message)
