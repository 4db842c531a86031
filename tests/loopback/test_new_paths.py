"""The generic door: an endpoint that the exchange has and this package does not know yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync import ConfigError, OkxApiError, OkxAuthError, OkxClient, OkxError
from okx_sync.paper import PaperClock, PaperExchange
from okx_sync.paper.okx.rest import router
from okx_sync.paper.okx.rest.call import RestAnswer, RestCall, RestEndpoint, RestError
from tests.loopback.clocks import PaperTimed

NEW = "/api/v5/account/brand-new"
NOON = 1_763_726_400.0


def _answer(call: RestCall) -> RestAnswer | list[dict[str, Any]]:
    if call.text("side") == "wrong":
        raise RestError("51000", "Parameter side error", 400)
    return [{"uid": call.account.uid, "given": {**call.params}}]


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperExchange]:
    """An exchange that has something new since yesterday, and enforces its limits on a clock that stands still."""
    for method in ("GET", "POST"):
        monkeypatch.setitem(router.ENDPOINTS, (method, NEW), RestEndpoint(method, NEW, _answer, 20, private=True))
    with PaperExchange(limits=True, flow_per_s=0, clock=PaperClock(NOON, frozen=True)) as exchange:
        yield exchange
        assert exchange.problems == []


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[OkxClient]:
    """Alice's client, living in the exchange's time."""
    with OkxClient(paper.config, clock=PaperTimed(paper)) as made:
        yield made


def test_it_is_called_without_a_change_of_the_package(client: OkxClient) -> None:
    """Signed, names and values converted as for named calls, in the query and in the body."""
    assert NEW not in {endpoint.path for endpoint in OkxClient.endpoints()}
    for method, flag in (("GET", "true"), ("POST", True)):
        (row,) = client.request(method, NEW, {"inst_id": "BTC-USDT", "sz": 1, "isNew": True, "px": None})
        assert row["given"] == {"instId": "BTC-USDT", "sz": "1", "isNew": flag}


def test_its_errors_are_the_same(client: OkxClient, paper: PaperExchange) -> None:
    """Code, hint and environment of a refusal; no keys, a wrong path and a float are refused before sending."""
    with pytest.raises(OkxApiError) as caught:
        client.request("GET", NEW, {"side": "wrong"})
    assert (caught.value.code, caught.value.environment) == ("51000", paper.config.environment)
    assert caught.value.hint
    sent = len(paper.requests)
    with OkxClient(paper.public_config) as stranger, pytest.raises(OkxAuthError, match="needs credentials"):
        stranger.request("GET", NEW, auth=True)
    with pytest.raises(ConfigError, match="path"):
        client.request("POST", "https://elsewhere.test/")
    with pytest.raises(ConfigError, match="sz is a float"):
        client.request("POST", NEW, {"sz": 0.1})
    assert len(paper.requests) == sent


def test_it_is_repeated_like_the_others(client: OkxClient, paper: PaperExchange) -> None:
    """A lost answer: a reading call is asked again, a writing one is not and says that it may have been carried out."""
    paper.faults.lose_reply(NEW, times=2)
    assert client.request("GET", NEW)
    assert [request.method for request in paper.requests] == ["GET"] * 3
    paper.faults.lose_reply(NEW, times=1)
    with pytest.raises(OkxError) as caught:
        client.request("POST", NEW, {"a": "b"})
    assert "may have been carried out" in str(caught.value.hint)
    assert [request.method for request in paper.requests].count("POST") == 1


def test_it_is_paced_too(client: OkxClient, paper: PaperExchange) -> None:
    """Far more calls than its limit allows at once: none is refused."""
    for _ in range(100):
        client.request("GET", NEW)
    assert [request.status for request in paper.requests] == [200] * 100
