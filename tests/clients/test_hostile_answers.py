"""Whatever Bybit or Bitget answer, no listing says "there is none" that was not told so.

Every declared listing of both gets answers whose list is null, missing or of another type, and the calls that place or
close several orders at once get answers that name none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from okx_sync import BitgetClient, BitgetConfig, BybitClient, BybitConfig
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect
from okx_sync.rest import Endpoint
from okx_sync.rest.dialect import RestDialect
from tests.each_case import each_case

BYBIT: Final = BybitRestDialect(BybitConfig())
BITGET: Final = BitgetRestDialect(BitgetConfig())
BODIES: Final[list[Any]] = [5, True, "x", [None], [5], [["a"]], {"a": "b"}, {"list": {}}, {"list": "x"}, {"list": 5}]
"""In the place of the data: none of these has a row, and none says that there is none."""


def answer(dialect: RestDialect, data: Any) -> dict[str, Any]:
    """An answer that says OK, with these data."""
    if dialect is BYBIT:
        return {"retCode": 0, "retMsg": "OK", "result": data, "retExtInfo": {}, "time": 1}
    return {"code": "00000", "msg": "success", "data": data, "requestTime": 1}


def told(dialect: RestDialect, endpoint: Endpoint, data: Any) -> Any:
    """What a call returns for an answer."""
    reply = dialect.read(answer(dialect, data))
    assert reply is not None
    return endpoint.decode(endpoint.unpacked(reply), {})


def listings() -> Iterator[tuple[RestDialect, Endpoint]]:
    """Every declared call that returns a list of rows which are objects."""
    for dialect, endpoints in ((BYBIT, BybitClient.endpoints()), (BITGET, BitgetClient.endpoints())):
        for one in endpoints:
            columns = one.path.endswith("line") or "candles" in one.path  # rows of these are lists themselves
            if one.result[0] == "list" and not columns:
                yield dialect, one


LISTINGS: Final = list(listings())


def name_of(case: tuple[RestDialect, Endpoint]) -> str:
    """Group and name of a case."""
    return f"{case[1].group}.{case[1].name}"


TELLING: Final = [one for one in LISTINGS if one[1].reads or one[1].is_order]
"""Those whose list says what there is, or what became of orders; that of a setting only says more of it."""


@each_case(("dialect", "endpoint"), TELLING, ids=name_of)
def test_what_has_no_list_is_no_empty_list(dialect: RestDialect, endpoint: Endpoint) -> None:
    """Positions, orders, balances, trades: an answer that cannot be read is an error, not an empty account."""
    bodies = [*BODIES, {}, "", *([None] if dialect is BYBIT else [])]
    if (key := endpoint.options.get("list_key")) is not None:
        bodies += [{key: {}}, {key: "x"}, {key: 5}, {key: ""}]
    if "text_key" in endpoint.options:
        bodies = [one for one in bodies if one != [["a"]]]
    for data in bodies:
        with pytest.raises(DecodeError):
            told(dialect, endpoint, data)


@each_case(("dialect", "endpoint"), LISTINGS, ids=name_of)
def test_a_null_list_is_an_empty_one(dialect: RestDialect, endpoint: Endpoint) -> None:
    """Both exchanges answer null where they mean that there is none; where orders were asked for, it tells nothing."""
    key = endpoint.options.get("list_key") or ("list" if dialect is BYBIT else None)
    nothing: tuple[Any, Any] = (None, [])
    for none in nothing:
        data = none if key is None else {key: none}
        if endpoint.options.get("names_orders"):
            with pytest.raises(DecodeError):
                told(dialect, endpoint, data)
        else:
            assert told(dialect, endpoint, data) == []


def test_calls_that_must_name_orders() -> None:
    """Those that place or close several orders without listing them."""
    found = {one.path for one in BitgetClient.endpoints() if one.options.get("names_orders")}
    assert found == {
        "/api/v2/mix/order/close-positions",
        "/api/v2/mix/order/place-pos-tpsl",
        "/api/v3/trade/close-positions",
    }


@pytest.mark.parametrize(
    "lists", [{"successList": 5}, {"failureList": "x"}, {"successList": {"a": 1}}, {"successList": "abc"}]
)
def test_the_lists_of_a_batch_may_be_none(lists: Any) -> None:
    """Then the answer has no verdicts, and is not taken to pieces."""
    reply = BITGET.read(answer(BITGET, lists))
    assert reply is not None
    assert reply.rows == [lists]
