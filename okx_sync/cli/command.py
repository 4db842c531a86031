"""What every command has in common: its options, how it ends, what it says of errors, and in which form it prints.

The options that say where to look and how to show it are declared once, here: a command that takes an ``ExchangePlace``
or a ``Form`` is given one, and its command line has the options that make it.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import io
import math
import os
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, TypeAlias

import attrs
import orjson
import typer
from rich.console import Console

from okx_sync.cli.place import Exchange, ExchangePlace
from okx_sync.errors import ConfigError, OkxError

__all__ = [
    "Form",
    "JsonOption",
    "PlainOption",
    "SecondsOption",
    "command",
    "console",
    "finite",
    "json_line",
    "say",
    "warn",
    "warn_of_refused",
]

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


class Form(StrEnum):
    """The form in which a command prints."""

    live = "live"
    plain = "plain"
    json = "json"


def _option(panel: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, rich_help_panel=panel, **more)


def finite(value: float) -> float:
    """Let a number pass that is one; ``min=`` alone lets nan and inf pass. The ``callback`` of such an option."""
    if not math.isfinite(value):
        raise typer.BadParameter(f"{value} is no number to reckon with")
    return value


_HOW = "How to show it"
_WHERE = "Where to look"
PlainOption: TypeAlias = Annotated[
    bool, _option(_HOW, "--plain", help="Lines, also on a terminal; the form in a pipe.")
]
JsonOption: TypeAlias = Annotated[bool, _option(_HOW, "--json", help="One JSON document a line; numbers are texts.")]
SecondsOption: TypeAlias = Annotated[
    float, _option(_HOW, "--seconds", metavar="N", min=0, callback=finite, help="How long; 0: until Ctrl-C.")
]
_FORM_OPTIONS: Final[Mapping[str, Any]] = {"plain": PlainOption, "json": JsonOption}
_PLACE_OPTIONS: Final[Mapping[str, Any]] = {
    "exchange": Annotated[Exchange, _option(_WHERE, "--exchange", "-e", help="The exchange.")],
    "paper": Annotated[bool, _option(_WHERE, "--paper", help="A paper exchange in this process: no network, no key.")],
    "server": Annotated[
        str | None,
        _option(
            _WHERE,
            "--server",
            metavar="URL",
            help="A server of your own, such as the one that 'okx-sync paper' starts: http://127.0.0.1:8765",
        ),
    ],
    "profile": Annotated[
        str | None,
        _option(
            _WHERE,
            "--profile",
            metavar="NAME",
            help="Settings and key from this profile of ~/.okx/config.toml, in place of the environment's.",
        ),
    ],
    "demo": Annotated[bool, _option(_WHERE, "--demo", help="The exchange's demo trading.")],
    "site": Annotated[
        str | None, _option(_WHERE, "--site", metavar="NAME", help="OKX: global, eea, us. Bybit: com, eu, nl, ...")
    ],
    "ca_file": Annotated[
        str | None, _option(_WHERE, "--ca-file", metavar="FILE", help="Certificates to trust besides, a PEM file.")
    ],
}
_OF_PLACE: Final = {field.name: field.default for field in attrs.fields(ExchangePlace)}


def command(fn: Callable[..., Any]) -> Callable[..., None]:
    """Make a command of a function that returns its exit code, or None for 0.

    It ends as one should: with 0, with 1 and a line that says why, with 2 for wrong input, with 130 for Ctrl-C. The
    parameters ``place: ExchangePlace`` and ``form: Form`` become the options that make them.
    """
    own = inspect.signature(fn, eval_str=True)
    has_form, has_place = "form" in own.parameters, "place" in own.parameters

    def ended(**given: Any) -> None:
        raise typer.Exit(_ended(functools.partial(call, given)))

    def call(given: dict[str, Any]) -> Any:
        if has_form:
            given["form"] = _form(**{name: given.pop(name) for name in _FORM_OPTIONS})
        if has_place:
            given["place"] = ExchangePlace(**{name: given.pop(name) for name in _PLACE_OPTIONS})
        return fn(**given)

    kept = [one.replace(kind=one.KEYWORD_ONLY) for one in own.parameters.values() if one.name not in ("form", "place")]
    if has_form:
        kept += [_parameter(name, False, option) for name, option in _FORM_OPTIONS.items()]
    if has_place:
        kept += [_parameter(name, _OF_PLACE[name], option) for name, option in _PLACE_OPTIONS.items()]
    ended.__name__, ended.__doc__, ended.__module__ = fn.__name__, fn.__doc__, fn.__module__
    ended.__annotations__ = {one.name: one.annotation for one in kept}
    ended.__signature__ = own.replace(parameters=kept)  # type: ignore[attr-defined]  # as inspect looks for it
    return ended


def _parameter(name: str, default: Any, option: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=option)


def _ended(run: Callable[[], Any]) -> int:
    if sys.stdout is None:  # closed by whoever started us (`>&-`)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  for the rest of the process
    try:
        code = int(run() or 0)
        sys.stdout.flush()
    except ConfigError as error:
        warn(str(error))
        return WRONG_USAGE
    except (OkxError, ModuleNotFoundError) as error:
        warn(str(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output is gone (`| head`)
        _print_no_more()
        return FAILED
    except OSError as error:  # the disk is full, say
        _print_no_more()
        warn(str(error))
        return FAILED
    return code


def _print_no_more() -> None:
    """Give up what was not written: Python would complain once more when it flushes at exit."""
    with contextlib.suppress(io.UnsupportedOperation):  # an output that is no file of the system's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _form(*, plain: bool, json: bool) -> Form:
    """Choose the form: what the options say, else live on a terminal and lines everywhere else."""
    if plain and json:
        raise ConfigError("--plain and --json exclude each other")
    if json:
        return Form.json
    if plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return Form.plain
    return Form.live


def console(*, stderr: bool = False) -> Console:
    """Return rich's console; without colours in a pipe and where ``NO_COLOR`` is set.

    What an exchange or a user wrote is shown as it stands: "[/x]" in it is no markup, ":x:" no picture.
    """
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def say(text: str) -> None:
    """Print a line on standard output, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Print a line on standard error, if there is one; what a server wrote in it does not command the terminal."""
    if sys.stderr is not None:
        shown = "".join(one if one.isprintable() or one == "\n" else ascii(one)[1:-1] for one in text)
        sys.stderr.write(f"{shown}\n")


def warn_of_refused(exchange: Exchange, *groups: Any) -> bool:
    """Say on standard error what was not to be had of groups of subscriptions; returns whether there was any."""
    refused = {topic: error for group in groups for topic, error in group.refused.items()}
    for topic, error in refused.items():
        warn(f"{exchange}:{topic}: {error}")
    return bool(refused)


def json_line(value: Any) -> None:
    """Print a JSON document on a line; ``Decimal`` and times become texts."""
    say(orjson.dumps(value, default=str).decode())
