"""What is installed: for editing, as the README says, and from the archives that an index would get."""

from __future__ import annotations

import email
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

from tests.programs import ROOT

PYENV: Final = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_editable(sys.argv[1]))"
BOT = """
from okx_sync import Config, WsClient

ws = WsClient(Config())
reveal_type(ws.subscribe_tickers("BTC-USDT").get(1).last)
reveal_type(ws.subscribe_tickers(inst_id=["BTC-USDT"], wait=False))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``pip install -e`` installs, made from a copy of this project."""
    if importlib.util.find_spec("setuptools._vendor.wheel") is None and importlib.util.find_spec("wheel") is None:
        pytest.skip("needs setuptools 70.1 or later")
    project = tmp_path_factory.mktemp("project")
    for name in ("setup.py", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    (project / "okx_sync").symlink_to(ROOT / "okx_sync")
    command = [sys.executable, "-c", BUILD, str(project)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return project / done.stdout.split()[-1]


def test_a_clone_is_installed_by_a_plain_path_file(wheel: Path) -> None:
    """Not by an import hook: only Python itself would run that."""
    with zipfile.ZipFile(wheel) as inside:
        files = [name for name in inside.namelist() if "/" not in name]
        assert [Path(name).suffix for name in files] == [".pth"]
        assert inside.read(files[0]).decode().strip() == str(wheel.parent)
    assert (ROOT / "okx_sync" / "py.typed").is_file()


def test_a_type_checker_finds_the_package_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """With its types: a field of a row is what the row class says, a list of instruments gives a group."""
    pytest.importorskip("pyright", reason="needs the extra okx_sync[dev]")
    venv.create(tmp_path / "env", with_pip=False)
    packages = next((tmp_path / "env").glob("[Ll]ib/**/site-packages"))
    with zipfile.ZipFile(wheel) as inside:
        inside.extractall(packages)
    bot = tmp_path / "bot.py"
    bot.write_text(BOT)
    python = next(path for path in (tmp_path / "env").glob("*/python*") if path.stem == "python")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", str(python), str(bot)]
    elsewhere = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=tmp_path, env=elsewhere, capture_output=True, text=True, timeout=100, check=False
    )
    told = [row["message"] for row in json.loads(done.stdout)["generalDiagnostics"]]
    assert told == [
        'Type of "ws.subscribe_tickers("BTC-USDT").get(1).last" is "Decimal | None"',
        'Type of "ws.subscribe_tickers(inst_id=["BTC-USDT"], wait=False)" is "SubscriptionGroup[Ticker]"',
    ]


BOT_STRICT = """
from decimal import Decimal

from okx_sync import OkxClient, OrderHandle, PaperExchange, StateEvent, WsClient
from okx_sync.exchanges.okx.models import Ticker


class Bot:
    def __init__(self, ws: WsClient) -> None:
        self.ws = ws
        self.last: Decimal | None = None
        self.order: OrderHandle | None = None

    def on_tick(self, tick: Ticker) -> None:
        self.last = tick.last

    def on_state(self, event: StateEvent) -> None:
        print(event.kind, event.path)


def main() -> None:
    with PaperExchange() as paper, OkxClient(paper.config) as rest, WsClient(paper.config) as ws:
        bot = Bot(ws)
        ws.on_state(bot.on_state)
        ws.subscribe_tickers("BTC-USDT", callback=bot.on_tick)
        names: list[str | None] = [one.instId for one in rest.public.get_instruments("SPOT")]
        bot.order = ws.orders.place("BTC-USDT", "buy", "0.01", "100", td_mode="cash")
        filled: Decimal = bot.order.filled
        print(names, filled, ws.metrics().dropped)
"""


def _setup() -> Any:
    """The build's own functions."""
    spec = importlib.util.spec_from_file_location("okx_sync_setup", ROOT / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_an_index_is_told(wheel: Path) -> None:
    """Words to find it by, every Python that CI runs, and a README whose links lead somewhere or are none."""
    with zipfile.ZipFile(wheel) as inside:
        (name,) = (one for one in inside.namelist() if one.endswith("METADATA"))
        told = email.message_from_bytes(inside.read(name))
    assert "websocket" in told["Keywords"]
    minors = re.findall(r"Python :: 3\.(\d+)", "\n".join(told.get_all("Classifier", [])))
    ci = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert [f"3.{minor}" for minor in minors] == re.findall(r'"(3\.\d+)"', ci) == ["3.11", "3.12", "3.13", "3.14"]
    assert told["Requires-Python"] == ">=3.11"
    assert {"metrics", "paper", "cli", "dev"} <= set(told.get_all("Provides-Extra", []))
    assert told["Description-Content-Type"].startswith("text/markdown")
    text = str(told.get_payload())
    assert "The tutorial (docs/tutorial.md)" in text
    assert re.findall(r"\]\((?!https?:)", text) == []


def test_links_of_the_readme_lead_to_where_the_project_lives() -> None:
    """To its pages; those to other places stay, and without a home the file is named."""
    build, text = _setup(), "See [pages](docs/a.md), [b.md](b.md), [web](https://x.y/z), [below](#here)."
    at_home = build.readme(text, "https://host.org/me/okx_sync")
    assert "[pages](https://host.org/me/okx_sync/blob/main/docs/a.md)" in at_home
    assert at_home.endswith("[web](https://x.y/z), [below](#here).")
    assert build.readme(text, "") == "See pages (docs/a.md), b.md, [web](https://x.y/z), [below](#here)."


@pytest.mark.parametrize(
    ("remote", "home"),
    [
        ("https://host.org/me/okx_sync.git", "https://host.org/me/okx_sync"),
        ("git@host.org:me/okx_sync.git", "https://host.org/me/okx_sync"),
        ("ssh://git@host.org:22/me/okx_sync", "https://host.org/me/okx_sync"),
        ("https://me:token@host.org/me/okx_sync", "https://host.org/me/okx_sync"),
        ("/somewhere/on/a/disk", ""),
        ("", ""),
    ],
)
def test_the_home_is_where_the_clone_came_from(
    remote: str, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the name or the token that stands before the host; a place on a disk is no home."""
    monkeypatch.delenv("OKX_SYNC_HOME", raising=False)
    build = _setup()
    assert build.home_of(tmp_path) == ""
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    if remote:
        subprocess.run([*git, "config", "remote.origin.url", remote], check=True)
    assert build.home_of(tmp_path) == home
    (tmp_path / "PKG-INFO").write_text("Name: okx_sync\nProject-URL: Source, https://other.org/x\n")
    assert build.home_of(tmp_path) == "https://other.org/x"
    monkeypatch.setenv("OKX_SYNC_HOME", "https://mine.org/y/")
    assert build.home_of(tmp_path) == "https://mine.org/y"


# -- archives, and other environments: minutes, and pip ----------------------------------------------------------------


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The archive of the sources, and the wheel that is built from that, as for an index."""
    project, out, unpacked = (tmp_path_factory.mktemp(name) for name in ("project", "dist", "unpacked"))
    for name in _tracked():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    build = "import sys; from setuptools import build_meta as b; print(getattr(b, sys.argv[1])(sys.argv[2]))"
    home = {**os.environ, "OKX_SYNC_HOME": "https://host.org/me/okx_sync"}
    command = [sys.executable, "-c", build, "build_sdist", str(out)]
    subprocess.run(command, cwd=project, env=home, capture_output=True, timeout=200, check=True)
    (source,) = out.glob("*.tar.gz")
    with tarfile.open(source) as inside:
        inside.extractall(unpacked, filter="data")
    (folder,) = unpacked.iterdir()
    command = [sys.executable, "-c", build, "build_wheel", str(out)]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=200, check=True)
    return source, next(out.glob("*.whl"))


def _tracked() -> list[str]:
    """The files of the project, as a clone has them; those that are about to be committed among them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("needs the repository")
    return [name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_the_archives_are_complete(archives: tuple[Path, Path]) -> None:
    """The sources have all that a clone has; the wheel all of the package and nothing besides. Links lead home."""
    source, built = archives
    tracked = set(_tracked())
    with tarfile.open(source) as inside:
        files = {one.name.partition("/")[2] for one in inside.getmembers() if one.isfile()}
    made = {name for name in files if name.startswith("okx_sync.egg-info/")} | {"PKG-INFO"}
    assert files - made == tracked
    with zipfile.ZipFile(built) as zipped:
        names = {name for name in zipped.namelist() if ".dist-info/" not in name}
        (metadata,) = (name for name in zipped.namelist() if name.endswith("METADATA"))
        text = zipped.read(metadata).decode()
    assert names == {name for name in tracked if name.startswith("okx_sync/") and name.endswith((".py", "py.typed"))}
    assert "Project-URL: Source, https://host.org/me/okx_sync\n" in text
    assert "(https://host.org/me/okx_sync/blob/main/docs/tutorial.md)" in text


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_an_index_would_take_the_archives(archives: tuple[Path, Path]) -> None:
    """``twine check --strict`` finds nothing."""
    pytest.importorskip("twine", reason="needs the extra okx_sync[package]")
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, archives)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASSED") == 2


@pytest.mark.slow
@pytest.mark.timeout(700)
def test_the_archive_of_the_sources_can_be_tested(archives: tuple[Path, Path], tmp_path: Path) -> None:
    """By whoever packages it: its own tests run in it, none of the clone's files at hand."""
    with tarfile.open(archives[0]) as inside:
        inside.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    few = ["tests/rows/test_row.py", "tests/test_docs.py", "tests/test_readme.py", "tests/live/test_metrics.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *few]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def _environment(folder: Path, python: str, *wanted: str) -> Path:
    """A new environment with these installed; skips where there is no such Python, or no index to have them from."""
    names = [python, *sorted(map(str, PYENV.glob(f"{python.removeprefix('python')}.*/bin/python")))]
    found = next((name for name in names if _runs(name)), None)
    if found is None:
        pytest.skip(f"there is no {python}")
    subprocess.run([found, "-m", "venv", str(folder)], check=True, timeout=100)
    own = next(path for path in folder.glob("*/python*") if path.stem == "python")
    install = [str(own), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted]
    done = subprocess.run(install, capture_output=True, text=True, timeout=500, check=False)
    if done.returncode:
        pytest.skip(f"pip could not install: {done.stderr.strip().splitlines()[-1]}")
    return own


def _runs(python: str) -> bool:
    """Tell whether it is there: a name on the path may only stand for one that is not installed."""
    if shutil.which(python) is None:
        return False
    return subprocess.run([python, "-c", ""], capture_output=True, timeout=60, check=False).returncode == 0


def _smoke(python: Path, *flags: str, path: Path = ROOT) -> None:
    """Run the program that uses a bit of everything; a warning is an error."""
    env = {**os.environ, "PYTHONPATH": str(path)}
    command = [str(python), *flags, "-W", "error", "-m", "tests.smoke"]
    done = subprocess.run(command, cwd=path, env=env, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    assert " works on Python " in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(700)
def test_the_least_versions_of_the_libraries_do(wheel: Path, tmp_path: Path) -> None:
    """Those that the metadata names, of the package and of the paper exchange."""
    with zipfile.ZipFile(wheel) as inside:
        (name,) = (one for one in inside.namelist() if one.endswith("METADATA"))
        lines = email.message_from_bytes(inside.read(name)).get_all("Requires-Dist", [])
    least = [line.partition(";")[0].strip() for line in lines if "extra" not in line or 'extra == "paper"' in line]
    assert len(least) == 7
    _smoke(_environment(tmp_path / "env", "python3.11", *[one.replace(">=", "==") for one in least]))


@pytest.mark.slow
@pytest.mark.timeout(700)
@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_it_works_as_it_is_installed(archives: tuple[Path, Path], minor: int, tmp_path: Path) -> None:
    """From the wheel, on each Python that is here, in development mode and with warnings as errors."""
    python = _environment(tmp_path / "env", f"python3.{minor}", f"okx_sync[paper] @ {archives[1].as_uri()}")
    alone = tmp_path / "alone" / "tests"
    alone.mkdir(parents=True)
    (alone / "__init__.py").touch()
    shutil.copy(ROOT / "tests" / "smoke.py", alone)
    _smoke(python, "-X", "dev", path=alone.parent)


@pytest.mark.slow
@pytest.mark.timeout(700)
def test_in_development_mode_nothing_warns() -> None:
    """``python -X dev -W error``: a sample, and some of the tests."""
    samples = [str(ROOT / "samples" / name) for name in ("01_callback.py", "08_order_handle.py")]
    few = ["tests/rows", "tests/protocol", "tests/transport/test_socket.py", "tests/live/test_metrics.py"]
    for rest in (*([one] for one in samples), ["-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *few]):
        command = [sys.executable, "-X", "dev", "-W", "error", *rest]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, f"{rest}: {done.stdout[-2000:]} {done.stderr[-2000:]}"
        assert "Warning" not in done.stderr


@pytest.mark.slow
@pytest.mark.timeout(700)
def test_a_users_project_passes_strict_type_checkers(wheel: Path, tmp_path: Path) -> None:
    """mypy and pyright at their strictest, of a bot elsewhere, with the README's own install command."""
    pytest.importorskip("pyright", reason="needs the extra okx_sync[dev]")
    readme = (ROOT / "README.md").read_text("utf-8")
    (extras,) = re.findall(r"venv \.venv && \.venv/bin/pip install -e '\.(\[[\w,]+\])' ", readme)
    python = _environment(tmp_path / "env", "python3.11", "-e", f"{wheel.parent}{extras}")
    bot = tmp_path / "bot.py"
    bot.write_text(BOT_STRICT)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    elsewhere = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    for command in (
        ["mypy", "--strict", "--python-executable", str(python), "--cache-dir", str(tmp_path / "cache"), str(bot)],
        ["pyright", "--project", str(tmp_path), "--pythonpath", str(python), str(bot)],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path, env=elsewhere, capture_output=True, text=True, timeout=500, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_forms_for_reports_ask_for_what_helps() -> None:
    """The forms of the repository: what a report needs, and where a security problem goes instead."""
    forms = ROOT / ".github"
    bug = (forms / "ISSUE_TEMPLATE" / "bug.yml").read_text("utf-8")
    for word in ("debug_dump()", "okx-sync doctor", "version"):
        assert word in bug
    assert "SECURITY.md" in bug
    assert ".ci/run" in (forms / "pull_request_template.md").read_text("utf-8")
