"""Imports run one way: a room knows earlier rooms only, and what it may not know it does not import."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import okx_sync
from tests.statements import import_statements

HOME = Path(okx_sync.__file__).parent
STAGES = [
    {
        "errors",
        "lazy",
        "logs",
        "timing",
        "credentials",
        "checks",
        "fork",
        "dropped",
        "twin_class",
        "exact_numbers",
        "versions",
    },
    {"worker", "single_flight", "state_event", "types", "algo_types"},
    {"rows"},
    {"protocol", "durations"},
    {"rest", "transport", "delivery", "state"},
    {"live", "exchanges"},
    {"store", "fanout"},
    {"clients", "paper"},
    {"okx_sync", "models"},  # public names only
    {"cli", "demo", "notebook", "reference_pages", "__main__"},
]
STAGE = {room: number for number, rooms in enumerate(STAGES) for room in rooms}
# Rooms of one stage that know each other, and the only way round in which they do.
NEIGHBOURS = {
    ("fork", "errors"),
    ("timing", "errors"),  # what is no number of seconds
    ("credentials", "errors"),
    ("credentials", "logs"),
    ("errors", "logs"),  # what an error quotes is redacted
    ("credentials", "checks"),
    ("checks", "errors"),
    ("exact_numbers", "errors"),
    ("types", "state_event"),
    ("algo_types", "types"),
    ("cli", "demo"),
    ("__main__", "cli"),
    ("notebook", "cli"),  # the quotes of all exchanges under one set of names, and how numbers are written
}
ENGINE = {
    "protocol",
    "transport",
    "delivery",
    "rest",
    "rows",
    "single_flight",
    "state",
    "state_event",
    "types",
    "algo_types",
    "exact_numbers",
    "worker",
    "dropped",
    "twin_class",
    "live",
}
# Foreign libraries, and the only files that may know them.
ONLY_HOME = {
    "websocket": {"transport/socket.py"},
    "requests": {"rest/http.py", "rest/connections.py"},
    "time": {"timing.py"},
    "asyncio": {"clients/okx_async/bridge.py", "clients/okx_async/rest_client.py"},
    "pandas": {"rows/dataframe.py"},
    "IPython": {"notebook/cell_display.py"},
    "plotly": {"notebook/figures.py"},
    "aiohttp": set[str](),
}


# What brings threads, locks and what waits for another thread.
THREADS = {
    "threading",
    "_thread",
    "concurrent",
    "queue",
    "multiprocessing",
    "asyncio",
    "okx_sync.worker",
    "okx_sync.single_flight",
}


def modules() -> list[Path]:
    return sorted(HOME.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def room_of(path: Path) -> str:
    first = path.relative_to(HOME).parts[0].removesuffix(".py")
    return "okx_sync" if first == "__init__" else first


@functools.cache
def imports(path: Path) -> tuple[str, ...]:
    """Dotted names that ``path`` imports, wherever in the file."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in import_statements(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            assert node.level == 0, f"{name_of(path)}: imports are absolute here"
            if node.module == "okx_sync":
                yield from (f"okx_sync.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def rooms_of(path: Path) -> set[str]:
    """The rooms that a module imports, its own apart. A public name of the package counts as the package."""
    found = {name.split(".")[1] if "." in name else name for name in imports(path) if name.split(".")[0] == "okx_sync"}
    return {room if room in STAGE else "okx_sync" for room in found} - {room_of(path)}


def known_of(path: Path, names: set[str]) -> set[str]:
    """Which of ``names`` a module imports, each with all that is in it."""
    return {name for name in names if any(f"{one}.".startswith(f"{name}.") for one in imports(path))}


def test_every_room_has_its_stage() -> None:
    """A new room must be given its place in the order."""
    assert {room_of(path) for path in modules()} <= set(STAGE)


def test_a_room_imports_earlier_rooms_only() -> None:
    """Errors know nobody, the command line knows everybody, and there is no way back."""
    pairs = {(name_of(path), room_of(path), room) for path in modules() for room in rooms_of(path)}
    wrong = [
        f"{file} imports {room}"
        for file, mine, room in sorted(pairs)
        if STAGE[room] >= STAGE[mine] and (mine, room) not in NEIGHBOURS
    ]
    assert wrong == []


def test_the_engine_never_imports_an_exchange() -> None:
    """What is particular to one exchange comes to the engine as a dialect and a channel table."""
    guilty = [name_of(path) for path in modules() if room_of(path) in ENGINE and "exchanges" in rooms_of(path)]
    assert guilty == []
    named = [
        name_of(path)
        for path in modules()
        if room_of(path) in ENGINE and "okx_sync.exchanges" in path.read_text(encoding="utf-8")
    ]
    assert named == []  # nor by its name, as a late import does


def test_an_exchange_never_imports_a_thread_or_a_socket() -> None:
    """Dialects, models and tables neither wait nor lock."""
    banned = {*THREADS, "socket", "ssl", "websocket", "okx_sync.transport"}
    for path in modules():
        if room_of(path) == "exchanges":
            assert known_of(path, banned) == set(), name_of(path)


def test_a_client_holds_neither_thread_nor_lock() -> None:
    """Facades join what the engine has: whatever waits, locks or runs by itself stands in ``live``."""
    banned = THREADS - {"asyncio", "concurrent"}  # an event loop is the caller's, and a future only an answer to come
    for path in modules():
        if room_of(path) == "clients":
            assert known_of(path, banned) == set(), name_of(path)
            assert "PoolExecutor" not in path.read_text(encoding="utf-8"), name_of(path)


def test_user_code_is_reached_by_few_ways() -> None:
    """Callbacks, the listeners of live objects, and what is told of states and errors: nobody else has a strand."""
    users = {name_of(path) for path in modules() if "Strand(" in path.read_text(encoding="utf-8")}
    assert users == {"delivery/event_sink.py", "live/dispatcher.py", "live/reporter.py"}


def test_exchanges_do_not_know_each_other() -> None:
    """Each is whole in its own folder; what they share lies beside the folders, and knows none of them."""
    folders = {folder.name for folder in (HOME / "exchanges").iterdir() if (folder / "__init__.py").exists()}
    for path in (HOME / "exchanges").rglob("*.py"):
        own = path.relative_to(HOME / "exchanges").parts[0]
        known = {name.split(".")[2] for name in imports(path) if name.startswith("okx_sync.exchanges.")}
        assert known & folders <= {own}, name_of(path)


def test_state_never_touches_a_wire() -> None:
    """Books, orders and positions are fed; they fetch nothing."""
    for path in modules():
        if room_of(path) == "state":
            assert not rooms_of(path) & {"transport", "rest", "protocol", "delivery"}, name_of(path)
            assert known_of(path, {"socket", "ssl", "http", "urllib", "websocket", "requests"}) == set(), name_of(path)


def test_the_paper_exchange_shares_nothing_with_the_client() -> None:
    """It speaks the wire from the exchange's documentation, so that the two can disagree and a test notices.

    Two exceptions: it hands out a ready ``Config`` that points to itself, and what its caller says wrongly is the
    package's own error.
    """
    guilty = {
        (name_of(path), name)
        for path in modules()
        if room_of(path) == "paper"
        for name in imports(path)
        if name.split(".")[0] == "okx_sync" and not name.startswith("okx_sync.paper")
    }
    configs = {f"okx_sync.exchanges.{name}.config" for name in ("okx", "bitget", "bybit")}
    assert {name for _, name in guilty} <= configs | {"okx_sync.credentials", "okx_sync.errors"}
    assert len({file for file, _ in guilty}) <= 2


@pytest.mark.parametrize("library", ONLY_HOME)
def test_foreign_libraries_stay_in_their_one_file(library: str) -> None:
    """So that they can be replaced, and their exceptions translated, in one place. The paper exchange has its own."""
    users = {
        name_of(path)
        for path in modules()
        if room_of(path) != "paper" and any(name.split(".")[0] == library for name in imports(path))
    }
    assert users <= ONLY_HOME[library]


def test_importing_the_package_is_light() -> None:
    """Nobody pays for the extras (server, terminal, tables) who does not use them, and no thread is started."""
    script = (
        "import sys, threading, okx_sync\n"
        "print([name for name in ('aiohttp', 'rich', 'pandas', 'trustme', 'IPython') if name in sys.modules])\n"
        "print(threading.active_count())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=HOME.parent, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "1"]


def test_public_names_are_sorted_and_exist() -> None:
    """What the package promises can be imported."""
    assert okx_sync.__all__ == sorted(okx_sync.__all__)
    assert all(getattr(okx_sync, name) is not None for name in okx_sync.__all__)


def most_lines(file: str) -> int:
    """How many lines a file may have."""
    _, _, below = file.partition("exchanges/")
    return 800 if below.count("/") == 2 and below.endswith(("models.py", "streams.py", "rest.py")) else 400


def test_every_module_says_what_it_is_for_and_can_be_read_in_one_go() -> None:
    """A docstring each, and no more than 400 lines; 800 in an exchange's tables of rows, streams and endpoints."""
    sources = {name_of(path): path.read_text(encoding="utf-8") for path in modules()}
    assert [file for file, source in sources.items() if not re.match(r'(#.*\n|\n)*r?"""\s*[^\s"]', source)] == []
    assert [file for file, source in sources.items() if source.count("\n") > most_lines(file)] == []
