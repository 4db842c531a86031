"""Fields of rows and requests say what they mean by strings below them, which are part of their class's docstring."""

from __future__ import annotations

import ast
import importlib
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

import okx_sync
from okx_sync.rows.field_docs import field_strings
from tests.each_case import each_case

HOME = Path(okx_sync.__file__).parent
FILES: Final = {
    path.relative_to(HOME).as_posix(): path
    for path in sorted(HOME.rglob("*.py"))
    if re.search(r"^@(model|documented)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
}
# What people do to a line for tools, and says nothing of the field.
DIRECTIVE: Final = re.compile(r"#\s*(noqa|type:|fmt:|ruff:)")
TIME: Final = re.compile(r"(?i:time)$|(?:^ts|Ts)$|^(?:begin|start|end)$")
UNIT: Final = re.compile(r"(?i:epoch) (ms|seconds)\b")
# Whole numbers that are called a time, and what they are.
NO_TIMES: Final = {("RecurringBuy", "recurringTime"): "hour of the day"}


def module_of(file: str) -> ModuleType:
    return importlib.import_module(f"okx_sync.{file.removesuffix('.py').replace('/', '.')}")


def decorators(cls: ast.ClassDef) -> set[str]:
    return {ast.unparse(one).partition("(")[0] for one in cls.decorator_list}


def rows_in(file: str) -> Iterator[tuple[ast.ClassDef, list[ast.AnnAssign]]]:
    """The classes of rows and requests in a file, each with its own fields."""
    for node in ast.walk(ast.parse(FILES[file].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and decorators(node) & {"model", "documented"}:
            own = [one for one in node.body if isinstance(one, ast.AnnAssign)]
            yield node, [one for one in own if "ClassVar" not in ast.unparse(one.annotation)]


def name_of(field: ast.AnnAssign) -> str:
    return ast.unparse(field.target)


def comments_in(file: str) -> set[int]:
    """The lines of a file that have a comment for people."""
    with FILES[file].open(encoding="utf-8") as lines:
        tokens = list(tokenize.generate_tokens(lines.readline))
    return {one.start[0] for one in tokens if one.type == tokenize.COMMENT and not DIRECTIVE.match(one.string)}


def commented(file: str) -> list[str]:
    """The fields of a file that have a comment above or behind them."""
    lines = comments_in(file)
    return [
        f"{cls.name}.{name_of(field)}"
        for cls, fields in rows_in(file)
        for field in fields
        if lines & set(range(field.lineno - 1, (field.end_lineno or field.lineno) + 1))
    ]


def test_the_classes_are_found() -> None:
    """Those of every exchange and the shared ones; else the tests below would pass by finding nothing."""
    assert {"rows/levels.py", "exchanges/okx/shared_models.py", "exchanges/okx/account/models.py"} <= FILES.keys()
    assert sum(1 for file in FILES for _ in rows_in(file)) > 400


def test_all_requests_are_documented() -> None:
    """``help()`` of what calls take tells its fields, as that of what they give."""
    for path in [*HOME.glob("exchanges/*/*/requests.py"), *HOME.glob("exchanges/*/*_requests.py")]:
        classes = [one for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.ClassDef)]
        assert [cls.name for cls in classes if "documented" not in decorators(cls)] == [], path


@each_case("file", FILES)
def test_no_comment_stands_at_a_field(file: str) -> None:
    """Neither above nor behind: nobody sees it in ``help()`` or in an editor."""
    assert commented(file) == []


@each_case("file", FILES)
def test_times_say_their_unit(file: str) -> None:
    """Whole numbers that are called a time are epoch ms, rarely seconds, and say so."""
    said = field_strings(module_of(file).__name__)
    silent = [
        f"{cls.name}.{name_of(field)}"
        for cls, fields in rows_in(file)
        for field in fields
        if TIME.search(name_of(field))
        and ast.unparse(field.annotation) == "int | None"
        and not UNIT.search(said.get(cls.name, {}).get(name_of(field), ""))
        and (cls.name, name_of(field)) not in NO_TIMES
    ]
    assert silent == []


@each_case("file", FILES)
def test_docstrings_tell_what_the_strings_say(file: str) -> None:
    """Each string is part of the docstring of its class, behind the name of its field."""
    module = module_of(file)
    said = field_strings(module.__name__)
    for cls, fields in rows_in(file):
        told = " ".join((getattr(module, cls.name).__doc__ or "").split())
        for field in fields:
            assert f" {name_of(field)} (" in told
            string = " ".join(said[cls.name].get(name_of(field), "").split())
            assert string in told
