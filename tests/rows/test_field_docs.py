"""Strings below fields: part of the docstring of the class, made when it is first read."""

from __future__ import annotations

import compileall
import doctest
import importlib
import inspect
import pydoc
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import TypedDict

import attrs
import pytest

from okx_sync.rows import BookLevel, Row, documented, envelope, model, wire
from okx_sync.rows.field_docs import field_strings


@model
class Weather(Row):
    """The weather of one place.

    Over all seasons.
    """

    place: str | None = None
    ts: int | None = None
    """Epoch ms."""
    from_: str | None = wire("from")
    """Who says so:
    a station, or a person.
    """
    degrees: Decimal | None = None


@model
class Storm(Weather):
    """A storm."""

    force: int | None = envelope("arg", "force")
    """0 to 12."""
    ts: int | None = None
    degrees: Decimal | None = None
    """Celsius."""


@model
class Calm(Weather):
    pass


@documented
@attrs.frozen
class Request:
    """What is asked for."""

    since: int
    """Epoch ms."""
    _secret: str = ""
    """Nobody's business."""

    @documented
    @attrs.define
    class Part:
        """One of them."""

        size: float
        """Metres."""


@documented
class Options(TypedDict, total=False):
    """How it is asked."""

    limit: int | None
    """Rows."""
    wait: bool


WEATHER = """\
The weather of one place.

Over all seasons.

Attributes:
    place (str | None)
    ts (int | None): Epoch ms.
    from_ (str | None): Who says so:
        a station, or a person.
    degrees (Decimal | None)"""

MODULE = '''\
from __future__ import annotations
from okx_sync.rows import Row, model

@model
class {name}(Row):
    """A tide."""

    ts: int | None = None
    """{text}"""
'''


def tide(folder: Path, name: str, text: str = "Epoch ms.") -> ModuleType:
    """A module of its own with the row class of that name, just imported."""
    (folder / f"{name.lower()}.py").write_text(MODULE.format(name=name, text=text), encoding="utf-8")
    importlib.invalidate_caches()
    return importlib.import_module(name.lower())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which modules are imported."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_every_field_is_listed_with_type_and_string() -> None:
    """In order, as annotated; a field without a string by its type alone."""
    assert Weather.__doc__ == WEATHER


def test_fields_of_bases_are_listed_with_their_strings() -> None:
    """In the order of the constructor; a field that is declared anew without a string keeps the one of its base."""
    assert (Storm.__doc__ or "").splitlines() == [
        "A storm.",
        "",
        "Attributes:",
        "    place (str | None)",
        "    from_ (str | None): Who says so:",
        "        a station, or a person.",
        "    force (int | None): 0 to 12.",
        "    ts (int | None): Epoch ms.",
        "    degrees (Decimal | None): Celsius.",
    ]
    assert [field.name for field in attrs.fields(Storm)] == ["place", "from_", "force", "ts", "degrees"]


def test_a_class_without_docstring_lists_its_fields() -> None:
    """Nothing stands before them."""
    assert (Calm.__doc__ or "").startswith("Attributes:\n    place (str | None)")


def test_a_subclass_that_declares_nothing_has_no_docstring_of_its_own() -> None:
    """As any class; ``inspect.getdoc`` finds that of its base."""

    class Mine(Weather):
        pass

    assert Mine.__doc__ is None
    assert inspect.getdoc(Mine) == WEATHER


def test_classes_of_attrs_with_slots_are_documented() -> None:
    """Nested ones too; private fields are left out."""
    assert Request.__doc__ == "What is asked for.\n\nAttributes:\n    since (int): Epoch ms."
    assert Request.Part.__doc__ == "One of them.\n\nAttributes:\n    size (float): Metres."


def test_typed_dicts_are_documented() -> None:
    """Options as well as rows: all keys with their types. ``help()`` shows at least what was written for the class."""
    assert "How it is asked." in pydoc.plain(pydoc.render_doc(Options))
    assert Options.__doc__ == "How it is asked.\n\nAttributes:\n    limit (int | None): Rows.\n    wait (bool)"


def test_classes_inside_functions_are_documented() -> None:
    """As those of a module."""

    @model
    class Local(Row):
        """Here only."""

        ts: int | None = None
        """Epoch ms."""

    assert Local.__doc__ == "Here only.\n\nAttributes:\n    ts (int | None): Epoch ms."


def test_help_and_its_like_show_the_fields() -> None:
    """``help()``, ``inspect.getdoc`` of the class and of an object, and what collects examples from docstrings."""
    assert "ts (int | None): Epoch ms." in pydoc.plain(pydoc.render_doc(Weather))
    assert inspect.getdoc(Weather) == inspect.getdoc(Weather()) == Weather().__doc__ == WEATHER
    tests = doctest.DocTestFinder(exclude_empty=False).find(Weather, "Weather")
    assert [test.docstring for test in tests if test.name == "Weather"] == [WEATHER]


def test_rows_in_use_are_documented() -> None:
    """A model of this package."""
    assert "size (Decimal | None): Contracts, or base currency on spot" in (BookLevel.__doc__ or "")


def test_importing_reads_no_source(folder: Path) -> None:
    """It is read with the first docstring: what was changed until then is seen, what is changed later is not."""
    module = tide(folder, "Ebb")
    (folder / "ebb.py").write_text(MODULE.format(name="Ebb", text="Epoch s."), encoding="utf-8")
    assert module.Ebb.__doc__ == "A tide.\n\nAttributes:\n    ts (int | None): Epoch s."
    (folder / "ebb.py").unlink()
    assert module.Ebb.__doc__ == "A tide.\n\nAttributes:\n    ts (int | None): Epoch s."


def test_without_source_the_fields_are_listed_alone(folder: Path) -> None:
    """Compiled files alone, and a source that is gone or broken by now: no error."""
    (folder / "flood.py").write_text(MODULE.format(name="Flood", text="Epoch ms."), encoding="utf-8")
    assert compileall.compile_file(folder / "flood.py", legacy=True, quiet=2)
    (folder / "flood.py").unlink()
    importlib.invalidate_caches()
    flood = importlib.import_module("flood")
    gone, broken = tide(folder, "Gone"), tide(folder, "Broken")
    (folder / "gone.py").unlink()
    (folder / "broken.py").write_text("class Broken(", encoding="utf-8")
    for cls in (flood.Flood, gone.Gone, broken.Broken):
        assert cls.__doc__ == "A tide.\n\nAttributes:\n    ts (int | None)"


def test_modules_in_an_archive_are_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The source is asked of whoever has loaded the module."""
    with zipfile.ZipFile(tmp_path / "tides.zip", "w") as archive:
        archive.writestr("spring.py", MODULE.format(name="Spring", text="Epoch ms."))
    monkeypatch.syspath_prepend(str(tmp_path / "tides.zip"))
    assert "Epoch ms." in importlib.import_module("spring").Spring.__doc__


def test_classes_of_a_notebook_list_their_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their module has neither file nor loader."""
    cell = ModuleType("cell")
    monkeypatch.setitem(sys.modules, "cell", cell)
    exec(MODULE.format(name="Cell", text="Epoch ms."), vars(cell))
    assert cell.Cell.__doc__ == "A tide.\n\nAttributes:\n    ts (int | None)"


def test_a_module_that_is_not_loaded_has_no_strings() -> None:
    """And is not loaded for it."""
    assert field_strings("okx_sync.nowhere") == {}
