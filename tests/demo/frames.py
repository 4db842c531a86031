"""Made-up pictures of the demo, for tests of what draws and judges them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from okx_sync.demo.frame import FillNote, LinkView, MarketView, Money, OrderCounts, ScreenFrame
from okx_sync.exchanges.okx.models import Candle, Order, Position, Ticker, Trade
from okx_sync.state.book.book import Level
from okx_sync.state.book.views import BookSnapshot

SPOT, SWAP = "BTC-USDT", "BTC-USDT-SWAP"


def market(inst_id: str = SPOT, *, valid: bool = True) -> MarketView:
    """A market with everything there is."""
    best = Decimal("65000.1")
    steps = [Decimal(step) for step in range(30)]
    candles = [[str(1000 * k), "10", str(12 + k % 3), "8", str(9 + k % 4), "1", "1", "1", "1"] for k in range(100)]
    trade = {"instId": inst_id, "px": "65000.1", "sz": "0.5", "side": "sell", "ts": "1700000000000"}
    ticker = {"instId": inst_id, "last": "65000.1", "bidPx": "65000", "askPx": "65000.1", "open24h": "64000"}
    return MarketView(
        inst_id=inst_id,
        ticker=Ticker.from_wire(ticker),
        direction=1,
        since_move_s=0.1,
        places=1,
        book=BookSnapshot(
            inst_id,
            "books",
            tuple(Level(best - 1 - step, Decimal("1.25")) for step in steps),
            tuple(Level(best + step, Decimal("0.75")) for step in steps),
            valid=valid,
        ),
        candles=tuple(Candle.from_wire(row) for row in candles),
        trades=(Trade.from_wire(trade),) * 40,
    )


def order(inst_id: str = SPOT, **words: str) -> Order:
    """An own open order."""
    row = {"instId": inst_id, "ordId": "1", "side": "buy", "sz": "0.05", "px": "64999.1", "state": "live"}
    return Order.from_wire({**row, **words})


def frame(**changes: Any) -> ScreenFrame:
    """A picture of a healthy run in its middle."""
    fill = FillNote(
        at_ms=1_700_000_000_000, inst_id=SWAP, side="sell", price=Decimal("65000.1"), size=Decimal(5), role="maker"
    )
    whole = ScreenFrame(
        title="paper exchange",
        trading=True,
        elapsed_s=7.25,
        seconds=20.0,
        markets=(market(), market(SWAP)),
        orders=(order(), order(SWAP, side="sell", accFillSz="0.01", state="partially_filled")),
        fills=(fill,) * 20,
        positions=(Position.from_wire({"instId": SWAP, "posId": "1", "pos": "-5"}),),
        money=Money(equity_usd=Decimal("330000.5"), profit_usd=Decimal("-1.5"), balances=(("USDT", Decimal(100000)),)),
        counts=OrderCounts(placed=9, amended=8, canceled=7, filled=2, fills=20, late=1),
        links=tuple(
            LinkView(name=name, state="ready", reconnects=0, round_trip_ms=None)
            for name in ("public", "business", "private")
        ),
        news=("public link connected",),
        news_total=1,
        events=700,
        rate=101.5,
        rates=(90.0, 101.5),
        lag_ms=1.25,
        dropped=0,
        errors=0,
    )
    return attrs.evolve(whole, **changes)


def beginning() -> ScreenFrame:
    """The very first picture: nothing has arrived yet."""
    empty = MarketView(
        inst_id=SPOT,
        ticker=None,
        direction=0,
        since_move_s=float("inf"),
        places=0,
        book=None,
        candles=(),
        trades=(),
    )
    return frame(
        elapsed_s=0.0,
        markets=(empty, attrs.evolve(empty, inst_id=SWAP)),
        orders=(),
        fills=(),
        positions=(),
        money=Money(),
        counts=OrderCounts(),
        news=(),
        news_total=0,
        events=0,
        rate=0.0,
        rates=(),
        lag_ms=None,
    )
