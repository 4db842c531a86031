"""Requests and answers as text: exact, of known classes only, and without secrets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync import (
    ConfigError,
    ConnectionLost,
    Credentials,
    DecodeError,
    OkxApiError,
    OkxError,
    OrderLimitError,
    OrderStatusUnknown,
    StreamClosed,
    TriggerPrice,
)
from okx_sync.fanout.order_codec import decode, encode
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.state.orders.close_position import CloseRequest
from okx_sync.state.orders.order_state import OrderState, PreparedOrder, StatusStep
from okx_sync.types import OrderUpdate

LEG = PreparedAlgo(inst_id="BTC-USDT", kind="conditional", leg="stop_loss", stop_loss=TriggerPrice(Decimal("1.50")))
ORDER = PreparedOrder(
    inst_id="BTC-USDT",
    side="buy",
    size=Decimal("0.10"),
    order_type="limit",
    client_order_id="a",
    attached=(LEG,),
    options={"td_mode": "cash", "nested": [{"px": Decimal("1E-8")}, None, True, 3]},
)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, "text", False, Decimal("0.1000")],
        ORDER,
        OrderState(inst_id="BTC-USDT", status="live", order_id="1", history=(StatusStep("pending", 5),)),
        OrderUpdate(inst_id="BTC-USDT", order_id="1", status="filled", filled=Decimal(2)),
        CloseRequest(inst_id="BTC-USDT", size=Decimal(3), options={"ccy": "USDT"}),
    ],
)
def test_values_are_read_as_they_were_written(value: Any) -> None:
    """Numbers to the last digit, tuples as tuples, and what is not said stays unsaid."""
    assert decode(encode(value)) == value


def test_rows_of_the_exchange_stay_where_they_are() -> None:
    """Whoever asks does not need them."""
    told = decode(encode(OrderState(inst_id="BTC-USDT", raw={"secret": "row"})))
    assert told.raw is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "a float cannot be handed on"),
        ({"px": [0.1]}, "a float cannot be handed on"),
        (object(), "a object cannot be handed on"),
        ({1: "a"}, "this cannot be handed on"),
        ({"$": "Decimal", "of": "1"}, "this cannot be handed on"),
    ],
)
def test_what_cannot_be_handed_on_is_refused(value: Any, text: str) -> None:
    """Money is no float; what looks like a class of ours is no dict of a user's."""
    with pytest.raises(ConfigError, match=text):
        encode(value)


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b'{"$": "Decimal", "of": "one"}',
        b'{"$": "Popen", "of": {"args": "ls"}}',
        b'{"$": "error", "kind": "SystemExit", "args": [], "of": {}}',
        b'{"$": "PreparedOrder", "of": {"inst_id": "BTC-USDT"}}',
        b'{"$": "PreparedOrder"}',
        b'{"$": "PreparedOrder", "of": 1}',
    ],
)
def test_nothing_else_is_made_of_a_text(text: bytes) -> None:
    """Whoever wrote it: an unknown class, one that lacks a field, or no text of ours."""
    with pytest.raises(DecodeError, match="cannot be read"):
        decode(text)


@pytest.mark.parametrize(
    "error",
    [
        OkxApiError("insufficient", code="51008", environment="okx", rows=[{"sCode": "51008"}], status=200),
        OrderLimitError("too much", limit="max_notional", inst_id="BTC-USDT", value=Decimal("1.5"), bound=Decimal(1)),
        OrderStatusUnknown("no answer", clOrdId="a", orders=[{"instId": "BTC-USDT"}], action="place", sent_at=5),
        ConfigError("wrong", hint="right"),
    ],
)
def test_errors_come_through_with_their_fields(error: OkxError) -> None:
    """The class, the text and all that it tells."""
    told = decode(encode({"error": error}))["error"]
    assert type(told) is type(error)
    assert str(told) == str(error)
    assert {name: list(v) if isinstance(v, tuple) else v for name, v in vars(told).items()} == {
        name: list(v) if isinstance(v, tuple) else v for name, v in vars(error).items()
    }


def test_the_end_of_the_publishers_client_is_not_that_of_the_followers() -> None:
    """It is a lost connection there."""
    told = decode(encode(StreamClosed("the client was closed")))
    assert type(told) is ConnectionLost
    assert told.retryable


def test_an_error_of_a_class_of_its_own_is_its_base() -> None:
    """What is no plain value among its fields comes as text, and notes stay behind."""

    class OwnError(OkxApiError):
        pass

    error = OwnError("own", code="1")
    error.rows = [object()]  # type: ignore[list-item]
    error.add_note("a note")
    told = decode(encode(error))
    assert type(told) is OkxApiError
    assert str(told.rows[0]).startswith("<object object")
    assert not hasattr(told, "__notes__")


def test_errors_are_without_secrets() -> None:
    """In the text, and in the fields."""
    Credentials("api-key-word", "hidden-secret-word", "hidden-pass-word")
    error = OkxApiError("it was hidden-secret-word", rows=[{"hidden-pass-word": "hidden-pass-word"}])
    text = encode({"error": error})
    assert b"hidden-secret-word" not in text
    assert b'":"hidden-pass-word"' not in text
