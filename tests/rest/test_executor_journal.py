"""An executor with a journal: each order is written down before it is sent, and what became of it behind that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
import responses

from okx_sync.errors import JournalError, OkxApiError, OkxRateLimitError, OrderStatusUnknown
from okx_sync.rest.limits import Limiter
from tests.rest.toy_dialect import URL
from tests.rest.toy_group import ToyClient
from tests.rest.toy_journal import HeardJournal, JournaledDialect

BROKEN = requests.ConnectionError("Connection aborted.", ConnectionResetError(104, "reset"))


@pytest.fixture
def heard() -> HeardJournal:
    return HeardJournal()


@pytest.fixture
def toy_client(heard: HeardJournal) -> Iterator[ToyClient]:
    made = ToyClient(dialect=JournaledDialect())
    made.runner.write_down(heard)
    yield made
    made.runner.close()


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


def test_an_order_that_is_taken(toy_client: ToyClient, heard: HeardJournal, server: responses.RequestsMock) -> None:
    """Its intent was written when the request went out."""

    def answer(_request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        assert heard.lines == [("intent", "a", "m", "None")]
        return 200, {}, '{"ok": true, "rows": [{"order": "1", "mine": "a"}]}'

    server.add_callback("POST", f"{URL}/order", answer)
    toy_client.toy.order("m", 1, mine="a")
    assert heard.lines[1:] == [("answer", "a", "1")]


def test_an_order_that_is_refused_and_one_without_an_answer(
    toy_client: ToyClient, heard: HeardJournal, server: responses.RequestsMock
) -> None:
    """The former is over, the latter in doubt."""
    server.post(f"{URL}/order", json={"ok": True, "rows": [{"bad": "no money"}]})
    with pytest.raises(OkxApiError):
        toy_client.toy.order("m", 1, mine="a")
    assert heard.lines == [("intent", "a", "m", "None"), ("refusal", "a")]
    server.post(f"{URL}/order", body=BROKEN)
    with pytest.raises(OrderStatusUnknown):
        toy_client.toy.order("m", 1, mine="b")
    assert heard.lines[2:] == [("intent", "b", "m", "None")]


def test_what_cannot_be_written_is_not_sent(toy_client: ToyClient, heard: HeardJournal) -> None:
    """No request goes out; a reading call needs no journal."""
    heard.error = JournalError("the disk is full; nothing was sent")
    with responses.RequestsMock() as mock:
        with pytest.raises(JournalError):
            toy_client.toy.order("m", 1, mine="a")
        mock.get(f"{URL}/quote", json={"ok": True, "rows": [{"px": "1"}]})
        toy_client.toy.quote("m")


def test_what_has_to_wait_is_not_written_before_it_may_go(heard: HeardJournal) -> None:
    """An order that a limit holds back for good never was on its way, and leaves no line."""
    limiter = Limiter()
    held_back = ToyClient(dialect=JournaledDialect(), limiter=limiter)
    held_back.runner.write_down(heard)
    limiter.stop(URL, 60)
    with pytest.raises(OkxRateLimitError, match="not sent"):
        held_back.toy.order("m", 1, mine="a")
    assert heard.lines == []
    held_back.runner.close()
