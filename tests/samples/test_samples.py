"""The samples run as they are, without a warning, end by themselves, and show what they promise."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.fanout.conftest import Broker, broker
from tests.programs import ROOT, environment, run_python

__all__ = ["broker"]

PRICE = r"\d+(\.\d+)?"

# For each sample, patterns of lines that must appear in this order.
SHOWN = {
    "01_callback.py": [
        rf"BTC-USDT (buy|sell) {PRICE} at {PRICE}",
        r"5 trades, 0 dropped",
    ],
    "02_queue_loop.py": [
        rf"loop: BTC-USDT last {PRICE} bid {PRICE} ask {PRICE}",
        rf"get: 1s candle of BTC-USDT closed at {PRICE}, final: (True|False)",
        rf"best bid {PRICE}, best ask {PRICE}",
        r"quiet market: nothing arrived within 1 s",
    ],
    "03_own_queue.py": [
        r" *\d+ tickers of BTC-USDT",
        r" *\d+ tickers of ETH-USDT",
        r" *\d+ trades of BTC-USDT",
        r" *\d+ trades of ETH-USDT",
    ],
    "04_private_account.py": [
        r"balance: USDT 100000",
        rf"order: live buy 0.01 at {PRICE}",
        rf"order: amended to {PRICE}, True",
        r"order: canceled, final: True",
        rf"fill: sell 0.001 at {PRICE}, fee -{PRICE} USDT",
        r"refused: 51400, may be repeated: False",
    ],
    "05_book.py": [
        rf"spread {PRICE}, 1 BTC costs {PRICE} on average",
        r"1 gap in books\(instId=BTC-USDT\), valid again: True",
        rf"closed: valid False, last known best bid {PRICE}",
    ],
    "06_survive_a_drop.py": [
        rf"before the drop: {PRICE}",
        r"cutting all connections",
        r"(public|private) lost: .+",
        r"(public|private) restored",
        r"after the drop: True, subscriptions open: True",
        r"topics at the exchange, each once: \[\('orders\(instType=ANY\)', 1\), \('tickers\(instId=BTC-USDT\)', 1\)\]",
    ],
    "07_trade_over_websocket.py": [
        r"placed: \d+, our own id \w+",
        r"amended and canceled",
        r"refused: 51008 .+",
        r"batch: 2 of 3 accepted, all canceled: True",
        r"three at once: 3 ids",
        r"refused: 51400",
        r"no reply; REST says: live",
    ],
    "08_order_handle.py": [
        r"waiting in the book: True, remaining 0.3",
        rf"fill: 0.1 at {PRICE}",
        rf"filled: True, 0.25 at {PRICE} on average",
        r"history: pending -> live -> partially_filled -> filled",
        r"canceled: canceled by the user",
        r"known by either id: True",
        r"<OrderManager: 0 open, 2 finished, 2 fills, synced>",
    ],
    "09_risk_monitor.py": [
        r"balance: USDT 100000",
        rf"position: 200 contracts at {PRICE}, leverage 10",
        r"ALARM: unrealized_pnl of BTC-USDT-SWAP .+",
        r"recovered: unrealized_pnl of BTC-USDT-SWAP .+",
        rf"margin_ratio +{PRICE}",
        r"flat: True",
    ],
    "10_quoting_bot.py": [
        r"nothing left open: True",
        r"\{'placed': \d+, .+\}, each fill told once: True",
    ],
    "11_bybit.py": [
        rf"bought 0.002 at {PRICE}, fee -{PRICE}",
        r"private lost",
        r"private restored",
        r"synced behind it: True, still in the book: True",
        r"canceled: .*CancelByUser.*, flat: True",
    ],
    "12_bitget.py": [
        r"a classic account",
        r"pushed: buy BTCUSDT",
        r"no answer; looked up: True",
        r"private lost",
        r"private restored",
        r"still in the book: \['sample-12'\]",
        r"open orders 0, positions 0",
    ],
    "13_bracket.py": [
        r"entry filled, exits armed",
        r"entry filled, exits fired",
        r"the end: fired, by its take_profit",
        r"at the exchange: \['buy', 'sell'\], algo orders: 1",
    ],
    "14_record_replay.py": [
        r"<Recorder .+: recording, \d+ messages in 1 files>",
        r"public books\(instId=BTC-USDT\): whole, \d+ pushes in 1 chains",
        r"whole",
        rf"\d+ trades, {PRICE} BTC-USDT, mid {PRICE}; the second time the same: True",
        rf"as a table: \d+ rows, {PRICE} BTC-USDT",
    ],
    "15_download_history.py": [
        r"until .+: 48 new candles, 48 on the disk",
        r"until .+: 24 new candles, 72 on the disk",
        rf"from .+ to .+, highest price {PRICE}",
    ],
}


# Of those that run at the same time, over Redis.
SHOWN_TOGETHER = {
    "16_publish.py": [
        r"publishing for account alice; Enter ends it",
        r"nothing left out: True",
        r"orders of followers: \d+ requests, an order refused by the limits among them",
    ],
    "17_follow.py": [
        rf"a trade at {PRICE}",
        r"book valid: True",
        r"in the book: True",
        r"canceled: True",
        r"refused by the publisher's limits: max_notional",
        r"not allowed; allowed is: place, cancel, BTC-USDT",
        r"messages missing: 0",
    ],
}
SAMPLES = sorted(SHOWN | SHOWN_TOGETHER)


def test_every_sample_is_tested() -> None:
    """There is no sample that no test runs."""
    assert sorted(path.name for path in (ROOT / "samples").glob("*.py")) == SAMPLES


def check_shown(text: str, patterns: list[str]) -> None:
    """Fail unless a line for each pattern is there, in their order."""
    lines = iter(text.splitlines())
    for pattern in patterns:
        assert any(re.fullmatch(pattern, line) for line in lines), f"{pattern!r} is missing in:\n{text}"


def test_samples_of_the_fanout(broker: Broker) -> None:
    """The publisher and the follower find each other, whichever comes first."""
    command = [sys.executable, "-W", "error", str(ROOT / "samples" / "16_publish.py")]
    with subprocess.Popen(
        command,
        env=environment(REDIS_URL=broker.url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as publisher:
        try:
            done = run_python(str(ROOT / "samples" / "17_follow.py"), REDIS_URL=broker.url)
            told, errors = publisher.communicate("\n", timeout=60)
        finally:
            publisher.kill()
    assert (done.returncode, done.stderr) == (0, "")
    assert (publisher.returncode, errors) == (0, "")
    check_shown(done.stdout, SHOWN_TOGETHER["17_follow.py"])
    check_shown(told, SHOWN_TOGETHER["16_publish.py"])


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_sample(name: str) -> None:
    """Exit code 0, nothing on standard error, and the promised lines in their order."""
    done = run_python(str(ROOT / "samples" / name))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    check_shown(done.stdout, SHOWN[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_short(name: str) -> None:
    """A sample has fewer than 60 lines and says in its first ones what it shows."""
    text = (ROOT / "samples" / name).read_text("utf-8")
    assert len(text.splitlines()) < 60
    assert text.startswith('"""')
