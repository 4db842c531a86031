"""Where the listeners of live objects run: on the callback thread, one after another, in order.

None is left out but behind a listener that is stuck: then a bounded number waits, and what is lost is told and counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from okx_sync.checks import check_callback
from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.delivery.mailbox import Mailbox
from okx_sync.errors import MailboxOverflow
from okx_sync.live.reporter import Reporter
from okx_sync.state.live_object import Emit
from okx_sync.timing import Clock

__all__ = ["MOST_WAITING", "CallbackDispatch"]

MOST_WAITING: Final = 20_000
"""Events that may wait for one listener."""


class CallbackDispatch:
    """``dispatch(fn)`` for :class:`okx_sync.state.live_object.LiveObject`; what ``fn`` raises goes to ``on_error``."""

    def __init__(self, pool: CallbackPool, reporter: Reporter) -> None:
        self._pool = pool
        self._reporter = reporter

    def __call__(self, fn: Callable[[Any], object]) -> Emit:
        """A function that hands events to ``fn``; from any thread, returns at once, never raises.

        This call itself raises ``OkxError`` when there is no thread to run ``fn`` on.
        """
        check_callback(fn, "the listener")
        label = name_of(fn)
        # "fail", because what is told of the account must not be dropped silently.
        waiting: Mailbox[Any] = Mailbox(Clock(), maxsize=MOST_WAITING, policy="fail", what=f"the line of {label}")
        self._pool.ensure_running()

        def run(event: Any) -> None:
            if isinstance(event, MailboxOverflow):  # where events are missing, and how many
                self._reporter.error(event)
                return
            try:
                fn(event)
            except BaseException as error:  # noqa: BLE001  user code may raise anything
                self._reporter.callback_error(error, event, label)

        strand = Strand(waiting.take, lambda: len(waiting), run, label)

        def emit(event: Any) -> None:
            was_missing = waiting.is_missing
            waiting.put_many((event,))
            if waiting.is_missing and not was_missing:  # a listener that is stuck for good would never tell
                self._reporter.error(_behind(label))
            self._pool.schedule(strand)

        return emit


def _behind(label: str) -> MailboxOverflow:
    text = f"{label} is {MOST_WAITING} events behind: newer ones are dropped until it has caught up by half"
    return MailboxOverflow(text, hint="how many were lost is told when it gets there; a listener must be quick")
