"""The Markdown beside each built page: ``python -m okx_sync.reference_pages.twins DOCS SITE`` writes it into the site.

A page is its own twin, but for those of classes: what the build takes from docstrings, programs that read Markdown get
as text.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from okx_sync.reference_pages.markdown import prose

__all__ = ["main", "twin"]

_CLASS: Final = re.compile(r"^::: ([\w.]+)\n((?: .*\n)*)", re.MULTILINE)
_QUOTED: Final = re.compile(r"(: |-> )'([^']+)'")
_MEMBERS: Final = re.compile(r"members: \[(.*)\]")


def twin(page: str) -> str:
    """Return a page in which each class or module that the build would insert is told in words."""
    return _CLASS.sub(_told, page)


def _told(found: re.Match[str]) -> str:
    path, options = found.groups()
    chosen = _MEMBERS.search(options)
    names = None if chosen is None else chosen.group(1).split(", ")
    choose = partial(_class, names=names, inherited="inherited_members: false" not in options)
    parent, _, name = path.rpartition(".")
    try:
        module = importlib.import_module(path)
    except ModuleNotFoundError:
        return choose(path, getattr(importlib.import_module(parent), name))
    return "\n".join([f"## `{path}`\n\n{_text(module)}\n", *_of_module(module, choose)])


def _of_module(module: Any, choose: Callable[[str, Any], str]) -> Iterator[str]:
    for name, value in vars(module).items():
        if getattr(value, "__module__", "") != module.__name__ or name.startswith("_"):
            continue
        if inspect.isclass(value):
            yield choose(f"{module.__name__}.{name}", value)
        elif inspect.isfunction(value):
            yield _member(name, value)


def _class(path: str, cls: Any, *, names: list[str] | None, inherited: bool) -> str:
    if not inspect.isclass(cls):
        return _member(path, cls)
    members = names or [name for name in (dir(cls) if inherited else vars(cls)) if _is_own(cls, name)]
    told = (_member(f"{cls.__name__}.{name}", getattr(cls, name, None)) for name in members)
    return "\n".join([f"## `{path}`\n\n{_text(cls)}\n", *told])


def _is_own(cls: type[Any], name: str) -> bool:
    """Whether a member is public, and made here: not one of Python's or of another library."""
    owner = next(one for one in cls.__mro__ if name in vars(one))
    return not name.startswith("_") and owner.__module__.startswith("okx_sync.")


def _member(name: str, value: Any) -> str:
    try:
        called = _QUOTED.sub(r"\1\2", str(inspect.signature(value))) if callable(value) else ""
    except (TypeError, ValueError):
        called = ""
    own = _text(value) if callable(value) or isinstance(value, property) else ""
    return f"### `{name}{called}`\n\n{own}\n" if own else f"### `{name}{called}`\n"


def _text(value: Any) -> str:
    return prose(inspect.getdoc(value) or "")


def main(args: list[str]) -> None:
    """Write the twins of the pages in the first folder into the second."""
    docs, site = map(Path, args)
    for page in sorted(docs.glob("*.md")):
        (site / page.name).write_text(twin(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
