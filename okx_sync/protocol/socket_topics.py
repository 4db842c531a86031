"""The topics of one socket, and whether more of them fit: exchanges limit their number, or their characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from okx_sync.protocol.dialect import Dialect, Topic

__all__ = ["SocketTopics", "TopicState"]

TopicState = Literal["asked", "active", "leaving"]

_LONG: Final = 256  # characters of a topic that is longer than any


class SocketTopics(dict[Topic, TopicState]):
    """How far each topic of a socket has come, those included that are being left.

    Args:
        most: How many topics the socket may have; None: any number.
        always_fits: Tells of a topic whether it is taken all the same.
    """

    def __init__(
        self, dialect: Dialect, most: int | None = None, always_fits: Callable[[Topic], bool] = lambda _: False
    ) -> None:
        super().__init__()
        self.length = 0
        """How many characters all topics take, where the exchange counts them."""
        self._dialect = dialect
        self._most = most
        self._always_fits = always_fits

    def __setitem__(self, topic: Topic, state: TopicState) -> None:
        if self._dialect.args_length is not None and topic not in self:
            self.length += self._dialect.length(topic)
        super().__setitem__(topic, state)

    def __delitem__(self, topic: Topic) -> None:
        super().__delitem__(topic)
        self.length -= self._dialect.length(topic)

    def pop(self, topic: Topic, default: Any = None) -> Any:
        """Take a topic out; returns how far it had come, ``default`` when it is not there."""
        state = self.get(topic, default)
        if topic in self:
            del self[topic]
        return state

    @property
    def is_tight(self) -> bool:
        """True when there may be topics that do not fit any more."""
        most_length = self._dialect.args_length
        is_long = most_length is not None and self.length + _LONG > most_length
        return is_long or (self._most is not None and len(self) >= self._most)

    def fitting(self, topics: Sequence[Topic]) -> Sequence[Topic]:
        """Return those of ``topics`` that may be asked for without waiting for others to leave, in their order."""
        most, most_length = self._most, self._dialect.args_length
        if most_length is None and (most is None or len(self) + len(topics) <= most):
            return topics
        number, length, fitting = len(self), self.length, []
        for topic in topics:
            if topic not in self and not self._always_fits(topic):
                size = self._dialect.length(topic)
                is_full = most is not None and number >= most
                if is_full or (most_length is not None and length + size > most_length):
                    continue
                number, length = number + 1, length + size
            fitting.append(topic)
        return fitting

    def shortage(self) -> str:
        """Say what a topic waits for that does not fit."""
        if self._most is not None and len(self) >= self._most:
            return f"waiting for a place among the {self._most} topics of one connection"
        return f"waiting for room in the {self._dialect.args_length} characters of the topics of one connection"
