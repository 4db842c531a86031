"""``WsClient``: OKX V5 streams."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

from okx_sync.checks import check_config
from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.clients.okx_stream_spec import ORDER_QUERIES, REST_DIALECT, order_entry, stream_spec
from okx_sync.clients.okx_trading import Trading
from okx_sync.clients.recorded import RecordedClient
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import OkxAuthError
from okx_sync.exchanges.okx.channels import lookup
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.site_probe import SiteProbe
from okx_sync.exchanges.okx.streams import Subscriber
from okx_sync.lazy import LatePart, part_of
from okx_sync.live.late_hint import LateHint
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.models import Instrument
    from okx_sync.exchanges.okx.words import InstType
    from okx_sync.live.instruments import LiveInstruments
    from okx_sync.live.live_objects import LiveSpec
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.rest import Limiter
    from okx_sync.state.instruments import Instruments

__all__ = ["WsClient"]


class WsClient(RecordedClient, Subscriber, Trading):
    """OKX streams over WebSocket: typed, confirmed, restored after every loss.

    Each channel finds its own path (public, private or business); links connect when they are first needed. Use it
    as a context manager, or call :meth:`close`. All methods are safe from any thread, and running a notebook cell
    again replaces its subscription.

    Args:
        config: site, mode, credentials, proxies; ``Config()`` (global, live, no credentials) by default.
        options: timeouts and limits of the links, seconds.
        clock: where time comes from; for tests.
        slow_callback_s: a callback that runs longer is named in a warning.
        max_silence: seconds without data after which a subscription of a regularly pushing channel is reported as
            ``stale``; None for no such watch.
        max_mailbox_bytes: how many bytes of messages may wait in one mailbox (``max_bytes`` of a subscription), and be
            held back for one topic while an outage is recovered.
        max_reconnect_attempts: how many attempts in a row may fail before a link gives up (state event ``failed``);
            None for no such limit. As in ``options``.
        journal: a file in which each order is written down before it is sent, so that a program that was killed finds
            it again; see ``docs/recovery.md``.
        journal_sync: wait until that is on the disk; without it the file survives the program, not the machine.
        read_only, dry_run: switch on what the config can switch on too; see ``Config``.
        rest_fallback: send an order once by REST when OKX refuses the number of its instrument on the stream.
        limiter: rate limits of order operations; share one with the ``OkxClient`` of the same account.
        limits: what orders may be; share one with the ``OkxClient`` of the same account. See ``docs/risk.md``.

    Page: "WebSocket API" of OKX's API guide, ``/ws/v5/public``, ``/private`` and ``/business``.
    """

    _instruments: LatePart[LiveInstruments] = LatePart("okx_sync.live.instruments", "LiveInstruments")

    def __init__(
        self,
        config: Config | None = None,
        *,
        options: LinkOptions | None = None,
        clock: Clock | None = None,
        slow_callback_s: float = 1.0,
        max_silence: float | None = None,
        max_mailbox_bytes: int = DEFAULT_MAX_BYTES,
        max_reconnect_attempts: int | None = None,
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
        read_only: bool = False,
        dry_run: bool = False,
        rest_fallback: bool = False,
        limiter: Limiter | None = None,
        limits: OrderLimits | None = None,
    ) -> None:
        config = config if config is not None else Config()
        check_config(config, Config, self)
        self.config = config.switched(read_only=read_only, dry_run=dry_run)
        clock = clock if clock is not None else Clock()
        self._rest = OkxRestAccess(self.config, clock, limiter)
        super().__init__(
            self._fed(stream_spec(self.config, self._rest)),
            self._feeds,
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
            max_mailbox_bytes=max_mailbox_bytes,
            max_reconnect_attempts=max_reconnect_attempts,
            journal=journal,
            journal_sync=journal_sync,
            limits=limits,
        )
        self._wire_orders(self._rest, self.config, REST_DIALECT, ORDER_QUERIES)
        self._late_hint = LateHint(SiteProbe(self.config, clock), clock)
        self._rest_fallback = rest_fallback

    def connect(self, path: str, timeout: float | None = None) -> None:
        """Connect as :meth:`StreamClient.connect` does.

        With ``Config(probe_sites=True)`` the hint of a refused login names the site that accepts the key.
        """
        try:
            super().connect(path, timeout)
        except OkxAuthError as error:
            self._late_hint.explain(error)
            raise

    @classmethod
    def connect_public(cls, config: Config | None = None, **settings: Any) -> Self:
        """Make a client and connect its public path. Raises what :meth:`connect` raises."""
        return cls._connected("public", config, settings)

    @classmethod
    def connect_private(cls, config: Config, **settings: Any) -> Self:
        """Make a client, connect its private path and log in. Raises what :meth:`connect` raises."""
        return cls._connected("private", config, settings)

    @classmethod
    def _connected(cls, path: str, config: Config | None, settings: dict[str, Any]) -> Self:
        client = cls(config, **settings)
        try:
            client.connect(path)
        except BaseException:
            client.close()
            raise
        return client

    def watch_instruments(
        self, instruments: Instruments, inst_type: InstType, *, timeout: float | None = None
    ) -> Subscription[Instrument]:
        """Keep ``client.instruments`` up to date for a type: a changed lot or tick is in force when it is pushed.

        Whatever may have changed unseen (before this, and while the link was down) is loaded again at the next read.
        ``instruments.on_change(fn)`` tells of changes, on the callback thread. ``timeout``: seconds to wait for the
        exchange's agreement. ``unsubscribe()`` what it returns to end it. Raises what :meth:`subscribe` raises.
        """
        options = {} if timeout is None else {"timeout": timeout}
        return self._instruments.watch(instruments, inst_type, **options)

    def _shut_down(self) -> None:
        self._rest.close()  # first, so that nobody begins to ask REST while the threads are waited for
        super()._shut_down()
        if (made := part_of(self, "_order_entry")) is not None:
            made.close()

    def _feeds(self) -> LiveSpec:
        """Say what feeds the live objects, with the first of them."""
        from okx_sync.clients.okx_live_spec import live_spec

        return self._fed_live(live_spec(self.config, self.subscribe, self, self._rest))

    def _make_part(self, name: str, kind: Any) -> Any:
        if name == "_order_entry":
            fallback = self._rest_fallback
            return order_entry(
                kind, self.config, self._links, self._rest, self.clock, self._journal, rest_fallback=fallback
            )
        if name == "_instruments":
            return kind(self.subscribe, lookup("instruments").path, self._links.listeners, self._dispatcher)
        return super()._make_part(name, kind)
