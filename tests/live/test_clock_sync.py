"""``measure_clock``: the exchange's time over REST. No sockets."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import responses

from okx_sync.errors import DecodeError, OkxError
from okx_sync.live.clock_sync import measure_clock
from okx_sync.rest import Route
from okx_sync.rest.dialect import Reply
from tests.rest.toy_dialect import URL, ToyDialect


class Timed(ToyDialect):
    """The toy exchange, which tells its time in the first row."""

    def server_time(self, reply: Reply) -> float:
        return float(reply.rows[0]["now"])


class Settings:
    """How to reach it."""

    timeout_secs = 5.0
    proxy_url = None
    ca_file = None
    max_response_bytes = Route().max_response_bytes


def answer(**told: Any) -> dict[str, Any]:
    return {"ok": True, "rows": [told]}


def test_it_tells_how_far_the_exchange_is_ahead() -> None:
    """In seconds, unsigned, and without setting anybody's clock: whoever asked does that, and tells the user."""
    dialect = Timed()
    with responses.RequestsMock() as server:
        server.get(f"{URL}/time", json=answer(now=time.time() + 30))
        assert measure_clock(dialect, Settings()) == pytest.approx(30, abs=2)
        server.replace(responses.GET, f"{URL}/time", json=answer(now=time.time()))
        assert measure_clock(dialect, Settings()) == pytest.approx(0, abs=2)
        assert all("Sign" not in call.request.headers for call in server.calls)


def test_what_goes_wrong_is_raised() -> None:
    """A refusal, and an answer that tells no time; the connections are closed in any case."""
    dialect = Timed()
    with responses.RequestsMock() as server:
        server.get(f"{URL}/time", json={"ok": False, "code": "no", "text": "not now"})
        with pytest.raises(OkxError, match="not now"):
            measure_clock(dialect, Settings())
        server.replace(responses.GET, f"{URL}/time", json=answer(then=1))
        with pytest.raises(DecodeError, match="/time"):
            measure_clock(dialect, Settings())


def test_of_several_times_the_quickest_counts() -> None:
    """The middle of a call is off by half of what it took, and the first one connects."""
    told = iter([100.0, 20.0, 100.0])

    def slow(request: Any) -> tuple[int, dict[str, str], str]:
        ahead = next(told)
        time.sleep(0.05 if ahead == 100 else 0.0)
        return 200, {}, json.dumps(answer(now=time.time() + ahead))

    with responses.RequestsMock() as server:
        server.add_callback(responses.GET, f"{URL}/time", slow)
        assert measure_clock(Timed(), Settings(), 3) == pytest.approx(20, abs=2)
