"""Answers that the exchange did not write: each is named with its status."""

from __future__ import annotations

import pytest

from okx_sync import logs
from okx_sync.errors import OkxRateLimitError
from okx_sync.rest.answers import Answer, http_error, retry_after, status_again

HTML = b"<!DOCTYPE html><html><head><title> 502 Bad\n Gateway </title></head><body>...</body></html>"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (502, HTML, "HTTP 502 with a web page instead of JSON: 502 Bad Gateway"),
        (403, b"<h1>Access &amp; more denied</h1>", "HTTP 403 with a web page instead of JSON: Access & more denied"),
        (200, b"", "HTTP 200 with an empty body"),
        (200, b"  \r\n", "HTTP 200 with an empty body"),
        (200, b'{"code":"0","data":[{"inst', "HTTP 200 with JSON that is cut short"),
        (500, b"upstream connect error", "HTTP 500 with text instead of JSON: upstream connect error"),
        (200, b"\xff\xfe\x00", "HTTP 200 with text instead of JSON"),
    ],
)
def test_what_arrived_is_described(status: int, body: bytes, words: str) -> None:
    """Status and a readable piece of the body are in the message."""
    error = http_error(Answer(status, body), "okx global live", 0.0)
    assert words in error.message
    assert error.status == status
    assert error.environment == "okx global live"
    assert len(str(error)) < 400


def test_large_bodies_are_shortened() -> None:
    """A page of ten megabytes is not quoted."""
    assert len(str(http_error(Answer(200, b"x" * 10_000_000), "e", 0.0))) < 400


def test_redirects_name_the_target() -> None:
    """A redirect is an error, because following it would carry signed headers to another host."""
    error = http_error(Answer(302, b"", location="https://u:pw@login.example/x"), "e", 0.0)
    assert "redirected to https://***@login.example/x" in str(error)
    assert not error.retryable


def test_too_many_requests() -> None:
    """429 without a word of the exchange is a rate limit, with the wait that the server asks for."""
    error = http_error(Answer(429, b"", retry_after="3"), "e", 0.0)
    assert isinstance(error, OkxRateLimitError)
    assert error.retry_after == 3.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("7", 7.0),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0),
        ("soon", None),
        ("9" * 400, None),
        ("Wed, 31 Dec 1969 23:00:00 GMT", 0.0),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    """The header holds seconds or a date; nonsense counts as nothing."""
    assert retry_after(Answer(429, b"", retry_after=text), 10.0) == seconds


@pytest.mark.parametrize(
    ("status", "again"),
    [
        (200, "unknown"),
        (302, "no"),
        (303, "unknown"),
        (400, "no"),
        (403, "no"),
        (408, "unknown"),
        (429, "any"),
        (500, "unknown"),
        (504, "unknown"),
    ],
)
def test_what_a_status_means_for_repeating(status: int, again: str) -> None:
    """A refusal before the exchange is final; an answer that got lost leaves the outcome open."""
    assert status_again(status) == again


@pytest.mark.parametrize("begin", ["<p>", "{", ""])
@pytest.mark.parametrize("before", [60, 70, 100, 110])
def test_half_a_secret_is_not_quoted(begin: str, before: int) -> None:
    """A secret that would be cut off is hidden first."""
    logs.hide("SENTINEL-of-an-answer")
    error = http_error(Answer(400, f"{begin}{'x' * before}SENTINEL-of-an-answer".encode()), "e", 0.0)
    assert "SENT" not in str(error)


def test_a_redirect_that_quotes_a_secret() -> None:
    """Its path is told without it."""
    logs.hide("SENTINEL-of-an-answer")
    error = http_error(Answer(302, b"", location="https://login.example/SENTINEL-of-an-answer/x"), "e", 0.0)
    assert f"https://login.example/{logs.HIDDEN}/x" in str(error)
