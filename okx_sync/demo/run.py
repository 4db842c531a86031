"""Runs the demo from its options to its exit code: which exchange, which screen, and how it ends."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Protocol, Self, TextIO

import attrs

from okx_sync.demo.frame import ScreenFrame
from okx_sync.demo.plain import PlainScreen
from okx_sync.demo.session import DemoSession
from okx_sync.demo.verdict import DemoReport, problems, summary
from okx_sync.errors import OkxError
from okx_sync.exchanges.okx.config import Config

__all__ = ["DemoOptions", "Screen", "run"]

# The paper market is livelier here than by default, and --live does not let a dead network keep anybody waiting.
_FLOW_PER_S = 150.0
_LIVE_TIMEOUT_S = 6.0
_FIRST_DATA_S = 0.3


@attrs.frozen(kw_only=True)
class DemoOptions:
    """Options of a run.

    ``seconds``: 0 means until Ctrl-C; ``live``: OKX's public streams; ``plain``: lines only; ``fanout``: a publisher
    and two followers, in processes of their own.
    """

    seconds: float = 30.0
    live: bool = False
    plain: bool = False
    seed: int = 7
    fanout: bool = False


class Screen(Protocol):
    """Where pictures are shown; ``every_s`` is the time between two."""

    @property
    def every_s(self) -> float:
        """Seconds between two pictures."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def show(self, frame: ScreenFrame) -> None:
        """Show a picture."""


def run(options: DemoOptions, out: TextIO, err: TextIO) -> int:
    """Run the demo; 0 when everything that it promises happened, else 1 and the reasons on ``out`` or ``err``."""
    if options.fanout:
        from okx_sync.demo.fanout import run_fanout

        if options.live:
            err.write("--fanout is shown on the paper exchange: leave --live out\n")
            return 1
        return run_fanout(options.seconds, options.seed, out, err)
    with ExitStack() as stack:
        try:
            session = stack.enter_context(_session(options, stack))
            session.open()
        except KeyboardInterrupt:
            err.write("interrupted before it began\n")
            return 1
        except ImportError as problem:
            err.write(f"{problem}\n")
            return 1
        except OkxError as problem:
            err.write(_no_start(options, problem))
            return 1
        report = _play(session, _screen(options, out), options.seconds)
        out.write("\n".join(summary(report)) + "\n")
        out.flush()
        return 1 if problems(report) else 0


def _session(options: DemoOptions, stack: ExitStack) -> DemoSession:
    if options.live:
        config = Config(timeout_secs=_LIVE_TIMEOUT_S)
        return DemoSession(config, title="OKX, live", trading=False, seconds=options.seconds)
    from okx_sync.paper import PaperExchange

    paper = stack.enter_context(PaperExchange(options.seed, flow_per_s=_FLOW_PER_S))
    return DemoSession(paper.config, title="paper exchange", trading=True, seconds=options.seconds)


def _play(session: DemoSession, screen: Screen, seconds: float) -> DemoReport:
    """Show pictures until the time is over or Ctrl-C."""
    failure: OkxError | None = None
    try:
        with screen:
            session.wait(_FIRST_DATA_S)
            frame = session.frame()
            while not seconds or frame.elapsed_s < seconds:
                screen.show(frame)
                session.wait(screen.every_s if not seconds else min(screen.every_s, seconds - frame.elapsed_s))
                frame = session.frame()
            screen.show(frame)
    except KeyboardInterrupt:
        pass  # the ordinary way to end it: the summary follows
    except OkxError as error:
        failure = error
    report = session.finish()
    return report if failure is None else attrs.evolve(report, first_error=failure)


def _screen(options: DemoOptions, out: TextIO) -> Screen:
    if options.plain or not out.isatty() or os.environ.get("TERM") == "dumb":
        return PlainScreen(out)
    from okx_sync.demo.view import LiveScreen

    return LiveScreen(out)


def _no_start(options: DemoOptions, problem: OkxError) -> str:
    if not options.live:
        return f"The demo could not start: {problem}\n"
    return (
        f"OKX cannot be reached from here: {problem.message}\n"
        "Check the network (a proxy is taken from HTTPS_PROXY). Without --live the demo needs no network.\n"
    )
