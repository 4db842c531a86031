"""``LiveAlgos``: fed by two streams beside the orders, completed by asking, until it is known what became of each.

The exchange's REST side stands in memory (``Rest``, ``AlgoRest``); everything else is real.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, DecodeError, OkxApiError, OkxError, OrderStatusUnknown, SubscriptionError
from okx_sync.live import algos as live_algos
from okx_sync.live import manager_feed
from okx_sync.live.all_or_none import Gather, subscribe_all
from okx_sync.live.journal import OrderJournal
from okx_sync.rest.journaling import JournaledOrder
from okx_sync.state.orders.algo_manager import AlgoManager
from okx_sync.state.orders.algo_state import AlgoState, OpenAlgos, PreparedAlgo
from okx_sync.state.orders.new_order import OrderRules, new_order
from okx_sync.state.orders.order_handle import AlgoHandle
from okx_sync.state.orders.order_state import PreparedOrder
from tests.delivery.owner import PATIENCE_S
from tests.live.scripted import ACCOUNT, ALGO, Exchange, ScriptedClient, Watched, algo, client, fill, order, push
from tests.live.test_orders import Rest
from tests.loopback.conftest import until
from tests.state.orders.algos import Bench

ALGOS, ORDERS = {"channel": "algos"}, {"channel": "orders"}
LOST = OrderStatusUnknown("no answer came", clOrdId="c")
UNREAD = DecodeError("an algo order lacks its id", text="{}")


class BracketRest(Rest):
    """Orders that bring an algo order with them: "own" brings "c"."""

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        ids = iter(["c", "own"])  # that of what it brings is made first
        return new_order(words, lambda: next(ids), OrderRules(order_types={"limit": True}, attaches="together"))


class AlgoRest:
    """An ``AlgoSource`` whose ``listed`` are open, and where a look-up finds ``known`` by either id, or by ``of own``.

    ``troubles``: what the next calls of a name raise; ``asked`` counts the calls.
    """

    paths = (ACCOUNT, ALGO)

    def __init__(self, subscribe: Callable[..., Any]) -> None:
        self.queries: AlgoRest | None = self
        self.asks_orders = False
        self.makers: AlgoRest | None = None
        self.made_by: set[str] = set()
        self.sender = self
        self.listed: list[AlgoUpdate] = []
        self.unread: list[DecodeError] = []
        self.known: dict[str, AlgoUpdate] = {}
        self.troubles: dict[str, list[BaseException]] = {}
        self.on_list: Callable[[], object] = lambda: None
        self.asked: Counter[str] = Counter()
        self._subscribe = subscribe

    def _ask(self, name: str) -> None:
        self.asked[name] += 1
        if self.troubles.get(name):
            raise self.troubles[name].pop(0)

    def follow(self, feed: Callable[[Any], object], together: Gather) -> Sequence[Subscription[Any]]:
        wishes = [partial(self._subscribe, name, feed, inline=True) for name in ("orders", "algos")]
        return subscribe_all(together, wishes)

    def open_algos(self, inst_id: str | None = None) -> OpenAlgos:
        self._ask("open_algos")
        self.on_list()
        return OpenAlgos([one for one in self.listed if inst_id in (None, one.inst_id)], self.unread)

    def look_up_algo(self, state: AlgoState) -> AlgoUpdate | None:
        self._ask("look_up")
        names = (state.algo_id, state.client_order_id, f"of {state.parent_client_order_id}")
        return next((self.known[name] for name in names if name in self.known), None)

    def makers_of(self, made: AlgoUpdate, parent: str, known: Callable[[str, set[str]], Any]) -> set[str]:
        del made, parent, known
        self._ask("makers")
        return self.made_by

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        return PreparedAlgo(inst_id="BTC", kind=words["kind"], client_order_id="c", trigger=TriggerPrice(1))

    def place_algo(self, new: PreparedAlgo) -> str | None:
        del new
        self._ask("place")
        return "a1"

    def cancel_algo(self, state: AlgoState) -> bool:
        self._ask("cancel")
        return state.algo_id != "gone"

    def amend_algo(self, state: AlgoState, changes: Mapping[str, Any]) -> None:
        self._ask("amend")


@attrs.frozen
class Stage:
    """An exchange, its REST side, and a client of both."""

    exchange: Exchange
    watched: Watched
    rest: AlgoRest
    orders: BracketRest

    @property
    def ws(self) -> ScriptedClient:
        return self.watched.ws

    def opened(self) -> AlgoManager:
        """The algo orders, synced."""
        algos = self.ws.orders.algos
        assert algos.wait_synced(PATIENCE_S)
        return algos

    def tell(self, *rows: Mapping[str, Any]) -> None:
        """The stream tells of algo orders."""
        self.exchange.say(ALGO, *(push(ALGOS, row) for row in rows))

    def met(self, one: AlgoHandle, status: str) -> None:
        """An algo order comes to a status."""
        assert one.wait_until(lambda now: now.status == status, PATIENCE_S), one


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at again and again is so without a pause."""
    for name in ("_FIRST_LOOK_S", "_REPAIR_S", "_UNREAD_S"):
        monkeypatch.setattr(manager_feed, name, 0.001)


@contextmanager
def staged(**parts: Any) -> Iterator[Stage]:
    """One whose REST side has nothing yet."""
    rests: list[AlgoRest] = []
    orders: list[BracketRest] = []

    def algos_of(subscribe: Callable[..., Any]) -> AlgoRest:
        rests.append(AlgoRest(subscribe))
        return rests[0]

    def orders_of(subscribe: Callable[..., Any]) -> BracketRest:
        orders.append(BracketRest(subscribe))
        return orders[0]

    with Exchange() as exchange, client(exchange, orders=orders_of, algos=algos_of, **parts) as watched:
        yield Stage(exchange, watched, rests[0], orders[0])


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


# -- life ----------------------------------------------------------------------------------------------------------


def test_orders_alone_cost_nothing_more(stage: Stage) -> None:
    """Algo orders are followed from their first use on, all of it or nothing; the same object each time."""
    assert stage.ws.orders.wait_synced(PATIENCE_S)
    assert (stage.exchange.asked("algos"), stage.rest.asked) == (0, {})
    stage.exchange.refused.add("algos")
    with pytest.raises(SubscriptionError):
        _ = stage.ws.orders.algos
    stage.exchange.refused.clear()
    stage.rest.listed = [algo("armed", algo_id="a1")]
    algos = stage.opened()
    assert [one.algo_id for one in algos] == ["a1"]
    assert stage.ws.orders.algos is algos
    stage.tell({"id": "a1", "status": "fired", "at": 5}, {"id": "a2", "status": "armed"})
    assert algos.wait_until(lambda one: "a2" in one, PATIENCE_S)
    assert (algos["a1"].status, stage.rest.asked) == ("fired", {"open_algos": 1})


def test_the_end_of_orders_is_theirs(stage: Stage) -> None:
    """Their thread ends with the client; alone they can be closed, and the next use makes them anew."""
    old = stage.opened()
    old.close()
    until(lambda: stage.exchange.asked("algos", "unsubscribe") == 1)
    new = stage.opened()
    assert new is not old
    stage.exchange.refused.add("algos")
    stage.exchange.drop(ALGO)
    until(lambda: new.is_closed)
    assert "its subscription has ended" in str(new.unsynced_reason)
    stage.exchange.refused.clear()
    last = stage.opened()
    stage.ws.close()
    assert last.unsynced_reason == "the client was closed"
    assert all(thread.name != "okx-algo-orders" for thread in threading.enumerate())


def test_a_client_that_follows_none() -> None:
    """It says so, and a bracket is refused before anything is sent."""
    made: list[BracketRest] = []

    def source(subscribe: Callable[..., Any]) -> BracketRest:
        made.append(BracketRest(subscribe))
        return made[0]

    with Exchange() as exchange, client(exchange, orders=source) as watched:
        with pytest.raises(ConfigError, match="not followed"):
            _ = watched.ws.orders.algos
        with pytest.raises(ConfigError, match="not followed"):
            watched.ws.orders.place("BTC", "buy", 1, 100, stop_loss=90)
        assert (made[0].asked["place"], len(watched.ws.orders)) == (0, 0)


# -- losses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [ACCOUNT, ALGO])
def test_each_of_its_links_counts(stage: Stage, path: str) -> None:
    """Not synced while one is down, and REST is asked before it is so again; what it lists no more is looked up."""
    algos = stage.opened()
    stage.tell({"id": "a1", "status": "armed", "at": 1}, {"id": "a2", "status": "armed", "at": 1})
    assert algos.wait_until(lambda all_: "a2" in all_, PATIENCE_S)
    seen: list[bool] = []
    stage.watched.ws.on_state(lambda event: seen.append(algos.synced) if event.kind == "lost" else None)
    stage.rest.listed = [algo("armed", algo_id="a1", updated_at=1)]
    stage.rest.known["a2"] = algo("fired", algo_id="a2", order_ids=("8",), updated_at=5, recovered=True)
    stage.exchange.drop(path)
    until(lambda: seen)
    assert algos.wait_synced(PATIENCE_S)
    assert (seen, algos["a2"].status, stage.rest.asked) == ([False], "fired", {"open_algos": 2, "look_up": 1})


def test_both_links_must_be_up(stage: Stage) -> None:
    """That one is restored does not make it whole while the other is down."""
    algos = stage.opened()
    account, algo_link = stage.ws._live.orders._algos._feed._on_paths.values()  # type: ignore[union-attr]
    for link in account, algo_link:
        link.lost("it is down")
    algo_link.restored()
    until(lambda: stage.rest.asked["open_algos"] == 2)
    assert not algos.wait_synced(0.1)
    account.restored()
    assert algos.wait_synced(PATIENCE_S)


def test_losses_without_end_do_not_put_off_a_look(stage: Stage) -> None:
    """What became of the child of a filled order is found out, though each list is cut off by one more loss."""
    algos = stage.opened()
    parent = stage.ws.orders.place("BTC", "buy", 1, 100, stop_loss=90)
    (child,) = parent.children
    feed = stage.ws._live.orders._algos._feed
    assert feed is not None

    def one_more_loss() -> None:
        feed.lost("it was cut", ALGO)
        feed.restored(ALGO)

    stage.rest.on_list = one_more_loss
    stage.rest.known["c"] = algo("armed", algo_id="a9", recovered=True)
    one_more_loss()
    until(lambda: stage.rest.asked["open_algos"] > 3)
    stage.exchange.say(ACCOUNT, push(ORDERS, {"id": "7", "own": "own", "status": "filled", "filled": "10", "at": 2}))
    stage.met(child, "armed")
    assert not algos.synced
    stage.rest.on_list = lambda: None


def test_what_cannot_be_read(stage: Stage) -> None:
    """A row, of a push or a list: reported, not synced, and asked for again."""
    algos = stage.opened()
    stage.tell({"status": "armed"})
    until(lambda: stage.rest.asked["open_algos"] == 2)
    assert algos.wait_synced(PATIENCE_S)
    stage.rest.unread = [UNREAD]
    stage.tell({"status": "armed"})
    until(lambda: stage.rest.asked["open_algos"] == 4)
    assert not algos.synced
    with pytest.raises(DecodeError):
        algos.cancel_all()
    stage.rest.unread = []
    assert algos.wait_synced(PATIENCE_S)
    assert [str(one) for one in stage.watched.errors] != []


def test_a_push_of_which_a_part_cannot_be_read(stage: Stage) -> None:
    """What can be is known; of the rest the exchange is asked, and who reads the push is named for people."""
    algos = stage.opened()
    stage.rest.listed = [algo("armed", algo_id="a2", recovered=True)]
    stage.exchange.say(ALGO, push(ALGOS, 5, {"id": "a1", "status": "fired"}))
    assert algos.wait_until(lambda all_: "a1" in all_ and "a2" in all_, PATIENCE_S)
    assert algos.wait_synced(PATIENCE_S)
    assert (algos["a1"].status, stage.rest.asked["open_algos"]) == ("fired", 2)
    assert repr(live_algos.AlgoFeed(algos)) == "live algo orders"


def test_a_list_that_cannot_be_had(stage: Stage) -> None:
    """It is asked for again, and until then algo orders are not synced; the error is told."""
    stage.rest.troubles["open_algos"] = [OkxApiError("busy", code="1"), RuntimeError("a bug")]
    algos = stage.opened()
    assert algos.synced
    assert [type(one) for one in stage.watched.errors] == [OkxApiError, RuntimeError]


def test_nobody_to_ask(stage: Stage) -> None:
    """Then they are never synced, and say why; what the stream tells is known all the same."""
    stage.rest.queries = None
    algos = stage.ws.orders.algos
    with pytest.raises(ConfigError, match="without a timeout"):
        algos.wait_synced()
    with pytest.raises(ConfigError, match="cannot be asked"):
        algos.cancel_all()
    stage.tell({"status": "armed"}, {"id": "a1", "status": "armed"})
    assert algos.wait_until(lambda all_: "a1" in all_, PATIENCE_S)
    stage.rest.troubles["cancel"] = [LOST]
    with pytest.raises(OrderStatusUnknown):
        algos["a1"].cancel()
    assert algos["a1"].status == "armed"


# -- doubts --------------------------------------------------------------------------------------------------------


def lost(stage: Stage) -> AlgoHandle:
    """An algo order whose answer is lost."""
    stage.rest.troubles["place"] = [LOST]
    with pytest.raises(OrderStatusUnknown):
        stage.ws.orders.place_algo("trigger", "BTC", "buy", 1, trigger=100)
    return stage.ws.orders.algos["c"]


def test_a_lost_answer_is_looked_up(stage: Stage) -> None:
    """Unknown until REST tells, also when several could be meant; it is sent once."""
    stage.rest.known["c"] = algo("unknown", reason="two are alike")
    one = lost(stage)
    until(lambda: one.reason == "two are alike" or stage.rest.asked["look_up"] > 1)
    assert one.status == "unknown"
    stage.rest.known["c"] = algo("armed", algo_id="a7", recovered=True)
    stage.met(one, "armed")
    assert (one.algo_id, stage.rest.asked["place"]) == ("a7", 1)


def test_what_can_not_be_told_is_asked_once(stage: Stage) -> None:
    """Where the exchange has told all that it can, neither the clock nor an outage asks it again; news still counts."""
    stage.rest.known["c"] = algo("unknown", reason="two are alike", is_inferred=True)
    one = lost(stage)
    until(lambda: one.reason == "two are alike")
    stage.exchange.drop(ALGO)
    until(lambda: stage.rest.asked["open_algos"] == 2, what="the list after the outage")
    assert stage.ws.orders.algos.wait_synced(PATIENCE_S)
    assert (one.status, stage.rest.asked["look_up"]) == ("unknown", 1)
    stage.tell({"id": "a7", "own": "c", "status": "armed"})
    stage.met(one, "armed")


def test_what_nobody_knows_stays_unknown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not asked for for ever, nor after each loss again, and can be forgotten."""
    monkeypatch.setattr(manager_feed, "_LOOKS", 3)
    algos = stage.opened()
    one = lost(stage)
    until(lambda: stage.rest.asked["look_up"] == 3)
    stage.exchange.drop(ALGO)
    until(lambda: stage.rest.asked["open_algos"] > 1)
    assert algos.wait_synced(PATIENCE_S)
    assert (one.status, stage.rest.asked["look_up"]) == ("unknown", 3)
    stage.ws.orders.algos.forget("c")
    assert len(stage.ws.orders.algos) == 0


def test_an_armed_one_that_is_listed_no_more(stage: Stage) -> None:
    """When the exchange does not know it either, nobody can say whether it fired: unknown, not canceled."""
    algos = stage.opened()
    stage.tell({"id": "a1", "status": "armed"})
    assert algos.wait_until(lambda all_: "a1" in all_, PATIENCE_S)
    stage.exchange.drop(ALGO)
    stage.met(algos["a1"], "unknown")
    assert algos["a1"].reason == "the exchange lists it no more, and does not tell what became of it"
    stage.tell({"id": "a1", "status": "fired"})
    stage.met(algos["a1"], "fired")


def test_a_lost_answer_to_a_cancel(stage: Stage) -> None:
    """And one that was gone: both are looked up."""
    algos = stage.opened()
    stage.tell({"id": "a1", "status": "armed"}, {"id": "gone", "status": "armed"})
    assert algos.wait_until(lambda all_: "gone" in all_, PATIENCE_S)
    for name in "a1", "gone":
        stage.rest.known[name] = algo("canceled", algo_id=name, recovered=True)
    stage.rest.listed = [algo("armed", algo_id="a1"), algo("armed", algo_id="gone")]
    stage.rest.troubles["cancel"] = [LOST]
    result = algos.cancel_all()
    assert [one.verdict for one in result] == ["unknown", "gone"]
    for handle in algos.of("BTC"):
        stage.met(handle, "canceled")


def test_a_refusal_of_a_look_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """One in doubt stays so, and keeps none of the others from being known."""
    monkeypatch.setattr(manager_feed, "_LOOKS", 3)
    stage.rest.troubles["look_up"] = [OkxApiError("no such instrument", code="51001")] * 100
    one = lost(stage)
    until(lambda: stage.rest.asked["look_up"] >= 3)
    assert (one.status, stage.ws.orders.algos.wait_synced(PATIENCE_S)) == ("unknown", True)
    assert any(isinstance(error, OkxApiError) for error in stage.watched.errors)


def test_the_orders_of_one_that_has_fired(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """REST is asked for them where the streams do not tell, until it tells, and not for ever."""
    monkeypatch.setattr(live_algos, "_FIRST_S", 0.001)
    stage.rest.asks_orders = True
    algos = stage.opened()
    stage.tell({"id": "a1", "status": "armed"}, {"id": "a2", "status": "armed"})
    stage.tell({"id": "a1", "status": "fired"})
    until(lambda: stage.rest.asked["look_up"] == live_algos._LOOKS_FOR_ORDERS)
    assert algos["a1"].snapshot().order_ids == ()
    stage.rest.known["a2"] = algo("fired", algo_id="a2", order_ids=("8",), recovered=True)
    stage.tell({"id": "a2", "status": "fired"})
    assert algos.wait_until(lambda one: one["a2"].snapshot().order_ids == ("8",), PATIENCE_S)
    assert stage.rest.asked["look_up"] == live_algos._LOOKS_FOR_ORDERS + 1


# -- brackets ------------------------------------------------------------------------------------------------------


def test_a_bracket(stage: Stage) -> None:
    """Its child is known when the order is sent; the orders' own stream tells of it, and the end of the order asks."""
    seen: list[int] = []
    stage.orders.before["place"] = lambda: seen.append(len(stage.ws.orders.algos))
    placed = stage.ws.orders.place("BTC", "buy", 1, 100, take_profit=110, stop_loss=90)
    (child,) = placed.children
    assert (seen, child.status, child.client_order_id) == ([1], "pending", "c")
    stage.exchange.say(ACCOUNT, push(ORDERS, {"id": "7", "own": "own", "status": "live", "brings": "c", "at": 1}))
    assert placed.wait_until(lambda one: one.stop_loss is not None and one.stop_loss.status == "attached", PATIENCE_S)
    stage.rest.known["c"] = algo("attached", client_order_id="c", updated_at=1)
    stage.exchange.say(ACCOUNT, push(ORDERS, {"id": "7", "status": "filled", "filled": "10", "at": 2}))
    until(lambda: stage.rest.asked["look_up"] > 2)  # it is armed soon
    stage.rest.known["c"] = algo("armed", client_order_id="c", algo_id="a1", updated_at=2)
    stage.met(child, "armed")
    assert placed.wait_filled(PATIENCE_S)
    until(lambda: stage.ws._live.orders._algos._feed is not None)
    asked = stage.rest.asked["look_up"]
    stage.tell({"id": "a1", "status": "fired", "at": 3})
    stage.met(child, "fired")
    assert stage.rest.asked["look_up"] == asked


def test_the_stream_is_faster_than_the_look_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nobody is asked."""
    monkeypatch.setattr(manager_feed, "_FIRST_LOOK_S", 0.2)
    algos = stage.opened()
    placed = stage.ws.orders.place("BTC", "buy", 1, 100, stop_loss=90)
    feed = stage.ws._live.orders._algos._feed
    assert feed is not None
    stage.exchange.say(ACCOUNT, push(ORDERS, {"id": "7", "own": "own", "status": "filled", "filled": "10", "at": 2}))
    assert placed.wait_done(PATIENCE_S)
    until(lambda: ("settle", placed.children[0]) in feed._jobs)
    stage.tell({"id": "a1", "own": "c", "status": "armed", "at": 3})
    assert placed.wait_until(lambda one: one.children[0].status == "armed", PATIENCE_S)
    until(lambda: ("settle", placed.children[0]) not in feed._jobs)
    assert (stage.rest.asked["look_up"], algos.synced) == (0, True)


def test_a_bracket_whose_answer_is_lost(stage: Stage) -> None:
    """Its child is unknown with it, and looked up when the order is known."""
    stage.opened()
    stage.orders.troubles["place"] = [OrderStatusUnknown("no answer came", clOrdId="own")]
    stage.rest.known["c"] = algo("attached", client_order_id="c", parent_order_id="7", recovered=True)
    with pytest.raises(OrderStatusUnknown):
        stage.ws.orders.place("BTC", "buy", 1, 100, stop_loss=90)
    placed = stage.ws.orders["own"]
    (child,) = placed.children
    assert (placed.status, child.status, stage.rest.asked["look_up"]) == ("unknown", "unknown", 0)
    stage.orders.known["own"] = order("7", "live", client_order_id="own", recovered=True)
    stage.met(child, "attached")
    assert (placed.status, child.parent) == ("live", placed)


def test_what_only_its_facts_tell_waits_for_the_orders(stage: Stage) -> None:
    """While nobody knows which orders were filled, it may be another one's: it is taken in once they are synced."""
    algos = stage.opened()
    placed = stage.ws.orders.place("BTC", "buy", 1, 100, stop_loss=90)
    (child,) = placed.children
    assert stage.ws.orders.wait_synced(PATIENCE_S)
    stage.ws.orders.mark_synced(False, "it may have missed something")
    stage.rest.known["c"] = algo("armed", client_order_id="c", algo_id="a1", is_inferred=True)
    stage.exchange.say(ACCOUNT, push(ORDERS, {"id": "7", "own": "own", "status": "filled", "filled": "10", "at": 2}))
    until(lambda: stage.rest.asked["look_up"] > 1)
    assert (child.status, "a1" in algos) == ("pending", False)
    stage.ws.orders.mark_synced(True)
    stage.met(child, "armed")


@pytest.mark.parametrize(
    ("made_by", "status", "reason"),
    [
        ({"7"}, "armed", None),
        ({"7", "8"}, "unknown", "it may be a1, but so may be what came with order 8"),
        (set(), "unknown", "it may be a1, but no fill of order 7 was shortly before"),
    ],
    ids=["one", "two", "none"],
)
def test_what_its_facts_tell_is_one_orders(stage: Stage, made_by: set[str], status: str, reason: str | None) -> None:
    """The exchange is asked which orders may have brought it. What two may have brought is given up."""
    stage.rest.makers, stage.rest.made_by = stage.rest, made_by
    algos = stage.opened()
    placed = stage.ws.orders.place("BTC", "buy", 1, 100, stop_loss=90)
    (child,) = placed.children
    stage.rest.known["c"] = algo("armed", client_order_id="c", algo_id="a1", parent_order_id="7", is_inferred=True)
    stage.exchange.say(ACCOUNT, push(ORDERS, {"id": "7", "own": "own", "status": "filled", "filled": "10", "at": 2}))
    stage.met(child, status)
    assert child.reason == reason
    if len(made_by) > 1:
        feed = stage.ws._live.orders._algos._feed
        assert feed is not None
        until(lambda: ("settle", child) not in feed._jobs)
        asked = stage.rest.asked["look_up"]
        stage.exchange.drop(ACCOUNT)
        until(lambda: stage.rest.asked["open_algos"] > 1)
        assert algos.wait_synced(PATIENCE_S)
        assert (stage.rest.asked["look_up"], child.status) == (asked, "unknown")
        late = {"id": "7", "own": "own", "status": "filled", "filled": "10", "at": 2, "brings": "c"}
        stage.exchange.say(ACCOUNT, push(ORDERS, late))
        until(lambda: stage.rest.asked["look_up"] == asked + 2)
        stage.met(child, "unknown")


def test_a_thread_that_the_others_need_does_not_wait_for_them(stage: Stage) -> None:
    """An inline callback on one of the links that are to bring the agreement gets an error, not a deadlock."""
    assert stage.ws.orders.wait_synced(PATIENCE_S)
    told: list[OkxError] = []

    def ask() -> None:
        try:
            _ = stage.ws.orders.algos
        except OkxError as error:
            told.append(error)

    stage.exchange.deaf.add("algos")
    stage.ws.subscribe("holdings", lambda _event: ask(), inline=True)
    first = threading.Thread(target=ask)
    first.start()
    until(lambda: stage.exchange.asked("algos") == 1)
    stage.exchange.say(ACCOUNT, push({"channel": "holdings"}, {"symbol": "BTC", "size": "1"}))
    until(lambda: told)
    assert "this thread cannot wait for it" in str(told[0])
    stage.ws.close()
    first.join(PATIENCE_S)
    assert len(told) == 2


# -- from before ---------------------------------------------------------------------------------------------------


def before(**facts: Any) -> JournaledOrder:
    return JournaledOrder(inst_id="BTC", sent_at=1_700_000_000_000, **facts)


def held(path: Path) -> tuple[list[str], dict[str, str | None]]:
    """What a journal holds: unfinished, and over with its end."""
    with closing(OrderJournal(path, "scripted", account=None, sync=False)) as journal:
        return [one.key for one in journal.unfinished], {one.key: one.end for one in journal.ended_lately}


def test_those_of_a_program_that_was_killed(tmp_path: Path) -> None:
    """Orders have their children again, which are looked up before algo orders are synced; their ends are written."""
    path = tmp_path / "journal"
    algo_of = partial(before, is_algo=True, side="sell")
    with closing(OrderJournal(path, "scripted", account=None, sync=False)) as journal:
        journal.intend([before(client_order_id="own"), algo_of(client_order_id="c", parent="own", kind="oco")])
        journal.intend([algo_of(client_order_id="over", kind="trigger"), algo_of(client_order_id="never")])
        journal.intend([algo_of(client_order_id="", parent="own", kind="conditional", leg="stop_loss")])
        journal.intend([before(client_order_id="gone"), algo_of(client_order_id="cg", parent="gone")])
        journal.intend([algo_of(client_order_id="done", kind="trigger")])
        journal.ended("own", "filled", "10")
        journal.ended("algo done", "fired")
    with staged(journal=path) as stage:
        stage.rest.known = {
            "c": algo("armed", algo_id="a1", client_order_id="c", recovered=True),
            "over": algo("fired", algo_id="a2", order_ids=("8",), recovered=True),
        }
        stage.orders.known = {"gone": order("9", "rejected", client_order_id="gone", recovered=True)}
        orders = stage.ws.orders
        assert stage.exchange.asked("algos") == 1, "what is unfinished opens them"
        algos = stage.opened()
        child, nameless = orders["own"].children
        assert (child.status, child.parent, orders["own"].status) == ("armed", orders["own"], "filled")
        assert (nameless.status, nameless.leg, algos["done"].status) == ("unknown", "stop_loss", "fired")
        assert (algos["over"].status, algos["never"].status) == ("fired", "unknown")
        stage.met(algos["cg"], "rejected")
        stage.tell({"id": "a1", "status": "canceled"})
        stage.met(child, "canceled")
        algos.forget("never")
    unfinished, ended = held(path)
    assert unfinished == ["algo of own stop_loss"]
    assert ended["algo c"] == "canceled"
    assert ended["algo over"] == "fired"
    assert ended["algo cg"] == "rejected"


@pytest.mark.parametrize(
    ("other", "filled", "status"),
    [("attached", 0, "armed"), ("attached", 1, "unknown"), (None, 0, "unknown")],
    ids=["apart", "filled a bit", "not told"],
)
def test_what_may_be_of_two_orders(tmp_path: Path, other: str | None, filled: int, status: str) -> None:
    """It is of the one only where the exchange tells that the other one's is not made yet, and nothing is filled."""
    path = tmp_path / "journal"
    facts: dict[str, Any] = {"kind": "conditional", "leg": "stop_loss", "client_order_id": "", "is_algo": True}
    with closing(OrderJournal(path, "scripted", account=None, sync=False)) as journal:
        for own in "own", "two":
            journal.intend([before(client_order_id=own), before(parent=own, **facts)])
    with staged(journal=path) as stage:
        two = "partially_filled" if filled else "live"
        stage.orders.known = {
            "own": order("7", "filled", 10, client_order_id="own", recovered=True),
            "two": order("8", two, filled, client_order_id="two", recovered=True),  # type: ignore[arg-type]
        }
        told = {"kind": "conditional", "leg": "stop_loss", "recovered": True}
        stage.rest.known = {"of own": algo("armed", algo_id="a9", parent_order_id="7", is_inferred=True, **told)}
        if other is not None:
            stage.rest.known["of two"] = algo(other, parent_order_id="8", **told)
        orders = stage.ws.orders
        assert orders.wait_synced(PATIENCE_S)
        (child,) = orders["own"].children
        if status == "armed":
            stage.met(child, status)
            assert (child.algo_id, orders["two"].children[0].algo_id) == ("a9", None)
        else:
            until(lambda: str(child.reason).startswith("a9 has its facts, and those of BTC"))
            assert (child.status, child.algo_id) == ("unknown", None)


def test_the_last_row_of_an_order() -> None:
    """That of one that is over, or of which more is to come than its trades; of one that nobody knows there is none."""
    bench = Bench()
    for order_id, status, trades in (
        ("1", "live", 0),
        ("2", "partially_filled", 4),
        ("3", "filled", 10),
        ("4", "live", 10),
    ):
        facts = {"size": Decimal(10), "filled": Decimal(trades), "raw": {"id": order_id}}
        bench.order(status, order_id, **facts, fill=fill(f"t{order_id}", order_id, trades) if trades else None)
    found = [live_algos.last_row(bench.orders, order_id, {f"t{order_id}"}) for order_id in "12345"]
    assert found == [None, {"id": "2"}, {"id": "3"}, None, None]
    assert live_algos.last_row(bench.orders, "2", {"t2", "t9"}) is None
    assert live_algos.last_row(bench.orders, "2", set()) is None


def test_what_is_forgotten_with_its_order(tmp_path: Path) -> None:
    """What came with an order of which nobody knows anything is not looked for either; what fires it is known."""
    path = tmp_path / "journal"
    facts: dict[str, Any] = {"kind": "conditional", "leg": "stop_loss", "legs": {"stop_loss": ["50", "mark", "49"]}}
    child = before(client_order_id="", is_algo=True, parent="own", **facts)
    with closing(OrderJournal(path, "scripted", account=None, sync=False)) as journal:
        journal.intend([before(client_order_id="own"), child])
    with staged(journal=path) as stage:
        (again,) = stage.ws.orders["own"].children
        assert again.stop_loss == TriggerPrice(50, by="mark", limit=49)
        stage.ws.orders.forget("own")
        assert len(stage.ws.orders.algos) == 0
    assert held(path) == ([], {})
