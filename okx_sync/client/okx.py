"""``WsClient``: OKX V5 streams."""

from __future__ import annotations

from typing import Any, Self, Unpack

import orjson

from okx_sync.client.books import BookDesk
from okx_sync.client.spec import StreamSpec
from okx_sync.client.streams import StreamClient
from okx_sync.delivery.subscription import SubscribeOptions
from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.channels import lookup, topic_for
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.exchanges.okx.subscribe import Subscriber
from okx_sync.state.live_book import OrderBook
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

__all__ = ["WsClient"]

_NOT_FOR_BOOKS = frozenset({"queue", "policy", "maxsize", "inline"})


class WsClient(StreamClient, Subscriber):
    """OKX streams over WebSocket: typed, confirmed, restored after every loss.

    Each channel finds its own path (public, private or business); links connect when they are first needed. Use it
    as a context manager, or call :meth:`close`. All methods are safe from any thread, and running a notebook cell
    again replaces its subscription.

    Parameters
    ----------
    config: site, mode, credentials, proxies; ``Config()`` (global, live, no credentials) by default.
    options: timeouts and limits of the links, seconds.
    clock: where time comes from; for tests.
    slow_callback_s: a callback that runs longer is named in a warning.
    max_silence: seconds without data after which a subscription of a regularly pushing channel is reported as
        ``stale``; None for no such watch.

    Page: "WebSocket API" of OKX's API guide, ``/ws/v5/public``, ``/private`` and ``/business``.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        options: LinkOptions | None = None,
        clock: Clock | None = None,
        slow_callback_s: float = 1.0,
        max_silence: float | None = None,
    ) -> None:
        self.config = config if config is not None else Config()
        super().__init__(
            _spec(self.config),
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
        )
        self._books = BookDesk(self.subscribe, self._links, self._reporter, self.pool, self.clock)

    @classmethod
    def connect_public(cls, config: Config | None = None, **settings: Any) -> Self:
        """A client whose public link is up. Raises what :meth:`connect` raises."""
        return cls._connected("public", config, settings)

    @classmethod
    def connect_private(cls, config: Config, **settings: Any) -> Self:
        """A client whose private link is up and logged in. Raises what :meth:`connect` raises."""
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

    def order_book(
        self, inst_id: str, channel: str = "books", **options: Unpack[SubscribeOptions]
    ) -> OrderBook:
        """A live order book, fed by any book channel: ``books``, ``books5``, ``bbo-tbt``, ``books-l2-tbt``, ...

        It becomes valid with the first snapshot, which comes right behind the ack: ``book.wait_valid(5)``. After a
        gap or a lost link it is invalid at once, and valid again by itself. The same line run again makes a new book
        and ends the old one; ``name=`` tells books apart that are made in one place. ``options``: those of
        ``subscribe`` but ``queue``, ``policy``, ``maxsize`` and ``inline``, since a book is no stream of events.
        Raises what :meth:`subscribe` raises.
        """
        info = lookup(channel)
        if not hasattr(info.model, "to_change"):
            raise ConfigError(f"{channel} is not a book channel", hint="for example order_book(inst_id, 'books5')")
        if unfit := sorted(_NOT_FOR_BOOKS & options.keys()):
            raise ConfigError(f"an order book takes no {', '.join(unfit)}", hint="book.on_update(fn) tells of changes")
        topic = topic_for(channel, **{info.required[0]: inst_id})
        return self._books.open(topic, options.pop("endpoint", info.path), inst_id, dict(options))

    def _tick(self) -> None:
        super()._tick()
        self._books.tick()

    def send(self, op: str, args: list[dict[str, Any]], *, endpoint: str = "public", **fields: Any) -> None:
        """Send any operation as it is, for what has no method yet. Answers nobody asked for go to ``on_error``.

        ``op``, ``args``: as on the wire; ``fields``: further top-level keys such as ``id``. Raises ``ConnectionLost``
        when that link is not up.
        """
        self._links.get(endpoint).send(orjson.dumps({"op": op, "args": args, **fields}).decode())


def _spec(config: Config) -> StreamSpec:
    def sync_clock() -> float:
        # Needed when the clock is off, which is seldom: importing hundreds of endpoints can wait until then.
        from okx_sync.okx_client import OkxClient

        with OkxClient(config) as rest:
            return rest.sync_clock()

    return StreamSpec(
        dialect=OkxDialect(config.environment),
        environment=config.environment,
        credentials=config.credentials,
        lookup=lookup,
        topic_for=topic_for,
        url=config.ws_url,  # type: ignore[arg-type]  # a path outside its Literal is refused before it gets here
        paths=("public", "private", "business"),
        login_paths=frozenset({"private"}),
        sync_clock=sync_clock,
        timeout_s=config.timeout_secs,
        proxy_url=config.proxy_url,
        ca_file=config.ca_file,
        account=config.account_label,
    )
