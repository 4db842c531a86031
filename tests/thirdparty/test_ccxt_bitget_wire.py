"""Every signed call of Bitget goes out as ccxt would send it: method, address, words, signature.

``test_ccxt_bitget_mix.py`` and its neighbours compare what ccxt's unified calls say; here the same words are given to
ccxt's plain call of each address, so that no signed call is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from okx_sync import BitgetClient, OkxError
from tests.clients.test_bitget_mix import CALLS as MIX_READINGS
from tests.clients.test_bitget_mix import WRITES as MIX_WRITES
from tests.clients.uta_calls import CALLS as UTA_CALLS
from tests.each_case import each_case
from tests.exchanges.bitget.rest_server import HOST, KEY, client, ok
from tests.exchanges.bitget.spot.test_rest import READS as SPOT_READINGS
from tests.exchanges.bitget.spot.test_rest import WRITES as SPOT_WRITES
from tests.exchanges.bitget.spot.test_rest import call

Calls = dict[tuple[str, str], tuple[str, dict[str, Any]]]


def _calls() -> Calls:
    """Name and arguments of each declared call that some table has, by method and path."""
    named = {name: arguments for name, _, arguments, *_ in (*SPOT_READINGS, *SPOT_WRITES)}
    named |= {f"mix.{name}": arguments for name, _, arguments in MIX_READINGS}
    named |= {f"mix.{name}": arguments for name, _, arguments, _ in MIX_WRITES}
    named |= {f"uta.{one.name}": one.arguments for one in UTA_CALLS}
    endpoints = {f"{one.group}.{one.name}": one for one in BitgetClient.endpoints()}
    return {(endpoints[name].method, endpoints[name].path): (name, arguments) for name, arguments in named.items()}


KNOWN: Final = _calls()
CCXT_LACKS: Final = {
    ("POST", "/api/v2/spot/trade/batch-cancel-replace-order"),
    ("GET", "/api/v2/spot/trade/plan-sub-order"),
    ("GET", "/api/v2/spot/wallet/transfer-coin-info"),
    ("GET", "/api/v2/common/all-trade-rate"),
}
"""Signed calls that are in Bitget's documentation and not in ccxt 4.5."""


@pytest.fixture(scope="module")
def ccxt() -> Iterator[Any]:
    """Their client, with the same key and the time of our clock."""
    library = pytest.importorskip("ccxt", reason="needs the extra okx_sync[thirdparty]")
    theirs = library.bitget({"apiKey": KEY.api_key, "secret": "secret", "password": "phrase"})
    yield theirs
    theirs.session.close()


@pytest.fixture(scope="module")
def scopes(ccxt: Any) -> dict[tuple[str, str], str]:
    """Which of ccxt's scopes has an address."""
    private = ccxt.describe()["api"]["private"]
    return {
        (method.upper(), f"/api/{path}"): scope
        for scope, methods in private.items()
        for method, paths in methods.items()
        for path in paths
    }


def _ours(name: str, arguments: dict[str, Any]) -> Any:
    """The request of one of our calls; that nobody answers as it should does not matter."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as server, client() as bitget:
        for verb in (responses.GET, responses.POST):
            server.add(verb, re.compile(f"{HOST}/.*"), json=ok({}))
        try:
            call(bitget, name, arguments)
        except OkxError:
            if not len(server.calls):
                raise
        return server.calls[0].request


PUBLIC: Final = re.compile(r".*/(market|public)/.*|/api/v3/account/custom-collateral-coins")
SIGNED: Final = sorted(key for key in KNOWN if not PUBLIC.fullmatch(key[1]))


@each_case("key", [key for key in SIGNED if key not in CCXT_LACKS], ids=" ".join)
def test_ccxt_sends_the_same(ccxt: Any, scopes: dict[tuple[str, str], str], key: tuple[str, str]) -> None:
    """What is signed are the bytes that go out: given our words, ccxt's signature is ours."""
    method, path = key
    request = _ours(*KNOWN[key])
    parts, body = urlsplit(request.url), (request.body or b"").decode()
    words = json.loads(body) if body else dict(parse_qsl(parts.query))
    ccxt.nonce = lambda: int(request.headers["ACCESS-TIMESTAMP"])
    theirs = ccxt.sign(path.removeprefix("/api/"), ["private", scopes[key]], method, words)
    target = urlsplit(theirs["url"])
    assert (request.method, parts.path) == (theirs["method"], target.path) == key
    assert dict(parse_qsl(parts.query)) == dict(parse_qsl(target.query))
    assert (json.loads(body) if body else None) == (json.loads(theirs["body"]) if theirs["body"] else None)
    same_bytes = (parts.query, body) == (target.query, theirs["body"] or "")
    signatures = {one["ACCESS-SIGN"] for one in (request.headers, theirs["headers"])}
    assert (len(signatures) == 1) == same_bytes


def test_no_signed_call_is_left_out(scopes: dict[tuple[str, str], str]) -> None:
    """Each declared call is in a table; and those that ccxt lacks are the ones named here."""
    declared = {(one.method, one.path) for one in BitgetClient.endpoints()}
    assert declared == set(KNOWN)
    assert set(SIGNED) - set(scopes) == CCXT_LACKS
