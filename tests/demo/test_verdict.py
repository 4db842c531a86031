"""The summary and the exit code: a run counts as a success only when all that was promised happened."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from okx_sync import OkxError
from okx_sync.demo.frame import OrderCounts
from okx_sync.demo.verdict import DemoReport, problems, summary
from tests.demo.frames import frame, order

GOOD = DemoReport(
    frame=frame(orders=()),
    received={"tickers(instId=BTC-USDT)": 47, "orders(instType=ANY)": 12, "positions(instType=ANY)": 1},
    promised=("tickers(instId=BTC-USDT)", "orders(instType=ANY)"),
    lag_ms=(1.25, 9.5),
    first_error=None,
)


def report(**changes: Any) -> DemoReport:
    """The good run with something changed in its last picture."""
    return attrs.evolve(GOOD, frame=attrs.evolve(GOOD.frame, **changes))


def test_good_run() -> None:
    """Nothing speaks against it, and the summary has every figure that a reader looks for."""
    assert problems(GOOD) == []
    text = "\n".join(summary(GOOD))
    assert "tickers(instId=BTC-USDT)       47" in text
    assert "positions(instType=ANY)         1" in text
    assert "placed 9, amended 8, canceled 7, filled 2; fills 20, requests too late 1" in text
    assert "p50 1.2 ms, p99 9.5 ms; dropped 0, errors 0" in text
    assert "reconnects 0" in text
    assert "OK" in text
    assert text.isascii()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (attrs.evolve(GOOD, received={"orders(instType=ANY)": 1}), "tickers(instId=BTC-USDT) delivered nothing"),
        (report(counts=OrderCounts(placed=0, amended=1, canceled=1)), "no order was placed"),
        (report(counts=OrderCounts(placed=1, amended=0, canceled=1)), "no order was amended"),
        (report(counts=OrderCounts(placed=1, amended=1, canceled=0)), "no order was canceled"),
        (report(orders=(order(),)), "1 orders are still open"),
        (report(dropped=4), "4 events were dropped"),
        (attrs.evolve(report(errors=1), first_error=OkxError("bad frame")), "1 errors, the first: bad frame"),
    ],
)
def test_bad_run_names_the_reason(bad: DemoReport, reason: str) -> None:
    """Each broken promise is a reason of its own, and the summary says FAILED with it."""
    assert problems(bad) == [reason]
    assert f"  FAILED     {reason}" in summary(bad)
    assert not any(line.startswith("  OK") for line in summary(bad))


def test_public_streams_need_no_orders() -> None:
    """Where only public streams are shown, nothing is said of orders or money."""
    public = report(trading=False, counts=OrderCounts())
    assert problems(public) == []
    assert not any("orders  " in line or "equity" in line for line in summary(public))
