"""Reading what came back over HTTP, also when it is not what the exchange's API should have sent.

In front of an API stand proxies, CDNs and maintenance pages: their HTML, empty or cut bodies become errors that
name the status and show the beginning of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from attrs import field, frozen

from okx_sync import logs
from okx_sync.errors import OkxHttpError, OkxRateLimitError, shorten
from okx_sync.protocol.http_status import hint_for, is_redirect, place_of, seconds_of
from okx_sync.rest.dialect import Again

__all__ = ["Answer", "http_error", "status_again"]

_TITLE = re.compile(r"(?is)<(title|h1)[^>]*>\s*(.*?)\s*</\1>")
_SPACES = re.compile(r"\s+")


@frozen
class Answer:
    """What one HTTP exchange brought: status, body and the headers we look at."""

    status: int
    body: bytes = field(repr=False)
    content_type: str = ""
    retry_after: str = ""
    location: str = ""
    trace_id: str = ""
    headers: Mapping[str, str] = field(factory=dict, repr=False)


def http_error(answer: Answer, environment: str, now_s: float) -> OkxHttpError:
    """Make the error for an answer that the exchange's API did not write."""
    what = f"HTTP {answer.status} with {_describe(answer)}"
    if answer.status == 429:
        wait = retry_after(answer, now_s)
        return OkxRateLimitError(
            what, status=429, environment=environment, retry_after=wait, hint=hint_for(429, "rest_url")
        )
    if is_redirect(answer.status):
        return OkxHttpError(
            f"HTTP {answer.status}: redirected to {logs.redact(place_of(answer.location))}",
            status=answer.status,
            environment=environment,
            hint=hint_for(answer.status, "rest_url"),
        )
    return OkxHttpError(
        what,
        status=answer.status,
        environment=environment,
        retryable=status_again(answer.status) != "no",
        hint=hint_for(answer.status, "rest_url"),
    )


def status_again(status: int) -> Again:
    """Decide what a status means for the same call when the body says nothing."""
    if status == 429:
        return "any"
    if 300 <= status < 500 and status not in (303, 408):
        return "no"
    # 2xx with an unreadable body, 5xx, 408: the exchange may have acted before the answer got lost. 303 is what follows
    # a request that was carried out.
    return "unknown"


def retry_after(answer: Answer, now_s: float) -> float | None:
    """Return the seconds that the server asks to wait: the header holds a number or a date."""
    return seconds_of(answer.retry_after, now_s)


def _describe(answer: Answer) -> str:
    # Redacted before it is cut: half of a secret would not be known as one.
    text = _SPACES.sub(" ", logs.redact(answer.body[:4000].decode("utf-8", "replace"))).strip()
    if not text:
        return "an empty body"
    if text.startswith("<") or "html" in answer.content_type:
        title = _TITLE.search(text)
        words = html.unescape(title.group(2)) if title else shorten(text, 80)
        return f"a web page instead of JSON: {logs.redact(words)}"
    if text[0] in "{[":
        return f"JSON that is cut short or not from the API: {shorten(text, 120)}"
    return f"text instead of JSON: {shorten(text, 120)}"
