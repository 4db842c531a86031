"""Clients that play a recording: the same verbs and objects, fed by what was received then, and no network."""

from __future__ import annotations

import os
from typing import Final

import attrs

from okx_sync.clients.bitget_ws import BitgetWsClient
from okx_sync.clients.bybit_ws import BybitWsClient
from okx_sync.clients.fed_client import FedClient
from okx_sync.clients.okx_ws import WsClient
from okx_sync.errors import ConfigError, RecordingError, StreamClosed
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.okx.config import Config
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.state_event import StateEvent
from okx_sync.store.player import ReplayClock, ReplayPlayer, Speed, callbacks_done
from okx_sync.store.recording import Recording
from okx_sync.timing import Deadline
from okx_sync.transport.hooks import LinkHooks
from okx_sync.transport.options import LinkOptions

__all__ = ["BitgetReplayClient", "BybitReplayClient", "ReplayClient"]

_NEVER_S: Final = 1e9
_OPTIONS: Final = LinkOptions(
    backoff_s=0.0, backoff_cap_s=0.0, connects_per_s=1_000, control_per_hour=1_000_000, wake_s=_NEVER_S,
    snapshot_s=_NEVER_S, ping_s=_NEVER_S, ack_s=60.0,
)  # fmt: skip
_STOP_S: Final = 2.0


class _Replayed(FedClient):
    """What the replaying clients of all exchanges have in common. A facade comes behind it among the bases."""

    _no_rest = "a recording holds what was pushed, and not what REST was asked"
    _player: ReplayPlayer
    _replay: tuple[Recording, ReplayClock, Speed]

    def _fed(self, spec: StreamSpec) -> StreamSpec:
        recording, clock, speed = self._replay
        self._player = ReplayPlayer(recording, clock, speed)
        return self._fed_by(
            spec,
            self._player.make_wire,
            environment=f"{recording.head['environment']}, recorded",
            account=recording.head["account"],
            policy="block",
            shard_of=self._player.shard_of,
        )

    def _hooks(self, path: str) -> LinkHooks:
        hooks = super()._hooks(path)

        def tell(event: StateEvent) -> None:
            if event.kind != "gap" or event.topic is not None:  # the recording has those of the links
                hooks.state(event)

        return attrs.evolve(hooks, state=tell)

    def play(self, timeout: float | None = None, *, wait: bool = True) -> bool:
        """Begin to play, once all is subscribed; what is subscribed later misses what was played before.

        Args:
            timeout: Seconds to wait at most; None: for as long as it takes.
            wait: Wait until all of it was handed over, and callbacks have had it.

        Returns:
            True when it has come to its end.

        Raises:
            ConfigError: It is being played already.
            RecordingError: It could not be played to its end.
        """
        self._player.start(self._reporter, self._links.listeners, self._played)
        return self.wait_played(timeout) if wait else False

    def wait_played(self, timeout: float | None = None) -> bool:
        """Wait until all of it was handed over, and callbacks have had it; False after ``timeout`` seconds.

        From inside a callback only the former is waited for. Raises ``StreamClosed`` when the client is closed, and
        ``RecordingError`` when it could not be played to its end, once callbacks have had what came before.
        """
        deadline = Deadline(timeout, self.clock)
        while not self._player.ended.wait(pause := deadline.slice()):
            if self._closed.is_set():
                raise StreamClosed("the client was closed")
            if not pause:
                return False
        have_all = callbacks_done(self.pool, self._router.subscriptions, self.clock, deadline)
        if (failure := self._player.failure) is not None:
            raise RecordingError(f"the recording cannot be played to its end: {failure}") from failure
        return have_all

    def _played(self) -> None:
        """Let readers see the end: what has no callback ends."""
        self._active.close(StreamClosed("the recording has ended"), callbacks=False)

    def _shut_down(self) -> None:
        self._player.stop(_STOP_S)
        super()._shut_down()


def _opened(folder: str | os.PathLike[str], exchange: str, speed: Speed) -> tuple[Recording, ReplayClock, Speed]:
    recording = Recording(folder)
    if recording.exchange != exchange:
        raise ConfigError(
            f"{folder} is a recording of {recording.exchange}, not of {exchange}",
            hint="ReplayClient plays OKX's, BybitReplayClient Bybit's, BitgetReplayClient Bitget's",
        )
    return recording, ReplayClock(), speed


class ReplayClient(_Replayed, WsClient):
    """OKX's streams as they were recorded: ``ws.record(folder)``.

    Subscribe as of a live client, then :meth:`play`. Callbacks come in the order in which they came, objects are equal
    at each replay, and ``clock`` tells the recording's time. A topic that was not recorded is refused. Nothing can be
    sent, and REST is not asked: live orders are those that were pushed, and never ``synced``.

    Args:
        folder: As given to ``ws.record()``.
        speed: How many times as fast as it was recorded; ``"max"``: as fast as it is taken. Subscriptions wait for
            their readers (policy ``block``) unless told otherwise, so that nothing is left out.
        slow_callback_s: As of ``WsClient``.

    Raises:
        RecordingError: The folder holds no recording.
        ConfigError: It is of another exchange, or the extra ``store`` is not installed.
    """

    def __init__(self, folder: str | os.PathLike[str], *, speed: Speed = 1.0, slow_callback_s: float = 1.0) -> None:
        self._replay = _opened(folder, "okx", speed)
        super().__init__(
            Config(read_only=True), options=_OPTIONS, clock=self._replay[1], slow_callback_s=slow_callback_s
        )


class BybitReplayClient(_Replayed, BybitWsClient):
    """Bybit's streams as they were recorded; see ``ReplayClient``."""

    def __init__(self, folder: str | os.PathLike[str], *, speed: Speed = 1.0, slow_callback_s: float = 1.0) -> None:
        self._replay = _opened(folder, "bybit", speed)
        head = self._replay[0].head
        config = BybitConfig(protocol=head["protocol"], category=head["category"], read_only=True)
        super().__init__(config, options=_OPTIONS, clock=self._replay[1], slow_callback_s=slow_callback_s)


class BitgetReplayClient(_Replayed, BitgetWsClient):
    """Bitget's streams as they were recorded; see ``ReplayClient``."""

    def __init__(self, folder: str | os.PathLike[str], *, speed: Speed = 1.0, slow_callback_s: float = 1.0) -> None:
        self._replay = _opened(folder, "bitget", speed)
        config = BitgetConfig(protocol=self._replay[0].head["protocol"], read_only=True)
        super().__init__(config, options=_OPTIONS, clock=self._replay[1], slow_callback_s=slow_callback_s)
