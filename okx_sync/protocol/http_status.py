"""What an HTTP status means that stands where an answer should be, in the same words for REST and for handshakes.

In front of an exchange stand proxies, CDNs and firewalls; a status is often all that they say.
"""

from __future__ import annotations

import email.utils
from urllib.parse import urlsplit

__all__ = ["hint_for", "is_lasting", "is_redirect", "place_of", "seconds_of"]

_LONGEST_PLACE = 200
_MOST_DIGITS = 9  # seconds of thirty years: more is no answer, and nobody can sleep for it
_LASTING = frozenset({401, 404})


def is_redirect(status: int) -> bool:
    """Tell whether ``status`` is a redirect (3xx). Following one would carry a signature to a foreign server."""
    return 300 <= status < 400


def is_lasting(status: int) -> bool:
    """Tell whether the same request will get this status again, because the address or the settings are wrong.

    403 is not among them: exchanges say it for a while to an address that has asked too often.
    """
    return is_redirect(status) or status in _LASTING


def hint_for(status: int, setting: str) -> str:
    """Say what to do about ``status``. ``setting``: the name of the option that holds the address."""
    if is_redirect(status):
        return f"redirects are not followed; check site and {setting}"
    if status == 401:
        return f"something in front of the exchange wants a login of its own: check {setting}"
    if status == 403:
        return "refused before it reached the exchange: IP, country, VPN or a firewall"
    if status == 404:
        return f"no such path here: check {setting}"
    if status == 407:
        return "the proxy wants a user name and password: put them into proxy_url"
    if status == 429:
        return "slow down; a proxy or CDN refused this"
    if status >= 500:
        return "the exchange or a proxy is not available: wait"
    return "something between here and the exchange answered in its place"


def place_of(location: str) -> str:
    """Return where a redirect leads: scheme, host and path, without password and query."""
    try:
        parts = urlsplit(location.strip())
    except ValueError:
        return "an address that cannot be read"
    _, at, host = parts.netloc.rpartition("@")
    host = f"***@{host}" if at else host
    scheme = f"{parts.scheme}:" if parts.scheme else ""
    place = f"{scheme}//{host}{parts.path}" if host else f"{scheme}{parts.path}"
    place = "".join(letter for letter in place if letter.isprintable())
    return place[:_LONGEST_PLACE] or "nowhere"


def seconds_of(retry_after: str | None, now_s: float) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks to wait, given as a number or a date; None for neither."""
    text = (retry_after or "").strip()
    if not text:
        return None
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now_s)
    except ValueError:
        return None
