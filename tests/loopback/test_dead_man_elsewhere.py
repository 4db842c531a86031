"""The dead man's switch of Bitget, a countdown as OKX has one; and Bybit's, which watches streams and no programs."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from okx_sync import BitgetClient, BybitClient, BybitWsClient, ConfigError, OkxError
from okx_sync.paper import PaperClock, PaperExchange
from tests.clocks import HandClock
from tests.loopback.conftest import FAST, Heard, our_threads, until

BTC = "BTCUSDT"
COUNTDOWN = "/api/v3/trade/countdown-cancel-all"


@attrs.frozen
class Stage:
    """Bitget and a unified account's client on clocks that move only together, and one resting order."""

    paper: PaperExchange
    clock: HandClock
    client: BitgetClient

    def pass_time(self, seconds: int) -> None:
        """Let seconds pass on both clocks."""
        for _ in range(seconds):
            self.paper.clock.advance(1)
            self.clock.forward(1)

    def countdowns(self) -> list[str]:
        """What the countdown was set to, in order."""
        return [one.body["countdown"] for one in self.paper.requests if one.path == COUNTDOWN]

    def orders(self) -> list[str | None]:
        """Client's ids of the open orders."""
        return [order.to_update().client_order_id for order in self.client.get_open_orders()]


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage; at the end no thread of a switch is left."""
    with PaperExchange(flow_per_s=0, clock=PaperClock(frozen=True)) as paper:
        clock = HandClock(wall=paper.clock.now())
        with BitgetClient(paper.bitget_config(account="carol"), clock=clock) as client:
            client.place_order(BTC, "buy", "limit", "0.01", "60000", "mine")
            yield Stage(paper, clock, client)
        until(lambda: not our_threads("okx-dead-man"), what="the end of the threads")


def test_bitget_is_refreshed_at_each_third_and_switched_off(stage: Stage) -> None:
    """Orders outlive the countdown as long as the block runs, and the end of the block."""
    heard = Heard()
    with stage.client.dead_man(30, on_error=heard) as guard:
        assert guard.armed
        assert guard.expires_at is not None
        assert guard.expires_at.timestamp() == pytest.approx(stage.paper.clock.now() + 30, abs=0.5)
        for number in range(1, 5):
            assert stage.countdowns() == ["30"] * number
            stage.pass_time(10)
            until(lambda number=number: len(stage.countdowns()) > number, what="a refresh")  # type: ignore[misc]
        assert guard.armed
    assert stage.countdowns() == ["30"] * 5 + ["0"]
    stage.pass_time(60)
    assert stage.orders() == ["mine"]
    assert list(heard) == []


def test_bitget_cancels_behind_a_program_that_crashed(stage: Stage) -> None:
    """Nobody switches the countdown off, nobody sets it anew."""
    with pytest.raises(KeyError), stage.client.dead_man(5):
        raise KeyError
    stage.pass_time(4)
    assert stage.orders() == ["mine"]
    stage.pass_time(2)
    assert stage.orders() == []


@pytest.mark.parametrize("seconds", [4, 61, 30.0, True])
def test_bitget_has_limits_of_its_own(stage: Stage, seconds: int) -> None:
    """Which are not OKX's."""
    with pytest.raises(ConfigError, match="from 5 to 60"):
        stage.client.dead_man(seconds)
    assert stage.countdowns() == []


def test_a_classic_account_has_none(stage: Stage) -> None:
    """It is said when it is asked for, not when the program is gone."""
    alice = stage.paper.bitget_config(account="alice")
    with BitgetClient(alice) as client, pytest.raises(ConfigError, match="classic account"):
        client.dead_man(30)
    assert stage.countdowns() == []


def test_bybit_promises_no_timer() -> None:
    """The error names what there is."""
    with BybitClient() as client, pytest.raises(ConfigError, match="no timer") as caught:
        client.dead_man(30)
    assert "cancel_on_disconnect" in (caught.value.hint or "")


def test_bybit_cancels_when_the_private_stream_is_gone() -> None:
    """The window is set over REST, and the stream subscribed that has it watched; closing counts as going."""
    with (
        PaperExchange(flow_per_s=0, clock=PaperClock(frozen=True)) as paper,
        BybitClient(paper.bybit_config()) as rest,
    ):
        rest.order.place_order("linear", BTC, "Buy", "Limit", "0.01", "60000")
        with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
            watched = ws.cancel_on_disconnect(5)
            assert not watched.is_closed
            assert [(one.product, one.timeWindow) for one in rest.account.get_dcp_info()] == [("DERIVATIVES", 5)]
            paper.clock.advance(10)
            assert len(rest.order.get_open_orders("linear", BTC)) == 1
        assert paper.wait_for(lambda: not paper.open_connections)
        paper.clock.advance(3)
        assert len(rest.order.get_open_orders("linear", BTC)) == 1
        paper.clock.advance(4)
        assert [one.cancelType for one in rest.order.get_order_history("linear")] == ["CancelByDCP"]


@pytest.mark.parametrize(("seconds", "product"), [(2, "SPOT"), (301, "SPOT"), (5, "LINEAR"), (5.0, "SPOT")])
def test_bybit_takes_no_other_window_or_product(seconds: int, product: str) -> None:
    """Nothing is sent, and nothing is subscribed."""
    with BybitWsClient() as ws, pytest.raises(ConfigError):
        ws.cancel_on_disconnect(seconds, product)


def test_a_refused_window_leaves_nothing_subscribed() -> None:
    """Only institutional accounts may set one: the stream is not watched with another's window then."""
    with PaperExchange(flow_per_s=0) as paper:
        paper.faults.rest_status(403, path="/v5/order/disconnected-cancel-all", times=None)
        with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
            with pytest.raises(OkxError):
                ws.cancel_on_disconnect(5)
            assert paper.open_connections == []
