"""Every channel there is: acked on its own path, refused elsewhere, soon pushed, with exactly the documented fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from okx_sync.paper.okx.channels import CHANNELS
from tests.each_case import each_case
from tests.paper.feeds import event_triggers
from tests.paper.feeds.channel_facts import EXPECTED, Expected
from tests.paper.feeds.row_shapes import fields_of, filled, misfits, nested
from tests.paper.wire_client import WireClient

NOON = 1_763_726_400.0
PATHS = ("public", "private", "business")
#: Lists that stay empty: the venue attaches no orders to orders and positions, and chases nothing.
EMPTY = {"closeOrderAlgo", "attachAlgoOrds", "advChaseParams", "subAlgoIdList"}
Frames = dict[str, list[dict[str, Any]]]


def collect(client: WireClient, frames: Frames) -> None:
    """Read what was sent so far, up to the answer of a ping."""
    client.send("ping")
    while (frame := client.recv()) != "pong":
        if "data" in frame:
            frames[frame["arg"]["channel"]].append(frame)
        else:
            assert frame["event"] in ("subscribe", "channel-conn-count"), frame


class Tour:
    """One connection per path, subscribed to all its channels: `first` holds what came within half a second of
    paper time, `frames` also what came later, `acks` the arguments of the acks.
    """

    def __init__(self, paper: PaperExchange) -> None:
        self.acks: dict[str, dict[str, str]] = {}
        self.first: Frames = defaultdict(list)
        self.frames: Frames = defaultdict(list)
        clients = {path: WireClient(paper, path, "alice") for path in PATHS}
        event_triggers.buy_swap(paper)
        for path, client in clients.items():
            self._subscribe(client, [one for one in EXPECTED if one.path == path])
        event_triggers.everything(paper)
        paper.clock.advance(0.5)
        for client in clients.values():
            collect(client, self.first)
        for _ in range(4):
            paper.clock.advance(5)
            for client in clients.values():
                collect(client, self.frames)
        for name, found in self.first.items():
            self.frames[name] = found + self.frames[name]
        for client in clients.values():
            client.close()

    def _subscribe(self, client: WireClient, wanted: list[Expected]) -> None:
        for start in range(0, len(wanted), 40):
            part = wanted[start : start + 40]
            client.ask("subscribe", *(one.request for one in part), id=f"b{start}")
            missing = {one.name for one in part}
            while missing:
                frame = client.recv()
                assert frame.get("event") != "error", frame
                if frame.get("event") == "subscribe":
                    assert frame["id"] == f"b{start}"
                    self.acks[frame["arg"]["channel"]] = frame["arg"]
                    missing.discard(frame["arg"]["channel"])
                elif "data" in frame:
                    self.first[frame["arg"]["channel"]].append(frame)


@pytest.fixture(scope="module")
def tour() -> Iterator[Tour]:
    """All channels, subscribed and listened to once for all tests of this module."""
    with PaperExchange(clock=PaperClock(NOON, frozen=True), flow_per_s=80) as paper:
        yield Tour(paper)
        assert paper.problems == []


def test_nothing_is_left_out() -> None:
    """The exchange serves exactly the documented names."""
    assert set(CHANNELS) == {one.name for one in EXPECTED}


def test_every_channel_is_acked_with_its_argument(tour: Tour) -> None:
    """The ack repeats what was asked for, word for word."""
    assert tour.acks == {one.name: one.request for one in EXPECTED}


def test_every_channel_pushes_within_half_a_second(tour: Tour) -> None:
    """Of paper time, and where something has to happen first, of that."""
    assert [one.name for one in EXPECTED if not tour.first.get(one.name)] == []


@each_case("expected", EXPECTED, ids=lambda one: one.name)
def test_pushes_have_the_documented_shape(tour: Tour, expected: Expected) -> None:
    """Exactly the documented keys beside `arg` and `data`, in `arg`, and in every row, with their JSON types."""
    arg = {k: v for k, v in expected.request.items() if k != expected.omits}
    keys = {"uid"} if expected.who == "own" else set()
    extra = {"": set(), "action": {"action"}, "eventType": {"eventType", "curPage", "lastPage"}}[expected.envelope]
    for frame in tour.frames[expected.name]:
        found = frame["arg"]
        assert {k: v for k, v in found.items() if k != "uid"} == arg
        assert set(found) - set(arg) == keys
        paged = frame.get("eventType") != "event_update"
        assert set(frame) - {"arg", "data"} == (extra if paged else {"eventType"})
        assert frame["data"]
        for row in frame["data"]:
            check_row(expected, row)


def check_row(expected: Expected, row: Any) -> None:
    """One row: the fields, or for candles the columns."""
    if expected.columns:
        assert len(row) == expected.columns
        assert all(isinstance(one, str) for one in row)
        assert row[-1] in "01"
    elif expected.fields == "...":
        assert row
    else:
        assert list(misfits(fields_of(expected.fields), row)) == []


NESTED = [one for one in EXPECTED if "[" in one.fields or "*" in one.fields]


@each_case("expected", NESTED, ids=lambda one: one.name)
def test_nested_lists_are_filled_now_and_then(tour: Tour, expected: Expected) -> None:
    """Each nested list has an element in some push, so that its fields were compared as well."""
    fields = fields_of(expected.fields)
    rows = [row for frame in tour.frames[expected.name] for row in frame["data"]]
    seen = {name for row in rows for name in filled(fields, row)}
    assert set(nested(fields)) - seen <= EMPTY


@pytest.mark.parametrize("path", PATHS)
def test_every_channel_is_refused_on_other_paths(paper: PaperExchange, path: str) -> None:
    """Business channels answer 64001 elsewhere, the others 64002 on business and 60018 on each other's path."""
    others = [one for one in EXPECTED if one.path != path]
    with WireClient(paper, path, "alice") as client:
        client.ask("subscribe", *(one.request for one in others))
        codes = [client.until_event("error")["code"] for _ in others]
    wanted = ["64001" if one.path == "business" else "64002" if path == "business" else "60018" for one in others]
    assert codes == wanted
    assert not paper.topics()


def test_login_is_asked_for_where_documented(paper: PaperExchange) -> None:
    """Without a login exactly the login channels are refused, with 60011."""
    for path in PATHS:
        wanted = [one for one in EXPECTED if one.path == path]
        with WireClient(paper, path) as client:
            client.ask("subscribe", *(one.request for one in wanted))
            events = [client.until(lambda frame: "event" in frame) for _ in wanted]
        codes = [event.get("code", "") for event in events if event["event"] != "channel-conn-count"]
        assert codes == ["" if one.who == "anyone" else "60011" for one in wanted]
