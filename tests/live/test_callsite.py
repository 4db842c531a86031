"""Call sites and the comparison of callbacks: what counts as running the same cell again."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import okx_sync
from okx_sync.live.callsite import CallSite, call_site, same_function

CELL = "/tmp/ipykernel_7/12.py"


def defined(source: str, name: str = "f", file: str = "<cell>") -> Callable[..., Any]:
    """The function that ``source`` defines: running a cell anew gives a new object each time."""
    space: dict[str, Any] = {}
    exec(compile(source, file, "exec"), space)
    function: Callable[..., Any] = space[name]
    return function


# -- where ---------------------------------------------------------------------------------------------------------


def test_the_place_is_the_line_of_the_caller() -> None:
    """Two lines are two places, the same line is one."""
    one, again, other = defined(
        "def f(g):\n    places = [g() for _ in range(2)]\n    return *places, g()\n", file=CELL
    )(call_site)
    assert one == again != other
    assert (one.file, one.line, other.line) == (CELL, 2, 3)


def test_frames_of_the_package_are_skipped() -> None:
    """However deep inside the package a subscription is made, the user's line counts."""
    inside = str(Path(okx_sync.__file__).parent / "client" / "made_up.py")
    ours = defined("def f(g):\n    return g()\n", file=inside)
    cell = defined("def f(g):\n    return g()\n", file=CELL)
    assert cell(lambda: ours(call_site)) is None  # the nearest is the lambda's line, of a module
    assert defined("def f(ours, g):\n    return ours(g)\n", file=CELL)(ours, call_site).file == CELL


def test_a_project_whose_name_begins_like_ours_is_the_users() -> None:
    """``okx_sync_bot`` next to the package is not the package."""
    neighbour = str(Path(okx_sync.__file__).parent) + "_bot/ipykernel_1/1.py"
    f = defined("def f(g):\n    return g()\n", file=neighbour)
    assert f(call_site) == CallSite(neighbour, 2, f.__code__)


def test_running_a_notebook_cell_again_is_the_same_place() -> None:
    """Older notebooks count the runs in the file name; what is behind the count is the cell."""
    source = "def f(g):\n    return g()\n"
    first = defined(source, file="<ipython-input-3-abcdef>")(call_site)
    again = defined(source, file="<ipython-input-17-abcdef>")(call_site)
    other = defined(source, file="<ipython-input-17-999999>")(call_site)
    assert first == again != other


def test_only_cells_and_prompts_can_be_run_again() -> None:
    """There the place holds the code around the line, since at a prompt every statement is line 1; else it is none."""
    again = ["<stdin>", "<stdin>-7", "<console>", "<input>", "<python-input-7>", "<ipython-input-3-abc>", "<pyshell#1>"]
    again += ["/tmp/ipykernel_71/2834.py", r"C:\Temp\ipykernel_71\2834.py", "/tmp/marimo_9/__marimo__cell_Hbol_.py"]
    once = ["/home/me/bot.py", "<string>", "<frozen runpy>", "bot.py", "/opt/site-packages/ipykernel/zmqshell.py"]
    source = "def f(g):\n    return g()\n"
    placed = {file: defined(source, file=file)(call_site) for file in again + once}
    assert [file for file, place in placed.items() if place is not None] == again
    for name in ("<python-input-{}>", "<stdin>-{}"):  # Python 3.13 counts what is typed at its plain prompt as well
        first, second = (defined(source, file=name.format(count))(call_site) for count in (1, 12))
        assert first == second
    assert first != defined(source.replace("g", "h"), file="<python-input-1>")(call_site)


def test_a_script_that_comes_through_a_pipe_is_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    """``python < bot.py`` has the file name of the prompt, but no prompt."""
    f = defined("def f(g):\n    return g()\n", file="<stdin>")
    monkeypatch.setattr(sys, "argv", ["-"])
    assert f(call_site) is None
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    assert f(call_site).statement is f.__code__


# -- the same function ---------------------------------------------------------------------------------------------


class Bot:
    """Something with a method for a callback."""

    def on_tick(self, tick: object) -> None: ...

    @staticmethod
    def static(tick: object) -> None: ...


class Plain:
    """Something callable that says nothing about itself."""

    def __call__(self, tick: object) -> None: ...


class Touchy(Plain):
    """Something callable that does not want to be compared."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("ambiguous")


def around(value: Any) -> Callable[[], Any]:
    """A function over a value."""
    return lambda: value


def default(value: Any) -> Callable[..., Any]:
    def f(tick: object = None, *, n: Any = value) -> Any:
        return n

    return f


BOT, LIST, PLAIN, TOUCHY = Bot(), [1], Plain(), Touchy()
SAME: dict[str, tuple[Any, Any]] = {
    "nothing": (None, None),
    "itself": (print, print),
    "defined anew": (defined("def f(t):\n    print(t)\n"), defined("def f(t):\n    print(t)\n")),
    "method of one object": (BOT.on_tick, BOT.on_tick),
    "static method": (BOT.static, Bot.static),
    "closure over the same object": (around(LIST), around(LIST)),
    "closure over an equal text": (around("BTC"), around("".join(["B", "TC"]))),
    "equal default": (default("BTC"), default("BTC")),
    "partial of the same over the same": (functools.partial(print, "a", end=""), functools.partial(print, "a", end="")),
    "touchy, but the same": (TOUCHY, TOUCHY),
}
DIFFERENT: dict[str, tuple[Any, Any]] = {
    "nothing and something": (None, print),
    "other code": (defined("def f(t):\n    print(t)\n"), defined("def f(t):\n    print(t, t)\n")),
    "other line": (defined("def f(t):\n    print(t)\n"), defined("\ndef f(t):\n    print(t)\n")),
    "methods of two objects": (Bot().on_tick, Bot().on_tick),
    "closures over two objects": (around([1]), around([1])),
    "closures over two texts": (around("BTC"), around("ETH")),
    "two defaults": (default("BTC"), default("ETH")),
    "two partials": (functools.partial(print, "a"), functools.partial(print, "b")),
    "partials of two methods": (functools.partial(Bot().on_tick, 1), functools.partial(Bot().on_tick, 1)),
    "two callable objects": (PLAIN, Plain()),
    "touchy": (Touchy(), TOUCHY),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_what_a_rerun_defines_anew_is_the_same(one: Any, other: Any) -> None:
    """The same code over the same values, whichever is asked first."""
    assert same_function(one, other)
    assert same_function(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_would_do_something_else_is_different(one: Any, other: Any) -> None:
    """Taking two for one would leave one of them without events, silently; so in doubt they are two."""
    assert not same_function(one, other)
    assert not same_function(other, one)


def test_a_name_that_is_not_bound_yet_is_in_doubt() -> None:
    """A function over a variable that comes later cannot be compared."""

    def make() -> list[Callable[[], Any]]:
        functions: list[Callable[[], Any]] = [lambda: later for _ in range(2)]
        answer = same_function(*functions)
        later = answer
        return [lambda: later]

    assert make()[0]() is False
