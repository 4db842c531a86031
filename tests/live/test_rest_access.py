"""The REST side of a stream client: made by its first use, with what both share, and closed once."""

from __future__ import annotations

from typing import Any

import pytest
import responses

from okx_sync import BybitClient, BybitConfig, StreamClosed
from okx_sync.live.rest_access import RestAccess
from okx_sync.rest import Limiter
from okx_sync.rest.limits import Charge
from okx_sync.timing import Clock


def access(made: list[BybitClient], limiter: Limiter | None = None) -> RestAccess[BybitClient]:
    """The REST side of a client of Bybit; ``made`` gets what is made."""
    clock = Clock()

    def make(shared: Limiter) -> BybitClient:
        made.append(BybitClient(BybitConfig(), clock=clock, limiter=shared))
        return made[-1]

    return RestAccess(make, clock, limiter)


def test_it_is_made_once_by_its_first_use() -> None:
    """Rate limits may be asked for without it, and are those of the client."""
    made: list[BybitClient] = []
    rest = access(made)
    assert list(rest.limits_left()) == []
    limits = rest.limiter
    assert made == []
    assert rest() is rest()
    assert len(made) == 1
    assert rest()._limiter is limits
    rest.close()


def test_limits_may_be_shared_with_others() -> None:
    """Those that are given are used."""
    limiter = Limiter()
    rest = access([], limiter)
    assert rest.limiter is limiter
    limiter.take([Charge("orders", 5, 2.0)])
    assert [limit.left for limit in rest.limits_left()] == [4]
    rest.close()


def test_it_is_closed_with_its_owner() -> None:
    """Again and again, used or not; then nothing is given out any more, and the client refuses."""
    made: list[BybitClient] = []
    rest = access(made)
    rest()
    for _ in range(2):
        rest.close()
    with pytest.raises(StreamClosed):
        rest()
    with pytest.raises(Exception, match="closed"):
        made[0].market.get_server_time()
    unused = access(made)
    unused.close()
    assert len(made) == 1


def test_rows_are_fetched_as_they_are() -> None:
    """By path, for whoever knows no endpoint; and by endpoint, undecoded."""
    answer: dict[str, Any] = {"retCode": 0, "retMsg": "OK", "result": {"timeSecond": "1", "timeNano": "1000000000"}}
    rest = access([])
    with responses.RequestsMock() as server:
        server.get("https://api.bybit.com/v5/market/time", json=answer)
        server.get("https://api.bybit.com/v5/market/time", json=answer)
        assert rest.fetch("/v5/market/time", {}) == [answer["result"]]
        endpoint = next(one for one in BybitClient.endpoints() if one.path == "/v5/market/time")
        assert rest.send(endpoint, {}, {}).rows == [answer["result"]]
    rest.close()
