"""``ws.orders.close_position`` on the four wires of the paper exchange: whole, a part, in hedge mode, and in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from okx_sync import (
    BitgetWsClient,
    BybitWsClient,
    ConfigError,
    DryRun,
    OrderLimits,
    WsClient,
)
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, until
from tests.loopback.still_exchange import SWAP, still_paper

__all__ = ["still_paper"]

WIRES = ("okx", "bybit", "v2", "v3")
# The request that closes, and how its answer is lost.
LOST = {
    "okx": "/api/v5/trade/close-position",
    "bybit": "order.create",
    "v2": "/api/v2/mix/order/close-positions",
    "v3": "/api/v3/trade/close-positions",
}


@attrs.frozen
class Closer:
    """A stream client on one wire."""

    ws: Any
    name: str

    @property
    def inst_id(self) -> str:
        return SWAP if self.name == "okx" else "BTCUSDT"

    def open(self, side: str = "buy", **more: Any) -> None:
        """Open a position of ten of OKX's contracts, a tenth of a coin."""
        size, mode = ("10", {"td_mode": "cross"}) if self.name == "okx" else ("0.1", {})
        assert self.ws.orders.place(self.inst_id, side, size, **mode, **more).wait_filled(PATIENCE_S)

    def hedge(self) -> None:
        """Put the account into hedge mode, and open a position on both sides."""
        rest = self.ws._rest()
        set_mode: dict[str, Callable[[], object]] = {
            "okx": lambda: rest.account.set_position_mode("long_short_mode"),
            "bybit": lambda: rest.position.set_position_mode("linear", 3, "BTCUSDT"),
            "v2": lambda: rest.mix.set_position_mode("USDT-FUTURES", "hedge_mode"),
            "v3": lambda: rest.uta.set_hold_mode("hedge_mode"),
        }
        set_mode[self.name]()
        for side, held, index in (("buy", "long", 1), ("sell", "short", 2)):
            self.open(side, **({"position_idx": index} if self.name == "bybit" else {"pos_side": held}))


def client(paper: PaperExchange, name: str, **options: Any) -> Any:
    """The stream client of a wire."""
    if name == "okx":
        return WsClient(paper.config, options=FAST, **options)
    if name == "bybit":
        return BybitWsClient(paper.bybit_config(), options=FAST, **options)
    if name == "v3":
        paper.unify()
    return BitgetWsClient(paper.bitget_config(name), options=FAST, **options)  # type: ignore[arg-type]


@pytest.fixture(params=WIRES)
def closer(request: pytest.FixtureRequest, still_paper: PaperExchange) -> Iterator[Closer]:
    with client(still_paper, request.param, limits=OrderLimits(max_position="10", allowed=[SWAP, "BTCUSDT"])) as ws:
        assert ws.orders.wait_synced(PATIENCE_S)
        yield Closer(ws, request.param)


def test_a_position_is_closed(closer: Closer) -> None:
    """Nothing at first, which is said; then a part, the rest, and both ends are waited for. Limits keep nobody in."""
    orders, name = closer.ws.orders, closer.inst_id
    nothing = orders.close_position(name)
    assert (len(nothing), nothing.ok) == (0, True)
    for words in (
        {"inst_id": name + "X"},
        {"inst_id": name, "option": 1},
        {"inst_id": name, "client_order_id": "?!" * 30},
        {"inst_id": name, "client_order_id": ""},
    ):
        with pytest.raises(ConfigError):
            orders.close_position(**words)
    closer.open()
    positions = closer.ws.positions
    until(lambda: positions.get(name) is not None)
    held = positions[name].size
    part = orders.close_position(name, size=held / 2, client_order_id="half1")
    assert part.wait_done(PATIENCE_S)
    assert (part.outcomes[0].position.size, part.orders[0].filled) == (held, held / 2)
    assert orders["half1"] is part.orders[0]
    until(lambda: positions[name].size == held / 2)
    whole = orders.close_position(name)
    assert [one.verdict for one in whole] == ["accepted"]
    assert whole.wait_flat(PATIENCE_S)
    assert (whole.is_flat, whole.orders[0].filled, whole.orders[0].side) == (True, held / 2, "sell")
    assert len(orders.close_position(name, position_side="long")) == 0


def test_hedge_mode(closer: Closer) -> None:
    """One side, and then what is left; each with an outcome of its own."""
    closer.hedge()
    orders, name = closer.ws.orders, closer.inst_id
    with pytest.raises(ConfigError, match="2 positions"):
        orders.close_position(name, size="0.1")
    short = orders.close_position(name, position_side="short")
    assert [one.position.side for one in short] == ["short"]
    assert short.wait_done(PATIENCE_S)
    assert short.orders[0].side == "buy"
    closer.open("sell", **({"position_idx": 2} if closer.name == "bybit" else {"pos_side": "short"}))
    both = orders.close_position(name)
    assert sorted(one.position.side for one in both) == ["long", "short"]
    assert both.wait_done(PATIENCE_S)
    assert len(orders.close_position(name)) == 0


def test_an_answer_that_is_lost(still_paper: PaperExchange, closer: Closer) -> None:
    """The position may be closed: unknown is said, and what has an id of ours is looked up."""
    closer.open()
    still_paper.faults.lose_reply(LOST[closer.name])
    wait = {"timeout": 0.5} if closer.name == "bybit" else {}
    result = closer.ws.orders.close_position(closer.inst_id, **wait)
    assert [one.verdict for one in result] == ["unknown"]
    assert not result.ok
    if closer.name in ("okx", "bybit"):
        assert result.wait_done(PATIENCE_S)
        assert result.orders[0].is_filled
    assert len(closer.ws.orders.close_position(closer.inst_id)) == 0


def test_refusals_and_dry_runs(still_paper: PaperExchange) -> None:
    """An order that waits to close is in the way on OKX, unless it is to go; a dry run tells what would be sent."""
    with client(still_paper, "okx") as ws:
        orders = ws.orders
        closer = Closer(ws, "okx")
        closer.open()
        waiting = orders.place(SWAP, "sell", "10", "66000", td_mode="cross", reduce_only=True)
        result = orders.close_position(SWAP)
        assert [(one.verdict, one.error.code) for one in result.failed] == [("refused", "51115")]
        assert orders.close_position(SWAP, auto_cxl=True).wait_done(PATIENCE_S)
        assert waiting.wait_done(PATIENCE_S)
        closer.open()
    with client(still_paper, "okx", dry_run=True) as dry, pytest.raises(DryRun) as told:
        dry.orders.close_position(SWAP)
    assert '"mgnMode":"cross"' in told.value.body
    held = still_paper.venue.accounts[0].position(SWAP, "cross", "net")
    assert held is not None
    assert held.lots
