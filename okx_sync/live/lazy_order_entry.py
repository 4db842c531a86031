"""The order operations of a stream client: made when the first one is needed, closed with the client.

They share words, limits and results with REST endpoints, hundreds of them on OKX, whose import takes a moment: who only
listens does not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from okx_sync.live.made_once import MadeOnce

if TYPE_CHECKING:
    from okx_sync.live.order_entry import OrderEntry, StreamOp

__all__ = ["LazyOrderEntry"]


class LazyOrderEntry:
    """Order operations of one client. ``make`` gives them by their word, and who carries them out; it is called once.

    Safe from any thread.
    """

    def __init__(self, make: Callable[[], tuple[Mapping[str, StreamOp], OrderEntry]]) -> None:
        self._ready = MadeOnce(make)

    def run(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Carry out the operation ``word``; see ``OrderEntry.run``."""
        words, ops = self._ready()
        return ops.run(words[word], args, options)

    def check(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what the operation ``word`` would raise before it connects; see ``OrderEntry.check``."""
        words, ops = self._ready()
        ops.check(words[word], args, options)

    def prepare(self, word: str, inst_ids: Sequence[str], timeout: float | None) -> None:
        """Do now what the first operation ``word`` would have to wait for."""
        words, ops = self._ready()
        ops.prepare(words[word], inst_ids, timeout)

    def close(self) -> None:
        """End what is under way. Idempotent."""
        if (made := self._ready.end()) is not None:
            made[1].close()
