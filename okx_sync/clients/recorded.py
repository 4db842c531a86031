"""``RecordedClient``: a stream client that can write down what it receives."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from okx_sync.clients.foreign_names import HintsAtNames
from okx_sync.errors import ConfigError
from okx_sync.live.live_client import LiveClient

if TYPE_CHECKING:
    from okx_sync.live.live_objects import LiveSpec
    from okx_sync.live.stream_spec import StreamSpec
    from okx_sync.store.recorder import Recorder

__all__ = ["RecordOptions", "RecordedClient"]


class RecordOptions(TypedDict, total=False):
    """Options of ``record``; see there."""

    max_bytes: int
    max_s: float
    flush_s: float
    max_memory: int
    level: int
    sync: bool


class RecordedClient(HintsAtNames, LiveClient):
    """A client that can record. The extra ``store`` is loaded with the first recording."""

    _recorder: Recorder | None = None

    def _fed(self, spec: StreamSpec) -> StreamSpec:
        """Return where the streams come from; a client of something else than the exchange says it here."""
        return spec

    def _fed_live(self, spec: LiveSpec) -> LiveSpec:
        """Return what feeds the live objects, as :meth:`_fed` does."""
        return spec

    def record(self, folder: str | os.PathLike[str], **options: Unpack[RecordOptions]) -> Recorder:
        """Write down all that is received from now on, raw and in order, with the events of the links.

        Answers to logins are left out; what is sent is not written down. It ends with the client, or with ``stop()`` of
        what is returned, which also has ``stats`` and works as a context manager. ``Recording(folder)`` reads it.

        Args:
            folder: Made when it is not there. One that holds a recording gets further files of it.
            **options: ``max_bytes`` (default 256 MiB) and ``max_s`` (an hour): size and age at which the next file is
                begun; ``flush_s`` (1.0): seconds that messages wait at most before they are written, which is what a
                ``kill -9`` may cost; ``max_memory`` (64 MiB): how much may wait, more is left out and counted;
                ``level`` (3): of the compression, 1 to 19; ``sync`` (False): wait for the disk at each write.

        Raises:
            ConfigError: An option cannot be right, this client records already, or the extra is not installed.
            RecordingError: The folder cannot be written to.
            StreamClosed: The client was closed.
        """
        from okx_sync.store.recorder import Recorder

        if not isinstance(folder, str | os.PathLike) or not os.fspath(folder):
            raise ConfigError(f"folder cannot be {folder!r}", hint="the path of a folder, which is made")
        running = self._recorder
        if running is not None and not running.is_stopped:
            raise ConfigError(f"this client records already: {running!r}", hint="stop() that one first")
        self._links.check(self._spec.paths[0])
        self._recorder = Recorder(
            self._links, self._reporter, self._recovery, folder, self._recording_head(), **options
        )
        return self._recorder

    def _recording_head(self) -> dict[str, Any]:
        """Say what a recording of this client is of."""
        config: Any = self.config  # type: ignore[attr-defined]  # each facade has its own
        spec = self._spec
        head = {"exchange": spec.dialect.name, "environment": spec.environment, "account": spec.account}
        return head | {name: getattr(config, name, None) for name in ("protocol", "category")}

    def _shut_down(self) -> None:
        super()._shut_down()
        if self._recorder is not None:
            self._recorder.stop()
