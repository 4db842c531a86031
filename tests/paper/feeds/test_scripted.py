"""The scripted channels: the same seed tells the same story, on every connection and in every channel of a family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperAccount, PaperClock, PaperExchange
from okx_sync.paper.default_accounts import DEFAULT_ACCOUNTS
from tests.paper.feeds.channel_facts import EXPECTED
from tests.paper.wire_client import WireClient

NOON = 1_763_726_400.0
BLOCK = ("rfqs", "quotes", "struc-block-trades", "public-struc-block-trades")
#: The scripted channels by path; none of them needs anything to happen.
SCRIPTED = {
    "public": ("option-trades", "call-auction-details", "event-contract-markets", "opt-summary", "estimated-price"),
    "business": (
        *BLOCK,
        *("economic-calendar", "public-block-trades", "block-tickers", "sprd-orders", "sprd-trades"),
        *("grid-orders-spot", "grid-orders-contract", "grid-orders-moon", "grid-positions", "grid-sub-orders"),
        *("algo-recurring-buy", "copytrading-lead-notification", "copytrading-notification"),
    ),
}
REQUESTS = {one.name: one.request for one in EXPECTED}


@pytest.fixture
def frozen() -> Iterator[PaperExchange]:
    """Time moves only when told to."""
    with PaperExchange(clock=PaperClock(NOON, frozen=True)) as paper:
        yield paper
        assert paper.problems == []


def listen(paper: PaperExchange, path: str, *names: str) -> WireClient:
    """A logged-in connection with these channels."""
    client = WireClient(paper, path, "alice")
    client.ask("subscribe", *(REQUESTS[name] for name in names))
    for _ in names:
        client.until_event("subscribe")
    return client


def told(seed: int, path: str) -> list[dict[str, Any]]:
    """Half a minute of the scripted channels of a path."""
    clock = PaperClock(NOON, frozen=True)
    with PaperExchange(seed, clock=clock) as paper, listen(paper, path, *SCRIPTED[path]) as client:
        paper.clock.advance(30)
        return client.pushes()


@pytest.mark.slow
@pytest.mark.parametrize("path", SCRIPTED)
def test_the_same_seed_tells_the_same_story(path: str) -> None:
    """Frame by frame, word for word; another seed tells another one."""
    first = told(7, path)
    assert {frame["arg"]["channel"] for frame in first} == set(SCRIPTED[path])
    assert told(7, path) == first
    assert told(8, path) != first


def test_two_connections_hear_the_same(frozen: PaperExchange) -> None:
    """Private channels, too: both are the same account's."""
    with listen(frozen, "business", *BLOCK) as one:
        frozen.clock.advance(5)
        with listen(frozen, "business", *BLOCK) as two:
            frozen.clock.advance(0.5)
            early, late = one.pushes(), two.pushes()
            assert [early.count(frame) for frame in late] == [1] * len(late)
            frozen.clock.advance(12)
            assert one.pushes() == two.pushes()


def test_a_latecomer_is_told_soon(frozen: PaperExchange) -> None:
    """The last push of a slow channel comes again for a newcomer, after 0.2 s, and for nobody else."""
    with listen(frozen, "business", "copytrading-lead-notification") as one:
        frozen.clock.advance(15)
        assert one.pushes()
        with listen(frozen, "business", "copytrading-lead-notification") as two:
            frozen.clock.advance(0.3)
            (frame,) = two.pushes()
            assert frame["data"][0]["infoType"] in ("1", "2", "3")
            assert one.pushes() == []


def test_cadence(frozen: PaperExchange) -> None:
    """Each second a beat for option summaries, each 200 ms one for estimated prices."""
    with listen(frozen, "public", "opt-summary", "estimated-price") as client:
        frozen.clock.advance(10)
        names = [frame["arg"]["channel"] for frame in client.pushes()]
        assert abs(names.count("opt-summary") - 10) <= 1
        assert abs(names.count("estimated-price") - 50) <= 2


def test_a_deal_is_one_story_in_all_channels(frozen: PaperExchange) -> None:
    """Request, quote and trade share their ids; legs and prices agree."""
    with listen(frozen, "business", *BLOCK) as client:
        frozen.clock.advance(13)
        rows = [(frame["arg"]["channel"], frame["data"][0]) for frame in client.pushes()]
    trade = [row for name, row in rows if name == "struc-block-trades"][-1]
    quote = [row for name, row in rows if name == "quotes" and row["quoteId"] == trade["quoteId"]]
    request = [row for name, row in rows if name == "rfqs" and row["rfqId"] == trade["rfqId"]]
    assert [row["state"] for row in quote] == ["active", "filled"]
    assert [row["state"] for row in request] == ["active", "filled"]
    assert [(leg["instId"], leg["px"]) for leg in quote[0]["legs"]] == [
        (leg["instId"], leg["px"]) for leg in trade["legs"]
    ]
    assert {leg["side"] for leg in trade["legs"]} == {"buy", "sell"}


def test_block_trades_are_public_a_quarter_of_an_hour_later(frozen: PaperExchange) -> None:
    """What the account traded is published with the same id and time 15 minutes after."""
    frozen.quiet()
    with listen(frozen, "business", "struc-block-trades", "public-struc-block-trades") as client:
        frozen.clock.advance(12)
        traded = [f["data"][0] for f in client.pushes() if f["arg"]["channel"] == "struc-block-trades"][-1]
        for _ in range(33):
            frozen.clock.advance(29)
            found = [f["data"][0] for f in client.pushes() if f["arg"]["channel"] == "public-struc-block-trades"]
            if traded["blockTdId"] in [row["blockTdId"] for row in found]:
                break
    published = next(row for row in found if row["blockTdId"] == traded["blockTdId"])
    assert published["cTime"] == traded["cTime"]
    assert frozen.clock.now_ms() - int(traded["cTime"]) >= 15 * 60_000 - 6000


def test_bots_are_those_asked_for(frozen: PaperExchange) -> None:
    """`algoId` and `instId` of the argument come back in the rows."""
    with WireClient(frozen, "business", "alice") as client:
        asked = {"instType": "SPOT", "instId": "ETH-USDT", "algoId": "77"}
        client.subscribe("grid-orders-spot", **asked)
        frozen.clock.advance(0.3)
        row = client.until_push("grid-orders-spot")["data"][0]
        assert {name: row[name] for name in asked} == asked


def test_option_trades_of_one_option(frozen: PaperExchange) -> None:
    """`instId` wins over `instFamily`; names come from the summaries."""
    with listen(frozen, "public", "opt-summary") as client:
        frozen.clock.advance(0.3)
        rows = client.until_push("opt-summary")["data"]
        assert len(rows) == len({row["instId"] for row in rows}) > 20
        client.subscribe("option-trades", instType="OPTION", instId=rows[3]["instId"], instFamily="ETH-USD")
        frozen.clock.advance(3)
        assert client.until_push("option-trades")["data"][0]["instId"] == rows[3]["instId"]


@pytest.mark.parametrize(
    ("inst_type", "settle"),
    [("OPTION", "exercise"), ("FUTURES", "delivery"), ("SWAP", "settlement"), ("EVENTS", "settlement")],
)
def test_estimated_prices_of_every_kind(frozen: PaperExchange, inst_type: str, settle: str) -> None:
    """Each kind of contract names how it settles, at about the index."""
    family = "BTC-USDT" if inst_type in ("SWAP", "FUTURES") else "BTC-USD"
    with WireClient(frozen) as client:
        client.subscribe("estimated-price", instType=inst_type, instFamily=family)
        frozen.clock.advance(0.3)
        row = client.until_push("estimated-price")["data"][0]
        index = frozen.venue.index_ticker_row("BTC-USDT")["idxPx"]
        assert (row["instType"], row["settleType"]) == (inst_type, settle)
        assert abs(float(row["settlePx"]) / float(index) - 1) < 0.01
        client.subscribe("estimated-price", instType=inst_type, instId=row["instId"])


def test_event_markets_live_and_are_settled(frozen: PaperExchange) -> None:
    """A market goes through its states, gets its strike when it opens and its outcome at the end."""
    with listen(frozen, "public", "event-contract-markets") as client:
        frozen.clock.advance(41)
        rows = [row for frame in client.pushes() for row in frame["data"]]
    by_market: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_market.setdefault(row["instId"], []).append(row)
    life = next(life for life in by_market.values() if len(life) == 4)
    assert [row["state"] for row in life] == ["preopen", "live", "settling", "expired"]
    assert [bool(row["floorStrike"]) for row in life] == [False, True, True, True]
    higher = float(life[3]["settleValue"]) >= float(life[3]["floorStrike"])
    assert [row["outcome"] for row in life] == ["", "", "", "yes" if higher else "no"]


def test_call_auction_ends_in_trading(frozen: PaperExchange) -> None:
    """Sizes grow until the auction's end; the last push says that trading goes on."""
    with listen(frozen, "public", "call-auction-details") as client:
        frozen.clock.advance(31)
        rows = [frame["data"][0] for frame in client.pushes()]
    ends = [row for row in rows if row["state"] == "continuous_trading"]
    assert len(ends) == 1
    assert ends[0]["ts"] == ends[0]["auctionEndTime"]
    assert float(ends[0]["matchedSz"]) > float(rows[0]["matchedSz"])


@pytest.mark.parametrize(
    ("arg", "code", "text"),
    [
        ({"channel": "option-trades", "instType": "OPTION"}, "60027", "instId or instFamily"),
        ({"channel": "option-trades", "instType": "SWAP", "instFamily": "BTC-USD"}, "60018", "instType:SWAP"),
        ({"channel": "estimated-price", "instType": "FUTURES"}, "60027", "instFamily or instId"),
        ({"channel": "estimated-price", "instType": "SWAP", "uly": "BTC-USDT"}, "64000", "instFamily"),
        ({"channel": "opt-summary"}, "60027", "instFamily"),
        ({"channel": "opt-summary", "instFamily": "DOGE-USD"}, "60018", "instFamily:DOGE-USD"),
        ({"channel": "event-contract-markets", "instType": "SPOT"}, "60018", "instType:SPOT"),
        ({"channel": "call-auction-details", "instId": "NO-SUCH"}, "60018", "instId:NO-SUCH"),
    ],
)
def test_wrong_arguments(frozen: PaperExchange, arg: dict[str, str], code: str, text: str) -> None:
    """Missing, unknown and retired arguments get the exchange's codes."""
    with WireClient(frozen) as client:
        client.ask("subscribe", arg)
        error = client.until_event("error")
        assert error["code"] == code
        assert text in error["msg"]


@pytest.mark.parametrize("arg", [{"channel": "sprd-tickers", "sprdId": "X_Y"}, {"channel": "grid-positions"}])
def test_wrong_arguments_of_business_channels(frozen: PaperExchange, arg: dict[str, str]) -> None:
    """A spread that does not exist, a bot that is not named."""
    with WireClient(frozen, "business", "alice") as client:
        client.ask("subscribe", arg)
        assert client.until_event("error")["code"] == ("60018" if "sprdId" in arg else "60027")


def test_economic_calendar_needs_a_fee_tier_and_the_live_exchange() -> None:
    """64003 for an account without tier, 60018 in the demo environment."""
    poor = PaperAccount("poor", "paper-poor-key", "paper-poor-secret", "paper-poor-pass", {}, vip=False)
    with PaperExchange(accounts=(poor,)) as paper, WireClient(paper, "business", "poor") as client:
        client.ask("subscribe", {"channel": "economic-calendar"})
        assert client.until_event("error")["code"] == "64003"
    with PaperExchange(accounts=DEFAULT_ACCOUNTS, demo=True) as paper, WireClient(paper, "business", "alice") as client:
        client.ask("subscribe", {"channel": "economic-calendar"})
        assert client.until_event("error")["code"] == "60018"


def test_in_real_time_the_first_push_comes_at_once(paper: PaperExchange) -> None:
    """On a running clock nobody waits longer than half a second, give or take a loaded machine."""
    with listen(paper, "business", *SCRIPTED["business"]) as client:
        begin = paper.clock.monotonic()
        missing = set(SCRIPTED["business"])
        while missing:
            missing.discard(client.until(lambda frame: "data" in frame)["arg"]["channel"])
        assert paper.clock.monotonic() - begin < 2
