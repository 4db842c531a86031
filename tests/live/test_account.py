"""``LiveAccount``: positions and balances are synced from a list of everything on, and not while one may be missing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from okx_sync.errors import ConfigError, DecodeError, StreamClosed, SubscriptionError
from okx_sync.live.account import LiveAccount, taken_at
from okx_sync.state.live_object import call_now
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import StateKind
from tests.delivery.owner import PATIENCE_S
from tests.live.scripted import ACCOUNT, BALANCES, HOLDINGS, MARKET, Exchange, Watched, client, push
from tests.loopback.conftest import until

HELD = {"channel": "holdings"}
PRODUCTS = {"LINEAR": {"product": "l"}, "INVERSE": {"product": "i"}}


def held(symbol: str = "BTC", size: Any = "3", at: int | None = None) -> dict[str, Any]:
    """A holding on the wire."""
    return {"symbol": symbol, "size": size, **({} if at is None else {"at": at})}


def everything(*rows: Any, **more: Any) -> bytes:
    """A push that lists all that is held."""
    return push(HELD, *rows, all=True, **more)


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One that lists three bitcoins with each agreement."""
    with Exchange() as one:
        one.snapshots["holdings"] = lambda _arg: [everything(held())]
        yield one


@pytest.fixture
def watched(exchange: Exchange) -> Iterator[Watched]:
    """A client of it."""
    with client(exchange) as one:
        yield one


def opened(watched: Watched) -> PositionMonitor:
    """Live positions that are complete."""
    positions = watched.ws.positions
    assert positions.wait_synced(PATIENCE_S)
    return positions


# -- life ----------------------------------------------------------------------------------------------------------


def test_the_first_use_subscribes_and_a_list_completes(exchange: Exchange, watched: Watched) -> None:
    """It is the same object from then on; changes are taken in, and what a list lacks is gone."""
    assert exchange.asked("holdings") == 0
    positions = opened(watched)
    assert positions["BTC"].size == 3
    assert watched.ws.positions is positions
    exchange.say(ACCOUNT, push(HELD, held("ETH", "1")))
    assert positions.wait_until(lambda one: len(one) == 2, PATIENCE_S)
    exchange.say(ACCOUNT, everything(held("ETH", "1")))
    assert positions.wait_until(lambda one: [each.inst_id for each in one] == ["ETH"], PATIENCE_S)
    exchange.say(ACCOUNT, everything())
    assert positions.wait_flat(PATIENCE_S)
    assert exchange.asked("holdings") == 1


def test_balances_are_kept_in_the_same_way(exchange: Exchange, watched: Watched) -> None:
    """On a subscription of their own."""
    exchange.snapshots["balances"] = lambda arg: [push(arg, {"currency": "USDT", "equity": "7"}, all=True)]
    account = watched.ws.account
    assert account.wait_synced(PATIENCE_S)
    balance = account.balance("USDT")
    assert balance is not None
    assert balance.equity == 7
    assert exchange.asked("holdings") == 0


def test_where_nobody_tells_balances_it_says_so(exchange: Exchange) -> None:
    """With what there is."""
    with client(exchange, account=None) as watched, pytest.raises(ConfigError, match="no stream of balances") as caught:
        _ = watched.ws.account
    assert caught.value.hint == "ws.positions and ws.orders there are"


def test_threads_that_ask_at_the_same_time_get_the_same(exchange: Exchange, watched: Watched) -> None:
    """One of them subscribes, the others wait."""
    found, start = list[PositionMonitor](), threading.Barrier(4)

    def ask() -> None:
        start.wait(PATIENCE_S)
        found.append(watched.ws.positions)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert (len(found), len(set(map(id, found))), exchange.asked("holdings")) == (4, 1, 1)


def test_an_inline_callback_cannot_be_the_first_to_ask(exchange: Exchange, watched: Watched) -> None:
    """It runs on the thread that would bring the answer. Later it may."""
    told: list[Any] = []

    def ask(_event: object) -> None:
        try:
            told.append(watched.ws.positions)
        except ConfigError as error:
            told.append(error)

    watched.ws.subscribe("orders", ask, inline=True)
    exchange.say(ACCOUNT, push({"channel": "orders"}, {"id": "1"}))
    until(lambda: told)
    positions = opened(watched)
    exchange.say(ACCOUNT, push({"channel": "orders"}, {"id": "2"}))
    until(lambda: len(told) == 2)
    assert "cannot be the first to ask for live holdings" in str(told[0])
    assert told[1] is positions


def test_listeners_hear_on_the_callback_thread(exchange: Exchange, watched: Watched) -> None:
    """In order, none left out."""
    positions, heard = opened(watched), list[tuple[int, str]]()
    positions.on_change(lambda event: heard.append((int(event.position.size), threading.current_thread().name)))
    exchange.say(ACCOUNT, *(push(HELD, held(size=str(size))) for size in (4, 5, 6)))
    until(lambda: len(heard) == 3)
    assert heard == [(size, "okx-callback-0") for size in (4, 5, 6)]


# -- the end -------------------------------------------------------------------------------------------------------


def test_closing_it_leaves_the_wire_and_the_next_use_makes_a_new_one(exchange: Exchange, watched: Watched) -> None:
    """Which begins anew."""
    old = opened(watched)
    old.close()
    until(lambda: exchange.asked("holdings", "unsubscribe") == 1)
    new = opened(watched)
    assert (new is old, old.is_closed, new["BTC"].size) == (False, True, Decimal(3))


def test_when_its_subscription_ends_whoever_waits_hears_why(exchange: Exchange, watched: Watched) -> None:
    """Here the exchange does not agree again after an outage. It must not look alive."""
    positions = opened(watched)
    exchange.refused.add("holdings")
    exchange.drop(ACCOUNT)
    until(lambda: positions.is_closed)
    assert "no holdings() here" in str(positions.unsynced_reason)
    with pytest.raises(StreamClosed, match=r"no holdings\(\) here"):
        positions.wait_flat()
    exchange.refused.clear()
    assert opened(watched) is not positions


def test_a_client_that_is_closed_closes_it(exchange: Exchange) -> None:
    """What was last known can still be read; asked for again it is the same, and one that was not used is none."""
    with client(exchange) as watched:
        positions = opened(watched)
    assert watched.ws.positions is positions
    assert (positions.unsynced_reason, positions["BTC"].size) == ("the client was closed", Decimal(3))
    with pytest.raises(StreamClosed):
        _ = watched.ws.account


def test_regular_work_while_the_client_closes_gives_no_other_reason(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick that comes when the subscriptions have just ended sees a monitor that was closed with its client."""
    with client(exchange) as watched:
        positions = opened(watched)
        end = watched.ws._active.close

        def end_and_tick(error: StreamClosed) -> None:
            end(error)
            watched.ws._tick()

        monkeypatch.setattr(watched.ws._active, "close", end_and_tick)
    assert positions.unsynced_reason == "the client was closed"


def test_a_refusal_reaches_the_caller_and_leaves_nothing(exchange: Exchange, watched: Watched) -> None:
    """The next use tries again."""
    exchange.refused.add("holdings")
    with pytest.raises(SubscriptionError, match=r"no holdings\(\) here") as caught:
        _ = watched.ws.positions
    assert not hasattr(caught.value, "__notes__")
    assert watched.ws.subscription_count() == 0
    exchange.refused.clear()
    assert opened(watched)["BTC"].size == 3


# -- what may be missing -------------------------------------------------------------------------------------------


def test_it_is_not_synced_before_anybody_hears_of_the_loss(exchange: Exchange, watched: Watched) -> None:
    """With the reason; what is known stays readable, and the next list completes it."""
    positions, synced_then = opened(watched), list[bool]()
    watched.ws.on_state(lambda event: synced_then.append(positions.synced) if event.kind == "lost" else None)
    exchange.snapshots.clear()
    exchange.drop(ACCOUNT)
    watched.states.until("restored", path=ACCOUNT)
    until(lambda: synced_then)
    assert synced_then == [False]
    assert "the account link was lost" in str(positions.unsynced_reason)
    assert positions["BTC"].size == 3
    exchange.say(ACCOUNT, everything())
    assert positions.wait_flat(PATIENCE_S)


def test_another_link_is_no_concern_of_it(exchange: Exchange, watched: Watched) -> None:
    """It stays synced."""
    positions = opened(watched)
    watched.ws.connect(MARKET)
    exchange.drop(MARKET)
    watched.states.until("restored", path=MARKET)
    assert positions.synced


@pytest.mark.parametrize("odd", [{"symbol": "ETH"}, 5], ids=["no size", "no row"])
def test_a_row_that_cannot_be_read_is_missed(exchange: Exchange, watched: Watched, odd: Any) -> None:
    """Told to ``on_error``; a list with it ends nothing, its neighbours are taken in, and the next list completes."""
    positions = opened(watched)
    exchange.say(ACCOUNT, everything(odd, held("XRP", "1")))
    assert positions.wait_until(lambda one: "XRP" in one and not one.synced, PATIENCE_S)
    assert "BTC" in positions
    assert "a row could not be read" in str(positions.unsynced_reason)
    watched.errors.until_more(1 - len(watched.errors))
    [error] = watched.errors
    assert isinstance(error, DecodeError)
    exchange.say(ACCOUNT, everything(held("XRP", "1")))
    assert positions.wait_until(lambda one: one.synced and len(one) == 1, PATIENCE_S)


def test_a_list_says_nothing_of_what_changed_behind_it(exchange: Exchange, watched: Watched) -> None:
    """Where the exchange tells when it was made."""
    positions = opened(watched)
    exchange.say(ACCOUNT, push(HELD, held("ETH", "1", at=20)), everything(held("XRP", "1", at=5), at=10))
    assert positions.wait_until(lambda one: "XRP" in one, PATIENCE_S)
    assert sorted(one.inst_id for one in positions) == ["ETH", "XRP"]


def test_where_only_the_first_list_is_complete_later_ones_are_changes(exchange: Exchange) -> None:
    """Until the next subscribe."""
    with client(exchange, positions=attrs.evolve(HOLDINGS, lists_once=True)) as watched:
        positions = opened(watched)
        exchange.say(ACCOUNT, everything(held("ETH", "1")))
        assert positions.wait_until(lambda one: "ETH" in one, PATIENCE_S)
        assert (len(positions), positions.synced) == (2, True)
        exchange.snapshots["holdings"] = lambda _arg: [everything(held("XRP", "1"))]
        exchange.drop(ACCOUNT)
        assert positions.wait_until(lambda one: one.synced and "XRP" in one, PATIENCE_S)
        assert len(positions) == 1


def test_where_no_list_ever_comes_it_says_so(exchange: Exchange) -> None:
    """Nobody waits for it for ever; changes are told all the same."""
    source = attrs.evolve(HOLDINGS, no_source="nobody lists them", is_snapshot=lambda _push: False)
    with client(exchange, positions=source) as watched:
        positions = watched.ws.positions
        assert positions.wait_until(lambda one: "BTC" in one, PATIENCE_S)
        with pytest.raises(ConfigError, match="nobody lists them"):
            positions.wait_synced()


def test_a_loss_right_behind_the_agreement_is_not_forgotten(watched: Watched) -> None:
    """A list that is asked for while the link is down completes nothing; the next one, behind the loss, does."""
    ws, asked = watched.ws, list[object]()

    def tell(kind: StateKind) -> None:
        ws._links.listeners.tell(ws._links.get(ACCOUNT).event(kind))

    def subscribe(*args: Any, **options: Any) -> Any:
        made = ws.subscribe(*args, **options)
        tell("lost")
        return made

    def listing(product: str | None) -> list[Any]:
        asked.append(product)
        return []

    source = attrs.evolve(HOLDINGS, is_snapshot=lambda _push: False, listing=listing)
    live = LiveAccount(source, None, subscribe, ws._links, ws._reporter, call_now, ws.clock, PATIENCE_S)
    try:
        positions = live.positions()
        until(lambda: asked, what="the list")
        assert not positions.wait_synced(0.1)
        tell("restored")
        assert positions.wait_synced(PATIENCE_S)
    finally:
        live.close()


# -- product types -------------------------------------------------------------------------------------------------


def test_each_product_type_is_subscribed_and_completed_by_itself(exchange: Exchange) -> None:
    """In the words of users, not of the wire."""
    exchange.snapshots.clear()
    with client(exchange, positions=attrs.evolve(HOLDINGS, products=PRODUCTS)) as watched:
        positions = watched.ws.positions
        assert (positions.products, exchange.asked("holdings")) == (("LINEAR", "INVERSE"), 1)  # in one request
        exchange.say(ACCOUNT, push({**HELD, "product": "l"}, held(), all=True))
        assert positions.wait_until(lambda one: not one.awaits("LINEAR"), PATIENCE_S)
        assert (positions["BTC"].product, positions.synced) == ("LINEAR", False)
        exchange.say(ACCOUNT, push({**HELD, "product": "i"}, all=True))
        assert positions.wait_synced(PATIENCE_S)
        assert positions["BTC"].size == 3


def test_balances_are_of_their_product_type(exchange: Exchange) -> None:
    """The same currency in two accounts is two balances."""
    row = {"currency": "USDT", "equity": "7"}
    exchange.snapshots["balances"] = lambda arg: [push(arg, row, all=True)]
    with client(exchange, account=attrs.evolve(BALANCES, products=PRODUCTS)) as watched:
        account = watched.ws.account
        assert account.wait_synced(PATIENCE_S)
        assert sorted(str(one.product) for one in account.balances) == ["INVERSE", "LINEAR"]


def test_a_product_type_that_is_refused_is_told_with_the_others(exchange: Exchange) -> None:
    """All or none of them; the note says how to have fewer."""
    exchange.refused.add("holdings(product=i)")
    with client(exchange, positions=attrs.evolve(HOLDINGS, products=PRODUCTS)) as watched:
        with pytest.raises(SubscriptionError) as caught:
            _ = watched.ws.positions
        assert caught.value.__notes__ == ["live holdings cover LINEAR, INVERSE; product= narrows that"]
        until(lambda: exchange.asked("holdings", "unsubscribe") == 1)
        assert watched.ws.subscription_count() == 0


def test_a_list_is_as_old_as_its_first_page() -> None:
    """A change that comes between its pages is newer; rows that do not tell are left out."""
    rows = [SimpleNamespace(taken_at=7), SimpleNamespace(taken_at=None), SimpleNamespace(taken_at=5), object()]
    assert taken_at(rows) == 5
    assert taken_at([object()]) is None
    assert taken_at([]) is None
