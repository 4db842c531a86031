"""One physical WebSocket connection: the only file that imports websocket-client, hence loaded by the first link.

A :class:`Wire` is one attempt: it connects, reports frames in batches until the connection ends, and says how it
ended. It never reconnects, and whatever the network does is never raised out of :meth:`Wire.run`. The library keeps
the handshake's text, control frames, fragments and close codes. The way to the server is in ``dial``, and what a server
may answer in ``handshake``.

This is also the door for foreign exceptions: none of the library's or the system's leaves it, since the frames of their
tracebacks hold what was sent, and their texts what was received. See :func:`_trouble_of`.
"""

from __future__ import annotations

import contextlib
import logging
import select
import selectors
import socket
import ssl
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import attrs
import websocket

from okx_sync import logs
from okx_sync.errors import ConnectionLost, OkxWebSocketError
from okx_sync.protocol.http_status import place_of
from okx_sync.timing import Clock, Deadline
from okx_sync.transport.dial import CA_HINT, Countdown, dial
from okx_sync.transport.ending import Ending
from okx_sync.transport.frames import FrameReader, text_frame
from okx_sync.transport.handshake import AnswerSocket, HandshakeRefused
from okx_sync.transport.loan import ReadingTerms
from okx_sync.transport.options import MAX_MESSAGE, WireOptions
from okx_sync.transport.proxy import proxy_for, proxy_place

__all__ = ["MessageTooLarge", "Wire"]

_SEND_S = 2.0  # a peer that does not drain our few control frames within this is gone
_MOST_CONTROL = 125  # bytes of a ping, a pong or a close frame (RFC 6455, section 5.5)
_THREAD_PREFIX = "okx-"
_CLOCK = Clock()


class _OurThreadsOnly(logging.Filter):
    """Keeps the library quiet about our own connections: it logs each end as an error, we log it our way."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.threadName).startswith(_THREAD_PREFIX)


logging.getLogger("websocket").addFilter(_OurThreadsOnly())


class MessageTooLarge(OkxWebSocketError):  # noqa: N818
    """A message would have more bytes than ``LinkOptions.max_message_bytes`` allows."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"a message of {size} bytes or more was announced, max_message_bytes is {limit}",
            retryable=True,
            hint="if the exchange does send such messages, give LinkOptions(max_message_bytes=...)",
        )
        self.sizes = size, limit


class _Parts(websocket.continuous_frame):
    """The fragments of a message, in a buffer that grows in place."""

    def add(self, frame: Any) -> None:
        super().add(frame)
        if not frame.fin and self.cont_data and isinstance(self.cont_data[1], bytes):
            self.cont_data[1] = bytearray(self.cont_data[1])

    @property
    def size(self) -> int:
        """Bytes so far."""
        return len(self.cont_data[1]) if self.cont_data else 0


class _Frames(websocket.frame_buffer):
    """Judges a frame as soon as it has said how long it is, before any of it is read.

    A data frame is for ``check(bytes)``, and a control frame is short or against the protocol.
    """

    def __init__(self, recv: Callable[[int], bytes], parts: _Parts, check: Callable[[int], None]) -> None:
        super().__init__(recv, skip_utf8_validation=True)
        self._parts = parts
        self._check = check

    def recv_strict(self, bufsize: int) -> bytes:
        # Here and not once, as the length becomes known: the library goes on reading when it closes after an error.
        if self.header is not None and self.length is not None:
            if self.header[4] < websocket.ABNF.OPCODE_CLOSE:
                self._check(self._parts.size + self.length)
            elif self.length > _MOST_CONTROL:
                raise websocket.WebSocketProtocolException(f"a control frame of {self.length} bytes was announced")
        return super().recv_strict(bufsize)


class _App(websocket.WebSocketApp):
    """A ``WebSocketApp`` whose frames are read by :class:`FrameReader`, and whose messages have a largest size."""

    def __init__(
        self,
        url: str,
        deliver: Callable[[list[bytes]], object],
        *,
        lending: ReadingTerms | None = None,
        header: Callable[[], dict[str, str]] = dict,
        max_message_bytes: int = MAX_MESSAGE,
        **kwargs: Any,
    ) -> None:
        super().__init__(url, header=self._before_handshake, **kwargs)
        self._deliver_frames = deliver
        self._lending = lending
        self._headers = header
        self._max_message_bytes = max_message_bytes

    def _before_handshake(self) -> dict[str, str]:
        """Act between the creation of the library's socket object and the handshake, which calls this."""
        sock = self.sock
        if sock is not None:
            parts = _Parts(False, skip_utf8_validation=True)
            sock.cont_frame = parts
            sock.frame_buffer = _Frames(sock.frame_buffer.recv, parts, self._check_size)
        return self._headers()

    def _check_size(self, size: int) -> None:
        if size <= self._max_message_bytes:
            return
        sock = self.sock
        with contextlib.suppress(Exception):
            if sock is not None and _writable(sock.sock, _SEND_S):
                sock.send_close(websocket.STATUS_MESSAGE_TOO_BIG)
        raise MessageTooLarge(size, self._max_message_bytes)

    def create_dispatcher(
        self,
        ping_timeout: float | None,
        dispatcher: Any = None,
        is_ssl: bool = False,
        handleDisconnect: Any = None,  # noqa: N803  the library's own spelling
    ) -> Any:
        """Return the object that reads the socket until the connection ends; the library's public hook."""
        del ping_timeout, dispatcher, is_ssl, handleDisconnect
        return FrameReader(self, self._deliver_frames, self._lending)


class Wire:
    """One connection attempt to ``url``.

    Args:
        on_open: Called after the handshake.
        on_frames: ``on_frames(list of bytes)`` is called for each batch of messages, binary ones included.
        lending: Lets threads that run callbacks read in place of that of :meth:`run`.

    Both functions are called on the thread of :meth:`run`, or on one that reads in its place, and must not raise.
    """

    def __init__(
        self,
        url: str,
        options: WireOptions,
        *,
        on_open: Callable[[], object],
        on_frames: Callable[[list[bytes]], object],
        lending: ReadingTerms | None = None,
    ) -> None:
        self._url = url
        self._options = options
        self._proxy = proxy_for(url, options.proxy_url)
        self._on_open = on_open
        self._on_frames = on_frames
        # Serialises senders, so that waiting for room in the socket's buffer is done by one at a time.
        self._sending = threading.Lock()
        self._sender: int | None = None  # the thread that holds it to send
        self._raw: socket.socket | None = None
        self._line: Any = None  # what is spoken through: the socket, or TLS on it
        self._countdown: Countdown | None = None
        self._opened = False
        self._killed: str | None = None
        self._close_code: int | None = None
        self._close_reason: str | None = None
        self._trouble: Ending | None = None
        self._bug: Exception | None = None
        self._app = _App(
            url,
            on_frames,
            lending=lending,
            header=partial(dict, options.headers),
            max_message_bytes=options.max_message_bytes,
            on_open=self._opened_by_app,
            on_message=self._single_message,
            on_error=self._failed,
            on_close=self._closed,
        )

    def run(self) -> Ending:
        """Connect and read until the end. Blocks; returns how it ended. Raises only what ``on_open`` raised."""
        if self._killed is None:
            try:
                self._connect()
                self._app.run_forever(skip_utf8_validation=True)
            except (Exception, SystemExit) as error:  # noqa: BLE001  whatever it is, it ended the connection
                self._failed(self._app, error)
            finally:
                if (
                    self._raw is not None
                ):  # the library leaves it open after it has sent a close frame of its own accord
                    with contextlib.suppress(OSError):
                        self._raw.close()
        if self._bug is not None:
            raise self._bug
        return self._ending()

    def send(self, text: str) -> None:
        """Send one text message from any thread. Raises ``ConnectionLost`` when the socket cannot take it."""
        if self._sender == threading.get_ident():  # it cannot finish before we return
            raise ConnectionLost("a signal handler has interrupted another send of this thread", retryable=True)
        if not self._sending.acquire(timeout=_SEND_S):
            self.kill("another send has been stuck")
            raise ConnectionLost("the socket takes no more data", retryable=True)
        try:
            self._sender = threading.get_ident()
            problem = self._write(text)
        finally:
            self._sender = None
            self._sending.release()
        if problem is not None:
            raise problem

    def _write(self, text: str) -> ConnectionLost | None:
        """Send, and return what is wrong: raised in here it would carry the library's frames, which hold the text."""
        websocket_ = self._app.sock
        raw = None if websocket_ is None else websocket_.sock
        if websocket_ is None or raw is None or self._killed is not None:
            return ConnectionLost("the socket is closed", retryable=True)
        try:
            if _writable(raw, _SEND_S):
                data = text_frame(text)
                with websocket_.lock:  # under which the library sends its own
                    while data:
                        data = data[raw.send(data) :]
                return None
        except Exception as error:  # noqa: BLE001  whatever it is, the text may not have gone out
            # Not retryable: a part of it may be on its way.
            return ConnectionLost(f"sending failed: {logs.redact(str(error))}")
        self.kill("the peer does not read")
        return ConnectionLost("the socket takes no more data", retryable=True)

    def close(self, reason: str) -> None:
        """Say goodbye politely; :meth:`run` returns once the peer has answered (or after :meth:`kill`).

        Before the handshake is complete there is nobody to say it to, and the connection is cut.
        """
        self._killed = self._killed or reason
        if not self._opened:
            self.kill(reason)
            return
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
        raw = self._raw
        if raw is not None:
            with contextlib.suppress(OSError, ValueError):
                raw.shutdown(socket.SHUT_RDWR)

    # -- connecting --------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        options = self._options
        deadline = Deadline(options.connect_s, _CLOCK)
        self._line, self._countdown = dial(
            self._url, options, self._proxy, deadline, self._began, websocket.DEFAULT_SOCKET_OPTION
        )
        # The library asks of it what a socket has; its hint says more.
        self._app.prepared_socket = AnswerSocket(self._line)  # type: ignore[assignment]

    def _began(self, raw: socket.socket) -> None:
        """Note the socket that connects, so that :meth:`kill` can cut it from now on."""
        self._raw = raw
        if self._killed is not None:
            raise ConnectionAbortedError(self._killed)

    # -- the library's callbacks; none may raise ---------------------------------------------------------------

    def _opened_by_app(self, _app: Any) -> None:
        if self._app.sock is not None:
            self._app.sock.sock = self._line
        if self._countdown is not None:
            self._countdown.finish()
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
        if self._trouble is None:
            self._trouble = _trouble_of(error, self._url, self._proxy, opened=self._opened)

    def _closed(self, _app: Any, code: int | None, reason: str | None) -> None:
        self._close_code = code
        self._close_reason = None if reason is None else logs.redact(reason)

    def _ending(self) -> Ending:
        trouble = self._trouble or Ending(self._opened, "the connection ended without a close frame")
        code = self._close_code
        reason = trouble.reason
        if code is not None:
            said = f": {self._close_reason}" if self._close_reason else ""
            reason = f"closed by the exchange with code {code}{said}"
        return attrs.evolve(trouble, opened=self._opened, code=code, reason=self._killed or reason)


def _trouble_of(error: BaseException, url: str, proxy: str | None, *, opened: bool) -> Ending:
    """Say what a foreign exception means, in an error of this package without its frames."""
    if isinstance(error, MessageTooLarge):
        return Ending(opened, error.message, error=MessageTooLarge(*error.sizes))
    where = "" if opened or proxy is None else f" (by the proxy {proxy_place(proxy)})"
    text, hint, lasting = f"{type(error).__name__}: {error}{where}", None, False
    status = retry_after = None
    if opened:
        return Ending(opened, logs.redact(text))
    if isinstance(error, HandshakeRefused):
        text, hint, lasting = error.text, error.hint, error.lasting
        status, retry_after = error.status, error.retry_after
    elif isinstance(error, ssl.SSLCertVerificationError):
        text = f"the certificate of {place_of(url)} was not accepted: {error.verify_message or error}"
        hint, lasting = CA_HINT, True
    elif isinstance(error, TimeoutError | websocket.WebSocketTimeoutException):
        text = f"timed out: the connection was not made in time{where}"
    elif isinstance(error, ValueError):
        text, hint, lasting = f"{place_of(url)} cannot be used: {error}", "check the URL and proxy_url", True
    text = logs.redact(text)
    code = None if status is None else str(status)
    told = OkxWebSocketError(text, code=code, status=status, hint=hint, retryable=not lasting)
    return Ending(opened, text, status=status, retry_after=retry_after, error=told, lasting=lasting)


def _writable(sock: Any, timeout: float) -> bool:
    """Wait for room in the send buffer; ``select`` alone fails for descriptors past 1023.

    ``poll`` is one call of the system for what a selector takes five for, but Windows has none.
    """
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sock, select.POLLOUT)
        return bool(poll.poll(timeout * 1000))
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        return bool(selector.select(timeout))
