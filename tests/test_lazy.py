"""What is imported when: hardly anything by ``import okx_sync``, each part by its first use, on any thread."""

from __future__ import annotations

import ast
import functools
import json
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any, assert_type

import pytest

import okx_sync
from okx_sync import OkxClient
from okx_sync.exchanges.okx.groups import AllGroups, all_endpoints, find_endpoint
from okx_sync.exchanges.okx.market.rest import Market
from okx_sync.lazy import LateName, LateNames, LatePart, part_of

HOME = Path(okx_sync.__file__).parent
OKX = "okx_sync.exchanges.okx."
# What every REST client needs, whatever it calls.
REST_CORE = {"groups", "history", "lost_orders", "rest_dialect"}
# What the families share.
SHARED = {"argument_words", "shared_models", "shared_requests", "words"}
LIBRARIES = {"requests", "urllib3", "websocket", "ssl", "pandas", "rich", "aiohttp", "asyncio"}
PACKAGES = [
    "okx_sync",
    "okx_sync.clients",
    "okx_sync.rest",
    "okx_sync.exchanges.okx.models",
    "okx_sync.exchanges.okx.rest",
]


def loaded_after(*steps: str) -> list[set[str]]:
    """Names of the modules that a fresh interpreter has loaded after each of the steps."""
    tell = "print(json.dumps(list(sys.modules)))"
    script = "\n".join(f"{step}\nimport json, sys\n{tell}" for step in steps)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=HOME.parent, capture_output=True, text=True, timeout=60, check=True
    )
    return [set(json.loads(line)) for line in done.stdout.splitlines()]


@functools.cache
def loaded(code: str) -> set[str]:
    """The same after one step."""
    return loaded_after(code)[0]


def inside(prefix: str, modules: set[str]) -> set[str]:
    """The modules of a package, without its name."""
    return {name.removeprefix(prefix) for name in modules if name.startswith(prefix)}


def families(modules: set[str]) -> set[str]:
    """The files of families that are loaded: ``"market.models"``, ..."""
    kinds = {"models", "requests", "rest", "streams"}
    return {name for name in inside(OKX, modules) if name.partition(".")[2] in kinds}


def test_importing_the_package_loads_nothing_of_it() -> None:
    """No library and no room before a name is asked for."""
    modules = loaded("import okx_sync")
    assert {name for name in modules if name.split(".")[0] == "okx_sync"} == {"okx_sync", "okx_sync.lazy"}
    assert not modules & (LIBRARIES | {"attr", "orjson"})


@pytest.mark.parametrize(("name", "libraries"), [("OkxClient", set()), ("AsyncOkxClient", {"asyncio", "ssl"})])
def test_importing_a_rest_client_loads_no_group(name: str, libraries: set[str]) -> None:
    """Neither endpoints nor models nor the HTTP library, and nothing of the streams. (asyncio brings ssl.)"""
    modules = loaded(f"from okx_sync import {name}")
    assert modules & LIBRARIES == libraries
    assert inside(OKX, modules) >= REST_CORE
    assert families(modules) == set()
    assert not inside(OKX, modules) & SHARED
    assert not inside("okx_sync.transport", modules)


def test_a_client_of_bybit_loads_no_group() -> None:
    """Neither its import nor its making; a group loads what it answers with."""
    home = "okx_sync.exchanges.bybit."
    steps = loaded_after("from okx_sync import BybitClient; BybitClient().close()", "BybitClient().position")
    made, used = (inside(home, modules) for modules in steps)
    assert not {name for name in made if name.endswith((".rest", ".models", ".requests", "words"))}
    assert {name for name in used if name.endswith(".rest")} == {"position.rest"}


def test_a_group_is_loaded_by_its_first_use() -> None:
    """Making a client loads neither the HTTP library nor a group; a group loads its own family."""
    made, used = loaded_after("from okx_sync import OkxClient; OkxClient().close()", "OkxClient().eth_staking")
    assert families(made) == set()
    assert not made & LIBRARIES
    assert families(used) == {"staking.models", "staking.rest"}


def test_asking_for_a_path_loads_the_group_that_has_it() -> None:
    """So that a stream client that reads one listing does not load hundreds of endpoints."""
    code = f"from {OKX}rest import find_endpoint; find_endpoint('GET', '/api/v5/finance/staking-defi/offers')"
    assert families(loaded(code)) == {"staking.models", "staking.rest"}


def test_a_stream_client_loads_neither_rest_nor_models() -> None:
    """Made and closed without a connection: no REST, no socket library, no model that nobody has subscribed to."""
    modules = loaded("from okx_sync import WsClient; WsClient().close()")
    assert not modules & LIBRARIES
    assert not inside("okx_sync.rest.", modules)
    assert {name for name in families(modules) if not name.endswith(".streams")} == set()
    assert not inside(f"{OKX}recovery.", modules)


def test_a_stream_client_loads_no_live_state_that_nobody_asked_for() -> None:
    """Neither books nor orders, positions, balances, audits and trading rules: each comes with its first use."""
    modules = loaded("from okx_sync import WsClient; WsClient().close()")
    assert inside("okx_sync.state.", modules) == {"changes", "live_object"}
    assert not inside("okx_sync.live.", modules) & {
        "account",
        "audit",
        "books",
        "instruments",
        "live_objects",
        "orders",
    }
    assert "okx_sync.types" not in modules


def test_closing_imports_nothing() -> None:
    """An interpreter that ends may not be able to: whatever was used, all that the end needs is there."""
    script = (
        "import sys\n"
        "from okx_sync import OkxClient, WsClient, Config, LinkOptions\n"
        "unused, rest = WsClient(), OkxClient()\n"
        "ws = WsClient(Config(ws_public_url='ws://127.0.0.1:9/ws/v5/public'), options=LinkOptions(connect_s=1))\n"
        "ws.subscribe('tickers', instId='BTC-USDT', wait=False)\n"
        "try: ws.order_book('BTC-USDT', timeout=0.2)\n"
        "except Exception: pass\n"
        "before = set(sys.modules)\n"
        "for client in (unused, ws, rest): client.close()\n"
        "assert set(sys.modules) <= before, set(sys.modules) - before\n"
    )
    assert loaded(script)


def test_naming_a_model_loads_its_family_only() -> None:
    """``from okx_sync.exchanges.okx.models import Ticker`` loads no other family."""
    assert families(loaded(f"from {OKX}models import Ticker")) == {"market.models"}


@pytest.mark.parametrize(("name", "family"), [("tickers", "market"), ("sprd-tickers", "spread")])
def test_a_channel_loads_its_model_when_asked(name: str, family: str) -> None:
    """Looking a channel up loads the declarations and no model; its ``model`` is the class itself."""
    lookup = f"from okx_sync.exchanges.okx.channels import lookup; row = lookup({name!r})"
    streams = families(loaded(lookup))
    assert {one.partition(".")[2] for one in streams} == {"streams"}
    assert families(loaded(f"{lookup}; row.model")) - streams == {f"{family}.models"}


# -- names ---------------------------------------------------------------------------------------------------------


def source_of(package: str) -> ast.Module:
    return ast.parse(Path(import_module(package).__file__ or "").read_text("utf-8"))


def checked_names(package: str) -> dict[str, str]:
    """The names that type checkers see, each with its module: imported under ``TYPE_CHECKING``."""
    blocks = [node for node in source_of(package).body if isinstance(node, ast.If)]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: node.module or "" for node in imports for alias in node.names}


def late_names(package: str) -> dict[str, str]:
    """The names that programs see, each with its module: the table in the source."""
    calls = [node for node in ast.walk(source_of(package)) if isinstance(node, ast.Call)]
    (call,) = (one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "late_names")
    homes: dict[str, str] = ast.literal_eval(call.args[1])
    root = next((ast.literal_eval(one.value) for one in call.keywords if one.arg == "root"), package)
    return {name: f"{root}.{module}" for module, names in homes.items() for name in names.split()}


@pytest.mark.parametrize("name", PACKAGES)
def test_type_checkers_and_programs_see_the_same_names(name: str) -> None:
    """The imports for type checkers, the table of homes and ``__all__`` tell the same."""
    package = import_module(name)
    assert late_names(name) == checked_names(name)
    assert late_names(name).keys() == set(package.__all__)
    assert set(package.__all__) <= set(dir(package))


@pytest.mark.parametrize("name", PACKAGES)
def test_every_name_is_what_its_module_has(name: str) -> None:
    """All of them can be imported, and none is called like a module of its package, which would hide it."""
    package = import_module(name)
    for public, module in late_names(name).items():
        assert getattr(package, public) is getattr(import_module(module), public)
        assert not (Path(package.__file__ or "").parent / f"{public}.py").exists()


@pytest.mark.parametrize("name", PACKAGES)
def test_other_names_do_not_exist(name: str) -> None:
    """An AttributeError that names the package, and an ImportError, as of any module."""
    package = import_module(name)
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'Nonsense'"):
        _ = package.Nonsense
    assert not hasattr(package, "__wrapped__")


def test_star_import_gives_all_public_names() -> None:
    """For notebooks."""
    names: dict[str, Any] = {}
    exec("from okx_sync import *", names)
    assert set(okx_sync.__all__) <= names.keys()


def test_late_names_are_values() -> None:
    """So that two tables that name the same model are equal."""
    models: Any = LateNames(f"{OKX}models")
    assert models.Ticker == LateName(f"{OKX}models", "Ticker")
    assert models.Ticker().__name__ == "Ticker"


# -- parts ---------------------------------------------------------------------------------------------------------


def test_every_path_leads_to_its_endpoint() -> None:
    """The beginnings of paths that groups.py lists agree with every declaration."""
    endpoints = all_endpoints()
    assert len(endpoints) > 300
    assert [find_endpoint(one.method, one.path) for one in endpoints] == endpoints


@pytest.mark.parametrize("path", ["", "/", "/api/v5/", "/api/v5/nonsense", "/api/v5/trade/nonsense", "market/ticker"])
def test_unknown_paths_lead_nowhere(path: str) -> None:
    """None, and no exception."""
    assert find_endpoint("GET", path) is None


def test_groups_are_typed_and_made_once() -> None:
    """mypy knows the class of each group (checked when the tests are type-checked), and so does the program."""
    with OkxClient() as client:
        assert_type(client.market, Market)
        assert type(client.market) is Market
        assert client.market is client.market
        assert isinstance(AllGroups.market, LatePart)
        assert AllGroups.market.load() is Market
        assert {"market", "trade", "glp"} <= set(dir(client))


def test_threads_that_come_first_together_get_the_same_part() -> None:
    """Each of them has made one before any could keep it; all get the one that was kept."""
    everybody, seen = threading.Barrier(8), list[Any]()

    class Owner:
        part: LatePart[object] = LatePart("builtins", "object")

        def _make_part(self, name: str, cls: type[object]) -> object:
            assert name == "part"
            everybody.wait(10)
            return cls()

    owner = Owner()
    threads = [threading.Thread(target=lambda: seen.append(owner.part)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(seen) == 8
    assert {id(one) for one in seen} == {id(owner.part)}


def test_a_part_can_be_looked_at_without_making_it() -> None:
    """For the end of an owner: what was never used is not made for that."""

    class Owner:
        part: LatePart[object] = LatePart("builtins", "object")

        def _make_part(self, _name: str, cls: type[object]) -> object:
            return cls()

    owner = Owner()
    assert part_of(owner, "part") is None
    assert owner.part is part_of(owner, "part")


CROWD = """
import sys, threading
sys.setswitchinterval(1e-5)
import okx_sync
from okx_sync.exchanges.okx import models, rest

names = [(okx_sync, name) for name in okx_sync.__all__ if name != "PaperExchange"]
names += [(models, name) for name in models.__all__] + [(rest, name) for name in rest.__all__]
barrier, seen, wrong = threading.Barrier(8), [], []

def read(turn):
    try:
        barrier.wait(30)
        seen.append([getattr(*names[(turn * 23 + number) % len(names)]) for number in range(len(names))])
        one = models.Ticker(last=None)
        assert one == models.Ticker() and hash(one) == hash(models.Ticker())
    except BaseException as error:
        wrong.append(repr(error))

threads = [threading.Thread(target=read, args=(turn,)) for turn in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join(60)
assert wrong == [], wrong
assert len(seen) == 8 and len({frozenset(map(id, one)) for one in seen}) == 1
print("fine")
"""


def test_threads_may_be_the_first_users() -> None:
    """Eight threads of a fresh interpreter ask for every name, each beginning elsewhere; all get the same objects."""
    done = subprocess.run(
        [sys.executable, "-c", CROWD], cwd=HOME.parent, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.stdout == "fine\n", done.stderr
