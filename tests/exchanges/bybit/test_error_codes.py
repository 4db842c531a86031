"""Bybit's codes: each has a class, a word on repeating, and a hint; refusals in words have codes, too."""

from __future__ import annotations

import pytest

from okx_sync.errors import OkxApiError, OkxAuthError, OkxError, OkxRateLimitError
from okx_sync.exchanges.bybit.error_codes import CODES, TABLE, code_of, login_verdict, subscribe_verdict

DOCUMENTED = """
10001 10002 10003 10004 10005 10006 10010 10016 10018 10019 10403 10404 10429 20001 20003 20006 33004 3303006 110001
110007 131001 131003 131082 131093 131096 131200 131201 131208 131212 131214 131228 131230 182120
"""


@pytest.mark.parametrize("code", DOCUMENTED.split())
def test_documented_codes_have_a_row(code: str) -> None:
    """No documented code falls through to the general word, and each tells a cure."""
    assert code in CODES
    error = TABLE.error_for(code, "what Bybit said", environment="bybit com live")
    assert (error.code, error.message, error.environment) == (code, "what Bybit said", "bybit com live")
    assert error.hint


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ("10003 10004 10005 10010 33004 33010 params-error usvc1111 request-not-authorized", OkxAuthError),
        ("10006 10018 10403 10429 20003", OkxRateLimitError),
        ("10001 10404 110001 110007 110999 170131 99999 nonsense", OkxApiError),
    ],
)
def test_classes(codes: str, kind: type[OkxError]) -> None:
    """Whoever catches a class catches all it means."""
    for code in codes.split():
        assert type(TABLE.error_for(code, "m", environment="bybit")) is kind, code


@pytest.mark.parametrize(
    ("number", "text", "code"),
    [
        ("", "error:already subscribed,topic:X", "already-subscribed"),
        ("", "error:handler not found,topic:X", "handler-not-found"),
        ("", "Invalid topic: a.b", "invalid-topic"),
        ("", "Request not authorized", "request-not-authorized"),
        ("", "args size >10", "args-size"),
        ("", "error:USVC1111", "usvc1111"),
        ("0", "", ""),
        ("10001", "whatever", "10001"),
        ("10003", "Too many sessions under the same UID.", "too-many-sessions"),
        ("10003", "API key is invalid.", "10003"),
    ],
)
def test_codes_of_words(number: str, text: str, code: str) -> None:
    """Bybit's streams say why in words; the first of them name the case."""
    assert code_of(number, text) == code


def test_verdicts() -> None:
    """A topic that does not exist is refused for good, a missing login starts anew, too many requests wait."""
    assert [subscribe_verdict(code) for code in ("handler-not-found", "needs-auth-first", "10006", "10019")] == [
        "refuse", "relogin", "backoff", "retry",
    ]  # fmt: skip
    assert [login_verdict(code) for code in ("10003", "10002", "expired", "api-key-expired", "10006", "10001")] == [
        "fatal", "resync", "resync", "retry", "retry", "fatal",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["request-expired", "expired"])
def test_a_login_that_comes_too_late(code: str) -> None:
    """When setting the clock has not helped, the error is one of the login and names the clock."""
    error = TABLE.error_for(code, "error:request expired", environment="bybit com live")
    assert isinstance(error, OkxAuthError)
    assert "clock" in str(error.hint)


def test_what_to_do_with_an_order() -> None:
    """An error inside Bybit leaves the order's fate open; an overload or a restart says that nothing was done."""
    assert [TABLE.again(code, 200) for code in ("10016", "10000", "10429", "110007", "10019")] == [
        "unknown", "unknown", "any", "no", "any",
    ]  # fmt: skip
    assert TABLE.again("99999", 502) == "unknown"
