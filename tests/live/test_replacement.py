"""``Placement``: which subscription a new one replaces."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync.delivery.subscription import Subscription
from okx_sync.live.callsite import call_site
from okx_sync.live.replacement import Placement, tell_replaced
from tests.delivery.owner import PATIENCE_S, recording_owner
from tests.protocol.toy_dialect import A, B


def cell(file: str = "<ipython-input-1-abc>", source: str = "put(sub, site())") -> Callable[[Placement, Any], Any]:
    """Something that puts a subscription from line 1 of a file of this name."""
    code = compile(f"lambda put, sub, site: {source}", file, "eval")

    def run(placement: Placement, sub: Any) -> Any:
        return eval(code)(placement.put, sub, call_site)

    return run


@pytest.mark.parametrize("file", ["<ipython-input-1-abc>", "/tmp/ipykernel_7/12.py", "<stdin>", "<python-input-3>"])
def test_the_same_line_and_topic_replaces_where_code_is_run_again(file: str) -> None:
    """Running a cell again does not stack."""
    with recording_owner() as owner:
        placement = Placement()
        one, two, three = (Subscription[Any](owner, A) for _ in range(3))
        assert [cell(file)(placement, sub) for sub in (one, two, three)] == [None, one, two]


def test_a_line_of_a_script_never_replaces() -> None:
    """A loop over anything, or two objects that subscribe in one method, are several wishes."""
    with recording_owner() as owner:
        placement = Placement()
        assert [placement.put(Subscription[Any](owner, A), call_site()) for _ in range(2)] == [None, None]
        assert [cell("/home/me/bot.py")(placement, Subscription[Any](owner, A)) for _ in range(2)] == [None, None]


def test_another_statement_topic_callback_or_queue_adds() -> None:
    """Each is a wish of its own. Statements at a prompt are told apart, though each is line 1 of one file."""
    with recording_owner() as owner:
        placement = Placement()
        mine, yours = queue.Queue[Any](), queue.Queue[Any]()
        subs: list[Subscription[Any]] = [
            Subscription(owner, A),
            Subscription(owner, B),
            Subscription(owner, A, callback=print),
            Subscription(owner, A, queue=mine),
            Subscription(owner, A, queue=yours),
        ]
        assert [cell("<stdin>")(placement, sub) for sub in subs] == [None] * 5
        assert cell("<stdin>", "(put(sub, site()),)[0]")(placement, Subscription(owner, A)) is None
        assert cell("<stdin>")(placement, Subscription(owner, A, queue=mine)) is subs[3]


def test_methods_of_two_objects_are_two_wishes() -> None:
    """A loop over bots on one line of a cell leaves none of them without events."""

    class Bot:
        def on_tick(self, tick: object) -> None: ...

    with recording_owner() as owner:
        placement = Placement()
        bots = [Subscription(owner, A, callback=Bot().on_tick) for _ in range(2)]
        assert [cell()(placement, bot) for bot in bots] == [None, None]


def test_a_name_replaces_wherever_and_whatever_it_was() -> None:
    """The name alone counts: another line, another topic."""
    with recording_owner() as owner:
        placement = Placement()
        one: Subscription[Any] = Subscription(owner, A, name="mine")
        two: Subscription[Any] = Subscription(owner, B, name="mine")
        assert placement.put(one, call_site()) is None
        assert placement.put(two, call_site()) is one
        assert placement.put(Subscription(owner, B, name="other"), call_site()) is None


def test_what_has_ended_is_not_replaced() -> None:
    """Nor is a successor forgotten with the one before it."""
    with recording_owner() as owner:
        placement = Placement()
        named: Subscription[Any] = Subscription(owner, A, name="mine")
        newer: Subscription[Any] = Subscription(owner, A, name="mine")
        placement.put(named, call_site())
        placement.put(newer, call_site())
        placement.remove(named)
        assert placement.put(Subscription(owner, A, name="mine"), call_site()) is newer
        for _ in range(2):
            placed: Subscription[Any] = Subscription(owner, A)
            assert cell()(placement, placed) is None
            placement.remove(placed)
            placement.remove(placed)


def test_workers_that_run_the_same_line_are_no_rerun_of_each_other() -> None:
    """Each thread has its own subscription."""
    with recording_owner() as owner:
        placement = Placement()
        replaced: list[Any] = []

        # Kept alive side by side, because the number of a thread that has ended is given away again.
        barrier = threading.Barrier(3)

        def work() -> None:
            replaced.append(cell()(placement, Subscription(owner, A)))
            barrier.wait(PATIENCE_S)

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        barrier.wait(PATIENCE_S)
        for thread in threads:
            thread.join(PATIENCE_S)
    assert replaced == [None, None]


def test_a_name_is_free_again_after_its_end() -> None:
    """The next one of that name stands in for nobody."""
    with recording_owner() as owner:
        placement = Placement()
        named: Subscription[Any] = Subscription(owner, A, name="mine")
        placement.put(named, call_site())
        placement.remove(named)
        assert placement.put(Subscription(owner, A, name="mine"), call_site()) is None


def test_a_replacement_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """One that was asked for by name in passing; one by a line that ran again as a warning, with the cure."""
    caplog.set_level(logging.INFO, "okx_sync")
    with recording_owner() as owner:
        old: Subscription[Any] = Subscription(owner, A)
        tell_replaced(old, Subscription(owner, B, name="mine"), call_site())
        source = "\n\ndef run(tell, old, new, site):\n    tell(old, new, site())\n"
        space: dict[str, Any] = {}
        exec(compile(source, "<ipython-input-7-abc>", "exec"), space)
        space["run"](tell_replaced, old, Subscription(owner, A), call_site)
    (named, again) = [record for record in caplog.records if record.name == "okx_sync.client"]
    assert named.levelno == logging.INFO
    assert named.getMessage() == "a(): the subscription named 'mine' was replaced by one of b()"
    assert again.levelno == logging.WARNING
    text = "a(): line 4 of <ipython-input--abc> ran again and replaced its subscription; to have several, give each a"
    assert again.getMessage() == f"{text} name="
