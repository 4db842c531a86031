"""One HTTP call: signed, sent, and its answer read.

The only file that imports requests, besides ``connections``, hence loaded by the first call.

Foreign exceptions end here: they become ours without keeping their tracebacks, whose frames hold headers.
Connections are reused, redirects are not followed, cookies are not sent, ``~/.netrc`` is not read.
"""

from __future__ import annotations

import base64
import functools
import os
import ssl
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson
import requests
import requests.exceptions as foreign
import requests.hooks
import requests.structures
import requests.utils
import urllib3.exceptions
from attrs import evolve

from okx_sync import logs
from okx_sync.credentials import HiddenText
from okx_sync.errors import ConfigError, OkxError, OkxHttpError, OkxRateLimitError, OkxTimeoutError
from okx_sync.rest.answers import Answer, http_error, retry_after, status_again
from okx_sync.rest.body import read_body
from okx_sync.rest.bounds import TooLargeError, bounded
from okx_sync.rest.connections import BoundedAdapter, bound
from okx_sync.rest.dialect import Call, Reply, RestDialect
from okx_sync.rest.retry import CallFailure
from okx_sync.rest.route import Route
from okx_sync.timing import Clock

__all__ = ["HttpCaller"]

log = logs.get_logger("rest")

_TRUST_HINT = (
    "the server's certificate is not trusted: give Config(ca_file=...) for a company proxy or a paper exchange; "
    "on macOS run 'Install Certificates.command' of your Python"
)
_TLS_BEFORE_SENDING = ("CERTIFICATE_VERIFY_FAILED", "WRONG_VERSION_NUMBER", "doesn't match", "HANDSHAKE_FAILURE")


class HttpCaller:
    """Sends calls of one dialect over reused connections, from any number of threads."""

    def __init__(self, dialect: RestDialect, route: Route, clock: Clock) -> None:
        self._dialect = dialect
        self._route = route
        self._clock = clock
        self._proxies = _proxies(dialect.base_url, route)
        self._session = _session(dialect.base_url, route, self._proxies)
        self._verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
        self.closed = False

    def close(self) -> None:
        """Close the connections. Calls that are under way finish; later ones raise."""
        self.closed = True
        self._session.close()

    def attempt(self, call: Call) -> Reply | CallFailure:
        """Send ``call`` once, freshly signed. A reply may still hold rows that were refused."""
        if self.closed:
            raise OkxError("this client is closed", environment=self._dialect.environment)
        began = self._clock.monotonic()
        answer = self._exchange(call)
        if isinstance(answer, CallFailure):
            log.debug("%s %s: %s", call.method, call.path, answer.error)
            return answer
        took_ms = (self._clock.monotonic() - began) * 1000
        log.debug("%s %s -> %d in %.0f ms %s", call.method, call.target, answer.status, took_ms, answer.trace_id)
        if call.binary and answer.status == 200 and not answer.content_type.startswith(("application/json", "text/")):
            return Reply(True, "0", "", [{"body": answer.body}])
        return self._read(answer)

    def _exchange(self, call: Call) -> Answer | CallFailure:
        request = self._prepare(call)
        most = self._route.max_response_bytes
        try:
            # The adapter itself: a session reads the body of a redirect, whatever it holds.
            with bounded(self._route.timeout_s, most):
                response = self._session.get_adapter(request.url or "").send(
                    request, timeout=self._route.timeout_s, proxies=self._proxies, verify=self._verify, stream=True
                )
                with response:
                    body = read_body(response.raw, most)
        except (
            foreign.RequestException,
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
            TooLargeError,
        ) as error:
            _hide_fresh(request)
            return self._failure_of(error)
        except BaseException as stop:  # noqa: BLE001  it is raised again
            # Ctrl-C while sending: the frames below hold the request with all its headers, so they are left out.
            stop.__context__ = None
            raise stop.with_traceback(None) from None
        if response.status_code != 200:
            _hide_fresh(request)
        seen = response.headers.get
        return Answer(
            status=response.status_code,
            body=body,
            content_type=seen("Content-Type") or "",
            retry_after=seen("Retry-After") or "",
            location=seen("Location") or "",
            trace_id=seen("x-trace-id") or seen("x-request-id") or "",
            headers=response.headers,
        )

    def _prepare(self, call: Call) -> requests.PreparedRequest:
        request = requests.PreparedRequest()
        request.method = call.method
        # Set as it is: the library would escape the query anew, and what is signed must be what is sent.
        request.url = self._dialect.base_url + call.target
        request.hooks = requests.hooks.default_hooks()
        request.headers = requests.structures.CaseInsensitiveDict(
            self._dialect.headers(call, self._clock.server_time())
        )
        request.headers["Accept-Encoding"] = "gzip, deflate"  # a list of all instruments is megabytes
        request.prepare_cookies({})  # none of the jar's: they would only let a CDN track the caller
        if call.body:
            request.body = call.body.encode()
            request.headers["Content-Length"] = str(len(request.body))
        return request

    def _read(self, answer: Answer) -> Reply | CallFailure:
        try:
            reply = self._dialect.read(orjson.loads(answer.body))
        except ValueError:
            reply = None
        if reply is None and (stop := self._dialect.stop_s(answer.status, answer.body)) is not None:
            what = f"HTTP {answer.status}: too many requests from this address, nothing passes for {stop:.0f} s"
            place, hint = self._dialect.environment, "wait; each call meanwhile may make it longer"
            shut = OkxRateLimitError(what, status=answer.status, environment=place, retry_after=stop, hint=hint)
            return CallFailure(shut, "any", stop)
        if reply is None:
            error = http_error(answer, self._dialect.environment, self._clock.time())
            return CallFailure(error, status_again(answer.status))
        exhausted = self._dialect.exhausted_s(answer.headers, self._clock.server_time())
        if reply.ok or any(self._is_verdict(row, reply) for row in reply.rows):
            return evolve(reply, exhausted_s=exhausted) if exhausted else reply
        refusal = self._dialect.error(reply.code, reply.message, status=answer.status, rows=reply.rows)
        if isinstance(refusal, OkxRateLimitError):
            told = retry_after(answer, self._clock.time())
            refusal.retry_after = exhausted if told is None else told
        return CallFailure(refusal, self._dialect.again(reply.code, answer.status))

    def _is_verdict(self, row: Any, reply: Reply) -> bool:
        return bool(self._dialect.row_refusal(row)) or self._dialect.row_accepted(row, reply, False)

    def _failure_of(self, error: Exception) -> CallFailure:
        """Say what a foreign exception means. The kinds that were surely not sent may be repeated."""
        place = self._dialect.environment
        host = urlsplit(self._dialect.base_url).netloc
        reason = _reason(error)
        if isinstance(error, TooLargeError):  # asked again, it would be no other
            return CallFailure(self._too_much(host), "late")
        if _is_timeout(error):
            sent = not isinstance(error, foreign.ConnectTimeout | foreign.ProxyError)
            text = f"no {'answer from' if sent else 'connection to'} {host} within {self._route.timeout_s:g} s"
            return CallFailure(OkxTimeoutError(text, retryable=True, environment=place), "late" if sent else "any")
        if isinstance(error, foreign.SSLError):
            early = any(mark in str(error) for mark in _TLS_BEFORE_SENDING)
            text = f"no secure connection to {host}: {reason}"
            return CallFailure(OkxHttpError(text, hint=_TRUST_HINT, environment=place), "no" if early else "unknown")
        if isinstance(error, foreign.ProxyError):
            text, hint = f"the proxy does not connect to {host}: {reason}", "check proxy_url or HTTPS_PROXY"
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                hint = _TRUST_HINT
            elif "407" in reason:
                hint = "the proxy wants a user and a password: put them into proxy_url, before its host"
            return CallFailure(OkxHttpError(text, hint=hint, environment=place), "no")
        if isinstance(error, foreign.ConnectionError) and _not_sent(error):
            text, hint = f"cannot connect to {host}: {reason}", "check the network and rest_url"
            if self._proxies:
                text, hint = f"cannot connect to {host} by the proxy: {reason}", "check proxy_url or HTTPS_PROXY"
            return CallFailure(OkxHttpError(text, retryable=True, hint=hint, environment=place), "any")
        if isinstance(error, foreign.InvalidURL | foreign.InvalidSchema | foreign.InvalidProxyURL):
            return CallFailure(ConfigError(f"cannot call {host}: {reason}", environment=place), "no")
        text = f"the connection to {host} broke before the answer was complete: {reason}"
        return CallFailure(OkxHttpError(text, retryable=True, environment=place), "unknown")

    def _too_much(self, host: str) -> OkxHttpError:
        most = self._route.max_response_bytes
        return OkxHttpError(
            f"the answer of {host} is larger than max_response_bytes={most}, and was not read to its end",
            hint="if so much is right, raise max_response_bytes; else look at what answers at rest_url",
            environment=self._dialect.environment,
        )


def _hide_fresh(request: requests.PreparedRequest) -> None:
    """Hide the signature of this call from here on: an answer that is none may quote it."""
    for value in request.headers.values():
        if isinstance(value, HiddenText) and logs.redact(value) == value:
            logs.hide(value, passing=True)


def _is_timeout(error: BaseException) -> bool:
    """Tell whether the time of the call was over, whatever the library made of it."""
    kinds = (foreign.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
    refused = urllib3.exceptions.NewConnectionError  # the library has it as a kind of timeout
    return any(isinstance(one, kinds) and not isinstance(one, refused) for one in _causes(error))


def _not_sent(error: BaseException) -> bool:
    """Tell whether the connection was never made (refused, no such host, no route)."""
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", None)
    return isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.NameResolutionError)


def _reason(error: BaseException) -> str:
    """Return the innermost cause in words: a stack of wrapped exceptions says little."""
    seen = _causes(error)
    last = next((item for item in reversed(seen) if str(item)), error)
    text = last.strerror if isinstance(last, OSError) and last.strerror else str(last)
    return logs.redact(text or type(last).__name__)


def _causes(error: BaseException) -> list[BaseException]:
    """Return the error and its causes, the innermost last."""
    seen: list[BaseException] = []
    cause: Any = error
    while isinstance(cause, BaseException) and cause not in seen:
        seen.append(cause)
        inner = [arg for arg in cause.args if isinstance(arg, BaseException)]
        cause = getattr(cause, "reason", None) or (inner[-1] if inner else None) or cause.__cause__
    return seen


def _session(base_url: str, route: Route, proxies: dict[str, str]) -> requests.Session:
    session = requests.Session()
    # The environment's proxies are read by _proxies once; trust_env would also send ~/.netrc passwords.
    session.trust_env = False
    context = None
    if any(url.lower().startswith("https") for url in (base_url, *proxies.values())):
        context = _tls_context(route.ca_file)
    for scheme in ("http://", "https://"):
        session.mount(scheme, BoundedAdapter(context))
    return session


# Kept: to read the system's certificates takes 25 ms and more, and clients may be many and short-lived.
@functools.lru_cache(maxsize=8)
def _tls_context(ca_file: str | None) -> ssl.SSLContext:
    """Make a context that trusts the system's certificates and the user's. Raises ``ConfigError``."""
    context = bound(ssl.create_default_context())
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise ConfigError(
                f"ca_file {ca_file} cannot be used: {error.strerror}", hint="it must be PEM certificates"
            ) from None
    return context


def _proxies(base_url: str, route: Route) -> dict[str, str]:
    """Return the client's own proxy, else the environment's (with NO_PROXY), by scheme."""
    found = {"all": route.proxy_url} if route.proxy_url else requests.utils.get_environ_proxies(base_url)
    for url in found.values():
        parts = urlsplit(url)
        logs.hide(parts.password or "")
        if parts.username:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            logs.hide(base64.b64encode(login.encode()).decode())  # as it stands in a header
    return {scheme: HiddenText(url) for scheme, url in found.items()}
