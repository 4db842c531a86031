"""Errors: what they show, what they carry, and that they travel."""

from __future__ import annotations

import pickle

import pytest

from okx_sync import errors
from okx_sync.errors import (
    ConfigError,
    DecodeError,
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxHttpError,
    OkxRateLimitError,
    OkxTimeoutError,
    OkxWebSocketError,
    OrderStatusUnknown,
    SubscriptionError,
    shorten,
)

EXAMPLES: list[OkxError] = [
    OkxError("plain", code="1", environment="okx global live", retryable=True, hint="do this"),
    OkxHttpError("bad gateway", status=502),
    OkxRateLimitError("slow down", status=429, retry_after=2.5),
    OkxApiError("refused", code="51008", rows=[{"sCode": "51008", "sMsg": "no money"}], status=200),
    OkxAuthError("wrong key", code="50111"),
    OkxTimeoutError("late"),
    SubscriptionError("no such channel", code="60018", arg={"channel": "tickerz", "instId": "BTC-USDT"}),
    errors.ConnectionLost("gone"),
    errors.MailboxOverflow("full"),
    errors.StreamClosed("closed"),
    OrderStatusUnknown("lost", clOrdId="abc", orders=[{"instId": "BTC-USDT", "clOrdId": "abc"}]),
    errors.JournalError("the disk is full"),
    errors.ReadOnlyError("only reads"),
    errors.DryRun("rehearsed", method="POST", path="/api/v5/trade/order", body='{"sz":"1"}'),
    ConfigError("no such site"),
    DecodeError("not a number", text="x" * 1000),
]


def test_text_has_code_message_environment_and_hint() -> None:
    """str() shows everything that support would ask for."""
    error = OkxApiError("Parameter sz error", code="51000", environment="okx global live", hint="check sz")
    assert str(error) == "[51000] Parameter sz error (okx global live). Hint: check sz"


def test_text_is_computed_from_the_fields() -> None:
    """A hint that is added later shows."""
    error = OkxError("it failed.")
    assert str(error) == "it failed."
    error.hint = "try again"
    assert str(error) == "it failed. Hint: try again"


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_every_error_can_be_pickled(error: OkxError) -> None:
    """Class, text and all fields survive a trip to another process."""
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_the_tree() -> None:
    """The families that callers catch."""
    assert issubclass(OkxRateLimitError, OkxHttpError)
    for kind in (SubscriptionError, errors.ConnectionLost, errors.MailboxOverflow, errors.StreamClosed):
        assert issubclass(kind, OkxWebSocketError)
    for wrong_input in (ConfigError, DecodeError):
        assert issubclass(wrong_input, ValueError)
    for error in EXAMPLES:
        assert isinstance(error, OkxError)


def test_every_class_is_drawn_in_the_docstring() -> None:
    """The tree at the top of the module is complete."""
    kinds = [
        name for name, value in vars(errors).items() if isinstance(value, type) and value.__module__ == errors.__name__
    ]
    assert len(kinds) >= 14
    for name in kinds:
        assert name in (errors.__doc__ or "")


def test_rate_limits_are_retryable_unless_told_otherwise() -> None:
    """Coming too soon is cured by coming later."""
    assert OkxRateLimitError("slow").retryable
    assert not OkxRateLimitError("slow", retryable=False).retryable


def test_long_texts_are_shortened() -> None:
    """A ten-megabyte frame does not end up in a log line."""
    assert shorten("abc") == "abc"
    assert shorten("x" * 10, limit=4) == "xxxx… (10 characters)"
    assert len(DecodeError("bad", text="x" * 10_000_000).text) < 400


def test_a_timeout_is_a_timeout_of_the_language_too() -> None:
    """``except TimeoutError`` catches ours, and it keeps what it carries through a pickle."""
    error = OkxTimeoutError("no answer", code="1", hint="wait", retryable=True)
    assert isinstance(error, TimeoutError)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.retryable, again.args) == (str(error), True, ("no answer",))
