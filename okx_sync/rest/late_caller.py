"""``LateCaller``: the HTTP side of a REST client, whose library is imported with the first call.

A program may make clients that it never calls, and the library is most of what making one would cost.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from okx_sync.errors import OkxError
from okx_sync.rest.dialect import Call, Reply, RestDialect
from okx_sync.rest.route import Route
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.rest.http import HttpCaller
    from okx_sync.rest.retry import CallFailure

__all__ = ["LateCaller"]


class LateCaller:
    """Sends calls as ``HttpCaller`` does, which is made by the first of them. From any number of threads.

    Raises ``ConfigError`` for a ``ca_file`` that cannot be used, when this is made.
    """

    def __init__(self, dialect: RestDialect, route: Route, clock: Clock) -> None:
        self._dialect = dialect
        self._route = route
        self._clock = clock
        self.closed = False
        self.was_used = False
        # Guards the making and the end of the caller, which is used without it. Reentrant, for signal handlers.
        self._lock = threading.RLock()
        self._caller: HttpCaller | None = None
        self.attempt = self._first_attempt
        """``attempt(call)`` sends ``call`` once, freshly signed. A reply may still hold rows that were refused."""
        if route.ca_file is not None:
            self._made()

    def _first_attempt(self, call: Call) -> Reply | CallFailure:
        caller = self._made()
        self.was_used = True
        self.attempt = caller.attempt
        return caller.attempt(call)

    def _made(self) -> HttpCaller:
        from okx_sync.rest.http import HttpCaller

        with self._lock:
            if self.closed:
                raise OkxError("this client is closed", environment=self._dialect.environment)
            if self._caller is None:
                self._caller = HttpCaller(self._dialect, self._route, self._clock)
            return self._caller

    def refuse(self) -> None:
        """Let no further call begin. Takes no lock and imports nothing: a signal handler may call it anywhere."""
        self.closed = True
        if (caller := self._caller) is not None:
            caller.closed = True

    def close(self) -> None:
        """Close the connections. Calls that are under way finish; later ones raise."""
        self.refuse()
        with self._lock:
            if self._caller is not None:
                self._caller.close()
