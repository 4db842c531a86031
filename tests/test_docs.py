"""What the documents name is there: paths, and every room of the package."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import okx_sync
from tests.programs import ROOT

PAGES = sorted((ROOT / "docs").glob("*.md"))
DOCS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", *(f"docs/{path.name}" for path in PAGES))
PACKAGE = ROOT / "okx_sync"


def paths_in(document: Path) -> set[str]:
    """What stands in backticks or as the target of a link and looks like a path of this repository.

    In tables of calls, rows and channels, paths in backticks are those of the exchanges.
    """
    text = document.read_text("utf-8")
    quoted = {word for word in re.findall(r"`([\w./-]+)`", text) if "/" in word and not word.startswith("/")}
    linked = {word for word in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in word}
    return linked if document.name.startswith(("calls-", "rows-", "channels")) else quoted | linked


def exists(path: str, document: Path) -> bool:
    """A path is seen from the repository, a link from its document."""
    return (ROOT / path).exists() or (document.parent / path).exists()


@pytest.mark.parametrize("name", DOCS)
def test_every_path_exists(name: str) -> None:
    """A document that names a file which is gone sends its reader astray."""
    document = ROOT / name
    assert sorted(path for path in paths_in(document) if not exists(path, document)) == []


def test_every_room_is_in_the_architecture() -> None:
    """A new room gets its sentence, by its path."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {f"okx_sync/{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")}
    rooms |= {f"okx_sync/{path.name}" for path in PACKAGE.glob("*.py") if not path.name.startswith("__")}
    assert sorted(room for room in rooms if f"`{room}`" not in text) == []


def test_every_thread_is_in_the_architecture() -> None:
    """A name in a thread dump is found there."""
    told = set(re.findall(r"`(okx-[a-z-]+)", (ROOT / "docs" / "architecture.md").read_text("utf-8")))
    sources = [
        path.read_text("utf-8")
        for room in ("delivery", "fanout", "live", "store", "transport")
        for path in (PACKAGE / room).glob("*.py")
    ]
    named = {name for source in sources for name in re.findall(r"\"(okx-[a-z-]+)", source)}
    assert named >= {"okx-ws-", "okx-ping-", "okx-callback"}
    assert sorted(name for name in named if not any(one.startswith(name) for one in told)) == []


def test_every_class_of_the_vocabulary_exists() -> None:
    """A name in backticks that begins with a capital is a class of the package."""
    text = (ROOT / "docs" / "vocabulary.md").read_text("utf-8")
    sources = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    known = set(re.findall(r"^class (\w+)", sources, re.MULTILINE)) | {"DeprecationWarning"}
    assert sorted(set(re.findall(r"`([A-Z]\w+)`", text)) - known) == []


def test_every_public_name_is_in_the_reference() -> None:
    """Whatever ``okx_sync`` offers has its docstring on a page."""
    told: set[str] = set()
    for page in (ROOT / "docs").glob("reference*.md"):
        for path in re.findall(r"^::: ([\w.]+)$", page.read_text("utf-8"), re.MULTILINE):
            parent, _, name = path.rpartition(".")
            try:
                told.update(vars(importlib.import_module(path)))
            except ModuleNotFoundError:
                assert hasattr(importlib.import_module(parent), name), path
                told.add(name)
    assert sorted(set(okx_sync.__all__) - told) == []


def test_every_page_can_be_found() -> None:
    """Each page is in the navigation once, and in the list for programs that read Markdown, with its title."""
    pages = sorted(path.name for path in PAGES)
    shown = re.findall(r"[\w-]+\.md$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(shown) == pages
    listed = dict(re.findall(r"^- \[(.*)\]\((.*)\)$", (ROOT / "docs" / "llms.txt").read_text("utf-8"), re.MULTILINE))
    titles = {(ROOT / "docs" / name).read_text("utf-8").partition("\n")[0].removeprefix("# "): name for name in pages}
    assert listed == titles


def test_every_fault_is_on_its_page() -> None:
    """The list of faults names each public method of ``paper.faults``, and none that does not exist."""
    from okx_sync.paper.server.faults import Faults

    page = (ROOT / "docs" / "testing.md").read_text("utf-8")
    listed = page.partition("What can go wrong is in `paper.faults`:")[2].partition(".\n")[0]
    named = set(re.findall(r"`(\w+)`", listed))
    public = {name for name in dir(Faults) if not name.startswith("_")}
    assert named == public - {"clear", "accept_connect"}
