"""Order operations in OKX's words: what goes out, and what a reply means. Facts written down by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.order_ops import OPS
from okx_sync.exchanges.okx.rest import NewOrder
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import Reply
from okx_sync.rest.limits import RateLimit

# The table of OKX's guide: path, most orders in one request, and the rate limit of one request.
GUIDE = {
    "order": ("private", 1, "60/2s"),
    "batch-orders": ("private", 20, "300/2s"),
    "cancel-order": ("private", 1, "60/2s"),
    "batch-cancel-orders": ("private", 20, "300/2s"),
    "amend-order": ("private", 1, "60/2s"),
    "batch-amend-orders": ("private", 20, "300/2s"),
    "mass-cancel": ("private", 1, "5/2s"),
    "sprd-order": ("business", 1, "20/2s"),
    "sprd-amend-order": ("business", 1, "20/2s"),
    "sprd-cancel-order": ("business", 1, "20/2s"),
    "sprd-mass-cancel": ("business", 1, "5/2s"),
}
CODES = {"BTC-USDT": 1001, "ETH-USDT": 1002}
WITH_EXPIRY = {"order", "batch-orders", "amend-order", "batch-amend-orders"}


def framed(word: str, **arguments: Any) -> dict[str, Any]:
    """The message of an operation with these arguments, as the exchange would parse it."""
    op = OPS[word]
    params, fields = op.twin.to_wire(arguments)
    frame = op.frame(params, fields, CODES.__getitem__)
    assert frame is not None
    found: dict[str, Any] = orjson.loads(frame("r7"))
    return found


def reply(code: str, *rows: dict[str, Any], message: str = "") -> Reply:
    """A reply of ``order`` as REST would have given it."""
    return OPS["order"].read(SocketReply("r7", "order", code, message, list(rows), {}))


def test_the_table_is_that_of_the_guide() -> None:
    """Every operation on its path, with the guide's batch size and rate limit."""
    for word, (path, most, rate) in GUIDE.items():
        op = OPS[word]
        assert (op.word, op.path, op.twin.options.get("max_rows", 1)) == (word, path, most), word
        assert any(f"{rule.count}/{rule.per_s:g}s" == rate for rule in op.twin.limits), word
    assert set(OPS) == set(GUIDE)


def test_only_four_operations_expire() -> None:
    """``expTime`` is known for placing and amending; elsewhere OKX would not look at it."""
    assert {word for word, op in OPS.items() if "exp_time" in op.twin.options.get("header", {})} == WITH_EXPIRY


def test_an_order_names_its_instrument_by_number() -> None:
    """``instIdCode`` is a JSON number and replaces ``instId``; numbers are text; ``expTime`` stands at the top."""
    order = {"inst_id": "BTC-USDT", "td_mode": "cash", "side": "buy", "ord_type": "limit", "sz": Decimal("0.10")}
    assert framed("order", **order, px=20000, reduce_only=False, exp_time=1_700_000_000_000) == {
        "id": "r7",
        "op": "order",
        "expTime": "1700000000000",
        "args": [
            {
                "instIdCode": 1001,
                "tdMode": "cash",
                "side": "buy",
                "ordType": "limit",
                "sz": "0.10",
                "px": "20000",
                "reduceOnly": False,
            }
        ],
    }


def test_a_batch_names_each_instrument() -> None:
    """One argument for each order, in its order."""
    orders = [NewOrder(inst_id, "cash", "buy", "limit", 1, 2) for inst_id in ("ETH-USDT", "BTC-USDT")]
    assert [arg["instIdCode"] for arg in framed("batch-orders", orders=orders)["args"]] == [1002, 1001]


@pytest.mark.parametrize("word", sorted(WITH_EXPIRY))
def test_what_brings_others_along_has_no_frame(word: str) -> None:
    """OKX's pages name ``attachAlgoOrds`` for REST only: an order must not arrive without its stop."""
    plain: dict[str, Any] = {"instId": "BTC-USDT", "sz": "1"}
    name = OPS[word].twin.rows_name
    for attached, is_sent in ({}, True), ({"attachAlgoOrds": [{"slTriggerPx": "1", "slOrdPx": "-1"}]}, False):
        row = plain | attached
        params = row if name is None else {name: [plain, row]}
        assert (OPS[word].frame(params, {}, CODES.__getitem__) is not None) is is_sent


def test_operations_without_an_instrument() -> None:
    """Spreads go by name, and a mass cancel needs none; without parameters there is one empty argument."""
    spread = {"sprd_id": "A_B", "side": "buy", "ord_type": "limit", "sz": 1, "px": "-2.5"}
    assert framed("sprd-order", **spread)["args"] == [
        {"sprdId": "A_B", "side": "buy", "ordType": "limit", "sz": "1", "px": "-2.5"}
    ]
    assert framed("sprd-mass-cancel")["args"] == [{}]
    family = framed("mass-cancel", inst_type="OPTION", inst_family="BTC-USD", lock_interval=100)["args"]
    assert family == [{"instType": "OPTION", "instFamily": "BTC-USD", "lockInterval": "100"}]


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_frame_is_json_whatever_is_in_it(tag: str, cl_ord_id: str) -> None:
    """The request id is put in front by hand; quotes and braces in the arguments do not matter."""
    order = {"inst_id": "BTC-USDT", "td_mode": "cash", "side": "buy", "ord_type": "limit", "sz": 1}
    message = framed("order", **order, tag=tag, cl_ord_id=cl_ord_id)
    assert (message["id"], message["op"]) == ("r7", "order")
    assert message["args"][0].get("tag", "") == tag
    assert message["args"][0].get("clOrdId", "") == cl_ord_id


def test_a_float_is_refused() -> None:
    """As over REST: money is exact."""
    with pytest.raises(ConfigError, match="sz"):
        framed("order", inst_id="BTC-USDT", td_mode="cash", side="buy", ord_type="limit", sz=0.1)


@pytest.mark.parametrize(
    ("found", "is_code"),
    [
        (reply("1", {"sCode": "51001", "sMsg": "no such instrument"}), True),
        (reply("1", {"sCode": "50014", "sMsg": "Parameter instIdCode can not be empty."}), True),
        (reply("51000", message="Parameter instIdCode error"), True),
        (reply("51000", message="Parameter px error"), False),
        (reply("1", {"sCode": "51008", "sMsg": "no balance"}), False),
        (reply("2", {"sCode": "51001", "sMsg": ""}, {"sCode": "0", "sMsg": ""}), False),
        (reply("0", {"sCode": "0", "sMsg": ""}), False),
    ],
)
def test_when_the_number_was_refused(found: Reply, is_code: bool) -> None:
    """Only when all orders of the request were refused for it, so that none of them can be accepted twice."""
    assert OPS["order"].refuses_code(found) is is_code
    assert not OPS["sprd-order"].refuses_code(found)


def test_a_spread_mass_cancel_keeps_both_limits() -> None:
    """Streams allow it half as often as REST; both count."""
    assert OPS["sprd-mass-cancel"].twin.limits == (RateLimit.parse("10/2s user"), RateLimit.parse("5/2s user"))


def test_ids_are_filled_in() -> None:
    """An order without an id of its own gets one, so that it can be looked up when its reply is lost."""
    op = OPS["order"]
    arguments = {"inst_id": "BTC-USDT", "td_mode": "cash", "side": "buy", "ord_type": "limit", "sz": 1}
    filled = call_rules.filled(op.twin, op.twin.to_wire(arguments)[0])
    assert len(filled["clOrdId"]) == 32
    assert filled["clOrdId"].isalnum()
