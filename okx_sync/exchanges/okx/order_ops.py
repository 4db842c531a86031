"""Order operations on OKX's streams: the words, the frames, and how a reply is read. No I/O, no state.

Every operation has a twin among the REST endpoints: the same order with the same parameters, limits and results. What
is different on a stream stands here. Pages: "WS / Place order" and its siblings in OKX's API guide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import orjson
from attrs import evolve, frozen

from okx_sync.exchanges.okx.spread.rest import Spread
from okx_sync.exchanges.okx.trade.rest import Trade
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest.call_rules import rows_of
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint, Group
from okx_sync.rest.limits import RateLimit

__all__ = ["OPS", "Op"]

# Of these, 51001 always means the instrument; the others may be about any parameter and name it.
_NO_INSTRUMENT: Final = "51001"
_PARAMETER: Final = ("51000", "50014")
_CODE_NAME: Final = "instIdCode"
# What comes with an order: the pages of the stream do not name it, and an order that lost its stop on the way is worse
# than one that takes a little longer.
_ATTACHED: Final = "attachAlgoOrds"


@frozen
class Op:
    """One operation: ``word`` on the path ``path``; ``by_code``: instruments are named by number, not by text."""

    word: str
    path: str
    twin: Endpoint
    by_code: bool = True

    def frame(
        self, params: Mapping[str, Any], fields: Mapping[str, str], code: Callable[[str], int]
    ) -> Callable[[str], str] | None:
        """Make the frame to send, once its request id is known; None where an order brings others, which REST takes.

        ``params``: the twin's, by wire name; ``fields``: what REST sends as headers (``expTime``); ``code``: the
        number of an instrument. Raises what ``code`` raises.
        """
        args: Sequence[Mapping[str, Any]] = [params]
        if self.by_code:
            rows = args if self.twin.rows_name is None else params[self.twin.rows_name]
            if any(_ATTACHED in row for row in rows):
                return None
            args = [{_CODE_NAME: code(row.pop("instId", "")), **row} for row in map(dict, rows)]
        text = orjson.dumps({"op": self.word, **fields, "args": args}).decode()
        return lambda request_id: f'{{"id":"{request_id}",{text[1:]}'

    def instruments(self, params: Mapping[str, Any]) -> set[str]:
        """Return the instruments that a request names by number."""
        return {row["instId"] for row in rows_of(self.twin, params)} if self.by_code else set()

    def read(self, reply: SocketReply) -> Reply:
        """Return the reply as REST would have given it."""
        return Reply(reply.code == "0", reply.code, reply.message, reply.rows)

    def refuses_code(self, reply: Reply) -> bool:
        """Tell whether nothing was accepted because OKX did not take the number of the instrument."""
        if not self.by_code or reply.ok:
            return False
        verdicts = [(_text(row, "sCode"), _text(row, "sMsg")) for row in reply.rows]
        return all(_is_about_code(*verdict) for verdict in verdicts or [(reply.code, reply.message)])


def _is_about_code(code: str, message: str) -> bool:
    return code == _NO_INSTRUMENT or (code in _PARAMETER and _CODE_NAME in message)


def _text(row: Any, key: str) -> str:
    return str(row.get(key, "")) if isinstance(row, dict) else ""


def _twin(group: type[Group], name: str, *limits: str) -> Endpoint:
    """Return an endpoint by name; ``limits`` are those that hold on a stream besides the shared ones."""
    endpoint = next(one for one in group.endpoints if one.name == name)
    return evolve(endpoint, limits=(*endpoint.limits, *map(RateLimit.parse, limits))) if limits else endpoint


_TABLE = (
    Op("order", "private", _twin(Trade, "place_order")),
    Op("batch-orders", "private", _twin(Trade, "place_batch_orders")),
    Op("cancel-order", "private", _twin(Trade, "cancel_order")),
    Op("batch-cancel-orders", "private", _twin(Trade, "cancel_batch_orders")),
    Op("amend-order", "private", _twin(Trade, "amend_order")),
    Op("batch-amend-orders", "private", _twin(Trade, "amend_batch_orders")),
    Op("mass-cancel", "private", _twin(Trade, "mass_cancel"), by_code=False),
    Op("sprd-order", "business", _twin(Spread, "place_order"), by_code=False),
    Op("sprd-amend-order", "business", _twin(Spread, "amend_order"), by_code=False),
    Op("sprd-cancel-order", "business", _twin(Spread, "cancel_order"), by_code=False),
    Op("sprd-mass-cancel", "business", _twin(Spread, "cancel_all", "5/2s user"), by_code=False),
)

OPS: Final[dict[str, Op]] = {op.word: op for op in _TABLE}
"""Every operation by its word."""
