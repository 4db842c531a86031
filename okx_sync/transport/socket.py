"""One physical WebSocket connection: the only file that imports websocket-client, hence loaded by the first link.

A :class:`Wire` is one attempt: it connects, reports frames in batches until the connection ends, and says how it
ended. It never reconnects, and whatever the network does is never raised out of :meth:`Wire.run`. The library keeps
the handshake, TLS, proxies, control frames, fragments and close codes.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import attrs
import websocket

from okx_sync.errors import ConnectionLost
from okx_sync.transport.frames import FrameReader
from okx_sync.transport.options import WireOptions
from okx_sync.transport.proxy import proxy_for, proxy_place, run_options
from okx_sync.transport.tls import tls_context

__all__ = ["Ending", "Wire"]

_SEND_S = 2.0  # a peer that does not drain our few control frames within this is gone
_THREAD_PREFIX = "okx-"


class _OurThreadsOnly(logging.Filter):
    """Keeps the library quiet about our own connections: it logs each end as an error, we log it our way."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.threadName).startswith(_THREAD_PREFIX)


logging.getLogger("websocket").addFilter(_OurThreadsOnly())


@attrs.frozen
class Ending:
    """How a connection ended. ``opened``: the handshake had succeeded; ``code``: the close code, if one was sent;
    ``status`` and ``retry_after``: of a refused handshake; ``error``: the exception behind it; ``tls``: the
    certificate was not accepted.
    """

    opened: bool
    reason: str
    code: int | None = None
    status: int | None = None
    retry_after: float | None = None
    error: BaseException | None = None
    tls: bool = False


class _App(websocket.WebSocketApp):
    """A ``WebSocketApp`` whose frames are read by :class:`FrameReader`."""

    def __init__(self, url: str, deliver: Callable[[list[bytes]], None], **kwargs: Any) -> None:
        super().__init__(url, **kwargs)
        self._deliver_frames = deliver

    def create_dispatcher(
        self,
        ping_timeout: float | None,
        dispatcher: Any = None,
        is_ssl: bool = False,
        handleDisconnect: Any = None,  # noqa: N803  the library's own spelling
    ) -> Any:
        """The library's public hook: what it returns reads the socket until the connection ends."""
        del ping_timeout, dispatcher, is_ssl, handleDisconnect
        return FrameReader(self, self._deliver_frames)


class Wire:
    """One connection attempt to ``url``.

    Parameters: ``on_open()`` after the handshake; ``on_frames(list of bytes)`` for each batch of messages; both are
    called on the thread of :meth:`run` and must not raise. Binary messages come through ``on_frames`` too.
    """

    def __init__(
        self,
        url: str,
        options: WireOptions,
        *,
        on_open: Callable[[], None],
        on_frames: Callable[[list[bytes]], None],
    ) -> None:
        self._is_tls = urlsplit(url).scheme == "wss"
        self._options = options
        self._proxy = proxy_for(url, options.proxy_url)
        self._on_open = on_open
        self._on_frames = on_frames
        # Serialises senders, so that waiting for room in the socket's buffer is done by one at a time.
        self._sending = threading.Lock()
        self._raw: Any = None
        self._opened = False
        self._killed: str | None = None
        self._close_code: int | None = None
        self._close_reason: str | None = None
        self._error: BaseException | None = None
        self._bug: Exception | None = None
        self._app = _App(
            url,
            on_frames,
            header=self._before_connect,
            on_open=self._opened_by_app,
            on_message=self._single_message,
            on_error=self._failed,
            on_close=self._closed,
        )

    def run(self) -> Ending:
        """Connect and read until the end. Blocks; returns how it ended. Raises only what ``on_open`` raised."""
        if self._killed is None:
            try:
                proxy = run_options(self._proxy, self._options.connect_s)
                self._app.run_forever(skip_utf8_validation=True, sslopt=self._sslopt(), **proxy)
            except (Exception, SystemExit) as error:  # noqa: BLE001  whatever it is, it ended the connection
                self._error = self._error or error
            finally:
                self._release()
        if self._bug is not None:
            raise self._bug
        return self._ending()

    def send(self, text: str) -> None:
        """Send one text message from any thread. Raises ``ConnectionLost`` when the socket cannot take it."""
        if not self._sending.acquire(timeout=_SEND_S):
            self.kill("another send has been stuck")
            raise ConnectionLost("the socket takes no more data", retryable=True)
        try:
            websocket_ = self._app.sock
            raw = None if websocket_ is None else websocket_.sock
            if websocket_ is None or raw is None or self._killed is not None:
                raise ConnectionLost("the socket is closed", retryable=True)
            if not _writable(raw, _SEND_S):
                self.kill("the peer does not read")
                raise ConnectionLost("the socket takes no more data", retryable=True)
            websocket_.send(text)
        except ConnectionLost:
            raise
        except Exception as error:
            # Not retryable: a part of it may be on its way.
            raise ConnectionLost(f"sending failed: {error}") from error
        finally:
            self._sending.release()

    def close(self, reason: str) -> None:
        """Say goodbye politely; :meth:`run` returns once the peer has answered (or after :meth:`kill`)."""
        self._killed = self._killed or reason
        with contextlib.suppress(Exception):
            if self._sending.acquire(timeout=0.2):
                try:
                    websocket_ = self._app.sock
                    if websocket_ is not None and websocket_.sock is not None:
                        websocket_.send_close()
                finally:
                    self._sending.release()

    def kill(self, reason: str) -> None:
        """Cut the connection at once from any thread; :meth:`run` wakes up and returns."""
        self._killed = self._killed or reason
        self._app.keep_running = False
        websocket_ = self._app.sock
        raw = None if websocket_ is None else websocket_.sock
        if raw is not None:
            with contextlib.suppress(OSError, ValueError):
                raw.shutdown(socket.SHUT_RDWR)

    # -- the library's callbacks; none may raise ---------------------------------------------------------------

    def _before_connect(self) -> dict[str, str]:
        """Called between the creation of the library's socket object and its connect: the place for a timeout."""
        if self._killed is not None:
            raise ConnectionAbortedError(self._killed)
        if self._app.sock is not None:
            self._app.sock.settimeout(self._options.connect_s)
        return dict(self._options.headers)

    def _release(self) -> None:
        """Close the socket for good: the library leaves it open after it has sent a close frame of its own accord."""
        if self._raw is not None:
            with contextlib.suppress(OSError):
                self._raw.close()

    def _opened_by_app(self, _app: Any) -> None:
        self._raw = self._app.sock.sock if self._app.sock is not None else None
        if self._killed is not None:  # while the connect was under way
            self.kill(self._killed)  # else the library would wait for the peer's close frame
            return
        self._opened = True
        try:
            self._on_open()
        except Exception as error:  # noqa: BLE001  the library would swallow it and go on
            self._bug = error
            self.kill("the conversation could not begin")

    def _single_message(self, _app: Any, message: bytes | str) -> None:
        self._on_frames([message.encode() if isinstance(message, str) else bytes(message)])

    def _failed(self, _app: Any, error: BaseException) -> None:
        self._error = error

    def _closed(self, _app: Any, code: int | None, reason: str | None) -> None:
        self._close_code = code
        self._close_reason = reason

    # -- helpers -----------------------------------------------------------------------------------------------

    def _sslopt(self) -> dict[str, Any]:
        if not self._is_tls:
            return {}
        # The library overwrites a context's own checks with these two, and their defaults are off.
        return {
            "context": tls_context(self._options.ca_file),
            "cert_reqs": ssl.CERT_REQUIRED,
            "check_hostname": True,
        }

    def _ending(self) -> Ending:
        error = self._error
        status = getattr(error, "status_code", None) if not self._opened else None
        return Ending(
            opened=self._opened,
            reason=self._reason(error),
            code=self._close_code,
            status=status,
            retry_after=_retry_after(error),
            error=error,
            tls=isinstance(error, ssl.SSLCertVerificationError),
        )

    def _reason(self, error: BaseException | None) -> str:
        if self._killed is not None:
            return self._killed
        if self._close_code is not None:
            text = f"closed by the exchange with code {self._close_code}"
            return f"{text}: {self._close_reason}" if self._close_reason else text
        status = getattr(error, "status_code", None)
        if status is not None:
            return f"the handshake was answered with HTTP {status}"
        if error is not None:
            via = f" (by the proxy {proxy_place(self._proxy)})" if self._proxy and not self._opened else ""
            return f"{type(error).__name__}: {error}{via}"
        return "the connection ended without a close frame"


def _writable(sock: Any, timeout: float) -> bool:
    """Wait for room in the send buffer; ``select`` alone fails for descriptors past 1023."""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        return bool(selector.select(timeout))


def _retry_after(error: BaseException | None) -> float | None:
    headers = getattr(error, "resp_headers", None) or {}
    value = headers.get("retry-after")
    try:
        return None if value is None else float(value)
    except ValueError:
        return None
