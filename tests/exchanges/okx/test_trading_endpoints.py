"""Account, trade, algo, market, public, rubik, status, support: declared as documented, and each called once."""

from __future__ import annotations

import json
from typing import Any

import pytest
import responses
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.credentials import Credentials
from okx_sync.exchanges.okx.config import Config
from okx_sync.rest import BatchResult, Endpoint
from okx_sync.rows import Row, RowList
from tests.each_case import each_case
from tests.exchanges.okx.endpoint_calls import (
    echoed,
    full_call,
    full_row,
    in_words,
    parse_table,
    query_of,
    read_everything,
)
from tests.exchanges.okx.random_rows import wire_rows
from tests.exchanges.okx.trading_endpoints import TABLE
from tests.variants import one_in

HOST = "https://openapi.okx.com"
WANTED = parse_table(TABLE)
DECLARED = {(one.method, one.path): one for one in OkxClient.endpoints()}
OURS = [endpoint for key, endpoint in DECLARED.items() if key in WANTED]
# Where OKX answers one object instead of a list of rows.
BARE_OBJECTS = ("/market/index-components", "/trading-data/support-coin")


def name_of(endpoint: Endpoint) -> str:
    return f"{endpoint.group}.{endpoint.name}"


def answer_to(endpoint: Endpoint, row: Any) -> Any:
    """The body of an answer with one full row (two rows in a list)."""
    shape, _ = endpoint.result
    if shape == "none":
        data: Any = []
    elif endpoint.options.get("flat") or endpoint.path.endswith(BARE_OBJECTS):
        data = row
    else:
        data = [row] if shape == "one" else [row, row]
    return {"code": "0", "msg": "", "data": data}


@pytest.fixture(scope="module")
def client() -> Any:
    """A client of live OKX whose network is replaced."""
    with OkxClient(Config(Credentials("abcd-efgh", "SENTINEL-secret", "SENTINEL-pass"))) as made:
        yield made


def test_none_is_missing() -> None:
    """Every documented endpoint of these groups is declared, once, and no other is."""
    groups = {endpoint.group for endpoint in OURS}
    ours = [(one.method, one.path) for one in OkxClient.endpoints() if one.group in groups]
    assert sorted(ours) == sorted(WANTED)


@each_case("endpoint", OURS, ids=name_of)
def test_declared_as_documented(endpoint: Endpoint) -> None:
    """Signing and parameters, those of nested objects too, with their required marks."""
    assert in_words(endpoint) == WANTED[endpoint.method, endpoint.path]


@each_case("endpoint", OURS, ids=name_of)
def test_documented_for_users(endpoint: Endpoint) -> None:
    """Each method has a docstring of its own and a rate limit."""
    assert endpoint.function.__doc__
    assert endpoint.limits


@each_case("endpoint", [one for one in OURS if not one.options.get("binary")], ids=name_of)
def test_called_with_everything(client: OkxClient, endpoint: Endpoint) -> None:
    """With every parameter given, the exact query or body goes out; the rows come back typed and complete."""
    check_call(client, endpoint)


def check_call(client: OkxClient, endpoint: Endpoint) -> None:
    """What goes out for a call with every parameter, and what comes back."""
    arguments, body = full_call(endpoint)
    row = echoed(endpoint, body, full_row(endpoint.model))
    with responses.RequestsMock() as okx:
        okx.add(endpoint.method, HOST + endpoint.path, json=answer_to(endpoint, row))
        result = getattr(getattr(client, endpoint.group), endpoint.name)(**arguments)
        sent = okx.calls[0].request
    if endpoint.method == "GET":
        query = query_of(body)
        assert sent.url == HOST + endpoint.path + (f"?{query}" if query else "")
    else:
        assert json.loads(sent.body or "") == body
    assert ("OK-ACCESS-SIGN" in sent.headers) is endpoint.auth
    check_result(endpoint, result, row)


def check_result(endpoint: Endpoint, result: Any, row: Any) -> None:
    shape, model = endpoint.result
    kinds: dict[str, Any] = {"none": type(None), "list": RowList, "batch": BatchResult, "one": model}
    assert type(result) is kinds[shape]
    rows = [] if shape == "none" else [result] if shape == "one" else list(result)
    assert len(rows) == {"none": 0, "one": 1}.get(shape, 2)
    for one in rows:
        assert type(one) is model
        assert one.to_wire() == row
        assert one.extra == {}
        read_everything(one)


@pytest.mark.parametrize("cls", one_in(5, sorted({one.model for one in OURS}, key=str)), ids=lambda cls: cls.__name__)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_survives(cls: type[Row], data: st.DataObject) -> None:
    """Rows with any subset of fields, unknown ones and empty ones can be read, and give back what came in."""
    wire = data.draw(wire_rows(cls))
    row = cls.from_wire(wire)
    assert "unreadable" not in repr(row)
    assert row.to_wire() == wire
    assert isinstance(row.extra, dict)


def test_the_binary_book(client: OkxClient) -> None:
    """What is not JSON comes back as it is."""
    with responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/market/books-sbe", body=b"\x00\x01sbe", content_type="application/sbe")
        book = client.market.get_books_sbe(7, 0)
        assert okx.calls[0].request.url == f"{HOST}/api/v5/market/books-sbe?instIdCode=7&source=0"
    assert book.body == b"\x00\x01sbe"
