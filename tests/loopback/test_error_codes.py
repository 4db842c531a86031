"""Refusals of the exchange become exceptions that tell the cure: type, code, hint, place, and whether to try again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import OkxApiError, OkxAuthError, OkxClient, OkxError, OkxHttpError
from okx_sync.paper import PaperExchange
from tests.clocks import Impatient
from tests.loopback.conftest import Connect

ORDER = "/api/v5/trade/order"
BALANCE = "/api/v5/account/balance"


def body(code: str, rows: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """A refusal as OKX writes it."""
    return {"code": code, "msg": f"message of {code}", "data": rows or []}


def read(client: OkxClient) -> object:
    return client.get_balance()


def write(client: OkxClient) -> object:
    return client.place_order("BTC-USDT", "cash", "buy", "limit", "1", "1", "c1")


@pytest.mark.parametrize("call", [read, write], ids=["reading", "order"])
@pytest.mark.parametrize(
    ("code", "status", "kind", "hint"),
    [
        ("50119", 200, OkxAuthError, "key"),
        ("50101", 401, OkxAuthError, "simulated"),
        ("50111", 401, OkxAuthError, "key"),
        ("50105", 401, OkxAuthError, "passphrase"),
        ("50113", 401, OkxAuthError, "secret_key"),
        ("50110", 401, OkxAuthError, "IP"),
        ("51000", 400, OkxApiError, "parameter"),
        ("50014", 400, OkxApiError, "parameter"),
    ],
)
def test_a_refusal_is_an_exception_with_a_cure(
    paper: PaperExchange, call: Callable[[OkxClient], object], code: str, status: int, kind: type[OkxError], hint: str
) -> None:
    """Of the right class, with code, message, hint and environment; asked once, because it would be refused again."""
    paper.faults.rest_status(status, body(code), times=None)
    with OkxClient(paper.config) as client, pytest.raises(kind) as caught:
        call(client)
    error = caught.value
    assert (error.code, error.environment, error.retryable) == (code, paper.config.environment, False)
    assert f"message of {code}" in str(error)
    assert hint in str(error.hint)
    assert str(error.environment) in str(error)
    assert len(paper.requests) == 1


@pytest.mark.parametrize("outer", ["1", "2", "0"])
def test_the_verdict_of_the_order_counts(paper: PaperExchange, outer: str) -> None:
    """Whatever the envelope says, ``sCode`` and ``sMsg`` of the order are the error's; the row is kept."""
    row = {"ordId": "", "clOrdId": "c1", "sCode": "51008", "sMsg": "Insufficient USDT balance", "subCode": "1000"}
    paper.faults.rest_status(200, body(outer, [row]), path=ORDER)
    with OkxClient(paper.config) as client, pytest.raises(OkxApiError) as caught:
        write(client)
    assert caught.value.code == "51008"
    assert "Insufficient USDT balance" in str(caught.value)
    assert "balance" in str(caught.value.hint)


def test_the_clock_is_set_or_told_of(paper: PaperExchange) -> None:
    """50102 is cured by one look at the exchange's clock; when it comes again, that is the answer, with its hint."""
    paper.faults.rest_status(401, body("50102"), path=BALANCE, times=1)
    with OkxClient(paper.config) as client:
        assert client.get_balance().totalEq is not None
        paper.faults.rest_status(401, body("50102"), path=BALANCE, times=None)
        with pytest.raises(OkxAuthError) as caught:
            client.get_balance()
    assert caught.value.code == "50102"
    assert "clock" in str(caught.value.hint)


@pytest.mark.parametrize("code", ["50011", "50013", "50001", "50026"])
def test_what_passes_is_marked_as_retryable(paper: PaperExchange, code: str) -> None:
    """A reading call is repeated; when that does not help the error says that a later call may succeed."""
    status = {"50011": 429, "50013": 429, "50001": 503, "50026": 500}[code]
    paper.faults.rest_status(status, body(code), path=BALANCE, times=1)
    with OkxClient(paper.config, clock=Impatient()) as client:
        assert client.get_balance().totalEq is not None
        paper.faults.rest_status(status, body(code), path=BALANCE, times=None)
        with pytest.raises(OkxApiError if code != "50011" else OkxHttpError) as caught:
            client.get_balance()
    assert (caught.value.code, caught.value.retryable) == (code, True)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("code", "hint"), [("60032", "site"), ("60005", "key"), ("60024", "passphrase"), ("60007", "secret_key")]
)
def test_a_refused_login_tells_the_cure_too(paper: PaperExchange, connect: Connect, code: str, hint: str) -> None:
    """Streams raise the same class with code, hint and environment."""
    paper.faults.refuse_login(code, times=None)
    with pytest.raises(OkxAuthError) as caught:
        connect().ws.subscribe("account")
    assert (caught.value.code, caught.value.environment) == (code, paper.config.environment)
    assert hint in str(caught.value.hint)


def test_a_login_that_failed_for_now_is_tried_again(paper: PaperExchange, connect: Connect) -> None:
    """60009 alone does not say that the credentials are wrong."""
    paper.faults.refuse_login("60009", times=1)
    watched = connect()
    watched.ws.subscribe("account")
    assert sum(one.logins for one in paper.connections) == 2
