"""The command line as a whole: usage, help, and what it says when something is missing or goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from okx_sync import __version__, cli
from okx_sync.cli.app import app
from okx_sync.paper import PaperExchange
from tests.cli.conftest import Done, Terminal
from tests.programs import ROOT, environment, run_python

COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback is not None]


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "soon", ""])
def test_seconds_must_be_a_length_of_time(text: str, run: Callable[..., Done]) -> None:
    """A time that cannot be right is refused with exit code 2 and the option's name."""
    done = run("demo", f"--seconds={text}", server=False)
    assert done.code == 2
    assert "--seconds" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("watch", "BTC-USDT", "--seconds=nan"),
        ("paper", "--flow=inf"),
        ("paper", "--fault-every=nan"),
        ("doctor", "--timeout=inf"),
        ("doctor", "--listen=nan"),
    ],
)
def test_numbers_that_are_none(words: tuple[str, ...], run: Callable[..., Done]) -> None:
    """What is no number to reckon with is refused before anything is begun, whichever command is given it."""
    done = run(*words, server=False)
    assert (done.code, words[-1].partition("=")[0] in done.err) == (2, True), done


def test_no_command_shows_the_usage(run: Callable[..., Done]) -> None:
    """Without a command the help is shown, with exit code 2."""
    done = run(server=False)
    assert done.code == 2
    assert "Usage: okx-sync" in done.out + done.err


def test_version(run: Callable[..., Done]) -> None:
    """``--version`` names the package's version."""
    assert run("--version", server=False) == Done(0, f"okx_sync {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, run: Callable[..., Done]) -> None:
    """``--help`` of each says what it is for and shows a command to copy."""
    done = run(command, "--help", server=False)
    assert done.code == 0
    assert "Example" in done.out
    assert f"okx-sync {command}" in done.out


def test_a_word_that_is_no_command(run: Callable[..., Done]) -> None:
    """A command that does not exist is refused with exit code 2."""
    done = run("wach", server=False)
    assert done.code == 2
    assert "wach" in done.err


def test_two_places_at_once(run: Callable[..., Done]) -> None:
    """``--paper`` and another place contradict each other: exit code 2 and a hint."""
    done = run("watch", "BTC-USDT", "--paper")
    assert done.code == 2
    assert "leave --server" in done.err


def test_two_forms_at_once(run: Callable[..., Done]) -> None:
    """``--plain`` and ``--json`` exclude each other."""
    done = run("watch", "BTC-USDT", "--plain", "--json")
    assert (done.code, "exclude each other" in done.err) == (2, True)


def test_nobody_there(run: Callable[..., Done]) -> None:
    """An address at which nothing listens ends a command with exit code 1 and one line, not with a traceback."""
    done = run("download", "candles", "BTC-USDT", "--server", "http://127.0.0.1:9", server=False)
    assert done.code == 1
    assert "cannot connect" in done.err
    assert "Traceback" not in done.err


def test_no_color_is_kept(run_on: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    """``NO_COLOR`` takes every colour off the screen, and nothing else."""
    for is_set in (False, True):
        if is_set:
            monkeypatch.setenv("NO_COLOR", "1")
        terminal = Terminal()
        assert run_on(terminal, "watch", "BTC-USDT", "--seconds", "0.5") == 0
        assert any("BTC-USDT" in line for line in terminal.shown())
        assert bool(terminal.colors()) is not is_set


def test_completion_is_to_be_had() -> None:
    """The script that completes commands in a shell names the program."""
    done = run_python("-m", "okx_sync", "--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0
    assert "okx-sync" in done.stdout


def test_missing_typer_names_the_extra(tmp_path: Path) -> None:
    """Without the extra ``cli`` one line says what to install, with exit code 1."""
    hide(tmp_path, "typer")
    done = run_python("-m", "okx_sync", "demo", PYTHONPATH=with_hidden(tmp_path))
    assert done.returncode == 1
    assert "okx_sync[cli]" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_missing_server_library_names_the_extra(tmp_path: Path) -> None:
    """Without aiohttp the demo says which extra to install, in one line, with exit code 1."""
    hide(tmp_path, "aiohttp")
    done = run_python("-m", "okx_sync", "demo", "--seconds", "1", PYTHONPATH=with_hidden(tmp_path))
    assert done.returncode == 1
    assert "okx_sync[paper]" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_polite_kill_end_it_in_good_order(number: signal.Signals, tmp_path: Path) -> None:
    """A command that goes on ends with exit code 0 when it is told to, and what it prints is whole."""
    words = ["-m", "okx_sync", "record", str(tmp_path / "kept"), "BTC-USDT", "--paper"]
    process = subprocess.Popen(
        [sys.executable, "-W", "error", *words], cwd=ROOT, env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert "messages" in process.stdout.readline()
    process.send_signal(number)
    rest, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert "stopped" in rest
    assert errors == ""


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """``| head -1`` ends a command with exit code 1 and without a traceback."""
    words = ["-m", "okx_sync", "watch", "BTC-USDT", "--paper", "--json"]
    with (tmp_path / "errors").open("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=errors
        )
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.wait(timeout=30) == 1
        errors.seek(0)
        assert errors.read() == ""


def test_as_a_process_of_its_own(exchange: PaperExchange, tmp_path: Path) -> None:
    """What other tests run within theirs ends with exit code 0 and without a warning as users start it, too."""
    kept, at = str(tmp_path / "kept"), ("--server", exchange.url)
    for words in (
        ("record", kept, "BTC-USDT", "--what", "tickers", "--seconds", "0.5", *at),
        ("verify", kept),
        ("replay", kept, "BTC-USDT", "--speed", "max"),
        ("book", "BTC-USDT", "--seconds", "0.2", *at),
        ("account", *at),
        ("download", "candles", "BTC-USDT", "--bar", "1D", "--folder", str(tmp_path / "history"), *at),
        ("endpoints", "ticker"),
    ):
        done = run_python("-W", "error", "-m", "okx_sync", *words)
        assert done.returncode == 0, (words, done.stderr)
        assert done.stdout + done.stderr
        assert "Warning" not in done.stderr, (words, done.stderr)


def test_a_terminal_with_few_characters() -> None:
    """What its encoding lacks is a question mark, and no traceback."""
    done = run_python("-m", "okx_sync", "endpoints", "bücher█", PYTHONIOENCODING="ascii:strict")
    assert (done.returncode, done.stderr) == (1, "nothing has b?cher? in it\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
def test_a_full_disk() -> None:
    """What cannot be written ends a command with exit code 1 and one line that says why."""
    with open("/dev/full", "w", encoding="utf-8") as full:
        words = [sys.executable, "-m", "okx_sync", "channels", "ticker"]
        done = subprocess.run(words, cwd=ROOT, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "No space left" in done.stderr


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command whose outputs are closed (``>&- 2>&-``) does what it does, and says nothing."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["channels", "ticker"]) == 0
    sys.stdout.close()
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["watch", "nowhere:BTC"]) == 2
    sys.stdout.close()


def hide(folder: Path, *modules: str) -> None:
    """Make modules look as if they were not installed, for a program that has this folder on its path."""
    for module in modules:
        text = f'raise ModuleNotFoundError("No module named {module}", name="{module}")'
        (folder / f"{module}.py").write_text(text)


def with_hidden(folder: Path) -> str:
    """The import path of such a program."""
    return os.pathsep.join((str(folder), str(ROOT)))
