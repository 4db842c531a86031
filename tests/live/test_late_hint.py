"""``LateHint``: a hint that is found out once, for the errors that it is about."""

from __future__ import annotations

import threading

from okx_sync.errors import OkxAuthError, OkxError, OkxTimeoutError
from okx_sync.live.late_hint import LateHint
from okx_sync.timing import Clock
from tests.delivery.owner import PATIENCE_S, until


class Slow:
    """Finds the hint when it is let go."""

    what = "the hint"
    longest_s = PATIENCE_S

    def __init__(self) -> None:
        self.asked = 0
        self.go_on = threading.Event()
        self.fails = False

    def concerns(self, error: OkxError) -> bool:
        return isinstance(error, OkxAuthError)

    def find(self) -> str:
        self.asked += 1
        assert self.go_on.wait(PATIENCE_S)
        if self.fails:
            raise OkxTimeoutError("nobody answers")
        return "use another key"


def test_errors_of_several_threads_ask_once() -> None:
    """All get what was found, and so does the next one."""
    source = Slow()
    late, errors = LateHint(source, Clock()), [OkxAuthError("no such key", hint="first") for _ in range(4)]
    threads = [threading.Thread(target=late.explain, args=(error,)) for error in errors]
    for thread in threads:
        thread.start()
    until(lambda: source.asked == 1)
    source.go_on.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    late.explain(errors[0])
    assert ({error.hint for error in errors}, source.asked) == ({"use another key"}, 1)


def test_other_errors_keep_their_hint() -> None:
    """And nobody is asked for them."""
    source = Slow()
    error = OkxTimeoutError("late", hint="wait")
    LateHint(source, Clock()).explain(error)
    assert (error.hint, source.asked) == ("wait", 0)


def test_a_hint_that_cannot_be_found_is_no_second_error() -> None:
    """The error keeps its own; the next error tries again."""
    source = Slow()
    source.go_on.set()
    source.fails = True
    late, error = LateHint(source, Clock()), OkxAuthError("no such key", hint="first")
    late.explain(error)
    assert error.hint == "first"
    source.fails = False
    late.explain(error)
    assert (error.hint, source.asked) == ("use another key", 2)
