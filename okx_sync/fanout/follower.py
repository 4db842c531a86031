"""``Follower``: makes the connections of one following client."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from okx_sync.fanout.fanout_wire import FanoutWire
from okx_sync.fanout.followed_path import FollowedPath, FollowTerms
from okx_sync.fanout.followed_stream import FollowedStats
from okx_sync.transport.ending import AnyWire, WireMaker
from okx_sync.transport.loan import ReadingTerms
from okx_sync.transport.options import WireOptions

__all__ = ["Follower"]


class Follower:
    """Reads streams at Redis for the links of one client, as its ``terms`` say."""

    def __init__(self, terms: FollowTerms) -> None:
        self.terms = terms
        self._paths: dict[str, FollowedPath] = {}

    def make_wire(self, path: str) -> WireMaker:
        """Return what makes the connections of a path."""
        return partial(self._wire, self._paths.setdefault(path, FollowedPath(path, self.terms)))

    def _wire(
        self,
        path: FollowedPath,
        url: str,
        options: WireOptions,
        *,
        on_open: Callable[[], object],
        on_frames: Callable[[list[bytes]], object],
        lending: ReadingTerms | None = None,
    ) -> AnyWire:
        del url, lending
        return FanoutWire(path, options.connect_s, on_open, on_frames)

    @property
    def stats(self) -> dict[str, FollowedStats]:
        """Each followed stream in numbers, by name."""
        return {
            keys.name: stream.stats
            for path in list(self._paths.values())
            for keys, stream in path.streams.copy().items()
        }
