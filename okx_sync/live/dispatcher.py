"""Where the listeners of live objects run: on the callback thread, one after another, in order.

Listeners of orders and of the account hear every change. Only behind a listener that is stuck, where a bounded number
of changes waits, some are lost; they are counted and reported. Listeners of books hear that the book has changed, once
for many changes when they are slow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from okx_sync.checks import check_callback
from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.delivery.mailbox import Mailbox
from okx_sync.errors import MailboxOverflow
from okx_sync.live.reporter import Reporter
from okx_sync.state.live_object import Emit
from okx_sync.timing import Clock

__all__ = ["MOST_WAITING", "Dispatcher"]

T = TypeVar("T")

MOST_WAITING: Final = 20_000
"""Events that may wait for one listener."""


class Dispatcher:
    """``dispatcher(fn)`` for :class:`okx_sync.state.live_object.LiveObject`; what it raises goes to ``on_error``."""

    def __init__(self, pool: CallbackPool, reporter: Reporter) -> None:
        self._pool = pool
        self._reporter = reporter

    def __call__(self, fn: Callable[[Any], object]) -> Emit:
        """Make a function that hands events to ``fn``; from any thread, returns at once, never raises.

        This call itself raises ``OkxError`` when there is no thread to run ``fn`` on.
        """
        check_callback(fn, "the listener")
        label = name_of(fn)
        # "fail", because events of the account must not be dropped silently.
        waiting: Mailbox[Any] = Mailbox(Clock(), maxsize=MOST_WAITING, policy="fail", what=f"the line of {label}")
        self._pool.ensure_running()
        call = self._guarded(fn, label)

        def run(event: Any) -> None:
            if isinstance(event, MailboxOverflow):  # where events are missing, and how many
                self._reporter.error(event)
            else:
                call(event)

        strand = Strand(waiting.take, lambda: len(waiting), run, label, waiting.put_back)

        def emit(event: Any) -> None:
            was_missing = waiting.is_missing
            waiting.put_many((event,))
            if waiting.is_missing and not was_missing:  # a listener that is stuck for good would never tell
                self._reporter.error(_behind(label))
            self._pool.schedule(strand)

        return emit

    def latest(self, fn: Callable[[T], object], subject: T) -> Callable[[], None]:
        """Make a function that notes a change of ``subject``, so that ``fn(subject)`` is called after that.

        From any thread, returns at once, never raises. One call of ``fn`` may stand for many changes.
        """
        label = name_of(fn)
        return _Latest(self._pool, self._guarded(fn, label), subject, label).changed

    def _guarded(self, fn: Callable[[T], object], label: str) -> Callable[[T], None]:
        def call(event: T) -> None:
            try:
                fn(event)
            except BaseException as error:  # noqa: BLE001  user code may raise anything; nobody else may suffer
                self._reporter.callback_error(error, event, label)

        return call


class _Latest:
    """One listener that hears of a state, and not of each change of it."""

    def __init__(self, pool: CallbackPool, call: Callable[[Any], None], subject: object, label: str) -> None:
        self._pool = pool
        self._subject = subject
        self._is_due = False  # set by whoever changes it, cleared before the call: no change goes unseen
        self._strand = Strand(self._take, lambda: self._is_due, call, label)

    def changed(self) -> None:
        self._is_due = True
        self._pool.schedule(self._strand)

    def _take(self, _most: int) -> list[object]:
        if not self._is_due:
            return []
        self._is_due = False
        return [self._subject]


def _behind(label: str) -> MailboxOverflow:
    text = f"{label} is {MOST_WAITING} events behind: newer ones are dropped until it has caught up by half"
    return MailboxOverflow(text, hint="their number is reported when it gets there; a listener must be quick")
