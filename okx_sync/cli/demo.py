"""``okx-sync demo``: the paper exchange, two markets and a small strategy, live."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from okx_sync.cli.command import PlainOption, SecondsOption, command

__all__ = ["demo"]


@command
def demo(
    seconds: SecondsOption = 30.0,
    live: Annotated[bool, typer.Option("--live", help="OKX's own public streams instead; no orders.")] = False,
    plain: PlainOption = False,
    fanout: Annotated[
        bool, typer.Option("--fanout", help="A publisher and two followers over Redis, as processes.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the paper market.")] = 7,
) -> int:
    """Show a live market, orders and an account on the built-in paper exchange.

    It starts the paper exchange in this process, streams two markets from it over real sockets and lets a small
    strategy trade. No network, no keys. It ends with a summary; exit code 0 means that all of it worked.

    Example: okx-sync demo --seconds 20
    """
    from okx_sync.demo.run import DemoOptions, run

    chosen = DemoOptions(seconds=seconds, live=live, plain=plain, seed=seed, fanout=fanout)
    return run(chosen, sys.stdout, sys.stderr)
