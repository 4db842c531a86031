"""A run of the demo inside this process, so that the exchange can be disturbed while it runs."""

from __future__ import annotations

import io

import pytest

from okx_sync import OkxClient, OkxTimeoutError
from okx_sync.demo.run import DemoOptions, run
from okx_sync.demo.session import DemoSession
from okx_sync.demo.verdict import problems
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import until


def session_on(paper: PaperExchange, timeout_s: float = 10.0, *, trading: bool = True) -> DemoSession:
    """A session of the demo on this exchange."""
    config = paper.config.replace(timeout_secs=timeout_s)
    return DemoSession(config, title="paper exchange", trading=trading, seconds=0)


def test_survives_a_drop_and_counts_it(paper: PaperExchange) -> None:
    """All connections die in the middle: the run goes on, the reconnects are counted, and it is a success."""
    with session_on(paper) as session:
        session.open()
        until(lambda: session.frame().counts.amended, what="an amended order")
        paper.faults.drop()
        until(lambda: sum(link.reconnects for link in session.frame().links) >= 3, what="three reconnects")
        until(lambda: all(link.state == "ready" for link in session.frame().links), what="all links ready")
        counts = session.frame().counts
        until(lambda: session.frame().counts.placed > counts.placed, what="another order")
        report = session.finish()
    assert problems(report) == []
    assert any("lost" in text for text in report.frame.news)


def test_leaves_no_order_behind(paper: PaperExchange) -> None:
    """At the end every order of the strategy is canceled or filled, at the exchange and in the summary."""
    with session_on(paper) as session:
        session.open()
        until(lambda: session.frame().counts.amended, what="an amended order")
        report = session.finish()
    assert problems(report) == []
    with OkxClient(paper.config) as rest:
        assert rest.get_orders_pending() == []


def test_refused_orders_are_a_failure(paper: PaperExchange) -> None:
    """Orders that the exchange refuses make the run a failure that names the exchange's words."""
    refusal = {"code": "1", "msg": "All operations failed", "data": [{"sCode": "51008", "sMsg": "Insufficient"}]}
    paper.faults.rest_status(200, refusal, path="/api/v5/trade/order", times=None)
    with session_on(paper) as session:
        session.open()
        until(lambda: session.frame().news[-1].startswith("error"), what="an error")
        report = session.finish()
    assert any("51008" in text for text in problems(report))
    assert "no order was placed" in problems(report)


def test_a_stream_that_is_never_agreed_to_stops_it_at_the_start(paper: PaperExchange) -> None:
    """No ack within the config's timeout: an error that names the topic, instead of a view without data."""
    paper.faults.no_ack("candle1s")
    with session_on(paper, 1.0) as session, pytest.raises(OkxTimeoutError, match="candle1s"):
        session.open()


def test_public_only_needs_no_login(paper: PaperExchange) -> None:
    """What ``--live`` does, on the paper exchange: public streams only, no private link, no orders."""
    with session_on(paper, trading=False) as session:
        session.open()
        until(lambda: all(market.trades for market in session.frame().markets), what="trades of both markets")
        until(lambda: problems(session.finish()) == [], what="data of every stream")
        report = session.finish()
    assert [link.name for link in report.frame.links] == ["public", "business"]
    assert paper.requests
    assert not any("/trade/" in request.path for request in paper.requests)


def test_too_short_a_run_says_what_is_missing() -> None:
    """A run that ends before an order could be amended is no success, and says so."""
    out, err = io.StringIO(), io.StringIO()
    assert run(DemoOptions(seconds=0.01, plain=True), out, err) == 1
    assert "FAILED     no order was amended" in out.getvalue()
    assert err.getvalue() == ""
