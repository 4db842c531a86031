"""The command line: ``okx-sync`` or ``python -m okx_sync``."""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
from collections.abc import Sequence

from okx_sync import __version__

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    0 success, 1 failure, 2 wrong usage (raised as ``SystemExit``), 130 Ctrl-C where nothing could be said any more.
    """
    options = _parser().parse_args(argv)
    try:
        return int(options.command(options))
    except KeyboardInterrupt:  # a second Ctrl-C, or one before there was anything to end in good order
        return 130
    except BrokenPipeError:
        # The reader of our output is gone (`| head`). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="okx-sync", description="Typed OKX streams and trading for Python.")
    parser.add_argument("--version", action="version", version=f"okx_sync {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    demo = commands.add_parser(
        "demo",
        help="live market, orders and account on the built-in paper exchange",
        description="Starts the paper exchange in this process, streams two markets from it over real sockets and "
        "lets a small strategy trade. No network, no keys. Ends with a summary; exit code 0 means all of it worked.",
    )
    demo.add_argument("--seconds", type=_seconds, default=30.0, metavar="N", help="how long; 0: until Ctrl-C (30)")
    demo.add_argument("--live", action="store_true", help="OKX's own public streams instead; no orders")
    demo.add_argument("--plain", action="store_true", help="lines instead of the live view")
    demo.add_argument("--seed", type=int, default=7, metavar="N", help="seed of the paper market (7)")
    demo.set_defaults(command=_demo)
    return parser


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(f"must be a number of seconds, 0 or more, not {text!r}")
    return seconds


def _demo(options: argparse.Namespace) -> int:
    from okx_sync.demo.run import DemoOptions, run

    # A polite kill ends it like Ctrl-C: the terminal is restored, orders are canceled, the summary is printed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    chosen = DemoOptions(seconds=options.seconds, live=options.live, plain=options.plain, seed=options.seed)
    return run(chosen, sys.stdout, sys.stderr)
