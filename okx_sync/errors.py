"""The error tree: every failure of this package, by what the caller can do about it.

::

    OkxError                     base of all; fields below
    ├── OkxHttpError             no usable answer over HTTP (status, body not JSON, connection lost)
    │   └── OkxRateLimitError    asked too often (retry_after)
    ├── OkxApiError              the exchange answered with a code other than "0" (rows keep sCode and sMsg)
    ├── OkxAuthError             key, signature, passphrase, clock, region, permission
    ├── OkxTimeoutError          no answer in time (also a TimeoutError)
    ├── OkxWebSocketError        streams
    │   ├── SubscriptionError    a topic was refused (arg)
    │   ├── ConnectionLost       the socket went away while somebody waited on it
    │   ├── MailboxOverflow      a bounded queue was full and its policy is "fail"
    │   ├── BookInvalid          an order book was read that is not the exchange's at present
    │   └── StreamClosed         closed on purpose; nothing more will come
    ├── CallbackError            a callback of the user's raised (callback, event); the cause is __cause__
    ├── OrderStatusUnknown       an order may or may not be at the exchange (clOrdId): reconcile, never repeat
    ├── JournalError             the journal of orders cannot be read or written; nothing was sent
    ├── OrderLimitError          an order would pass a limit of OrderLimits (limit, inst_id, value, bound); nothing sent
    ├── RecordingError           a recording cannot be read or written, or is cut off
    ├── ReadOnlyError            read_only=True: this would have changed something; nothing was sent
    ├── NotAllowedError          the publisher does not carry this out for followers (allowed); nothing was sent
    ├── DryRun                   dry_run=True: checked and ready, and not sent (method, path, body)
    ├── ConfigError              the caller's own input is wrong; nothing was sent (also a ValueError)
    │   └── WrongCallError       an argument is unknown, missing or given twice (also a TypeError)
    └── DecodeError              a row or frame cannot be read (text, field; also a ValueError)

Fields are stored and the text is computed from them: ``code`` (the exchange's own), ``message``,
``environment`` ("okx eea demo"), ``retryable`` (the same call may work later, unchanged) and ``hint`` (the
cure). All errors can be pickled, and none holds a credential.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Self

from okx_sync.logs import redact

if TYPE_CHECKING:
    from decimal import Decimal

_TEXT_LIMIT = 300


class OkxError(Exception):
    """Base of every error of this package.

    Args:
        message: what happened, in the exchange's words where there are any.
        code: the exchange's error code as text, or None where the failure is not the exchange's.
        environment: which exchange, site and mode the call went to, for example ``"okx global live"``.
        retryable: True when the same call, unchanged, may succeed later.
        hint: what to do about it.

    ``request_id`` is the caller's id of a request that moves money and of which no answer tells whether it was carried
    out; None for all else.
    """

    request_id: str | None = None

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        environment: str | None = None,
        retryable: bool = False,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.environment = environment
        self.retryable = retryable
        self.hint = hint

    def __str__(self) -> str:
        text = f"[{self.code}] {self.message}" if self.code else self.message
        if self.environment:
            text += f" ({self.environment})"
        if not self.hint:
            return text
        return f"{text.rstrip('.')}. Hint: {self.hint}"

    def __reduce__(self) -> tuple[Callable[..., OkxError], tuple[Any, ...]]:
        # Exception's own recipe calls cls(*args) and knows nothing of keyword-only fields.
        return _rebuild, (type(self), self.args, dict(self.__dict__))


def _rebuild(cls: type[OkxError], args: tuple[Any, ...], fields: dict[str, Any]) -> OkxError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


class OkxHttpError(OkxError):
    """No usable answer came over HTTP.

    A status that is not an answer of the exchange, a body that is not JSON, or a connection that failed. ``status`` is
    the HTTP status, None when none arrived.
    """

    def __init__(self, message: str, *, status: int | None = None, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.status = status


class OkxRateLimitError(OkxHttpError):
    """Asked too often. ``retry_after`` is the wait in seconds that the server named, or None."""

    def __init__(self, message: str, *, retry_after: float | None = None, **fields: Any) -> None:
        fields.setdefault("retryable", True)
        super().__init__(message, **fields)
        self.retry_after = retry_after


class OkxApiError(OkxError):
    """The exchange understood the call and refused it.

    ``rows`` are the rows of the answer; for orders each keeps its own ``sCode`` and ``sMsg``.
    ``status`` is the HTTP status where the refusal came over HTTP.
    """

    def __init__(
        self,
        message: str,
        *,
        rows: Sequence[dict[str, Any]] = (),
        status: int | None = None,
        **fields: Any,
    ) -> None:
        super().__init__(message, **fields)
        self.rows: list[dict[str, Any]] = list(rows)
        self.status = status


class OkxAuthError(OkxError):
    """Key, passphrase, signature, clock, region or permission was not accepted. ``hint`` names which."""


class OkxTimeoutError(OkxError, TimeoutError):
    """No answer within the time allowed; for a reading call it is safe to ask again. Also a ``TimeoutError``."""


class OkxWebSocketError(OkxError):
    """A failure of a stream or of a request sent over one. ``status``: the HTTP status of a refused handshake."""

    def __init__(self, message: str, *, status: int | None = None, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.status = status


class SubscriptionError(OkxWebSocketError):
    """A topic was refused. ``arg`` is the topic's wire argument (``{"channel": ..., "instId": ...}``)."""

    def __init__(self, message: str, *, arg: Mapping[str, Any] | None = None, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.arg: dict[str, Any] | None = None if arg is None else dict(arg)


class ConnectionLost(OkxWebSocketError):  # noqa: N818  the name says what happened, as StreamClosed does
    """The socket went away while a caller waited for an answer on it."""


class MailboxOverflow(OkxWebSocketError):  # noqa: N818
    """A bounded queue was full and its policy is ``fail``: events were lost from here on."""


class BookInvalid(OkxWebSocketError):  # noqa: N818
    """The order book is not the exchange's at present: no snapshot yet, a gap, a lost link, or closed."""


class StreamClosed(OkxWebSocketError):  # noqa: N818
    """The subscription or the client was closed on purpose."""


class CallbackError(OkxError):
    """A callback of the user's raised; all other events are delivered all the same.

    ``callback`` names it, ``event`` is what it was given, ``__cause__`` is what it raised, traceback and all.
    """

    def __init__(self, message: str, *, callback: str, event: object = None, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.callback = callback
        self.event = event


class OrderStatusUnknown(OkxError):  # noqa: N818
    """The order was sent and no answer says what became of it: it may or may not be at the exchange.

    Never send it again blindly. Look it up: ``client.reconcile(error)``.

    Args:
        message: What happened.
        clOrdId: The caller's own id of the first order, whatever the exchange calls it; ``""`` if a cancel or amend
            named it by the exchange's id only.
        orders: What identifies each order of the request, by wire name, as far as known: the instrument, the caller's
            own id, the exchange's (OKX: ``instId``, ``clOrdId``, ``ordId``), and where it lies (Bybit: ``category``).
        action: What was asked for: ``"place"``, ``"amend"`` or ``"cancel"``; None where that is not known.
        sent_at: When the request was sent, epoch ms on the exchange's clock as far as we know it.
        sent_offset_s: How far ahead of ours that clock was taken to be; 0 when it was never measured.
        requests: What was asked for each of ``orders``, by wire name, as it was sent.
        rows: The rows of the answer, where one came that did not tell.
        path: The path of the request over REST, or of what does the same there; ``""`` where it is not known.
    """

    def __init__(
        self,
        message: str,
        *,
        clOrdId: str,
        orders: Sequence[Mapping[str, str]] = (),
        action: Literal["place", "amend", "cancel"] | None = None,
        sent_at: int | None = None,
        sent_offset_s: float = 0.0,
        requests: Sequence[Mapping[str, Any]] = (),
        rows: Sequence[Any] = (),
        path: str = "",
        **fields: Any,
    ) -> None:
        super().__init__(message, **fields)
        self.clOrdId = clOrdId
        self.orders: tuple[dict[str, str], ...] = tuple(dict(order) for order in orders)
        self.action = action
        self.sent_at = sent_at
        self.sent_offset_s = sent_offset_s
        self.requests: tuple[dict[str, Any], ...] = tuple(dict(request) for request in requests)
        self.rows: tuple[Any, ...] = tuple(rows)
        self.path = path


class JournalError(OkxError):
    """The journal of orders cannot be read or written. An order that it should have held was not sent."""


class OrderLimitError(OkxError):
    """An order, or a change of one, would pass a limit of ``OrderLimits``. Nothing was sent.

    Args:
        message: What was asked for.
        limit: The limit: ``"allowed"``, ``"max_notional"``, ``"max_position"`` or ``"max_orders_per_s"``.
        inst_id: The instrument; None where the request does not say it.
        value: What it would have come to; None where that is not known, which is refused as well.
        bound: What is allowed; None for ``"allowed"``.
    """

    def __init__(
        self,
        message: str,
        *,
        limit: Literal["allowed", "max_notional", "max_position", "max_orders_per_s"],
        inst_id: str | None = None,
        value: Decimal | None = None,
        bound: Decimal | None = None,
        **fields: Any,
    ) -> None:
        super().__init__(message, **fields)
        self.limit = limit
        self.inst_id = inst_id
        self.value = value
        self.bound = bound


class RecordingError(OkxError):
    """A recording cannot be read or written, or is cut off where the text says."""


class ReadOnlyError(OkxError):
    """The client is switched to ``read_only=True`` and this would have changed something. Nothing was sent."""


class NotAllowedError(OkxError):
    """The publisher that carries out orders for followers does not carry out this. Nothing was sent.

    ``allowed``: what it carries out, names of verbs and of instruments.
    """

    def __init__(self, message: str, *, allowed: Sequence[str] = (), **fields: Any) -> None:
        super().__init__(message, **fields)
        self.allowed = tuple(allowed)


class DryRun(OkxError):  # noqa: N818  it is the expected end of every writing call of a dry run
    """The client is switched to ``dry_run=True``: the call passed all checks and was not sent.

    What would have gone out: ``method`` (``"POST"``; ``"WS"`` for an operation on a stream), ``path`` (or the
    operation) and ``body``, the exact text; only a secret in it, such as the passphrase of a new API key, is masked.
    """

    def __init__(self, message: str, *, method: str, path: str, body: str, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.method = method
        self.path = path
        self.body = body


class ConfigError(OkxError, ValueError):
    """The caller's own input is wrong: configuration, arguments, contradictions. Nothing was sent."""


class WrongCallError(ConfigError, TypeError):
    """A call with a wrong set of arguments: a ``ConfigError`` like all bad input, and a ``TypeError`` as ever."""


class DecodeError(OkxError, ValueError):
    """A row or frame cannot be read.

    ``text`` is what arrived, shortened; ``field`` names the field of a row (``"Order.reduceOnly"``), None where it is
    about more than one.
    """

    def __init__(self, message: str, *, text: str = "", field: str | None = None, **fields: Any) -> None:
        super().__init__(message, **fields)
        # It may quote a request of ours. Redacted before it is cut: half of a secret would not be known as one.
        clean = redact(text[: 4 * _TEXT_LIMIT])
        self.text = shorten(clean) if len(text) <= 4 * _TEXT_LIMIT else shorten(clean + text[4 * _TEXT_LIMIT :])
        self.field = field

    def with_environment(self, environment: str) -> Self:
        """Return the same error with the environment that the text came from."""
        self.environment = environment
        return self


def shorten(text: str, limit: int = _TEXT_LIMIT) -> str:
    """Return ``text`` cut to ``limit`` characters, saying how long it was."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text)} characters)"
