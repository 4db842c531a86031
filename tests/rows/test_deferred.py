"""Row classes that attrs finishes at their first use: nobody can tell, on any thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.rows import Row, model
from okx_sync.rows.deferred import Late


def fresh() -> type[Row]:
    """A new row class that nobody has used yet."""

    @model
    class Base(Row):
        instId: str | None = None
        px: Decimal | None = None

    @model
    class Longer(Base):
        sz: Decimal | None = None
        instId: str | None = "none"

    return Longer


def is_unfinished(cls: type[Row]) -> bool:
    return vars(cls)["__init__"] is vars(Late)["__init__"]


def row(cls: type[Any], **values: Any) -> Any:
    return cls(**values)


USES: dict[str, Callable[[type[Any]], Any]] = {
    "constructor": lambda cls: row(cls, px=Decimal(1)).px,
    "==": lambda cls: cls.from_wire({"px": "1"}) == cls.from_wire({"px": "1"}),
    "!=": lambda cls: cls.from_wire({"px": "1"}) != cls.from_wire({"px": "2"}),
    "hash": lambda cls: hash(cls.from_wire({"px": "1"})) == hash(cls.from_wire({"px": "1"})),
    "fields": lambda cls: [field.name for field in attrs.fields(cls)],
    "has": attrs.has,
    "asdict": lambda cls: attrs.asdict(cls.from_wire({"sz": "1"})),
    "evolve": lambda cls: attrs.evolve(cls.from_wire({"sz": "1"}), px=Decimal(2)).to_wire(),
    "repr": lambda cls: repr(cls.from_wire({"sz": "1"})),
}


@pytest.mark.parametrize("use", USES)
def test_any_first_use_finishes_the_class(use: str) -> None:
    """Each gives at first what it gives ever after."""
    cls = fresh()
    assert is_unfinished(cls)
    first = USES[use](cls)
    assert first
    assert not is_unfinished(cls)
    assert USES[use](cls) == first


@pytest.mark.parametrize("use", USES)
def test_a_base_that_is_finished_first_lends_nothing(use: str) -> None:
    """Its constructor, comparison and hash know none of the fields that the derived class adds."""
    cls: Any = fresh()
    base = cls.__mro__[1]
    assert base(px=Decimal(1)) == base(px=Decimal(1))
    assert not is_unfinished(base)
    assert is_unfinished(cls)
    first = USES[use](cls)
    assert first == USES[use](fresh())
    one, same, other = (cls.from_wire({"px": "1", "sz": size}) for size in ("2", "2", "3"))
    assert one == same != other
    assert len({one, same, other}) == 2
    assert row(cls, sz=Decimal(2)).sz == 2


def test_a_hash_stays_what_it_was() -> None:
    """Also when base and derived class are finished between two looks at it."""
    cls: Any = fresh()
    one = cls.from_wire({"px": "1", "sz": "2"})
    seen = {one}
    cls.__mro__[1](px=None)
    assert one in seen
    assert hash(one) == hash(cls.from_wire({"px": "1", "sz": "2"}))


def test_decoding_and_reading_finish_nothing() -> None:
    """What a stream does all day needs nothing of what attrs makes."""
    cls: Any = fresh()
    one = cls.from_wire({"instId": "BTC-USDT", "px": "1.50", "new": 1})
    assert (one.instId, str(one.px), one.sz, one.extra) == ("BTC-USDT", "1.50", None, {"new": 1})
    assert one.to_wire()["px"] == "1.50"
    assert is_unfinished(cls)


def test_rows_are_frozen_from_the_beginning() -> None:
    """Also before the class is finished."""
    cls: Any = fresh()
    one = cls.from_wire({})
    for name in ("px", "other"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, name, None)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(one, name)
    assert is_unfinished(cls)


def test_wrong_arguments_are_refused_by_the_first_call() -> None:
    """A TypeError that names the argument, as of any class."""
    with pytest.raises(TypeError, match="'nonsense'"):
        row(fresh(), nonsense=1)


def test_a_class_that_is_no_model_keeps_pythons_own() -> None:
    """A base for models is compared by identity and takes no arguments."""

    class Plain(Row):
        __slots__ = ()

    one, other = Plain(), Plain()
    assert one == one
    assert one != other
    assert len({one, other}) == 2
    with pytest.raises(TypeError):
        row(Plain, px=1)


def test_an_undecorated_subclass_works_as_its_base() -> None:
    """It has the fields of the model that it derives from."""

    class Mine(fresh()):  # type: ignore[misc]
        pass

    assert row(Mine, px=Decimal(1)) == row(Mine, px=Decimal(1))
    assert row(Mine).instId == "none"


def test_threads_that_come_first_together_find_it_whole() -> None:
    """Eight threads use a new class at the same moment, each in another way."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for _ in range(40):
            cls, barrier = fresh(), threading.Barrier(8)
            seen: list[Any] = []
            wrong: list[BaseException] = []

            def use(name: str, cls: Any, barrier: threading.Barrier, seen: list[Any], wrong: list[Any]) -> None:
                try:
                    barrier.wait(10)
                    seen.append(USES[name](cls))
                except BaseException as error:  # noqa: BLE001
                    wrong.append(error)

            threads = [threading.Thread(target=use, args=(name, cls, barrier, seen, wrong)) for name in list(USES)[:8]]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(10)
            assert wrong == []
            assert len(seen) == 8
            assert all(seen)
    finally:
        sys.setswitchinterval(before)


def test_the_order_of_columns_is_that_of_the_fields() -> None:
    """A field that a subclass declares anew moves to its end, for reading and for writing alike."""

    @model(positional=True)
    class Columns(Row):
        one: str | None = None
        two: str | None = None

    @model(positional=True)
    class More(Columns):
        three: str | None = None
        one: str | None = None

    assert [field.name for field in attrs.fields(More)] == ["two", "three", "one"]
    read = More.from_wire(["2", "3", "1"])
    assert (read.one, read.two, read.three) == ("1", "2", "3")
    assert More(one="1", two="2", three="3").to_wire() == read.to_wire()
