"""HTTP by hand for the tests of the server: one connection that is kept, nothing followed, nothing tried twice.

The standard library's `http.client` takes half the processor time of `requests`, and these tests send thousands of
calls.
"""

from __future__ import annotations

import http.client
import select
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import attrs
import orjson

__all__ = ["Response", "Session", "with_query"]

_SENT_AS_THEY_ARE = "!#$%&'()*+,/:;=?@[]~"


def with_query(path: str, query: Mapping[str, Any] | None) -> str:
    """A path and its encoded query; what is None is left out."""
    given = {name: value for name, value in (query or {}).items() if value is not None}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


@attrs.frozen
class Response:
    """What was answered; the names of the headers are found in any case."""

    status_code: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()

    def json(self) -> Any:
        """The body, read as JSON."""
        return orjson.loads(self.content)


class Session:
    """Requests to one server. ConnectionError when an answer is missing or cut, TimeoutError when it is late."""

    def __init__(self, url: str, ca_file: str | None = None) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=ca_file)
            self._http: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.hostname, parts.port, context=context
            )
        else:
            self._http = http.client.HTTPConnection(parts.hostname, parts.port)

    def request(
        self, method: str, path: str, *, data: bytes = b"", headers: Mapping[str, str] | None = None, timeout: float
    ) -> Response:
        """Send a request and read its whole answer."""
        self._prepare(timeout)
        try:
            self._http.request(method, quote(path, safe=_SENT_AS_THEY_ARE), data or None, dict(headers or {}))
            answer = self._http.getresponse()
            return Response(answer.status, answer.headers, answer.read())
        except TimeoutError:
            self.close()
            raise
        except (http.client.HTTPException, ConnectionError) as error:
            self.close()
            raise ConnectionError(f"no whole answer to {method} {path}") from error

    def _prepare(self, timeout: float) -> None:
        """Set the limit; leave a connection that the server has closed."""
        self._http.timeout = timeout
        if self._http.sock is not None:
            if select.select([self._http.sock], [], [], 0)[0]:
                self.close()
            else:
                self._http.sock.settimeout(timeout)

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        self._http.close()
