"""``OrderServer``: takes followers' requests for orders, each at most once and in time, and answers them."""

from __future__ import annotations

import threading
import uuid
from collections import deque
from functools import partial
from typing import Any, Final

import attrs

from okx_sync.errors import ConnectionLost, NotAllowedError, OkxError, OkxTimeoutError
from okx_sync.fanout.order_calls import OrderCalls, failed
from okx_sync.fanout.order_codec import decode, encode
from okx_sync.fanout.order_requests import refused
from okx_sync.fanout.order_scripts import ANSWER, KEEP_MS, SERVE, TAKE
from okx_sync.fanout.redis_library import BrokerAddress, BrokerConnection
from okx_sync.fanout.scripts import RELEASE
from okx_sync.fanout.serving_rules import ServingRules
from okx_sync.fanout.stream_keys import OrderKeys
from okx_sync.live.call_pool import CallPool
from okx_sync.logs import get_logger
from okx_sync.timing import Clock, Deadline
from okx_sync.worker import Worker

__all__ = ["OrderServer", "OrderServerStats"]

log = get_logger("fanout")

_THREADS: Final = 8
_ENTRIES: Final = 64
_BLOCK_MS: Final = 50
_PAUSE_S: Final = 0.1
_STOP_S: Final = 2.0
_BROKER_S: Final = 5.0
_ANSWER_S: Final = 2.0  # for how long an answer is tried to be written
_REMEMBERED: Final = 10_000


@attrs.frozen(kw_only=True)
class OrderServerStats:
    """What became of followers' requests.

    ``taken``: carried out, whatever came of it; ``refused``: among them those that are not allowed; ``late``: taken
    when their time was over, and not carried out; ``unanswered``: the answer could not be written. ``is_active``: False
    while another publisher carries them out.
    """

    taken: int
    refused: int
    late: int
    unanswered: int
    is_active: bool


class OrderServer:
    """Carries out requests of followers; see ``Publisher.serve_orders``.

    A request is taken in one step at Redis: by the publisher that has the lease, before its deadline, and by nobody
    once somebody has taken it, dead or alive. A process that hung behind that looks at the clock once more, and carries
    out nothing whose time is over.

    Args:
        address: Of Redis.
        keys: Of the account's requests.
        calls: Carries them out.
        rules: What is allowed; told to followers.
        name: The publisher's.
        lease_s: After how many seconds without a sign of life another publisher goes on.
        clock: Where time comes from.
    """

    def __init__(
        self,
        address: BrokerAddress,
        keys: OrderKeys,
        calls: OrderCalls,
        rules: ServingRules,
        name: str,
        lease_s: float,
        clock: Clock,
    ) -> None:
        self._address = address
        self._keys = keys
        self._calls = calls
        self._rules = rules
        self._name = name
        self._lease_s = lease_s
        self._clock = clock
        self._token = uuid.uuid4().hex
        self._connection: BrokerConnection | None = None
        self._pool = CallPool(_THREADS, clock)
        self._is_active = False
        self._leased_at = float("-inf")
        self._last = b"0-0"
        self._settled = threading.Event()
        self.refusal: ConnectionLost | None = None
        """Why Redis does not let this user do it, if it does not."""
        # Guards the counts, and the ids of what was taken here: Redis may forget that.
        self._lock = threading.Lock()
        self._ids: set[str] = set()
        self._order: deque[str] = deque()
        self._counts = dict.fromkeys(("taken", "refused", "late", "unanswered"), 0)
        self._worker = Worker("okx-order-server", self._run)
        self._worker.start()
        self._settled.wait(_BROKER_S)

    def __repr__(self) -> str:
        return f"<OrderServer of {self._name}: {', '.join(self._rules.told)}>"

    @property
    def stats(self) -> OrderServerStats:
        """The requests in numbers."""
        with self._lock:
            return OrderServerStats(**self._counts, is_active=self._is_active)

    @property
    def _broker(self) -> Any:
        if self._connection is None:
            self._connection = self._address.open(_BROKER_S)
        return self._connection.at(self._keys.lease)

    @property
    def is_stopped(self) -> bool:
        """True once :meth:`stop` was called."""
        return self._worker.stopping

    def stop(self) -> None:
        """Take no more requests, finish those that were taken, and let another publisher go on. Idempotent."""
        if self.is_stopped or not self._worker.stop(_STOP_S):
            return
        self._pool.close(_STOP_S)
        try:
            RELEASE.run(self._broker, ("", self._keys.lease), self._token)
        except self._address.errors as error:
            log.debug("the lease of %s is left to expire: %s", self._keys.name, error)
        self._is_active = False
        if self._connection is not None:
            self._connection.close()

    # -- the thread of its own -----------------------------------------------------------------------------------

    def _run(self, worker: Worker) -> None:
        while not worker.stopping:
            try:
                self._turn(worker)
            except self._address.errors as error:
                log.warning("requests for orders cannot be read: %s", error)
                self._leased_at = float("-inf")
                if self._address.is_lasting(error):
                    self.refusal = refused(self._address, error)
                    self._settled.set()
                worker.wait(_PAUSE_S)

    def _turn(self, worker: Worker) -> None:
        now = self._clock.monotonic()
        if now - self._leased_at >= self._lease_s / 4:
            was_active = self._is_active
            self._is_active = self._lease()
            self._leased_at = now
            if self._is_active and not was_active:
                self._last = b"0-0"  # what the one before has not taken
            self._settled.set()
        if not self._is_active:
            worker.wait(min(_PAUSE_S, self._lease_s / 4))
            return
        told = self._broker.xread({self._keys.requests: self._last}, count=_ENTRIES, block=_BLOCK_MS)
        for _, entries in told or []:
            for entry_id, fields in entries:
                self._last = entry_id
                self._pool.submit(partial(self._carry_out, entry_id, fields))

    def _lease(self) -> bool:
        keys, lease_ms = self._keys, round(self._lease_s * 1000)
        return bool(
            SERVE.run(self._broker, (keys.lease, keys.facts), self._token, lease_ms, self._name, self._rules.text)
        )

    # -- the threads of the pool ---------------------------------------------------------------------------------

    def _carry_out(self, entry_id: bytes, fields: dict[bytes, bytes]) -> None:
        """Take a request, do what it asks for, and answer."""
        request_id = fields.get(b"id", b"").decode("utf-8", "replace")
        if not request_id or not fields.get(b"until", b"").isdigit() or b"d" not in fields:
            self._pass_over(entry_id)
            return
        began = self._clock.monotonic()  # before it is taken: what time was left then may be over now
        left_s = self._take(entry_id, fields, request_id)
        if left_s is None:
            return
        left_s -= self._clock.monotonic() - began
        if left_s <= 0:
            self._count("late")
            text = "the publisher hung while it took the request; nothing was sent"
            self._answer(request_id, {"error": OkxTimeoutError(text, retryable=True)})
            return
        self._answer(request_id, self._result(fields[b"d"], left_s))

    def _pass_over(self, entry_id: bytes) -> None:
        """Take away what is no request."""
        log.warning("another program writes into %s: an entry there is no request", self._keys.requests)
        try:
            self._broker.xdel(self._keys.requests, entry_id)
        except self._address.errors as error:
            log.debug("it stays there: %s", error)

    def _take(self, entry_id: bytes, fields: dict[bytes, bytes], request_id: str) -> float | None:
        """Take a request; the seconds that are left for it, None where it is not ours to carry out."""
        keys = self._keys
        try:
            told = TAKE.run(
                self._broker, (keys.lease, keys.requests, keys.taken(request_id)),
                self._token, entry_id, fields[b"until"], KEEP_MS,
            )  # fmt: skip
        except self._address.errors as error:  # nobody carries it out, if it was taken
            log.warning("a request for orders could not be taken: %s", error)
            return None
        if told[0] == -1:
            self._is_active = False
            self._leased_at = float("-inf")
        if told[0] != 1:
            return None
        return None if self._was_taken_here(request_id) else told[1] / 1000

    def _was_taken_here(self, request_id: str) -> bool:
        """Tell whether Redis has forgotten that a request was taken here; and remember it."""
        with self._lock:
            if request_id in self._ids:
                return True
            self._ids.add(request_id)
            self._order.append(request_id)
            if len(self._order) > _REMEMBERED:
                self._ids.discard(self._order.popleft())
            return False

    def _result(self, text: bytes, left_s: float) -> dict[str, Any]:
        call = "?"
        self._count("taken")
        try:
            call, args = decode(text)
            return {"ok": self._calls.run(call, args, left_s)}
        except OkxError as error:
            if isinstance(error, NotAllowedError):
                self._count("refused")
            return {"error": error}
        except Exception as error:
            log.exception("%s of a follower failed", call)
            return {"error": failed(call, error)}

    def _count(self, what: str) -> None:
        with self._lock:
            self._counts[what] += 1

    def _answer(self, request_id: str, told: dict[str, Any]) -> None:
        """Write an answer; once more where the link is cut, which does no harm."""
        text, deadline = encode(told), Deadline(_ANSWER_S, self._clock)
        while True:
            try:
                ANSWER.run(self._broker, (self._keys.answer(request_id),), text, KEEP_MS)
                return
            except self._address.errors as error:
                if deadline.passed():
                    log.warning("an answer of orders could not be written: %s", error)
                    self._count("unanswered")
                    return
                self._clock.sleep(_PAUSE_S)
