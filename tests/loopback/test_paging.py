"""Long histories from the paper exchange: 2,031 rows, equal times, two endpoints, its limits in force.

The exchange's clock stands still but for what the client waits: pacing is real, and takes no time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.errors import OkxApiError
from okx_sync.paper import PaperExchange
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.rest import Pager
from tests.each_case import each_case
from tests.exchanges.okx.endpoint_calls import full_call
from tests.exchanges.okx.test_listings import PAGERS
from tests.loopback.clocks import PaperTimed
from tests.loopback.test_calls_trading import GIVEN, SPECIAL

ROWS = 2031
STEP_S = 1250  # between fills: nearly six days in all, so that the three days of the recent endpoint end among them
TIES = 5
MINUTE, DAY = 60_000, 86_400_000
SWAP = "BTC-USDT-SWAP"
# Alice has nothing of the kind, and nothing fills an order on a spread.
EMPTY = {
    "account.iter_borrow_repay_history",
    "account.iter_interest_accrued",
    "account.iter_positions_history",
    "algo.iter_algo_orders_pending",
    "algo.iter_algo_orders_history",
    "convert.iter_history",
    "spread.iter_trades",
    "trade.iter_easy_convert_history",
}
# What an account in futures mode may not ask for.
REFUSED = {"trade.iter_repay_history": "51010"}


def seed(paper: PaperExchange, clock: PaperClock) -> None:
    """350 orders of alice's are filled, two every two hours, then one is 2,031 times, five every 1,250 seconds."""
    venue = paper._server.venue
    account = venue.accounts[0]
    order = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "60", "px": "30000"}
    for number in range(350):
        done = venue.place(account, {**order, "sz": "0.01"})
        venue.fill(ordId=done.ordId)
        if number % 2:
            clock.advance(2 * 3600)
    ack = venue.place(account, order)
    for number in range(ROWS):
        venue.fill(ordId=ack.ordId, sz="0.01")
        if number % TIES == TIES - 1:
            clock.advance(STEP_S)
    on_spread = {"sprdId": f"BTC-USDT_{SWAP}", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "-5"}
    venue.spread_orders.place(account, on_spread)
    venue.spread_orders.cancel(account, {"ordId": venue.spread_orders.place(account, on_spread).ordId})
    for _ in range(2):
        venue.deposit(account, "USDT", "5")
        venue.withdraw(account, "USDT", "5")
    # The funding account's ledger pages by time: seven entries each.
    for number in range(731):
        account.wallet.book("USDT", Decimal(1), "", venue.clock.now_ms() + number // 7)


@pytest.fixture(scope="module")
def paper() -> Iterator[PaperExchange]:
    """An exchange with a past."""
    clock = PaperClock(frozen=True)
    with PaperExchange(flow_per_s=0, limits=True, clock=clock) as made:
        made.run(seed, made, clock)
        yield made
        assert made.problems == []


class Asked:
    """Counts the requests of a test, and finds refused ones."""

    def __init__(self, paper: PaperExchange) -> None:
        # What an earlier client asked for must not count against a new one, whose limiter does not know it.
        paper.clock.advance(10)
        self._paper = paper
        self._before = len(paper.requests)

    def counts(self) -> dict[str, int]:
        """How many requests each endpoint got since the last call."""
        requests = self._paper.requests[self._before :]
        self._before += len(requests)
        assert {request.code for request in requests} <= {"0"}
        return dict(Counter(request.path.rpartition("/")[2] for request in requests))


@pytest.fixture
def asked(paper: PaperExchange) -> Iterator[Asked]:
    """None of a test's requests may be refused."""
    made = Asked(paper)
    yield made
    made.counts()


@pytest.fixture
def client(paper: PaperExchange, asked: Asked) -> Iterator[OkxClient]:
    """Alice's client."""
    with OkxClient(paper.config, clock=PaperTimed(paper)) as made:
        yield made


def truth(paper: PaperExchange, name: str) -> list[Any]:
    """Alice's ``fills``, ``bills`` ..., newest first, from the exchange's own books."""
    return paper.run(lambda: list(reversed(getattr(paper._server.venue.accounts[0], name))))


@pytest.mark.parametrize("size", [100, 300])
def test_candles_go_on_in_the_history(paper: PaperExchange, client: OkxClient, asked: Asked, size: int) -> None:
    """2,031 minutes: 1,440 from the endpoint of recent candles, the others from the other one, each once."""
    now = paper.clock.now_ms()
    end = now - now % MINUTE + MINUTE
    pager = client.market.iter_candles("BTC-USDT", "1m", limit=size).between(end - ROWS * MINUTE, end)
    rows = pager.to_list()
    assert [row.ts for row in rows] == [end - MINUTE * k for k in range(1, ROWS + 1)]
    assert [row.confirm for row in rows[:2]] == [False, True]
    # The last page of recent ones has a round number of rows: one request more has to tell that there are no others.
    recent, history = -(-1440 // size) + 1, -(-(ROWS - 1440) // size)
    assert asked.counts() == {"candles": recent, "history-candles": history}
    assert [row.ts for row in pager.oldest_first()] == [row.ts for row in reversed(rows)]


def test_a_span_of_long_ago_is_in_the_history_only(paper: PaperExchange, client: OkxClient, asked: Asked) -> None:
    """Datetimes do as well as ms; the end is not included, so that days can be put side by side."""
    day = datetime.fromtimestamp(paper.clock.now_ms() // DAY * 86_400 - 3 * 86_400, UTC)
    first = int(day.timestamp()) * 1000
    rows = client.iter_candles("BTC-USDT", "1H", start=day, end=day.replace(hour=6)).to_list()
    assert [row.ts for row in rows] == [first + hour * 60 * MINUTE for hour in (5, 4, 3, 2, 1, 0)]
    month = client.iter_candles("BTC-USDT", "1H", start=first - 90 * DAY, end=first - 80 * DAY).to_list()
    assert [row.ts for row in month] == [first - 80 * DAY - hour * 60 * MINUTE for hour in range(1, 241)]
    assert asked.counts()["history-candles"] == 1


def test_fills_go_on_in_the_history(paper: PaperExchange, client: OkxClient, asked: Asked) -> None:
    """Five at each time, the last three days from one endpoint, the others from the other one, each once."""
    rows = client.iter_fills("SWAP").to_list()
    fills = truth(paper, "fills")
    assert len(fills) == ROWS + 350
    assert [int(row.billId or 0) for row in rows] == [fill.billId for fill in fills]
    requests = asked.counts()
    recent = sum(fill.ts > paper.clock.now_ms() - 3 * DAY for fill in fills)
    assert 900 < recent < 1200
    assert recent // 100 + 1 <= requests["fills"] <= recent // 100 + 2
    assert requests["fills-history"] <= (len(fills) - recent) // 100 + 2


@pytest.mark.parametrize("size", [100, 3])
def test_a_span_of_fills_is_exact(paper: PaperExchange, client: OkxClient, asked: Asked, size: int) -> None:
    """Its start is in it and its end is not, in the middle of equal times as well."""
    fills = truth(paper, "fills")
    start, end = fills[1003].ts, fills[703].ts
    rows = client.trade.iter_fills("SWAP", limit=size).between(start, end).to_list()
    assert [int(row.billId or 0) for row in rows] == [fill.billId for fill in fills if start <= fill.ts < end]
    assert len(rows) >= 295


def test_the_ledger_and_the_orders_are_whole(paper: PaperExchange, client: OkxClient, asked: Asked) -> None:
    """Both have an endpoint for the last week and one for three months."""
    bills = client.iter_bills().to_list()
    assert [int(row.billId or 0) for row in bills] == [bill.billId for bill in truth(paper, "bills")]
    orders = client.iter_orders("SWAP").to_list()
    ids = paper.run(lambda: [o.ordId for o in reversed(paper._server.venue.accounts[0].by_id.values()) if o.is_done])
    assert [row.ordId for row in orders] == ids
    assert len(ids) == 350
    assert {"bills", "bills-archive", "orders-history", "orders-history-archive"} <= asked.counts().keys()


def test_public_trades_begin_at_the_end_of_the_span(paper: PaperExchange, client: OkxClient, asked: Asked) -> None:
    """By time to the first one, then by trade id, which no two share: nothing that is newer is read."""
    tape: list[Any] = paper.run(lambda: paper._server.venue.engine.tapes[SWAP].trades(10_000, "", ""))
    assert len(tape) > ROWS
    assert [row.tradeId for row in client.iter_trades(SWAP)] == [row["tradeId"] for row in tape]
    asked.counts()
    start, end = int(tape[1600]["ts"]), int(tape[1500]["ts"])
    rows = client.iter_trades(SWAP, start=start, end=end).to_list()
    assert [row.tradeId for row in rows] == [row["tradeId"] for row in tape if start <= int(row["ts"]) < end]
    assert asked.counts()["history-trades"] <= 2


@pytest.mark.parametrize("size", [100, 10, 3])
def test_equal_times_are_whole(paper: PaperExchange, client: OkxClient, asked: Asked, size: int) -> None:
    """A ledger whose cursor is a time that seven entries share: none is lost or repeated at the edge of a page, though
    pages of three hold less.
    """
    wanted = [row["billId"] for row in paper.run(lambda: list(paper._server.venue.accounts[0].wallet.bills))]
    pager = client.funding.iter_bills(limit=size)
    assert [row.billId for row in pager] == wanted
    assert [row.billId for row in pager.oldest_first()] == wanted[::-1]


def test_funding_rates(paper: PaperExchange, client: OkxClient, asked: Asked) -> None:
    """Every eight hours, from start to end."""
    now = paper.clock.now_ms()
    rows = client.iter_funding_rates(SWAP, start=now - 30 * DAY, end=now).to_list()
    assert len(rows) == 90
    times = [row.fundingTime or 0 for row in rows]
    assert times == sorted(set(times), reverse=True)


@pytest.mark.parametrize("stops", [[500, 503, 1800], [40]])
def test_a_pull_goes_on_in_another_process(paper: PaperExchange, asked: Asked, stops: list[int]) -> None:
    """The cursor is text; a new client goes on behind the very row, in a tie and over the switch of endpoints."""
    had: list[str | None] = []
    saved = None
    for stop in [*stops, None]:
        paper.clock.advance(10)  # a new process does not know what the last one has asked for
        with OkxClient(paper.config, clock=PaperTimed(paper)) as client:
            pager: Pager[Any] = client.iter_fills("SWAP").resume(saved)
            part = pager if stop is None else pager.limit(stop - len(had))
            had += [row.billId for row in part]
            saved = json.dumps(part.cursor)
    assert had == [str(fill.billId) for fill in truth(paper, "fills")]


def test_what_came_since(paper: PaperExchange, client: OkxClient, asked: Asked) -> None:
    """Oldest first, a cursor brings the fills after it, and only asks for those."""
    pager = client.iter_fills("SWAP", start=paper.clock.now_ms() - DAY).oldest_first()
    had = [row.billId for row in pager]
    assert had
    order = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "0.07", "px": "30000"}
    ack = paper.run(lambda: paper._server.venue.place(paper._server.venue.accounts[0], order))
    for _ in range(7):
        paper.fill(ordId=ack.ordId, sz="0.01")
    asked.counts()
    since = client.iter_fills("SWAP").oldest_first().resume(pager.cursor)
    assert [row.billId for row in since] == [str(fill.billId) for fill in truth(paper, "fills")[:7]][::-1]
    assert asked.counts() == {"fills": 1}


# -- all of them -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader(paper: PaperExchange) -> Iterator[OkxClient]:
    """Alice's client for tests that only look; its clock waits for nothing but its own limits."""
    paper.clock.advance(10)
    with OkxClient(paper.config, clock=PaperTimed(paper)) as made:
        yield made


@each_case("name", PAGERS)
def test_every_pager_is_read_to_its_end(reader: OkxClient, name: str) -> None:
    """It finds its cursor in every row, gives what a single page has, and resumes behind it."""
    endpoint = PAGERS[name].endpoints[-1]
    given = full_call(endpoint)[0] | GIVEN | {"algo_id": "1"}
    wanted = {param.name: given[param.name] for param in endpoint.params if param.required}
    wanted |= SPECIAL.get(f"{endpoint.group}.{endpoint.name}", {})
    pager: Pager[Any] = getattr(getattr(reader, endpoint.group), name.partition(".")[2])(**wanted)
    if name in REFUSED:
        with pytest.raises(OkxApiError) as refused:
            pager.limit(1).to_list()
        assert refused.value.code == REFUSED[name]
        return
    rows = pager.limit(1000).to_list()
    assert rows or name in EMPTY
    if rows:
        assert len({json.dumps(row.to_wire()) for row in rows}) == len(rows)
        first = pager.limit(1)
        assert first.to_list() + pager.resume(json.dumps(first.cursor)).limit(999).to_list() == rows
