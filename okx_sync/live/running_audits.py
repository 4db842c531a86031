"""The audits of one client that run: started one by one, ended together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from okx_sync.live.audit import Audit, AuditMismatch, AuditSide
from okx_sync.live.reporter import Reporter
from okx_sync.state.live_object import Dispatch
from okx_sync.timing import Clock

__all__ = ["RunningAudits"]

_CLOSE_S: Final = 1.0


class RunningAudits:
    """The running audits of one client.

    Args:
        reporter: The client's.
        dispatch: The client's.
        clock: The client's.
    """

    def __init__(self, reporter: Reporter, dispatch: Dispatch, clock: Clock) -> None:
        self._report = reporter.error
        self._dispatch = dispatch
        self._clock = clock
        # Guards the list.
        self._lock = threading.RLock()
        self._audits: list[Audit] = []
        self._is_closing = False

    def start(
        self,
        sides: list[AuditSide],
        callback: Callable[[AuditMismatch], object] | None,
        every_s: float,
        recheck_s: float,
    ) -> Audit:
        """Start an audit of these."""
        tell = (lambda _: None) if callback is None else self._dispatch(callback)
        audit = Audit(sides, tell, self._report, self._clock, every_s=every_s, recheck_s=recheck_s)
        with self._lock:
            self._audits = [one for one in self._audits if one.is_running]
            if not self._is_closing:
                self._audits.append(audit.start())
        return audit

    def close(self) -> None:
        """End them all. Idempotent."""
        with self._lock:
            self._is_closing = True
            audits, self._audits = self._audits, []
        for audit in audits:
            audit.stop(0)
        for audit in audits:
            audit.stop(_CLOSE_S)
