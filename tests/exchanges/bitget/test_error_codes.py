"""Bitget's codes: each has a class, a word on repeating, and a hint."""

from __future__ import annotations

import pytest

from okx_sync.errors import OkxAuthError, OkxError, OkxRateLimitError, OkxWebSocketError, SubscriptionError
from okx_sync.exchanges.bitget.error_codes import CODES, SEED_CODES
from okx_sync.exchanges.error_codes import CodeTable

DOCUMENTED = "30001 30002 30003 30004 30005 30006 30007 30011 30012 30013 30014 30015 30016 30033 429"
OF_SEED = "60001 60002 60003 60004 60005"


@pytest.mark.parametrize(
    ("table", "code"), [(CODES, code) for code in DOCUMENTED.split()] + [(SEED_CODES, code) for code in OF_SEED.split()]
)
def test_documented_codes_have_a_row(table: CodeTable, code: str) -> None:
    """No documented code falls through to the general word, and each tells a cure."""
    assert code in table.rules
    error = table.error_for(code, "what Bitget said", environment="bitget live")
    assert (error.code, error.message, error.environment) == (code, "what Bitget said", "bitget live")
    assert error.hint


@pytest.mark.parametrize(
    ("table", "codes", "kind"),
    [
        (CODES, "30004 30005 30011 30012 30013 30014 30015", OkxAuthError),
        (CODES, "30006 30007 429", OkxRateLimitError),
        (CODES, "30001 30002 30003 30016 30999 12345", OkxWebSocketError),
        (SEED_CODES, "60001", OkxAuthError),
        (SEED_CODES, "60002 60003", OkxRateLimitError),
        (SEED_CODES, "60004 60005 30001", OkxWebSocketError),
    ],
)
def test_kinds(table: CodeTable, codes: str, kind: type[OkxError]) -> None:
    """Whoever catches by class catches the right ones; a refused topic is a SubscriptionError whatever the code."""
    for code in codes.split():
        assert type(table.error_for(code, "no", environment="bitget live")) is kind
        refused = table.error_for(code, "no", environment="bitget live", arg={"channel": "books"})
        assert isinstance(refused, SubscriptionError)
        assert refused.arg == {"channel": "books"}


@pytest.mark.parametrize(
    ("table", "codes", "verdict"),
    [
        (CODES, "30011 30012 30015", "fatal"),
        (CODES, "30013 30014", "resync"),
        (CODES, "30005", "recheck"),
        (CODES, "30003 30006 30007 429", "retry"),
        (SEED_CODES, "60001", "recheck"),
        (SEED_CODES, "60002 60003", "retry"),
    ],
)
def test_login_verdicts(table: CodeTable, codes: str, verdict: str) -> None:
    """A wrong key is not tried twice; a wrong clock is set once; limits pass."""
    assert {table.login_verdict(code) for code in codes.split()} == {verdict}


@pytest.mark.parametrize(
    ("table", "codes", "verdict"),
    [
        (CODES, "30001 30002 30003 30016", "refuse"),
        (CODES, "30006 30007 429", "backoff"),
        (CODES, "30004", "relogin"),
        (SEED_CODES, "60004 60005", "refuse"),
        (SEED_CODES, "60002 60003", "backoff"),
    ],
)
def test_subscribe_verdicts(table: CodeTable, codes: str, verdict: str) -> None:
    """A bad topic is refused to the caller, a limit waits, a lost login starts over."""
    assert {table.subscribe_verdict(code) for code in codes.split()} == {verdict}
