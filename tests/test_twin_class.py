"""An object of a frozen class may begin as one of a twin, which is filled as any other object is."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from okx_sync.twin_class import twin_of
from okx_sync.types import FillUpdate


def test_an_object_of_a_twin_becomes_one_of_its_class() -> None:
    """Filled by then as any other object is, it is what the constructor makes."""
    made = twin_of(FillUpdate)()
    whole = FillUpdate(inst_id="A", trade_id="1", order_id="2", side="buy", price=Decimal(1), size=Decimal(2), ts=3)
    for field in attrs.fields(FillUpdate):
        setattr(made, field.name, getattr(whole, field.name))
    made.__class__ = FillUpdate
    assert made == whole
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.side = "sell"


def test_a_class_has_a_twin_below_bases_that_add_no_attributes() -> None:
    """The twin has their slots, and leaves out what they say about setting attributes."""

    class Base:
        __slots__ = ("place",)

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(name)

        __delattr__ = None  # type: ignore[assignment]

    class Whole(Base):
        pass

    made = twin_of(Whole)()
    made.place, made.size, made.price = 1, 2, 3
    del made.price
    made.__class__ = Whole
    assert (made.place, vars(made)) == (1, {"size": 2})
    with pytest.raises(AttributeError):
        made.size = 4
