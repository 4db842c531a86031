"""What somebody who hands on what a client receives needs of the client."""

from __future__ import annotations

from collections.abc import Callable

from okx_sync.live.stream_client import StreamClient
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.protocol.dialect import Topic
from okx_sync.state_event import StateEvent

__all__ = ["MessageSource", "environment_of"]


def environment_of(spec: StreamSpec, category: str | None) -> str:
    """Name what public streams are of. ``category``: of the config, where one client has one category."""
    return spec.environment if category is None else f"{spec.environment} {category}"


class MessageSource:
    """A client as a source of messages for others."""

    def __init__(self, client: StreamClient) -> None:
        self.spec: StreamSpec = client._spec
        category = getattr(getattr(client, "config", None), "category", None)
        self.environment = environment_of(self.spec, category)
        self._links = client._links
        self._active = client._active
        self._reporter = client._reporter

    def path_of(self, topic: Topic) -> str | None:
        """Return the path that carries a topic; None when it is not subscribed."""
        return self._active.path_of(topic)

    def ask_again(self, topic: Topic) -> None:
        """Have the exchange tell a topic's snapshot anew."""
        link = self._links.carrier(self.path_of(topic), topic)
        if link is not None:
            link.ask_again(topic, afresh=True)

    def watch(self, see: Callable[[StateEvent], object]) -> Callable[[], None]:
        """Call ``see(event)`` for each state event as it happens; returns what ends it. It must not raise or wait."""
        return self._reporter.watch(see)

    def report(self, error: Exception) -> None:
        """Tell the user of an error that has no caller."""
        self._reporter.error(error)
