"""``okx-sync paper``: the paper exchange as a server, for bots in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from okx_sync.cli.command import JsonOption, SecondsOption, command, finite, json_line, say
from okx_sync.errors import ConfigError
from okx_sync.timing import Clock, Deadline

if TYPE_CHECKING:
    from okx_sync.paper import PaperExchange

__all__ = ["paper"]

_PORT: Final = 8765
FaultOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fault",
        metavar="NAME[,ARG=VALUE...]",
        help="A fault of paper.faults, at the start, and again with --fault-every: drop,how=fin delay,seconds=0.2 ...",
    ),
]


@command
def paper(
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 takes a free one.")] = _PORT,
    seed: Annotated[int, typer.Option(metavar="N", help="Of the random market.")] = 7,
    flow: Annotated[
        float, typer.Option(metavar="N", min=0, callback=finite, help="Random orders a second; 0: it stands still.")
    ] = 40.0,
    tls: Annotated[bool, typer.Option("--tls", help="https and wss, with a certificate made for this run.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Be OKX's demo environment, which wants its header.")] = False,
    limits: Annotated[bool, typer.Option("--limits", help="Enforce the rate limits of REST and orders.")] = False,
    fault: FaultOption = None,
    fault_every: Annotated[
        float, typer.Option(metavar="S", min=0, callback=finite, help="Seconds between two rounds of faults; 0: once.")
    ] = 0,
    seconds: SecondsOption = 0,
    json: JsonOption = False,
) -> int:
    """Run the paper exchange as a server: REST and streams of OKX, Bybit and Bitget on one market, at one address.

    It listens on this machine only and prints its addresses and keys, which are worthless elsewhere. Ctrl-C ends it.

    Examples: okx-sync paper

    okx-sync paper --port 9000 --fault drop,how=fin --fault-every 30

    okx-sync watch BTC-USDT --server http://127.0.0.1:8765
    """
    from okx_sync.paper import PaperExchange

    made = PaperExchange(seed, port=port, flow_per_s=flow, tls=tls, demo=demo, limits=limits)
    with _started(made, port) as exchange:
        rounds = [_fault(exchange, text) for text in fault or ()]
        if json:
            json_line(_facts(exchange))
        else:
            _introduce(exchange)
        _serve(rounds, fault_every, seconds)
    return 0


@contextmanager
def _started(exchange: PaperExchange, port: int) -> Iterator[PaperExchange]:
    try:
        exchange.start()
    except OSError as error:
        raise ConfigError(f"port {port} cannot be listened on: {error.strerror}", hint="name another --port") from None
    try:
        yield exchange
    finally:
        exchange.stop()


def _serve(rounds: list[Callable[[], object]], every_s: float, seconds: float) -> None:
    """Let it run, with the faults at their times."""
    clock = Clock()
    deadline, due = Deadline(seconds or None, clock), Deadline(0, clock)
    try:
        while deadline.left() != 0:
            if due.passed():
                for one in rounds:
                    one()
                due = Deadline(every_s or None, clock)
            clock.sleep(min(0.2, deadline.slice()))
    except KeyboardInterrupt:
        pass  # the ordinary way to end it


def _fault(exchange: PaperExchange, text: str) -> Callable[[], object]:
    """Read a fault of the command line. Raises ``ConfigError`` for a name or arguments that it has not."""
    name, *given = text.split(",")
    known = [one for one in dir(exchange.faults) if not one.startswith("_")]
    if name not in known:
        raise ConfigError(f"--fault {name}: there is no such fault", hint=f"known are {', '.join(known)}")
    pairs = [part.partition("=") for part in given]
    if lacking := [part for part, sign, _ in pairs if not sign]:
        raise ConfigError(f"--fault {text}: {lacking[0]} has no value", hint="for example drop,how=fin")
    arguments: dict[str, Any] = {key: _value(value) for key, _, value in pairs}

    def act() -> object:
        try:
            return getattr(exchange.faults, name)(**arguments)
        except (TypeError, ValueError, KeyError) as error:
            raise ConfigError(f"--fault {text}: {error}") from None

    return act


def _value(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return {"true": True, "false": False, "none": None}.get(text.lower(), text)


def _facts(exchange: PaperExchange) -> dict[str, Any]:
    streams = {
        "okx": exchange.ws_url(),
        "bybit": exchange.bybit_url(),
        "bitget": exchange.bitget_url(),
    }
    accounts = [
        {"label": one.label, "api_key": one.api_key, "secret_key": one.secret_key, "passphrase": one.passphrase}
        for one in exchange.accounts
    ]
    return {"rest": exchange.url, "streams": streams, "ca_file": exchange.ca_file, "accounts": accounts}


def _introduce(exchange: PaperExchange) -> None:
    facts = _facts(exchange)
    say(f"REST of all three: {facts['rest']}")
    for name, url in facts["streams"].items():
        say(f"{name:<7} {url}")
    if facts["ca_file"]:
        say(f"certificates to trust: {facts['ca_file']}")
    for one in facts["accounts"]:
        say(f"account {one['label']}: key {one['api_key']}, secret {one['secret_key']}, passphrase {one['passphrase']}")
    say(f"try it: okx-sync watch BTC-USDT --server {facts['rest']}")
    one = facts["accounts"][0]
    say("for Config.from_env() of a program (BYBIT_..., BITGET_... for the others):")
    say(f"export OKX_SERVER={facts['rest']} OKX_API_KEY={one['api_key']}")
    say(f"export OKX_SECRET_KEY={one['secret_key']} OKX_PASSPHRASE={one['passphrase']}")
    say("Ctrl-C ends it.")
