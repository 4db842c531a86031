"""A run under faults: publishers, followers, the broker and the network between them, and their accounts in the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import redis

from okx_sync.fanout.stream_keys import StreamKeys
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.fault_programs import CutProxy, Program, accounts_file, follow, publish
from tests.loopback.conftest import until

__all__ = ["FOLLOWERS", "PATIENCE_S", "FaultRun"]

PATIENCE_S = 120.0
FOLLOWERS = "killed", "asleep", "cut"
"""Of which the last reads through a proxy."""


class FaultRun:
    """Two publishers and some followers.

    ``rate``: trades a second; ``every``: how many trades a follower counts until it writes down how far it is.
    """

    def __init__(
        self,
        paper: PaperExchange,
        broker: Broker,
        folder: Path,
        rate: int,
        every: int = 1_000,
        followers: Collection[str] = FOLLOWERS,
    ) -> None:
        self.broker, self.folder, self.rate = broker, folder, rate
        self._every = every
        self._config = {"rest_url": paper.url, "ws_public_url": paper.ws_url("public")}
        self._began = time.time()
        self.proxy = CutProxy(broker.port)
        self.publishers: dict[str, Program] = {}
        self.followers: dict[str, Program] = {}
        self.publish("first")
        self.publish("second")
        for name in followers:
            self.follow(name)
        (stream,) = broker.client.keys("*:stream")
        self.keys = StreamKeys(stream.decode().partition("{")[2].partition("}")[0])

    def publish(self, name: str, port: int | None = None) -> None:
        """Start a publisher, which stands by if another one writes."""
        url = f"redis://127.0.0.1:{port or self.broker.port}/0"
        self.publishers[name] = Program(publish, url, self._config, name, self.rate, self._began)

    def follow(self, name: str) -> None:
        """Start a follower, which goes on where the one before of this name has written that it was."""
        port = self.proxy.port if name == "cut" else self.broker.port
        path = accounts_file(self.folder, name)
        self.followers[name] = Program(follow, f"redis://127.0.0.1:{port}/0", self._config, path, self._every)

    @property
    def active(self) -> str:
        """The publisher that writes."""
        return str(self.broker.client.hget(self.keys.facts, "publisher").decode())

    def sent(self) -> int:
        """Return how many messages publishers have numbered and the broker has agreed to, in all epochs."""
        try:
            base, last = self.broker.client.hmget(self.keys.facts, "base", "last")
        except redis.RedisError:
            return 0
        return int(base or 0) + int(last or 0)

    def until_sent(self, number: float) -> None:
        """Wait until so many messages were sent."""
        until(lambda: self.sent() >= number, PATIENCE_S, what=f"{number:,.0f} messages ({self.sent():,} so far)")

    def stop_feeding(self) -> None:
        """Have publishers told nothing more, and wait until all that they were told is sent."""
        for one in self.publishers.values():
            assert one.ask("stop")["missed"] == 0
        until(lambda: not any(one.ask()["waiting"] for one in self.publishers.values()), PATIENCE_S)

    def settled(self, name: str) -> dict[str, Any]:
        """Wait until the accounts of a follower add up, and return them; they are printed."""
        follower = self.followers[name]
        told: dict[str, Any] = {}

        def is_settled() -> bool:
            told.update(follower.ask())
            # A message counts as received when it is read; its callback runs after that, and events are told later.
            is_handled = told["count"] == told["received_here"] and told["told"] == told["missing_here"]
            return bool(is_handled and told["received"] + told["missing"] == self.sent())

        try:
            until(is_settled, PATIENCE_S, what=f"the accounts of {name}")
        finally:
            sys.stdout.write(
                f"{name}: {told['received']:,} received + {told['missing']:,} missing = {self.sent():,} sent; "
                f"{told['interruptions']} times without a publisher, {told['disorder']} out of order\n"
            )
        return told

    def close(self) -> None:
        """Kill all of it."""
        for one in (*self.publishers.values(), *self.followers.values()):
            one.kill()
        self.proxy.close()
