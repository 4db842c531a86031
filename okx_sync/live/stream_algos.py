"""``StreamAlgos``: algo orders that are followed on streams, sent by a sender, and asked for over REST."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from okx_sync.delivery.subscription import Subscription
from okx_sync.live.algo_source import AlgoMakers, AlgoQueries
from okx_sync.live.all_or_none import Gather, subscribe_all
from okx_sync.state.orders.algo_actions import AlgoSender

__all__ = ["StreamAlgos"]


class StreamAlgos:
    """An ``AlgoSource`` of an exchange whose streams tell changes.

    Args:
        subscribe: The client's.
        paths: Where the streams live.
        topics: The channels that tell of algo orders, each with its arguments. Their rows have a
            ``to_algo_updates()``.
        sender: Sends algo orders.
        queries: Who is asked over REST; None where nobody is.
        makers: Who says which orders an algo order may have come of, where no row names its order.
        asks_orders: Whether REST is asked which orders one has sent, as the streams do not tell.
    """

    def __init__(
        self,
        subscribe: Callable[..., Subscription[Any]],
        paths: Sequence[str],
        topics: Sequence[tuple[str, Mapping[str, str]]],
        sender: AlgoSender,
        queries: AlgoQueries | None,
        *,
        makers: AlgoMakers | None = None,
        asks_orders: bool = False,
    ) -> None:
        self.paths = paths
        self.makers = makers
        self.asks_orders = asks_orders
        self.sender = sender
        self.queries = queries
        self._subscribe = subscribe
        self._topics = topics

    def topics(self) -> list[tuple[str, Mapping[str, str]]]:
        """Return the channels that are followed, with the arguments of each."""
        return list(self._topics)

    def follow(self, feed: Callable[[Any], object], together: Gather) -> Sequence[Subscription[Any]]:
        """Feed from all channels, or from none. Raises what ``subscribe`` raises."""
        wishes = [partial(self._subscribe, name, feed, **args, inline=True) for name, args in self._topics]
        return subscribe_all(together, wishes)
