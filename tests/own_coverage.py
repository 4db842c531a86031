"""How much of each threaded or stateful module its own test files cover, and the gate that keeps it so.

``python -m tests.own_coverage`` runs the test files of each module alone and prints the covered lines in per cent and
the lines that are missing; it ends with 1 when a module of ``GATED`` is below the least. Named modules
(``python -m tests.own_coverage transport/heartbeat``) are measured whether they are gated yet or not.

A line that only a test of something else happens to run is promised by nobody: hence each module from its own test
files, not the whole suite. Those stand where the module stands (``okx_sync/transport/heartbeat.py``:
``tests/transport/test_heartbeat.py``, and ``test_heartbeat_*.py`` when one file would be too long).
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from tests.programs import ROOT, environment

__all__ = ["GATED", "LEAST", "Measured", "files_of", "measure"]

LEAST = 95.0

#: The modules that stay at ``LEAST`` or above.
GATED = (
    "cli/quotes",
    "dropped",
    "durations",
    "logs",
    "single_flight",
    "timing",
    "worker",
    "rows/deferred",
    "protocol/assemble",
    "protocol/handover_dedup",
    "protocol/pending",
    "protocol/session",
    "protocol/session_limits",
    "protocol/socket_topics",
    "protocol/subscriptions",
    "rest/bounds",
    "rest/executor",
    "rest/http",
    "rest/late_caller",
    "rest/limits",
    "rest/pagination/cursors",
    "rest/pagination/pager",
    "rest/pagination/traversal",
    "transport/connect_limiter",
    "transport/connection",
    "transport/connector",
    "transport/frames",
    "transport/handover",
    "transport/heartbeat",
    "transport/leftovers",
    "transport/link",
    "transport/link_state",
    "transport/loan",
    "transport/receiver",
    "transport/socket",
    "transport/tls",
    "delivery/callbacks",
    "delivery/decoding",
    "delivery/event_lag",
    "delivery/event_sink",
    "delivery/inbox",
    "delivery/learning",
    "delivery/mailbox",
    "delivery/recovery_buffer",
    "delivery/router",
    "delivery/subscription",
    "delivery/subscription_group",
    "delivery/user_queue",
    "state/account",
    "state/account_monitor",
    "state/book/backlog",
    "state/book/book",
    "state/book/order_book",
    "state/book/price_levels",
    "state/book/resync",
    "state/changes",
    "state/instruments",
    "state/live_object",
    "state/monitor",
    "state/orders/batch_cancel",
    "state/orders/cancel_all",
    "state/orders/new_order",
    "state/orders/order_handle",
    "state/orders/order_manager",
    "state/orders/order_news",
    "state/orders/order_state",
    "state/orders/order_table",
    "state/orders/order_ways",
    "state/position_monitor",
    "state/positions",
    "state/risk",
    "state/synced",
    "live/account",
    "live/active_subscriptions",
    "live/algos",
    "live/audit",
    "live/audit_sources",
    "live/audited",
    "live/book_streams",
    "live/books",
    "live/call_pool",
    "live/callsite",
    "live/clock_sync",
    "live/closing",
    "live/dead_man",
    "live/dispatcher",
    "live/drift",
    "live/drop_reports",
    "live/instruments",
    "live/journal",
    "live/late_hint",
    "live/link_listeners",
    "live/links",
    "live/metrics_export",
    "live/manager_feed",
    "live/shard_choice",
    "live/shards",
    "live/live_client",
    "live/made_once",
    "live/account_listings",
    "live/order_entry",
    "live/order_times",
    "live/order_preparation",
    "live/orders_by_rest",
    "live/order_feed",
    "live/order_limits",
    "live/orders",
    "live/recovery",
    "live/replacement",
    "live/reporter",
    "live/rest_access",
    "live/retried_jobs",
    "live/row_merging",
    "live/running_audits",
    "live/status",
    "live/stream_client",
    "live/stream_orders",
    "live/stream_spec",
    "live/subscribe",
    "live/watchdogs",
    "store/book_snapshots",
    "store/delivered",
    "store/download",
    "store/exchange_words",
    "store/histories",
    "store/overlap",
    "store/parquet_sink",
    "store/player",
    "store/recorded_messages",
    "store/recorder",
    "store/recording_files",
    "store/recoveries",
    "store/replay_wire",
    "store/segment",
    "store/table_export",
    "store/tables",
    "store/verification",
    "fanout/broker_writer",
    "fanout/entries",
    "fanout/fanout_wire",
    "fanout/followed_path",
    "fanout/followed_stream",
    "fanout/group_reader",
    "fanout/group_rules",
    "fanout/late_joining",
    "fanout/order_calls",
    "fanout/order_codec",
    "fanout/order_requests",
    "fanout/order_server",
    "fanout/published_stream",
    "fanout/publisher",
    "fanout/redis_library",
    "fanout/remote_orders",
    "fanout/scripts",
    "fanout/serving_rules",
    "fanout/shared_stream",
    "fanout/start_place",
    "fanout/stream_keys",
    "fanout/stream_reader",
    "exchanges/order_words",
    "exchanges/okx/recovery/horizon",
    "exchanges/okx/recovery/market",
    "exchanges/okx/recovery/orders",
    "exchanges/bybit/recovery/executions",
    "exchanges/bybit/recovery/holdings",
    "exchanges/bybit/recovery/market",
    "exchanges/bybit/recovery/orders",
    "exchanges/bitget/recovery/balances",
    "exchanges/bitget/recovery/fills",
    "exchanges/bitget/recovery/market",
    "exchanges/bitget/recovery/orders",
    "exchanges/bitget/recovery/positions",
)

#: Modules whose tests fill more than one file.
_FILES = {
    "delivery/callbacks": ("test_callbacks.py", "test_callbacks_reading.py"),
    "delivery/event_sink": ("test_event_sink.py", "test_event_sink_following.py"),
    "delivery/router": ("test_router.py", "test_router_following.py"),
    "fanout/broker_writer": ("test_broker_writer.py", "test_broker_kinds.py"),
    "fanout/group_reader": ("test_groups.py", "test_hostile_broker.py"),
    "fanout/group_rules": ("test_groups.py",),
    "fanout/order_requests": ("test_order_requests.py", "test_order_server.py"),
    "fanout/order_server": ("test_order_server_alone.py", "test_order_server.py"),
    "fanout/publisher": ("test_publisher.py", "test_fanout.py", "test_order_server.py"),
    "fanout/redis_library": ("test_redis_library.py", "test_broker_kinds.py"),
    "fanout/remote_orders": ("test_remote_orders.py", "test_order_server.py", "test_brackets.py"),
    "fanout/shared_stream": ("test_shared_stream.py", "test_groups.py"),
    "fanout/start_place": ("test_followed_stream.py", "test_epochs.py", "test_fanout.py"),
    "fanout/stream_reader": ("test_fanout_wire.py", "test_epochs.py", "test_broker_kinds.py"),
    "live/links": ("test_links.py", "test_shards.py"),
    "live/manager_feed": ("test_orders.py", "test_orders_from_before.py", "test_algos.py"),
    "live/orders": ("test_orders.py", "test_orders_from_before.py"),
    "rest/executor": ("test_executor.py", "test_executor_journal.py"),
    "protocol/assemble": ("test_assemble.py", "test_assemble_pages.py"),
    "protocol/pending": ("test_pending.py", "test_pending_calls.py"),
    "protocol/session": ("test_session.py", "test_session_limits.py", "test_session_retries.py"),
    "store/delivered": ("test_record_replay.py", "test_recoveries.py", "test_played_by_paper.py"),
    "store/overlap": ("test_overlap.py", "test_record_replay.py"),
    "store/parquet_sink": ("test_tables.py",),
    "store/player": ("test_player.py", "test_record_replay.py", "test_recoveries.py"),
    "store/recorded_messages": ("test_verification.py", "test_hostile_recordings.py", "test_recoveries.py"),
    "store/recorder": ("test_recorder.py", "test_recoveries.py"),
    "store/recording": ("test_tables.py", "test_verification.py", "test_played_by_paper.py"),
    "store/recording_files": ("test_recorder.py", "test_hostile_recordings.py"),
    "store/table_schema": ("test_tables.py",),
    "state/orders/order_manager": ("test_order_manager.py", "test_order_manager_acting.py"),
}


@attrs.frozen
class Measured:
    """What the test files of one module cover of it."""

    module: str
    percent: float
    missing: tuple[int, ...] = ()
    trouble: str = ""

    @property
    def is_enough(self) -> bool:
        """At the least or above, and all tests passed."""
        return self.percent >= LEAST and not self.trouble

    def __str__(self) -> str:
        line = f"{self.module:36} {self.percent:6.1f} %  {_ranges(self.missing)}"
        return f"{line}\n{self.trouble}" if self.trouble else line.rstrip()


def files_of(module: str) -> list[Path]:
    """The test files of a module (``transport/heartbeat``) that exist."""
    folder, _, name = module.rpartition("/")
    names = _FILES.get(module, (f"test_{name}.py",))
    return [path for path in (ROOT / "tests" / folder / one for one in names) if path.is_file()]


def measure(module: str) -> Measured:
    """Run the test files of a module alone."""
    files = files_of(module)
    if not files:
        return Measured(module, 0.0, trouble="  no test file")
    with tempfile.TemporaryDirectory() as folder:
        setup, data, report = (Path(folder, name) for name in ("coveragerc", "data", "report.json"))
        source = ROOT / "okx_sync" / f"{module}.py"
        setup.write_text(
            f"[run]\nbranch = false\nconcurrency = thread\ndata_file = {data}\ninclude = {source}\n"
            "[report]\nexclude_also =\n    if TYPE_CHECKING:\n    : \\.\\.\\.$\n"
        )
        coverage = [sys.executable, "-m", "coverage"]
        pytest = ["-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=", "-m", "not slow"]
        ran = _run([*coverage, "run", f"--rcfile={setup}", *pytest, *map(str, files)])
        told = _run([*coverage, "json", f"--rcfile={setup}", "-q", "-o", str(report)])
        trouble = "" if ran.returncode == 0 else ran.stdout[-3000:]
        if told.returncode:
            return Measured(module, 0.0, trouble=trouble or told.stdout)
        (found,) = json.loads(report.read_bytes())["files"].values()
    return Measured(module, found["summary"]["percent_covered"], tuple(found["missing_lines"]), trouble)


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )


def _ranges(lines: Sequence[int]) -> str:
    """``3-5, 9`` for 3, 4, 5, 9."""
    return ", ".join(f"{first}-{last}" if last > first else f"{first}" for first, last in _runs(lines))


def _runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for line in lines:
        if last and line == last + 1:
            last = line
            continue
        if last:
            yield first, last
        first = last = line
    if last:
        yield first, last


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(modules: Sequence[str]) -> int:
    """Measure the modules, all gated ones when none is named; returns the exit code."""
    if importlib.util.find_spec("coverage") is None:
        _say("needs coverage: pip install okx_sync[dev]")
        return 2
    unknown = [module for module in modules if not (ROOT / "okx_sync" / f"{module}.py").is_file()]
    if unknown:
        _say(f"no such module: {', '.join(unknown)}; name it like transport/heartbeat")
        return 2
    enough = True
    for module in modules or GATED:
        measured = measure(module)
        enough = enough and measured.is_enough
        _say(str(measured))
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
