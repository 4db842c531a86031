"""``okx-sync record``, ``replay`` and ``verify``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from okx_sync import Recording
from tests.cli.conftest import Done


def test_recorded_played_and_proved(
    tmp_path: Path, screen_of: Callable[..., tuple[int, list[str]]], run: Callable[..., Done]
) -> None:
    """On a terminal: what is recorded can be played as the table of ``watch``, and is proved whole."""
    folder = str(tmp_path / "kept")
    code, screen = screen_of("record", folder, "BTC-USDT", "--seconds", "2")
    assert code == 0, screen
    assert any("messages" in line for line in screen)
    code, screen = screen_of("replay", folder, "BTC-USDT", "--speed", "max", server=False)
    assert code == 0, screen
    assert any(line.startswith("okx:BTC-USDT") for line in screen)
    code, screen = screen_of("verify", folder, server=False)
    assert code == 0, screen
    assert "whole" in [line.strip() for line in screen]
    played = run("replay", folder, "BTC-USDT", "--speed", "max", "--json", server=False)
    again = run("replay", folder, "BTC-USDT", "--speed", "max", "--json", server=False)
    assert played.documents
    assert played.out == again.out


def test_an_account_is_recorded_when_asked_for(tmp_path: Path, run: Callable[..., Done]) -> None:
    """``--account`` also keeps what is told of the account; never the login."""
    folder = tmp_path / "kept"
    done = run(
        "record", str(folder), "BTCUSDT", "-e", "bybit", "--what", "trades", "--account", "--seconds", "1", "--json"
    )
    assert done.code == 0, done.err
    assert done.documents[-1]["missed"] == 0
    assert "private" in Recording(folder).stats().frames_of


def test_what_is_not_to_be_had_is_named(tmp_path: Path, run: Callable[..., Done]) -> None:
    """An instrument that the exchange refuses, and one that was not recorded, are no success: exit code 1."""
    folder = str(tmp_path / "kept")
    done = run("record", folder, "BTC-USDT", "NO-PE", "--what", "tickers", "--seconds", "1")
    assert (done.code, "NO-PE" in done.err) == (1, True), done
    played = run("replay", folder, "BTC-USDT", "ETH-USDT", "--speed", "max", "--json", server=False)
    assert (played.code, "ETH-USDT" in played.err) == (1, True), played
    assert {one["instrument"] for one in played.documents} == {"BTC-USDT"}


def test_a_cut_is_named(tmp_path: Path, run: Callable[..., Done]) -> None:
    """A recording whose end was torn off is not whole: exit code 1, and the report says why."""
    folder = tmp_path / "kept"
    assert run("record", str(folder), "BTC-USDT", "--seconds", "1").code == 0
    file = max(folder.iterdir(), key=lambda one: one.stat().st_size)
    file.write_bytes(file.read_bytes()[:-40])
    done = run("verify", str(folder), server=False)
    assert done.code == 1
    assert "not whole" in done.out
    assert run("verify", str(folder), "--json", server=False).documents[0]["is_whole"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("record", "kept", "BTC-USDT", "--what", "tikers"),
        ("record", "kept", "BTC-USDT", "--what", ","),
        ("replay", "kept", "BTC-USDT", "--speed", "fast"),
    ],
)
def test_words_that_are_none(words: tuple[str, ...], tmp_path: Path, run: Callable[..., Done]) -> None:
    """Unknown streams and speeds are refused with exit code 2, before anything is written."""
    assert run("record", str(tmp_path / "kept"), "BTC-USDT", "--seconds", "0.2").code == 0
    before = sorted(tmp_path.rglob("*"))
    folder = [str(tmp_path / "kept") if word == "kept" else word for word in words]
    assert run(*folder, server=words[0] == "record").code == 2
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("words", [("replay", "BTC-USDT"), ("verify",)])
def test_a_folder_that_is_no_recording(words: tuple[str, ...], tmp_path: Path, run: Callable[..., Done]) -> None:
    """It says so in a line, with exit code 1."""
    done = run(words[0], str(tmp_path), *words[1:], server=False)
    assert done.code == 1
    assert "holds no recording" in done.err
