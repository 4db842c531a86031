"""What a client that opens the journal of a killed bot knows, against what the exchange has."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from okx_sync.live.manager_feed import ENDED_BEFORE
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.algo_state import AlgoState
from tests.loopback.chaos_algos import AlgoComparison, OkxAlgoWire, wrong_in
from tests.loopback.chaos_algos_bitget import BitgetAlgoComparison, BitgetClassicAlgoWire
from tests.loopback.chaos_algos_bybit import BybitAlgoComparison, BybitAlgoWire
from tests.loopback.killed_bot import client_for
from tests.loopback.killed_plan import PATIENCE_S, algo_name, is_algo, name_of

__all__ = ["compare", "open_orders"]

_READERS: Final[dict[str, Any]] = {
    "okx": lambda paper, ws: AlgoComparison(paper, OkxAlgoWire(), ws),
    "bybit": lambda paper, ws: BybitAlgoComparison(paper, BybitAlgoWire(), ws),
    "bitget": lambda paper, ws: BitgetAlgoComparison(paper, BitgetClassicAlgoWire(), ws),
}
_OVER: Final = ("canceled", "rejected", "failed", "replaced")


def open_orders(paper: PaperExchange) -> list[str]:
    """The names of the plan's orders that wait in the book."""
    return [name for name, state in _orders_of(paper) if state == "live" and name.startswith("plan")]


def compare(wire: str, paper: PaperExchange, folder: Path) -> str:
    """Compare both books once the bot is dead, and return what was compared."""
    with client_for(wire, paper, folder / "journal") as ws:
        orders, algos = ws.orders, ws.orders.algos
        assert orders.wait_synced(PATIENCE_S), orders.unsynced_reason
        assert algos.wait_synced(PATIENCE_S), algos.unsynced_reason
        reader = _READERS[wire](paper, ws)

        def differences() -> list[str]:
            return [*_of_orders(paper, ws, folder), *_of_algos(paper, ws, folder, reader)]

        deadline = time.monotonic() + PATIENCE_S
        while (found := differences()) and time.monotonic() < deadline:  # what fired is told a moment later
            time.sleep(0.05)
        assert found == [], "\n".join(found)
        names = [name for name, _ in _orders_of(paper) if name]
        at_exchange = f"{len(names)} orders and {len(reader._ended)} ended algo orders at the exchange"
        in_doubt = sum(one.status == "unknown" for one in (*orders, *algos))
        return f"{at_exchange}, {len(orders)} orders and {len(algos)} algo orders open, {in_doubt} of them in doubt"


def _files(folder: Path, name: str) -> set[str]:
    path = folder / name
    return set(path.read_text().split()) if path.exists() else set()


def _not_begun(folder: Path) -> set[str]:
    """Return the names of the last number of the plan, which stands there before anything is written for it."""
    last = int((folder / "plan").read_text().split()[-1])
    return {name_of(last), algo_name(last)}


def _doubled(names: list[str]) -> Iterator[str]:
    yield from (f"{name} stands {count} times" for name, count in Counter(names).items() if name and count > 1)


def _orders_of(paper: PaperExchange) -> list[tuple[str, str]]:
    def read() -> list[tuple[str, str]]:
        account = paper._server.venue.accounts[0]
        return [(order.clOrdId, order.state) for order in account.by_id.values()]

    found: list[tuple[str, str]] = paper.run(read)
    return found


def _of_orders(paper: PaperExchange, ws: Any, folder: Path) -> Iterator[str]:
    planned = {name_of(int(one)) for one in _files(folder, "plan") if not is_algo(int(one))}
    fired = {str(number) for number in paper.run(lambda: set(paper._server.venue.algos._all))}  # Bitget names orders so
    named = [(name, state) for name, state in _orders_of(paper) if name and not name.startswith("algo")]
    at_exchange = [(name, state) for name, state in named if name not in fired]
    told = dict(at_exchange)
    yield from _doubled([name for name, _ in at_exchange])
    known = {str(one.client_order_id): one.status for one in (*ws.orders.open, *ws.orders.finished)}
    known = {name: status for name, status in known.items() if not name.startswith("algo") and name != "None"}
    heirs = _files(folder, "heirs") | {name for name in known if not name.startswith("plan")}
    yield from (f"nobody has planned {name}" for name in told.keys() - planned - heirs)
    for name, state in told.items():
        if state in ("live", "partially_filled") and known.get(name) != state:
            yield f"{name} is {state} at the exchange, {known.get(name)} here"
    in_doubt = {name for name, status in known.items() if status == "unknown"}
    for name in known.keys() - in_doubt:
        if known[name] != told.get(name, "rejected"):
            yield f"{name} is {known[name]} here, {told.get(name)} at the exchange"
    forgotten = _files(folder, "forgotten")
    yield from (f"{name} is in doubt, and it is at the exchange" for name in in_doubt & told.keys())
    yield from (f"{name} was looked up and not found, and it is at the exchange" for name in forgotten & told.keys())
    yield from (f"{name} is lost" for name in planned - told.keys() - in_doubt - forgotten - _not_begun(folder))


def _of_algos(paper: PaperExchange, ws: Any, folder: Path, reader: Any) -> Iterator[str]:
    theirs, attached = paper.run(reader._read)[:2]
    algos = ws.orders.algos
    states: list[AlgoState] = [one.snapshot() for one in (*algos.finished, *algos.open)]
    mine = {state.algo_id: state for state in states if state.algo_id}
    for algo_id, facts in theirs.items():
        state = mine.get(algo_id)
        if facts["status"] == "armed" and (wrong := wrong_in(state, facts)) is not None:
            yield f"algo order {algo_id}: {wrong}"
        elif state is not None and state.status != facts["status"]:
            yield f"algo order {algo_id} is {facts['status']} at the exchange: {state}"
    yield from (f"algo order {algo_id} does not exist" for algo_id in mine.keys() - theirs.keys())
    yield from _of_own(folder, [facts["client_order_id"] for facts in theirs.values()], states)
    yield from _of_children(ws, states, attached, theirs)


def _of_own(folder: Path, names: list[str], states: list[AlgoState]) -> Iterator[str]:
    """Of the algo orders of the plan, which have names of ours."""
    planned = {algo_name(int(one)) for one in _files(folder, "plan") if is_algo(int(one))}
    told, forgotten = set(names), _files(folder, "forgotten")
    in_doubt = {str(one.client_order_id) for one in states if one.status == "unknown"}
    yield from _doubled(names)
    yield from (f"{name} is in doubt, and it is at the exchange" for name in in_doubt & told)
    yield from (f"{name} was looked up and not found, and it is at the exchange" for name in forgotten & told)
    yield from (f"{name} is lost" for name in planned - told - in_doubt - forgotten - _not_begun(folder))


def _may_be_unknown(state: AlgoState, parent: Any, theirs: dict[str, dict[str, Any]]) -> bool:
    """Tell whether nobody can know what became of what an order brought that is filled.

    Bitget names no order beside an algo order: one of two that were filled within seconds may have brought it. And of
    what an order brought that closed a position no exchange makes one.
    """
    if parent is None or not parent.is_filled or state.status != "unknown":
        return False
    if "so may be what came with order" in str(state.reason):
        return True
    legs = {leg: trigger for leg in ("take_profit", "stop_loss") if (trigger := getattr(state, leg)) is not None}
    alike = [one for one in theirs.values() if all(one.get(leg) == trigger for leg, trigger in legs.items())]
    return bool(legs) and not alike


def _of_children(ws: Any, states: list[AlgoState], attached: Any, theirs: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Of what came with orders: it is where its order is, and in doubt as long as that is."""
    waiting = [one for one in states if one.status == "attached"]
    for state in waiting:
        parent = ws.orders.get(state.parent_order_id, state.parent_client_order_id)
        if parent is None or not parent.is_open:
            yield f"{state} is attached to nothing"
    count = sum(map(len, attached.values())) if isinstance(attached, dict) else len(attached)
    if len(waiting) != count:
        yield f"{count} are attached at the exchange, not {waiting}"
    for state in states:
        if state.algo_id is None and state.status not in ("attached", *_OVER) and state.reason != ENDED_BEFORE:
            parent = ws.orders.get(client_order_id=state.parent_client_order_id)
            is_told = parent is None or parent.status != "unknown"
            if state.parent_client_order_id and is_told and not _may_be_unknown(state, parent, theirs):
                yield f"what became of {state}, of {parent}?"
