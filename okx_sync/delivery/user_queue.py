"""Events into a queue of the user's own, under the same policies as a mailbox."""

from __future__ import annotations

import queue as queues
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from okx_sync.delivery.mailbox import Policy, overflow_of
from okx_sync.errors import ConfigError
from okx_sync.timing import INTERRUPTIBLE_S

__all__ = ["ErrorReporter", "UserQueue"]


class ErrorReporter(Protocol):
    """Tells the user of an error that has no caller."""

    def __call__(self, error: BaseException, *, event: object = None, callback: str | None = None) -> None:
        """Report ``error``, with the event and the name of the callback that it is about."""


class UserQueue:
    """A queue of the user's: anything with ``put`` and ``put_nowait`` as ``queue.Queue`` has them.

    Args:
        is_over: Whether nothing may be put any more.
        on_overflow: ``on_overflow(n)`` is called after ``n`` events were dropped.
        report: Takes what the queue raises.

    Raises:
        ConfigError: It is no queue, or the policy needs the mailbox.
    """

    def __init__(
        self,
        queue: Any,
        policy: Policy,
        is_over: Callable[[], bool],
        on_overflow: Callable[[int], None],
        report: ErrorReporter,
    ) -> None:
        put = getattr(queue, "put" if policy == "block" else "put_nowait", None)
        if not callable(put) or isinstance(queue, type):
            raise ConfigError(f"queue= needs put() and put_nowait() as queue.Queue has them, not {queue!r}")
        if policy == "latest":
            raise ConfigError("policy 'latest' needs the subscription's own mailbox, not queue=")
        self.delivered = 0
        self.lost = 0
        self._missing = 0  # of the lost ones, those not reported to the queue's reader yet (policy "fail")
        self._ended: Exception | None = None  # the last item
        self._queue = queue
        self._policy = policy
        self._is_over = is_over
        self._on_overflow = on_overflow
        self._report = report

    def put(self, items: Iterable[Any]) -> None:
        """Put them in under the policy; what does not fit is counted. Only ``block`` waits."""
        for item in items:
            while not self._is_over() and not self._put_one(item):
                pass

    def _put_one(self, item: Any) -> bool:
        """Put one item; return False when it is to be tried again."""
        try:
            if self._policy == "block":
                self._queue.put(item, timeout=INTERRUPTIBLE_S)
            else:
                self._put_hole()
                self._queue.put_nowait(item)
        except queues.Full:
            if self._policy == "drop_oldest":
                return not self._make_room(item)
            if self._policy == "block":
                return False
            self._missing += 1
            self._lose()
        except BaseException as error:  # noqa: BLE001  the queue is the user's (closed, of another process, ...)
            self._failed(error, item)
        else:
            self.delivered += 1
        return True

    def end(self, error: Exception) -> None:
        """Put the reason why nothing more comes as the last item.

        Whatever the policy, it takes the place of the oldest item in a full queue: a reader that never learns of the
        end would wait for ever.
        """
        self._ended = error
        for _ in range(3):  # a put that waited for room may take it from us
            try:
                self._queue.put_nowait(error)
                return
            except queues.Full:
                if not self._make_room(error):
                    break
            except BaseException:  # noqa: BLE001  the queue is the user's; whatever it does, ending must succeed
                break
        self.lost += 1

    def _put_hole(self) -> None:
        """Put an overflow where items are missing, as soon as the queue has room again."""
        if self._missing:
            self._queue.put_nowait(overflow_of(self._missing, "the queue"))
            self._missing = 0

    def _make_room(self, item: Any) -> bool:
        """Make room in the queue; return False when it does not allow that, so that ``item`` is lost."""
        try:
            if (oldest := self._queue.get_nowait()) is self._ended:  # it came between our put and this
                self._queue.put_nowait(oldest)
                return False
        except queues.Empty:  # somebody was faster: nothing is lost
            return True
        except BaseException as error:  # noqa: BLE001  as in ``put``
            self._failed(error, item)
            return False
        self.delivered -= 1
        self._lose()
        return True

    def _failed(self, error: BaseException, item: Any) -> None:
        """Report a queue that raised, as a callback that raised is; nobody else is affected."""
        self.lost += 1
        self._report(error, event=item, callback=f"{type(self._queue).__name__}.put")

    def _lose(self) -> None:
        self.lost += 1
        self._on_overflow(1)
