"""``OrderRequester``: asks the publisher, over Redis, to carry out what a follower wants done with orders."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

from okx_sync.errors import (
    ConfigError,
    ConnectionLost,
    DecodeError,
    NotAllowedError,
    OkxError,
    OkxTimeoutError,
    OrderStatusUnknown,
)
from okx_sync.fanout.entries import seen_text
from okx_sync.fanout.order_codec import decode, encode
from okx_sync.fanout.order_scripts import ASK, KEEP_MS, REVOKE
from okx_sync.fanout.redis_library import BrokerAddress, BrokerConnection
from okx_sync.fanout.serving_rules import ServingRules
from okx_sync.fanout.stream_keys import OrderKeys
from okx_sync.logs import redact
from okx_sync.timing import Clock, Deadline, not_negative

__all__ = ["OrderRequester", "refused"]

T = TypeVar("T")
_GRACE_S: Final = 1.0  # an answer may come so late: the publisher's own call ends at the deadline
_SLICE_MS: Final = 100
_PAUSE_S: Final = 0.05
_BROKER_S: Final = 5.0
_LONGEST_S: Final = 60.0
_ACTIONS: Final = {"place": "place", "place_algo": "place", "close": "place", "amend": "amend", "amend_algo": "amend"}


class OrderRequester:
    """Writes requests, and waits for their answers. Safe from any number of threads.

    Each request has an id, and a deadline on Redis's clock. A request that nobody took by then is taken back: it is
    certain then that it was not carried out. One that was taken, and has no answer, is ``OrderStatusUnknown``.

    Args:
        address: Of Redis; it is connected to with the first request.
        keys: Of the account's requests.
        timeout_s: How long a request may wait and be carried out.
        clock: Where time comes from.
    """

    def __init__(self, address: BrokerAddress, keys: OrderKeys, timeout_s: float, clock: Clock) -> None:
        self._address = address
        self._keys = keys
        self._timeout_s = min(timeout_s, _LONGEST_S)
        self._clock = clock
        self._connection: BrokerConnection | None = None
        self._was_served = False

    @property
    def _redis(self) -> Any:
        if self._connection is None:
            self._connection = self._address.open(_BROKER_S)
        return self._connection.at(self._keys.lease)

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.close()

    # -- who carries them out ------------------------------------------------------------------------------------

    def was_served(self) -> bool:
        """Tell whether anybody has ever carried out requests of this account; False where Redis cannot be asked."""
        if not self._was_served:
            with suppress(ConnectionLost):
                self._was_served = bool(self._call(lambda broker: broker.exists(self._keys.facts)))
        return self._was_served

    def check(self, verb: str, inst_id: str | None) -> None:
        """Raise what keeps a request from being carried out, as far as that is known before.

        Raises ``ConfigError`` where nobody has ever carried out any, ``ConnectionLost`` where nobody does now, and
        ``NotAllowedError``.
        """
        keys = self._keys

        def ask(broker: Any) -> list[Any]:
            pipeline = broker.pipeline(transaction=False)
            pipeline.hmget(keys.facts, "name", "allow", "heartbeat")
            pipeline.exists(keys.lease)
            found: list[Any] = pipeline.execute()
            return found

        (name, allow, heartbeat), is_held = self._call(ask)
        if not is_held or name is None or allow is None:
            raise self._nobody(name or b"", heartbeat or b"")
        ServingRules.read(_text(allow)).check(verb, inst_id, _text(name))

    def _nobody(self, name: bytes, heartbeat: bytes) -> OkxError:
        if not name:
            return ConfigError(
                "orders cannot be sent from here: no publisher carries them out for this account",
                hint="Publisher.serve_orders(allow=[...]) where the key is, with the same account",
            )
        seen = seen_text(int(heartbeat if heartbeat.isdigit() else 0))
        return ConnectionLost(
            f"nobody carries out orders now: the last publisher that did, {_text(name)}, {seen}; nothing was sent",
            retryable=True,
        )

    def _call(self, ask: Callable[[Any], T]) -> T:
        try:
            return ask(self._redis)
        except self._address.errors as error:
            raise refused(self._address, error) from error

    # -- requests ------------------------------------------------------------------------------------------------

    def ask(self, call: str, *args: Any, timeout: float | None = None, order: Any = None) -> Any:
        """Have a call carried out, and return its result.

        Args:
            call: Its name, see ``OrderCalls``.
            args: Its arguments.
            timeout: Seconds that it may wait and take; None for the config's.
            order: The order that it is about, for calls that change something: what it is known by.

        Raises:
            OrderStatusUnknown: It may have been carried out, and nobody says; only with ``order``.
            OkxTimeoutError: It was not carried out in time, and will not be.
            ConnectionLost: Nothing was sent.
            OkxError: What the publisher's own call raised.
        """
        limit_s = self._timeout_s if timeout is None else not_negative(timeout)
        if limit_s > _LONGEST_S:
            raise ConfigError(
                f"timeout cannot be {timeout}", hint=f"a publisher is waited for {_LONGEST_S:g} s at most"
            )
        text = encode([call, list(args)])
        if redact(text.decode()) != text.decode():
            raise ConfigError("a secret would be written to Redis", hint="look at the order's own words")
        request_id, deadline = uuid.uuid4().hex, Deadline(limit_s, self._clock)
        publisher = self._write(request_id, text, limit_s)
        answer = self._answer(request_id, deadline)
        if answer is None and self._is_revoked(request_id):
            raise OkxTimeoutError(
                f"no publisher took the request within {limit_s:g} s; it is taken back, and nothing was sent",
                retryable=True,
            )
        if answer is None and (answer := self._answer(request_id, Deadline(_GRACE_S, self._clock))) is None:
            raise self._unanswered(call, f"did not answer within {limit_s:g} s", order)
        try:
            result = self._result(answer)
        except (DecodeError, AttributeError) as error:  # what was done is not told by it
            raise self._unanswered(call, "its answer cannot be read", order) from error
        if isinstance(result, OkxError):
            if not isinstance(result, NotAllowedError):
                result.add_note(f"said by the publisher {publisher}")
            raise result
        return result

    def _write(self, request_id: str, text: bytes, limit_s: float) -> str:
        """Write a request, and return who is to carry it out, "?" where the link was cut meanwhile.

        Raises ``ConfigError`` and ``ConnectionLost`` where it is certain that it is not there.
        """
        keys = self._keys
        self._call(lambda broker: broker.ping())
        try:
            told = ASK.run(
                self._redis, (keys.lease, keys.facts, keys.requests), request_id, text, round(limit_s * 1000)
            )
        except self._address.errors as error:
            if self._address.is_lasting(error) or isinstance(error, self._address.answered):
                raise refused(self._address, error) from error
            return "?"  # it may be there
        if not told[0]:
            raise self._nobody(told[1], told[2])
        return _text(told[1])

    def _answer(self, request_id: str, deadline: Deadline) -> bytes | None:
        """Wait for the answer; None when none has come. Links that are cut meanwhile do no harm."""
        place = {self._keys.answer(request_id): "0-0"}
        while True:
            left_ms = round((deadline.left() or 0.0) * 1000)
            try:
                found = self._redis.xread(place, count=1, block=max(1, min(_SLICE_MS, left_ms)))
            except self._address.errors:
                found = None
                self._clock.sleep(min(_PAUSE_S, deadline.left() or 0.0))
            if found:
                answer: bytes = found[0][1][0][1].get(b"d", b"")
                return answer
            if deadline.passed():
                return None

    def _is_revoked(self, request_id: str) -> bool:
        """Take a request back; False when somebody has taken it, or that is not known."""
        try:
            return bool(REVOKE.run(self._redis, (self._keys.taken(request_id),), KEEP_MS))
        except self._address.errors:
            return False

    def _unanswered(self, call: str, how: str, order: Any) -> OkxError:
        text = f"the publisher took the request, and {how}"
        if order is None:
            return OkxTimeoutError(text, retryable=True)
        words = ("inst_id", "client_order_id", "order_id", "algo_id", "product")
        ids = {word: str(value) for word in words if (value := getattr(order, word, None)) is not None}
        return OrderStatusUnknown(
            f"{text}: it may have been carried out",
            clOrdId=ids.get("client_order_id", ""),
            orders=[ids],
            action=_ACTIONS.get(call, "cancel"),  # type: ignore[arg-type]
            sent_at=round(self._clock.server_time() * 1000),
            hint="do not send it again: the account's stream tells what became of it",
        )

    @staticmethod
    def _result(answer: bytes) -> Any:
        """Return the result in an answer, or the error."""
        told = decode(answer)
        return told.get("error") or told.get("ok")


def _text(told: bytes) -> str:
    """Return a text of Redis's, whoever wrote it."""
    return told.decode("utf-8", "replace")


def refused(address: BrokerAddress, error: Exception) -> ConnectionLost:
    """Return what is said where Redis did not take a request."""
    return ConnectionLost(
        f"Redis at {address.shown} cannot be asked: {type(error).__name__}: {error}; nothing was sent",
        retryable=not address.is_lasting(error),
        hint=address.hint(error, "is it running, and is the URL right?"),
    )
