"""``okx-sync watch``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from okx_sync.cli.place import Exchange, named
from okx_sync.errors import ConfigError
from tests.cli.conftest import Done

THREE = ("okx:BTC-USDT", "bybit:BTCUSDT", "bitget:BTCUSDT")


def test_three_exchanges_on_one_screen(screen_of: Callable[..., tuple[int, list[str]]]) -> None:
    """On a terminal: a row for each exchange with its prices, and the state of each link below."""
    code, screen = screen_of("watch", *THREE, "--seconds", "2")
    text = "\n".join(screen)
    assert code == 0, text
    assert screen[0].split()[:4] == ["instrument", "last", "bid", "ask"]
    for name in THREE:
        (row,) = [line for line in screen if line.startswith(name)]
        assert row.count("6") >= 3, row  # three prices of bitcoin
    assert text.count("public ready") == 3


def test_json_is_one_quote_a_line(run: Callable[..., Done]) -> None:
    """Every quote is a document whose numbers are texts, as the exchange sent them."""
    done = run("watch", *THREE, "--seconds", "1.5", "--json")
    assert done.code == 0, done.err
    assert {one["exchange"] for one in done.documents} == {"okx", "bybit", "bitget"}
    for one in done.documents:
        assert Decimal(one["last"]) > 0
        assert type(one["ts"]) is int


def test_lines_in_a_pipe(run: Callable[..., Done]) -> None:
    """Without a terminal it prints a line per instrument, at most one a second."""
    done = run("watch", "BTC-USDT", "--seconds", "1.2")
    assert done.code == 0
    lines = done.out.splitlines()
    assert 1 <= len(lines) <= 3
    assert all("okx:BTC-USDT" in line and " bid " in line for line in lines)


def test_an_instrument_that_does_not_exist(run: Callable[..., Done]) -> None:
    """One that the exchange refuses is named on standard error, the others are shown, and the exit code is 1."""
    done = run("watch", "BTC-USDT", "NO-PE", "--seconds", "1")
    assert done.code == 1
    assert "NO-PE" in done.err
    assert "okx:BTC-USDT" in done.out


def test_a_name_is_shown_as_it_stands(screen_of: Callable[..., tuple[int, list[str]]]) -> None:
    """Brackets and colons in a name are part of it, and no markup, which would end the command with a traceback."""
    code, screen = screen_of("watch", "BTC-USDT", "[/x]", "okx:[red]y", "--seconds", "0.5")
    text = "\n".join(screen)
    assert code == 1, text
    for name in ("okx:BTC-USDT", "okx:[/x]", "okx:[red]y"):
        assert any(line.startswith(name) for line in screen), text


def test_an_answer_does_not_command_the_terminal(run: Callable[..., Done]) -> None:
    """Control characters in what a server says, which repeats the name, are shown and not sent to the terminal."""
    done = run("watch", "B\x1b]0;TC\x07", "--seconds", "0.5")
    assert done.code == 1
    assert "B\\x1b]0;TC\\x07" in done.err
    assert "\x1b" not in done.err


def test_names_of_instruments() -> None:
    """What stands before a colon is the exchange; each instrument counts once."""
    assert named(["A", "bybit:B", "A"], Exchange.okx) == [(Exchange.okx, "A"), (Exchange.bybit, "B")]


@pytest.mark.parametrize("text", ["kraken:BTC", "bybit:", ""])
def test_names_that_are_none(text: str) -> None:
    """An unknown exchange and an empty name are refused."""
    with pytest.raises(ConfigError):
        named([text], Exchange.okx)
