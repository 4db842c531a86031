"""``FedClient``: a stream client that is fed by something else than the exchange: a recording, or a publisher."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ClassVar

import attrs

from okx_sync.clients.recorded import RecordedClient
from okx_sync.errors import ConfigError
from okx_sync.live.account import MonitorSource
from okx_sync.live.books import no_fetch
from okx_sync.live.live_objects import LiveSpec
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import ChannelInfo, StreamSpec
from okx_sync.protocol.fed_dialect import fed
from okx_sync.transport.ending import WireMaker

__all__ = ["FedClient"]


class FedClient(RecordedClient):
    """What clients that have neither key nor REST have in common. A facade comes behind it among the bases."""

    _no_rest: ClassVar[str]
    """Why REST is not asked."""

    def _fed_by(self, spec: StreamSpec, make_wire: Callable[[str], WireMaker], **changes: Any) -> StreamSpec:
        """Return the streams as they come from there: nobody logs in, and nothing is recovered by REST."""

        @functools.cache
        def lookup(channel: str) -> ChannelInfo:
            info: Any = spec.lookup(channel)
            return attrs.evolve(info, login=False) if info.login else info  # type: ignore[no-any-return]

        return attrs.evolve(
            spec,
            dialect=fed(spec.dialect),
            credentials=None,
            lookup=lookup,
            login_paths=frozenset(),
            fetch=None,
            sync_clock=self._no_clock,
            recovery_source=lambda _topic, _backfill: None,
            make_wire=make_wire,
            **changes,
        )

    def _no_clock(self, times: int = 1) -> float:
        del times
        raise ConfigError(
            f"{self._no_rest}: nobody can tell the exchange's clock",
            hint="where this machine's clock is right, say so: clock.offset_s = 0.0",
        )

    def _fed_live(self, spec: LiveSpec) -> LiveSpec:
        assert isinstance(spec.orders, StreamOrders)
        return attrs.evolve(
            spec,
            positions=self._unlisted(spec.positions),
            account=None if spec.account is None else self._unlisted(spec.account),
            orders=spec.orders.without_rest(self._no_rest),
            book_fetches=no_fetch,
            queries=None,
            prepare_orders=None,
        )

    def _unlisted(self, source: MonitorSource) -> MonitorSource:
        """Return the same without a list by REST."""
        return source if source.listing is None else attrs.evolve(source, listing=None, no_source=self._no_rest)
