"""Order entry with all that it needs: links to the scripted exchange, rate limits, and operations of a toy API."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import orjson

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.errors import ConfigError
from okx_sync.live.links import Links
from okx_sync.live.order_entry import OrderEntry
from okx_sync.live.reporter import Reporter
from okx_sync.live.stream_op import ByRestOnly
from okx_sync.protocol.events import StreamReply
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rest.limits import Limiter
from okx_sync.timing import Clock, Deadline
from okx_sync.transport.hooks import LinkHooks
from tests.delivery.owner import PATIENCE_S
from tests.live.scripted import ACCOUNT, Exchange, spec_of
from tests.loopback.conftest import FAST, our_threads, until
from tests.rest.recording_checker import RecordingChecker
from tests.rest.toy_dialect import ToyDialect
from tests.rest.toy_group import Toy
from tests.transport.link_parts import RecordingSink, control

TWINS = {one.name: one for one in Toy.endpoints}


@attrs.frozen
class Op:
    """An operation of the scripted exchange.

    ``by_code``: it names the instrument by number; ``rest_has``: a parameter that only REST has.
    """

    word: str
    twin: Endpoint
    path: str = ACCOUNT
    by_code: bool = False
    rest_has: str = ""

    def frame(
        self, params: Mapping[str, Any], fields: Mapping[str, str], code: Callable[[str], int]
    ) -> Callable[[str], str] | None:
        if self.rest_has in params:
            return None
        named = {"code": code(params["market"])} if self.by_code else {}
        request = {"op": self.word, "args": {**params, **named}, "fields": dict(fields)}
        return lambda request_id: orjson.dumps({"id": request_id, **request}).decode()

    def read(self, reply: StreamReply) -> Reply:
        return Reply(reply.code == "0", reply.code, reply.message, reply.rows)

    def refuses_code(self, reply: Reply) -> bool:
        return reply.code == "no-code"

    def instruments(self, params: Mapping[str, Any]) -> set[str]:
        return {params["market"]}


ORDER = Op("order", TWINS["order"])
CODED = Op("coded", TWINS["order"], by_code=True)
PLAIN = Op("plain", TWINS["order"], rest_has="mine")
BATCH = Op("orders", TWINS["orders"])
SETTINGS = Op("settings", TWINS["settings"])
NO_STREAM = ByRestOnly("elsewhere", TWINS["order"])


class Codes:
    """Numbers of instruments, as far as there are any."""

    def __init__(self) -> None:
        self.known = {"BTC": 7}
        self.asked: list[str] = []
        self.doubted: list[str] = []

    def code(self, inst_id: str) -> int:
        self.asked.append(inst_id)
        if inst_id not in self.known:
            raise ConfigError(f"{inst_id} has no code")
        return self.known[inst_id]

    def doubt(self, inst_id: str) -> None:
        self.doubted.append(inst_id)


class Rest:
    """Carries out what is sent by REST. ``brings``: the reply, or what is raised."""

    def __init__(self) -> None:
        self.brings: Reply | BaseException = Reply(True, "", "", [{"px": "2"}])
        self.sent: list[tuple[str, dict[str, Any], Mapping[str, str]]] = []
        self.before: Callable[[], object] = lambda: None

    def __call__(
        self, endpoint: Endpoint, params: dict[str, Any], fields: Mapping[str, str], /, *, within: float | None = None
    ) -> Reply:
        assert within is not None
        self.sent.append((endpoint.name, params, fields))
        self.before()
        if isinstance(self.brings, BaseException):
            raise self.brings
        return self.brings


@attrs.frozen
class OrderEntryParts:
    """An order entry and its surroundings. ``requests``: the order requests that the exchange got."""

    entry: OrderEntry
    exchange: Exchange
    links: Links
    limiter: Limiter
    dialect: ToyDialect
    codes: Codes
    rest: Rest
    errors: list[Exception]
    requests: list[dict[str, Any]]

    def answer(self, code: str = "0", *, restart: bool = False, **row: Any) -> None:
        """Reply to each request from now on with one row that names its order."""

        def reply(request: dict[str, Any]) -> Iterator[bytes]:
            self.requests.append(request)
            rows = [{"mine": request["args"].get("mine"), "px": "1", **row}]
            yield control("reply", id=request["id"], code=code, rows=rows if code == "0" else [], restart=restart)

        self.exchange.reply = reply

    def answer_with(self, frames: Callable[[dict[str, Any]], list[bytes]]) -> None:
        """Reply to each request from now on with these frames."""

        def reply(request: dict[str, Any]) -> list[bytes]:
            self.requests.append(request)
            return frames(request)

        self.exchange.reply = reply

    def order(self, op: Op | ByRestOnly = ORDER, market: str = "BTC", sz: Any = 1, **options: Any) -> Any:
        """Carry out an operation."""
        return self.entry.run(op.word, (market, sz), options)


@contextlib.contextmanager
def order_entry_parts(
    *,
    keys: bool = True,
    by_rest: bool = True,
    timeout_s: float = 5.0,
    rest_fallback: bool | None = False,
    refusals: frozenset[str] | None = None,
    read_only: bool = False,
    dry_run: bool = False,
    checker: RecordingChecker | None = None,
) -> Iterator[OrderEntryParts]:
    """A parts of which no thread is left behind the block. The exchange answers ``px`` 1 to every request."""
    clock, pool = Clock(), CallbackPool("okx-callback", Clock())
    reporter, errors = Reporter(pool), list[Exception]()
    hooks = LinkHooks(
        sink=RecordingSink,
        state=reporter.state,
        error=errors.append,
        refused=lambda _topic, error: errors.append(error),
        failed=lambda _error: None,
        sync_clock=lambda: False,
        tick=lambda: None,
    )
    with Exchange() as exchange:
        links = Links(spec_of(exchange), FAST, clock, reporter, lambda _path: hooks)
        dialect, limiter, codes, rest = ToyDialect(keys=keys), Limiter(clock), Codes(), Rest()
        entry = OrderEntry(
            {op.word: op for op in (ORDER, CODED, PLAIN, BATCH, SETTINGS, NO_STREAM)},
            links,
            dialect,
            limiter,
            clock,
            WriteGuard(read_only, dry_run, dialect.environment),
            codes,
            rest if by_rest else None,
            timeout_s=timeout_s,
            rest_fallback=rest_fallback,
            refusals=refusals,
            checker=checker,
        )
        parts = OrderEntryParts(entry, exchange, links, limiter, dialect, codes, rest, errors, [])
        parts.answer()
        try:
            yield parts
        finally:
            entry.close()
            links.close(Deadline(PATIENCE_S, clock))
            assert pool.close(PATIENCE_S)
    until(lambda: not our_threads(), what=f"the end of {our_threads()}")
