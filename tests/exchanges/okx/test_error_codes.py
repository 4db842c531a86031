"""OKX's codes: each has a class, a word on repeating, and a hint."""

from __future__ import annotations

import pytest

from okx_sync import logs
from okx_sync.errors import (
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxRateLimitError,
    OkxWebSocketError,
    SubscriptionError,
)
from okx_sync.exchanges.okx.error_codes import (
    CODES,
    close_hint,
    error_for,
    login_verdict,
    outcome_unknown,
    rule_for,
    safe_to_reread,
    safe_to_resend,
    subscribe_verdict,
)
from tests.each_case import each_case

# Every code that OKX documents for the calls and streams of this package, by family.
DOCUMENTED = """
50000 50001 50002 50004 50005 50006 50007 50009 50011 50013 50014 50015 50016 50024 50025 50026 50027 50030 50035
50036 50037 50038 50039 50040 50042 50044 50051 50052 50053 50060 50061 50062 50071 50076 50077
50100 50101 50102 50103 50104 50105 50106 50107 50108 50109 50110 50111 50112 50113 50114 50115 50119 50120 50121
51000 51001 51003 51004 51005 51006 51008 51010 51011 51015 51016 51020 51021 51022 51023 51024 51025 51027 51028
51029 51030 51046 51053 51054 51065 51102 51103 51111 51112 51113 51115 51116 51121 51127 51131 51137 51138 51149
51155 51169 51170 51174 51175 51176 51177 51185 51201 51202 51203 51250 51275 51277 51280 51300 51308 51400 51401
51410 51412 51501 51503 51513 51603 51720 51763 51774 51784 51785 54008 54031 54051 54084 54085 54094 54109
58102 58207 58350 60001 60002 60003 60004 60005 60006 60007 60008 60009 60010 60011 60012 60013 60014 60015 60016
60017 60018 60019 60020 60021 60022 60023 60024 60025 60026 60027 60028 60029 60030 60031 60032 60033 60034
63999 64000 64001 64002 64003 64004 64007 64008 70010 70013
"""


def make(code: str) -> OkxError:
    return error_for(code, "what OKX said", environment="okx eea demo")


@each_case("code", DOCUMENTED.split())
def test_documented_codes_have_a_row(code: str) -> None:
    """No documented code falls through to the general word, and each tells a cure."""
    assert code in CODES
    error = make(code)
    assert (error.code, error.message, error.environment) == (code, "what OKX said", "okx eea demo")
    assert error.hint
    assert str(error).startswith(f"[{code}] what OKX said (okx eea demo). Hint: ")


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ("50101 50102 50105 50111 50113 50119 50120 60005 60007 60009 60011 60024 60032 50199", OkxAuthError),
        ("50011 50061 60014 60023", OkxRateLimitError),
        ("51000 51008 51400 50001 51603 59999 99999 55001 58301 59101 70002", OkxApiError),
        ("60012 60018 64003 64008 60099", OkxWebSocketError),
    ],
)
def test_classes(codes: str, kind: type[OkxError]) -> None:
    """A caller can catch keys, pace and refusals apart; families catch codes without a row of their own."""
    for code in codes.split():
        assert type(make(code)) is kind, code


def test_topics_get_subscription_errors() -> None:
    """Whatever the code, a refused topic is a SubscriptionError that names it."""
    for code in ("60018", "60011", "60014", "50026"):
        error = error_for(code, "no", environment="e", arg={"channel": "tickers"})
        assert isinstance(error, SubscriptionError)
        assert error.arg == {"channel": "tickers"}


def test_rows_and_status_are_kept() -> None:
    """The rows of a refused batch stay with the error."""
    error = error_for("51008", "", environment="e", status=200, rows=[{"sCode": "51008"}])
    assert isinstance(error, OkxApiError)
    assert (error.rows, error.status, error.message) == ([{"sCode": "51008"}], 200, "refused without a message")


def test_repeating() -> None:
    """Writes are repeated only after a refusal before processing; lost outcomes are named."""
    assert [code for code in sorted(CODES) if outcome_unknown(code)] == ["50004", "50026", "51054", "51149", "51784"]
    for code in ("50011", "50013", "50061"):
        assert safe_to_resend(code)
    for code in ("50001", "50004", "50011", "50013", "50026", "50040"):
        assert safe_to_reread(code)
    for code in ("50005", "50113", "51000", "51022", "50111"):
        assert not safe_to_reread(code), code
    assert not safe_to_resend("50004")
    assert make("50013").retryable
    assert not make("50004").retryable
    assert not make("51000").retryable


@pytest.mark.parametrize(
    ("verdict", "codes"),
    [
        ("fatal", "60001 60005 60007 60024 60032 50101 50111 50119 60031"),
        ("resync", "60004 60006 60009 50102"),
        ("retry", "60014 60023 63999 64007 50011 50026 50001 99999"),
    ],
)
def test_login_verdicts(verdict: str, codes: str) -> None:
    """Wrong keys end it, a wrong clock is set once, a busy server is asked again."""
    for code in codes.split():
        assert login_verdict(code) == verdict, code


@pytest.mark.parametrize(
    ("verdict", "codes"),
    [
        ("relogin", "60011"),
        ("backoff", "60014 60023 50011"),
        ("retry", "64007 63999 50026"),
        ("refuse", "60012 60013 60018 60028 64000 64001 64002 64003 64004 99999"),
    ],
)
def test_subscribe_verdicts(verdict: str, codes: str) -> None:
    """A caller's mistake is refused and never replayed."""
    for code in codes.split():
        assert subscribe_verdict(code) == verdict, code


def test_sub_codes_and_narrow_rows() -> None:
    """``51008_1000`` is 51008; a code named alone wins over a range around it."""
    assert rule_for("51008_1000") is rule_for("51008")
    assert rule_for("51410").again == "later"
    assert rule_for("51409").again == "no"
    assert rule_for("not a number").hint == rule_for("99999").hint


def test_close_frames() -> None:
    """Close statuses of OKX have a word of explanation, others need none."""
    assert "slowly" in (close_hint(4005) or "")
    assert "heartbeat" in (close_hint(4004) or "")
    for status in (*range(4001, 4010), 1009):
        assert close_hint(status)
    assert close_hint(1000) is None
    assert close_hint(None) is None


def test_a_refusal_that_quotes_a_secret() -> None:
    """In the code, the message or a row: the error has it nowhere."""
    logs.hide("SENTINEL-refused")
    row: dict[str, object] = {"sCode": "51000", "sMsg": "bad SENTINEL-refused", "subCode": 7}
    error = error_for("SENTINEL-refused", "no SENTINEL-refused", environment="okx", rows=[row])
    assert "SENTINEL" not in f"{error!r}{vars(error)}"
    assert isinstance(error, OkxApiError)
    assert error.rows == [{"sCode": "51000", "sMsg": f"bad {logs.HIDDEN}", "subCode": 7}]
