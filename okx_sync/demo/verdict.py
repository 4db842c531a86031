"""How a run of the demo ended: the summary, and what speaks against calling it a success."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from okx_sync.demo.frame import ScreenFrame

__all__ = ["DemoReport", "problems", "summary"]


@attrs.frozen(kw_only=True)
class DemoReport:
    """Facts of a run. ``received``: events per topic; ``lag_ms``: 50th and 99th percentile."""

    frame: ScreenFrame
    received: Mapping[str, int]
    promised: tuple[str, ...]
    lag_ms: tuple[float, float] | None
    first_error: Exception | None


def problems(report: DemoReport) -> list[str]:
    """Say why the run was no success; empty when it was one."""
    found = [f"{topic} delivered nothing" for topic in report.promised if not report.received.get(topic)]
    frame, counts = report.frame, report.frame.counts
    if frame.trading:
        steps = (("placed", counts.placed), ("amended", counts.amended), ("canceled", counts.canceled))
        found += [f"no order was {step}" for step, count in steps if not count]
        if frame.orders:
            found.append(f"{len(frame.orders)} orders are still open")
    if report.first_error is not None:
        found.append(f"{frame.errors} errors, the first: {report.first_error}")
    if frame.dropped:
        found.append(f"{frame.dropped} events were dropped")
    return found


def summary(report: DemoReport) -> list[str]:
    """Write the lines at the end of a run."""
    frame = report.frame
    rate = frame.events / frame.elapsed_s if frame.elapsed_s > 0 else 0.0
    lines = [
        f"okx_sync demo, {frame.title}: {frame.elapsed_s:.1f} s, {frame.events:,} events, {rate:,.0f} per second",
        "",
        *_channels(report),
        "",
    ]
    if frame.trading:
        lines += [_orders(frame), _money(frame)]
    reconnects = sum(link.reconnects for link in frame.links)
    lag = "unknown" if report.lag_ms is None else "p50 {:.1f} ms, p99 {:.1f} ms".format(*report.lag_ms)
    lines += [
        f"  links      {', '.join(f'{link.name} {link.state}' for link in frame.links)}; reconnects {reconnects}",
        f"  lag        {lag}; dropped {frame.dropped}, errors {frame.errors}",
    ]
    found = problems(report)
    lines += [f"  FAILED     {text}" for text in found] if found else [_success(frame)]
    return lines


def _channels(report: DemoReport) -> list[str]:
    topics = [*report.promised, *(topic for topic in report.received if topic not in report.promised)]
    width = max(map(len, topics), default=0)
    return [f"  {topic:<{width}}  {report.received.get(topic, 0):>7,}" for topic in topics]


def _orders(frame: ScreenFrame) -> str:
    counts = frame.counts
    told = ", ".join(f"{name} {getattr(counts, name)}" for name in ("placed", "amended", "canceled", "filled"))
    return f"  orders     {told}; fills {counts.fills}, requests too late {counts.late}"


def _money(frame: ScreenFrame) -> str:
    money = frame.money
    if money.equity_usd is None or money.profit_usd is None:
        return "  equity     unknown"
    return f"  equity     {money.equity_usd:,.2f} USD ({money.profit_usd:+,.2f} since the start)"


def _success(frame: ScreenFrame) -> str:
    orders = ", orders worked" if frame.trading else ""
    return f"  OK         every promised stream delivered{orders}"
