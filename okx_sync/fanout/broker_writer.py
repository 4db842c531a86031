"""``BrokerWriter``: writes what waits in a publisher's streams, to one server or to the nodes of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from okx_sync.errors import ConnectionLost
from okx_sync.fanout.published_stream import PublishedStream
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.scripts import ADD_TOPICS, WRITE
from okx_sync.logs import get_logger
from okx_sync.timing import Clock

__all__ = ["BrokerWriter"]

log = get_logger("fanout")

_TIMEOUT_S: Final = 5.0

_Take = Callable[[Any], None]
_Fill = Callable[[PublishedStream, Any], list[_Take]]
"""Adds the commands of a stream to a pipeline, and returns what takes their answers."""


class BrokerWriter:
    """One connection that writes. Used on the thread of its publisher once that runs.

    Args:
        beat_s: Seconds between two signs of life.
        snapshot_s: Seconds between two times at which the present state is laid down.
        report: Takes the error when Redis is lost, once until it is back.

    Raises:
        ConnectionLost: Redis cannot be reached, or refuses the user.
    """

    def __init__(
        self, address: BrokerAddress, beat_s: float, snapshot_s: float, report: Callable[[Exception], None]
    ) -> None:
        self._address = address
        self._beat_s = beat_s
        self._snapshot_s = snapshot_s
        self._report = report
        self._beaten_at = self._snapped_at = 0.0
        self._is_lost = False
        self.refusal: ConnectionLost | None = None
        """Why Redis will not take what is written, whenever it is asked; None when it does, or may."""
        try:
            self._broker = address.open(_TIMEOUT_S)
            self._broker.ping()
        except address.errors as error:
            raise self._gone(error) from error

    @property
    def is_beat_due(self) -> bool:
        """Whether it is time for a sign of life."""
        return Clock.monotonic() - self._beaten_at >= self._beat_s

    def turn(self, streams: list[PublishedStream]) -> bool:
        """Write what waits. False when a server cannot be reached: its streams wait, others do not."""
        is_due = self.is_beat_due
        if not is_due:
            streams = [stream for stream in streams if stream.has_work]
        is_snapshot_due = Clock.monotonic() - self._snapped_at >= self._snapshot_s
        servers = self._servers(streams)
        is_well = servers is not None
        for client, here in servers or ():
            try:
                is_well &= self._write(client, here, is_due=is_due, is_snapshot_due=is_snapshot_due)
            except self._address.errors as error:
                is_well = False
                self._lost(error, here)
        if is_due:
            self._beaten_at = Clock.monotonic()
            self._snapped_at = self._beaten_at if is_snapshot_due else self._snapped_at
        if is_well and self._is_lost and streams:
            self._is_lost, self.refusal = False, None
            log.warning("Redis at %s is back", self._address.shown)
        return is_well

    def _servers(self, streams: list[PublishedStream]) -> list[tuple[Any, list[PublishedStream]]] | None:
        """Return each server with its streams; None where that cannot be known."""
        try:
            self._look_for_nodes()
            return self._broker.by_server(streams, lambda stream: stream.keys.stream)
        except self._address.errors as error:
            self._lost(error, streams)
            return None

    def _look_for_nodes(self) -> None:
        """Ask a cluster that had trouble for its nodes anew: streams may have moved."""
        if not self._is_lost or not self._broker.is_cluster:
            return
        try:
            found = self._address.open(_TIMEOUT_S)
        except self._address.errors as error:  # the node of the address is away: others may be there
            log.debug("the cluster at %s does not tell its nodes: %s", self._address.shown, error)
        else:
            self._broker.close()
            self._broker = found

    def _write(self, client: Any, streams: list[PublishedStream], *, is_due: bool, is_snapshot_due: bool) -> bool:
        """Write what waits for one server. False when it refused something: others of its streams go on."""
        is_well = True
        for stream in streams:
            if stream.role == "new" or (is_due and stream.role == "standby"):
                try:
                    stream.acquire(client)
                except self._address.answered as error:
                    is_well = False
                    self._lost(error, [stream])
        is_well &= self._carry_out(client, streams, lambda stream, pipeline: stream.prepare(pipeline))
        if is_due:
            is_well &= self._carry_out(
                client, streams, lambda stream, pipeline: stream.heartbeat(pipeline, with_snapshots=is_snapshot_due)
            )
        return is_well

    def _carry_out(self, client: Any, streams: list[PublishedStream], fill: _Fill) -> bool:
        def ask() -> list[tuple[PublishedStream, _Take, Any]]:
            pipeline = client.pipeline(transaction=False)
            takers = [(stream, take) for stream in streams for take in fill(stream, pipeline)]
            answers = pipeline.execute(raise_on_error=False) if takers else []
            return [(*taker, answer) for taker, answer in zip(takers, answers, strict=True)]

        told = ask()
        if any(self._address.is_no_script(answer) for _, _, answer in told):
            for script in (WRITE, ADD_TOPICS):
                client.script_load(script.text)
            told = ask()
        is_well = True
        for stream, take, answer in told:
            if isinstance(answer, Exception):
                is_well = False
                self._lost(answer, [stream])
            else:
                take(answer)
        return is_well

    def _lost(self, error: Exception, streams: list[PublishedStream]) -> None:
        gone = self._gone(error, streams)
        if self._address.is_lasting(error):
            self.refusal = gone
        for stream in streams:
            stream.failed(is_refused=self.refusal is not None)
        if not self._is_lost:
            self._is_lost = True
            self._report(gone)

    def _gone(self, error: Exception, streams: Sequence[PublishedStream] = ()) -> ConnectionLost:
        text = f"Redis at {self._address.shown} is lost: {type(error).__name__}: {error}"
        if isinstance(error, self._address.answered) and streams:
            what = streams[0].keys.name
            text = f"Redis at {self._address.shown} does not take {what}: {type(error).__name__}: {error}"
        hint = self._address.hint(error, "messages wait here; what does not fit is told to followers")
        return ConnectionLost(text, retryable=not self._address.is_lasting(error), hint=hint)

    def close(self, streams: list[PublishedStream]) -> None:
        """Write what waits, let other publishers go on at once, and end."""
        if self.turn(streams):
            for client, here in self._servers(streams) or ():
                for stream in here:
                    self._release(client, stream)
        self._broker.close()

    def _release(self, client: Any, stream: PublishedStream) -> None:
        try:
            stream.release(client)
        except self._address.errors as error:
            log.debug("the lease of %s is left to expire: %s", stream.keys.name, error)
