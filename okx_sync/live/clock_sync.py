"""The exchange's clock, asked over REST when a login says that this machine's is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okx_sync.rest import RestDialect
    from okx_sync.rest.route import HttpConfig

__all__ = ["measure_clock"]


def measure_clock(dialect: RestDialect, way: HttpConfig, times: int = 1) -> float:
    """Measure, over REST, how many seconds an exchange's clock is ahead of this machine's. Raises ``OkxError``.

    With connections of its own: the shared clock is set by whoever asked, who also tells the user. Of several ``times``
    the quickest counts: the first one connects, too.
    """
    from okx_sync.rest import Executor, Route

    runner = Executor(dialect, Route.of(way))
    clock = runner.clock
    found: list[tuple[float, float]] = []
    try:
        for _ in range(times):
            began = clock.monotonic()
            offset = runner.sync_clock()
            found.append((clock.monotonic() - began, offset))
    finally:
        runner.close()
    return min(found)[1]
