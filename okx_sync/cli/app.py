"""All commands under one name, and the start of one of them."""

from __future__ import annotations

import io
import signal
import sys
import threading

import typer

from okx_sync import __version__
from okx_sync.cli.account import account
from okx_sync.cli.book import book
from okx_sync.cli.command import INTERRUPTED
from okx_sync.cli.demo import demo
from okx_sync.cli.doctor.command import doctor
from okx_sync.cli.download import download
from okx_sync.cli.paper import paper
from okx_sync.cli.record import record, replay, verify
from okx_sync.cli.search import channels, endpoints
from okx_sync.cli.watch import watch

__all__ = ["app", "run"]

_ABOUT = """Live data and accounts of OKX, Bybit and Bitget in the terminal.

Keys come from the environment (OKX_API_KEY, OKX_SECRET_KEY, OKX_PASSPHRASE; BYBIT_..., BITGET_...) or from a profile.
Nothing here places an order: 'demo' trades on its own paper exchange.
"""

app = typer.Typer(
    name="okx-sync",
    help=_ABOUT,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,  # its tracebacks show local variables
)
for _panel, _commands in {
    "Look": (watch, book, account),
    "Keep": (record, replay, verify, download),
    "Try": (demo, paper),
    "Find out": (doctor, channels, endpoints),
}.items():
    for _one in _commands:
        app.command(rich_help_panel=_panel, no_args_is_help=False)(_one)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"okx_sync {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


def run(argv: list[str] | None) -> int:
    """Run a command and return its exit code."""
    for one in (sys.stdout, sys.stderr):
        if isinstance(one, io.TextIOWrapper):
            one.reconfigure(errors="replace")  # a terminal without the character for a bar gets a question mark
    is_main = threading.current_thread() is threading.main_thread()
    # A polite kill ends it like Ctrl-C: the terminal is restored, files are closed, demo orders are canceled.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler) if is_main else None
    try:
        app(args=argv, prog_name="okx-sync")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:  # a second Ctrl-C, or one before there was anything to end in good order
        return INTERRUPTED
    finally:
        if is_main:
            signal.signal(signal.SIGTERM, before)
    return 0
