"""``okx-sync download``."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done


def test_candles_to_parquet_and_csv(tmp_path: Path, screen_of: Callable[..., tuple[int, list[str]]]) -> None:
    """On a terminal: it says how many rows are where."""
    words = ("download", "candles", "BTC-USDT", "--bar", "1H", "--folder", str(tmp_path), "--csv", "candles.csv")
    code, screen = screen_of(*words)
    text = "\n".join(screen)
    assert code == 0, text
    assert f"new rows of candles-1H in {tmp_path}" in text
    assert "rows in candles.csv" in text


def test_csv_holds_what_parquet_holds_and_a_second_run_adds_nothing(tmp_path: Path, run: Callable[..., Done]) -> None:
    """The CSV file has every row once, oldest first; the same command again brings only what is new."""
    file = tmp_path / "trades.csv"
    words = ("download", "candles", "BTC-USDT", "--bar", "1H", "--folder", str(tmp_path), "--csv", str(file), "--json")
    first = run(*words, "--end", "2100-01-01")
    again = run(*words, "--end", "2100-01-01")
    assert (first.code, again.code) == (0, 0), first.err
    with file.open() as text:
        times = [row["ts"] for row in csv.DictReader(text)]
    assert times == sorted(set(times))
    assert first.documents[0]["new_rows"] > 0
    assert again.documents[0]["csv_rows"] == len(times)


def test_a_time_that_is_none(run: Callable[..., Done]) -> None:
    """A time that cannot be read is refused with exit code 2."""
    done = run("download", "candles", "BTC-USDT", "--start", "yesterday")
    assert done.code == 2
    assert "--start yesterday" in done.err


def test_fills_need_a_key(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is of the account is not asked for without a key."""
    for name in ("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_PASSPHRASE"):
        monkeypatch.delenv(name)
    done = run("download", "fills", "--product", "SPOT")
    assert done.code == 2
    assert "OKX_API_KEY" in done.err
