"""No circle of files: whoever reads a file needs to know only what it imports, and that ends somewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import okx_sync
from tests.statements import import_statements

HOME = Path(okx_sync.__file__).parent


def modules(package: Path) -> dict[str, Path]:
    """All files of a package, by dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = [package.name, *path.relative_to(package).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> Iterator[str]:
    """What a file imports, wherever in it, with what it imports for types only."""
    for node in import_statements(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def graph(package: Path) -> dict[str, set[str]]:
    """Which module imports which; a name imported from a module counts as the module."""
    files = modules(package)
    edges: dict[str, set[str]] = {}
    for name, path in files.items():
        known = ({one, one.rpartition(".")[0]} for one in imports(path))
        edges[name] = {max(found, key=len) for one in known if (found := one & files.keys())} - {name}
    return edges


def circles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of modules that reach each other."""
    reached = {name: _reach(edges, name) for name in edges}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in edges}
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _reach(edges: Mapping[str, set[str]], start: str) -> set[str]:
    seen, ahead = set[str](), [start]
    while ahead:
        for name in edges[ahead.pop()] - seen:
            seen.add(name)
            ahead.append(name)
    return seen


def test_no_circle_of_files() -> None:
    """Imports run one way, those for types included."""
    assert circles(graph(HOME)) == []


def test_an_import_for_types_only_counts(tmp_path: Path) -> None:
    """A circle that Python does not see is one for readers all the same."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "low.py").write_text("if TYPE_CHECKING:\n    from package.high import High\n", encoding="utf-8")
    (package / "high.py").write_text("def act():\n    from package import low\n", encoding="utf-8")
    (package / "other.py").write_text("from package.high import act\n", encoding="utf-8")
    assert circles(graph(package)) == [["package.high", "package.low"]]
