"""``AlgoSource``: what an exchange provides for live algo orders, over its streams and REST."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from okx_sync.algo_types import AlgoUpdate
from okx_sync.delivery.subscription import Subscription
from okx_sync.live.all_or_none import Gather
from okx_sync.state.orders.algo_actions import AlgoSender
from okx_sync.state.orders.algo_state import AlgoState, OpenAlgos

__all__ = ["AlgoMakers", "AlgoQueries", "AlgoSource"]


class AlgoQueries(Protocol):
    """What REST is asked about algo orders. Methods raise ``OkxError``."""

    def open_algos(self, inst_id: str | None = None) -> OpenAlgos:
        """Return all algo orders that are not over, also those attached to open orders, as far as they are listed."""

    def look_up_algo(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return one algo order as it is now or as it ended; None when the exchange does not know it.

        For one that is attached, its parent's rows are asked, too. Nothing is guessed: where only its facts could tell
        which row is meant and several fit, the update has the status ``unknown`` and a reason; it is ``is_inferred``
        where that stays so.
        """


class AlgoMakers(Protocol):
    """What REST is asked where no row names the order that an algo order came of. Methods raise ``OkxError``."""

    def makers_of(self, made: AlgoUpdate, parent: str, known: Callable[[str, set[str]], Any]) -> set[str]:
        """Return the ids of all orders that may have brought an algo order, by what was filled shortly before.

        Args:
            made: the algo order.
            parent: the id of the order that is held to be the one.
            known: ``known(order_id, trades)`` returns the last row of an order, None where more may have happened to it
                by the last of these trades.
        """

    def became(self, algo: AlgoState, row: Any) -> AlgoUpdate | None:
        """Return what became of what an order brings that is over, and whose last row this is.

        None where the row does not say what it brings.
        """


class AlgoSource(Protocol):
    """An exchange's side of live algo orders.

    Rows of its streams have a ``to_algo_updates()``, which returns a list of ``AlgoUpdate``, empty for a row that tells
    of none, and raises ``DecodeError`` for one that cannot be read.
    """

    @property
    def paths(self) -> Sequence[str]:
        """Where its streams live; all of them must be up for the algo orders to be ``synced``."""

    @property
    def sender(self) -> AlgoSender:
        """Who sends."""

    @property
    def queries(self) -> AlgoQueries | None:
        """Who asks REST; None where nobody can be asked."""

    @property
    def makers(self) -> AlgoMakers | None:
        """Who says which orders one may have come of, where no row names its order; None where rows do."""

    @property
    def asks_orders(self) -> bool:
        """Whether REST is asked which orders one has sent that has fired: where it tells, and the streams do not."""

    def follow(self, feed: Callable[[Any], object], together: Gather) -> Sequence[Subscription[Any]]:
        """Have ``feed`` called with each push of the streams that tell of algo orders, on the thread that reads.

        All of them are followed or none. Raises what ``subscribe`` raises.
        """
