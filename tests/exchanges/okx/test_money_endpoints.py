"""Money, bots, blocks, earning, programmes: declared as documented, and each called once."""

from __future__ import annotations

from typing import Any

import pytest
import responses

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.credentials import Credentials
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.programs.models import Invitee
from okx_sync.rest import Endpoint
from tests.each_case import each_case
from tests.exchanges.okx.endpoint_calls import in_words, parse_table
from tests.exchanges.okx.money_endpoints import TABLE
from tests.exchanges.okx.test_trading_endpoints import HOST, check_call, name_of

WANTED = parse_table(TABLE)
OURS = [one for one in OkxClient.endpoints() if (one.method, one.path) in WANTED]
UNKNOWN_FIELDS = {"AnyRow"}


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


def test_names_are_unique() -> None:
    """A name stands for one call of its group."""
    names = [name_of(endpoint) for endpoint in OkxClient.endpoints()]
    assert len(set(names)) == len(names)


@each_case("endpoint", OURS, ids=name_of)
def test_declared_as_documented(endpoint: Endpoint) -> None:
    """Signing and parameters, those of nested objects too, with their required marks."""
    assert in_words(endpoint) == WANTED[endpoint.method, endpoint.path]
    assert endpoint.function.__doc__
    assert endpoint.limits


@each_case("endpoint", [one for one in OURS if not one.options.get("binary")], ids=name_of)
def test_called_with_everything(client: OkxClient, endpoint: Endpoint) -> None:
    """With every parameter given, the exact query or body goes out; the rows come back typed and complete."""
    check_call(client, endpoint)


def test_unknown_fields_are_kept(client: OkxClient) -> None:
    """Rows that nobody documents are kept whole."""
    row = {"a": "1", "b": [{"c": None}]}
    with responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/skill/categories", json={"code": "0", "data": [row]})
        (one,) = client.skills.get_categories()
    assert (one.extra, one.to_wire()) == (row, row)


def test_a_file_comes_as_it_is(client: OkxClient) -> None:
    """What is not JSON comes back untouched; the token is part of the query."""
    with responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/skill/file", body=b"PK\x00\x01", content_type="application/octet-stream")
        assert client.skills.download("t-1").body == b"PK\x00\x01"
        assert okx.calls[0].request.url == f"{HOST}/api/v5/skill/file?token=t-1"


def test_an_object_instead_of_a_list(client: OkxClient) -> None:
    """SOL's terms are one object, ETH's a list of one: both come as one row."""
    for group in (client.sol_staking, client.eth_staking):
        coin = group.name.removesuffix("_staking")
        row = {"rate": "0.05", "redemptDays": "3", "fastRedemptionAvail": True}
        data: Any = row if coin == "sol" else [row]
        with responses.RequestsMock() as okx:
            okx.get(f"{HOST}/api/v5/finance/staking-defi/{coin}/product-info", json={"code": "0", "data": data})
            assert group.get_product_info().redemptDays == 3


def test_pages_are_counted_beside_the_rows(client: OkxClient) -> None:
    """``totalPage`` is a field of each row, and not part of its wire form."""
    with responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/affiliate/invitee/list", json={"code": "0", "data": [{"uid": "1"}], "totalPage": "4"})
        (row,) = client.affiliate.get_invitees(page=2)
    assert isinstance(row, Invitee)
    assert (row.totalPage, row.to_wire()) == (4, {"uid": "1"})


def test_a_spread_book_knows_its_spread(client: OkxClient) -> None:
    """A book over REST can be understood alone."""
    with responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/sprd/books", json={"code": "0", "data": [{"asks": [["1", "2", "3"]], "bids": []}]})
        book = client.spread.get_books("A_B")
    assert (book.sprdId, book.is_snapshot, book.asks[0].orders) == ("A_B", True, 3)


def test_new_secrets_are_not_shown(client: OkxClient) -> None:
    """A new key can be read, but neither printed nor logged by accident."""
    row = {"apiKey": "k", "secretKey": "SENTINEL-new", "passphrase": "SENTINEL-new", "label": "bot"}
    with responses.RequestsMock() as okx:
        okx.post(f"{HOST}/api/v5/users/subaccount/apikey", json={"code": "0", "data": [row]})
        key = client.subaccount.create_api_key("sub", "bot", "SENTINEL-new")
    assert key.secretKey == "SENTINEL-new"
    assert "SENTINEL" not in repr(key)
    assert "label='bot'" in repr(key)
