"""The dead man's switch: the exchange cancels the orders of a program that stopped, and of no other."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from okx_sync import (
    ConfigError,
    Credentials,
    DryRun,
    OkxAuthError,
    OkxClient,
    OkxError,
    OkxHttpError,
    OkxTimeoutError,
    ReadOnlyError,
)
from okx_sync.live.dead_man import DeadMan
from okx_sync.paper import PaperExchange
from okx_sync.paper.venue.clock import PaperClock
from tests import programs
from tests.clocks import HandClock
from tests.loopback.conftest import Heard, our_threads, until

PATH = "/api/v5/trade/cancel-all-after"
THIRD = 9.5
"""Just under a third of 30 s, the time of most tests: a refresh is due."""
SPREAD_PATH = "/api/v5/sprd/cancel-all-after"


@attrs.frozen
class PaperOnOneClock:
    """An exchange and a client on clocks that move only together, and one resting order."""

    paper: PaperExchange
    clock: HandClock
    client: OkxClient
    errors: Heard

    def pass_time(self, seconds: int, *, refreshed_each: float | None = None) -> None:
        """Let seconds pass on both clocks; where a refresh falls due, wait for it before time goes on."""
        for _ in range(seconds):
            self.paper.clock.advance(1)
            self.clock.forward(1)
            if refreshed_each is not None:
                until(lambda: self.since_refresh() < refreshed_each, what="a refresh")

    def pass_until(self, predicate: Callable[[], object], within: int) -> None:
        """Let time pass second by second, each with a moment for the refreshing thread, until something is true."""
        for _ in range(within):
            self.pass_time(1)
            moment = time.monotonic() + 0.4
            while time.monotonic() < moment:
                if predicate():
                    return
                time.sleep(0.01)
        pytest.fail(f"it did not come true within {within} s of the exchange's time")

    def since_refresh(self) -> float:
        """Seconds since the last request that the exchange accepted."""
        accepted: list[float] = [request.at for request in self.asked() if request.code == "0"]
        return self.paper.clock.now() - accepted[-1]

    def asked(self, path: str = PATH) -> list[Any]:
        """The requests that set the timer."""
        return [request for request in self.paper.requests if request.path == path]

    def timers(self, path: str = PATH) -> list[str]:
        """What the timer was set to, in order."""
        return [request.body["timeOut"] for request in self.asked(path)]

    def orders(self) -> list[str]:
        """Ids of the open orders."""
        return sorted(str(order.clOrdId) for order in self.client.get_orders_pending())

    def stopped(self) -> bool:
        """True when no thread of a switch is left."""
        return not our_threads("okx-dead-man")


@pytest.fixture
def stage() -> Iterator[PaperOnOneClock]:
    """A stage; at the end no thread of a switch is left, and the exchange is well."""
    paper_clock = PaperClock(frozen=True)
    with PaperExchange(flow_per_s=0, clock=paper_clock) as paper:
        clock = HandClock(wall=paper.clock.now())
        with OkxClient(paper.config, clock=clock) as client:
            buy(client, "mine")
            yield PaperOnOneClock(paper, clock, client, Heard())
        until(lambda: not our_threads("okx-dead-man"), what="the end of the threads")
        assert paper.problems == []


def buy(client: OkxClient, name: str, tag: str | None = None) -> None:
    options: Any = {} if tag is None else {"tag": tag}
    client.place_order("BTC-USDT", "cash", "buy", "limit", "0.01", "20000", name, **options)


def crash(stage: PaperOnOneClock, guard: DeadMan, after: int = 0) -> None:
    """A program that ends with an exception some seconds after it has entered the block."""
    with guard:
        stage.pass_time(after, refreshed_each=THIRD)
        raise KeyError


# -- as it should be ----------------------------------------------------------------------------------------


def test_it_refreshes_at_each_third_and_disarms(stage: PaperOnOneClock) -> None:
    """Orders outlive the timer's time as long as the block runs, and the end of the block."""
    with stage.client.dead_man(30, on_error=stage.errors) as guard:
        assert stage.timers() == ["30"]
        stage.pass_time(65, refreshed_each=THIRD)
        assert guard.armed
        assert guard.expires_at is not None
        assert stage.since_refresh() == pytest.approx(5, abs=0.1)
        assert guard.expires_at.timestamp() == pytest.approx(stage.paper.clock.now() + 25, abs=0.1)
        assert "armed" in repr(guard)
    assert stage.timers() == ["30"] * 7 + ["0"]
    times = [request.at for request in stage.asked()[:-1]]
    assert [later - earlier for earlier, later in itertools.pairwise(times)] == [pytest.approx(10)] * 6
    assert "not armed, expires_at=None" in repr(guard)
    stage.pass_time(60)
    assert stage.orders() == ["mine"]
    assert list(stage.errors) == []


def test_only_orders_of_a_tag(stage: PaperOnOneClock) -> None:
    """With a tag, other orders stay when the time runs out."""
    buy(stage.client, "tagged", tag="bot")
    with pytest.raises(KeyError):
        crash(stage, stage.client.dead_man(10, "bot"))
    stage.pass_time(11)
    assert stage.orders() == ["mine"]


def test_spreads_have_a_timer_of_their_own(stage: PaperOnOneClock) -> None:
    """The path of spread trading is used, and it takes no tag."""
    with stage.client.dead_man(15, spread=True):
        pass
    assert stage.timers(SPREAD_PATH) == ["15", "0"]
    assert stage.timers() == []
    with pytest.raises(ConfigError, match="tag"):
        stage.client.dead_man(15, "bot", spread=True)


# -- the program stops --------------------------------------------------------------------------------------


def test_after_an_exception_the_orders_go(stage: PaperOnOneClock) -> None:
    """The exception comes through; the timer is neither refreshed nor switched off, and strikes."""
    with pytest.raises(KeyError):
        crash(stage, stage.client.dead_man(30), after=10)
    until(stage.stopped)
    stage.pass_time(29)
    assert stage.orders() == ["mine"]
    stage.pass_time(2)
    assert stage.orders() == []
    assert stage.timers() == ["30", "30"]


def test_without_a_sign_of_life_the_orders_go(stage: PaperOnOneClock) -> None:
    """The block hangs: refreshing stops, the exchange cancels, and the user is told of both. Then life goes on."""
    with stage.client.dead_man(30, max_idle=12, on_error=stage.errors) as guard:
        for _ in range(3):
            stage.pass_time(8, refreshed_each=THIRD)
            assert guard.alive()
        stage.pass_time(12, refreshed_each=THIRD)
        sent = len(stage.timers())
        stage.pass_time(1)
        until(lambda: len(stage.errors) == 1)
        stage.pass_time(30)
        until(lambda: len(stage.errors) == 2)
        assert len(stage.timers()) == sent
        assert stage.orders() == []
        assert not guard.armed
        paused, over = stage.errors
        assert isinstance(over, OkxTimeoutError)
        assert "no sign of life for 12 s" in str(paused)
        assert "ran out" in str(over)
        assert not guard.alive()
        until(lambda: guard.armed, what="a refresh after the sign of life")
    assert stage.timers()[-1] == "0"
    assert len(stage.errors) == 2


def test_when_its_thread_has_ended_the_orders_go(stage: PaperOnOneClock) -> None:
    """Entered by hand in a thread that then dies without leaving it."""
    guards = []
    thread = threading.Thread(target=lambda: guards.append(stage.client.dead_man(30).__enter__()), name="bot")
    thread.start()
    thread.join()
    stage.pass_time(31)
    assert stage.orders() == []
    assert stage.timers() == ["30"]
    guards[0].__exit__(None, None, None)


PROGRAM = """
import time
from okx_sync import Config, Credentials, OkxClient
config = Config(Credentials("paper-alice-key", "paper-alice-secret", "paper-alice-pass"), rest_url={url!r})
with OkxClient(config).dead_man(10):
    print("armed", flush=True)
    time.sleep(60)
"""


def test_when_the_process_dies_the_orders_go(stage: PaperOnOneClock) -> None:
    """A killed program can do nothing any more; the exchange does it."""
    command = [sys.executable, "-c", PROGRAM.format(url=stage.paper.url)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=programs.environment()) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "armed\n"
        program.kill()
        program.wait()
    assert stage.orders() == ["mine"]
    stage.pass_time(11)
    assert stage.orders() == []


# -- the network stops --------------------------------------------------------------------------------------


def test_a_failed_refresh_is_repeated_in_time(stage: PaperOnOneClock) -> None:
    """Each failure is reported; one success before the end saves the orders."""
    with stage.client.dead_man(30, on_error=stage.errors) as guard:
        stage.paper.faults.rest_status(503, path=PATH, times=3)
        stage.pass_time(10)
        stage.pass_until(lambda: stage.since_refresh() < 5, within=19)
        assert guard.armed
        assert len(stage.errors) == 3
    assert stage.orders() == ["mine"]
    assert all(isinstance(error, OkxHttpError) for error in stage.errors)


def test_a_hanging_refresh_leaves_time_for_another(stage: PaperOnOneClock) -> None:
    """The first refresh gets no answer for longer than a sixth of the time; it is given up and sent again."""
    with stage.client.dead_man(10, on_error=stage.errors) as guard:
        stage.paper.faults.slow_rest(4, path=PATH, times=1)
        stage.pass_time(4)
        until(lambda: stage.timers().count("10") == 2, what="the hanging refresh")
        until(lambda: len(stage.errors) == 1)
        assert isinstance(next(iter(stage.errors)), OkxTimeoutError)
        stage.pass_until(lambda: stage.timers().count("10") == 3, within=5)
        assert guard.armed


def test_running_out_is_told_and_repaired(stage: PaperOnOneClock) -> None:
    """No refresh gets through: the orders go, the user is told, and the switch works again when the network does."""
    with stage.client.dead_man(30, on_error=stage.errors) as guard:
        stage.paper.faults.rest_status(503, path=PATH, times=None)
        stage.pass_time(31)
        until(lambda: any("ran out" in str(error) for error in stage.errors))
        assert not guard.armed
        assert stage.orders() == []
        stage.paper.faults.clear()
        stage.pass_until(lambda: guard.armed, within=4)
        buy(stage.client, "later")
        stage.pass_time(40, refreshed_each=THIRD)
        assert stage.orders() == ["later"]
    assert sum("ran out" in str(error) for error in stage.errors) == 1


def test_a_switch_that_cannot_be_disarmed_says_so(stage: PaperOnOneClock) -> None:
    """The caller learns that the orders will be cancelled, and when."""
    with pytest.raises(OkxHttpError, match="all orders are cancelled at 20"), stage.client.dead_man(10):
        stage.paper.faults.rest_status(503, path=PATH, times=None)
    stage.paper.faults.clear()
    stage.pass_time(11)
    assert stage.orders() == []


def test_disarming_is_tried_again(stage: PaperOnOneClock) -> None:
    """A single failure at the end does not cost the orders."""
    with stage.client.dead_man(10):
        stage.paper.faults.rest_status(503, path=PATH, times=1)
    assert stage.timers() == ["10", "0", "0"]
    stage.pass_time(11)
    assert stage.orders() == ["mine"]


def test_an_error_handler_that_raises_ends_nothing(stage: PaperOnOneClock) -> None:
    """The refreshing goes on."""

    def handler(error: OkxError) -> None:
        raise RuntimeError("a bug")

    with stage.client.dead_man(30, on_error=handler) as guard:
        stage.paper.faults.rest_status(503, path=PATH, times=1)
        stage.pass_time(10)
        stage.pass_until(lambda: stage.since_refresh() < 5, within=19)
        assert guard.armed


# -- it does not even begin ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [9, 121, 0, 30.0, True, "30"])
def test_the_time_is_checked(stage: PaperOnOneClock, seconds: Any) -> None:
    """10 to 120 whole seconds, as the exchange has it; nothing is sent."""
    with pytest.raises(ConfigError, match="seconds must be"):
        stage.client.dead_man(seconds)
    with pytest.raises(ConfigError, match="max_idle"):
        stage.client.dead_man(30, max_idle=0)
    assert stage.timers() == []


def test_a_refusal_comes_before_the_block(stage: PaperOnOneClock) -> None:
    """A key without the right to trade: the block does not run, no thread is left."""
    key = ("reader-key", "reader-secret", "reader-pass")
    account = stage.paper.venue.accounts[0]
    stage.paper.venue.add_key(account, *key, permissions=("read",))
    config = stage.paper.config.replace(credentials=Credentials(*key))
    with OkxClient(config, clock=stage.clock) as reader, pytest.raises(OkxAuthError), reader.dead_man(10):
        pytest.fail("the block ran")
    assert stage.stopped()


@pytest.mark.parametrize(("switch", "error"), [("read_only", ReadOnlyError), ("dry_run", DryRun)])
def test_the_safety_switches_hold(stage: PaperOnOneClock, switch: str, error: type[OkxError]) -> None:
    """It changes something at the exchange, so that it needs a client that may."""
    config = stage.paper.config.replace(**{switch: True})
    with OkxClient(config, clock=stage.clock) as client, pytest.raises(error), client.dead_man(10):
        pytest.fail("the block ran")
    assert stage.timers() == []


def test_a_lost_answer_to_the_first_setting_is_made_good(stage: PaperOnOneClock) -> None:
    """It may have arrived, so it is called off: no timer strikes later. The block does not run."""
    stage.paper.faults.lose_reply(path=PATH, times=1)
    with pytest.raises(OkxHttpError), stage.client.dead_man(10):
        pytest.fail("the block ran")
    assert stage.timers() == ["10", "0"]
    stage.pass_time(11)
    assert stage.orders() == ["mine"]


def test_a_switch_is_entered_once(stage: PaperOnOneClock) -> None:
    """A used one is refused with the cure."""
    guard = stage.client.dead_man(10)
    with guard:
        pass
    with pytest.raises(ConfigError, match="once"):
        guard.__enter__()
