"""Clients that follow a publisher: the same verbs and objects, fed over Redis, without sockets and without a key."""

from __future__ import annotations

from typing import Any, Final

import attrs

from okx_sync.clients.bitget_ws import BitgetWsClient
from okx_sync.clients.bybit_ws import BybitWsClient
from okx_sync.clients.fed_client import FedClient
from okx_sync.clients.okx_ws import WsClient
from okx_sync.delivery.subscription import Subscription
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.okx.config import Config
from okx_sync.fanout.followed_path import FollowTerms
from okx_sync.fanout.followed_stream import FollowedStats
from okx_sync.fanout.follower import Follower
from okx_sync.fanout.group_rules import check_shared, group_terms
from okx_sync.fanout.order_requests import OrderRequester
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.remote_orders import RemoteAlgos, RemoteOrders
from okx_sync.fanout.shared_stream import GroupTerms
from okx_sync.fanout.start_place import Start
from okx_sync.fanout.stream_keys import Place
from okx_sync.live.handing_on import environment_of
from okx_sync.live.known_state import KnownState
from okx_sync.live.live_objects import LiveSpec
from okx_sync.live.stream_algos import StreamAlgos
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.live.subscribe import Terms
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

__all__ = ["BitgetFanoutClient", "BybitFanoutClient", "OkxFanoutClient"]

_OFTEN: Final = 1_000_000
_OPTIONS: Final = LinkOptions(
    backoff_s=0.1, backoff_cap_s=2.0, connects_per_s=1_000, control_per_hour=_OFTEN, snapshot_s=1e9, ack_s=1e9
)


class _Followed(FedClient):
    """What the following clients of all exchanges have in common. A facade comes behind it among the bases."""

    _no_rest = "a follower has what is pushed, and does not ask REST"
    _asked: tuple[BrokerAddress, str | None, Start, GroupTerms | None]
    _follower: Follower
    _requester: OrderRequester

    def _fed(self, spec: StreamSpec) -> StreamSpec:
        address, account, start, group = self._asked
        category = getattr(self.config, "category", None)  # type: ignore[attr-defined]  # each facade has its own
        place = Place(spec.dialect.name, environment_of(spec, category), account or "")
        self._follower = Follower(FollowTerms(address, place, start, spec.lookup, group))
        self._requester = OrderRequester(self._follower.terms.address, place.order_keys(), spec.timeout_s, Clock())
        return self._fed_by(
            spec, self._follower.make_wire, environment=f"{spec.environment}, followed", account=account
        )

    def _join(self, subscription: Subscription[Any], terms: Terms) -> Subscription[Any]:
        self._follower.terms.report_to(self._reporter)
        self._follower.terms.is_heard = self._active.is_heard
        if self._follower.terms.group is not None:
            check_shared(subscription, terms.info)
        if not terms.wait:
            self._follower.terms.patient.add(subscription.topic)
        return super()._join(subscription, terms)

    def _fed_live(self, spec: LiveSpec) -> LiveSpec:
        made, requester = super()._fed_live(spec), self._requester
        assert isinstance(spec.orders, StreamOrders)
        assert isinstance(made.orders, StreamOrders)
        known = KnownState(self, self._spec.paths[0])
        algos = RemoteAlgos(spec.algos, requester) if isinstance(spec.algos, StreamAlgos) else spec.algos
        orders = RemoteOrders(made.orders, spec.orders.sender, requester, known.positions)
        return attrs.evolve(made, orders=orders, algos=algos)

    def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Leave it to the publisher, which sends the order, to check it for its account."""

    def _shut_down(self) -> None:
        super()._shut_down()
        self._requester.close()

    @property
    def fanout_stats(self) -> dict[str, FollowedStats]:
        """Each followed stream in numbers: received, missing and told so, times without a publisher."""
        return self._follower.stats


def _keyless(config: Any, options: LinkOptions | None) -> tuple[Any, LinkOptions]:
    """Return the config without its key, and the options of links to Redis."""
    return attrs.evolve(config, credentials=None, read_only=True), options or _OPTIONS


class OkxFanoutClient(_Followed, WsClient):
    """OKX's streams as a ``Publisher`` hands them on.

    Subscribe as of a live client. Objects, callbacks, policies and state events are the same; ``lost`` is the loss of
    Redis, of the publisher, or of its connection to the exchange, and says which. Messages are numbered: what is
    missing is a ``gap`` event with the number. A topic that nobody publishes is refused; with ``wait=False`` it is
    waited for. ``orders`` are sent by the publisher, where it serves them (``Publisher.serve_orders``); nothing else
    can be sent, and REST is not asked: positions are complete only where the exchange's stream begins with a list of
    them.

    Args:
        url: Of Redis, as the publisher has it.
        account: Whose account data: the publisher's ``account``.
        config: Which site and mode; the publisher's. A key in it is not used.
        start: Where streams are read from at first: ``"latest"``, ``"earliest"``, an id of Redis, or positions of
            ``fanout_stats`` by name (streams that are not named begin with the latest).
        cluster: The address is of any node of a cluster.
        group: The name of a group of followers that share the events of a topic: each is handled by one of them, at
            least once. For callbacks with ``inline=True``, of topics that are published with ``per_topic=True``; books,
            positions and all else that needs every event is refused.
        redeliver_s: After how many seconds another member of the group gets what one was given and has not handled.
        options: Timeouts of the connection to Redis.
        slow_callback_s: As of ``WsClient``.

    Raises:
        ConfigError: An argument cannot be right, or the extra ``fanout`` is not installed.
    """

    def __init__(
        self,
        url: str,
        *,
        account: str | None = None,
        config: Config | None = None,
        start: Start = "latest",
        cluster: bool = False,
        group: str | None = None,
        redeliver_s: float = 30.0,
        options: LinkOptions | None = None,
        slow_callback_s: float = 1.0,
    ) -> None:
        self._asked = BrokerAddress(url, cluster=cluster), account, start, group_terms(group, redeliver_s)
        keyless, links = _keyless(config or Config(), options)
        super().__init__(keyless, options=links, slow_callback_s=slow_callback_s)


class BybitFanoutClient(_Followed, BybitWsClient):
    """Bybit's streams as a ``Publisher`` hands them on; see ``OkxFanoutClient``."""

    def __init__(
        self,
        url: str,
        *,
        account: str | None = None,
        config: BybitConfig | None = None,
        start: Start = "latest",
        cluster: bool = False,
        group: str | None = None,
        redeliver_s: float = 30.0,
        options: LinkOptions | None = None,
        slow_callback_s: float = 1.0,
    ) -> None:
        self._asked = BrokerAddress(url, cluster=cluster), account, start, group_terms(group, redeliver_s)
        keyless, links = _keyless(config or BybitConfig(), options)
        super().__init__(keyless, options=links, slow_callback_s=slow_callback_s)


class BitgetFanoutClient(_Followed, BitgetWsClient):
    """Bitget's streams as a ``Publisher`` hands them on; see ``OkxFanoutClient``."""

    def __init__(
        self,
        url: str,
        *,
        account: str | None = None,
        config: BitgetConfig | None = None,
        start: Start = "latest",
        cluster: bool = False,
        group: str | None = None,
        redeliver_s: float = 30.0,
        options: LinkOptions | None = None,
        slow_callback_s: float = 1.0,
    ) -> None:
        self._asked = BrokerAddress(url, cluster=cluster), account, start, group_terms(group, redeliver_s)
        keyless, links = _keyless(config or BitgetConfig(), options)
        super().__init__(keyless, options=links, slow_callback_s=slow_callback_s)
