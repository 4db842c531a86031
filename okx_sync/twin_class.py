"""Objects of frozen classes that are filled attribute by attribute: they begin as objects of an unfrozen twin."""

from __future__ import annotations

from typing import Any

__all__ = ["twin_of"]


def twin_of(cls: type[Any]) -> Any:
    """Make a class whose objects take attributes as any other object does, and can become objects of ``cls``.

    Python is slow to fill an object of a frozen class. Where one is made for each push it begins as an object of the
    twin, is given each attribute of ``cls``, and becomes what it is (``made.__class__ = cls``) before anybody sees it:
    that is a quarter of what the constructor takes. Objects of one twin are to get the same attributes: Python stores
    those without their names then.
    """
    # Layouts are the same where the attributes are added to the same base.
    first = next(base for base in reversed(cls.__mro__) if "__dict__" in vars(base))
    own = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}  # whatever those of the bases do
    return type(f"{cls.__name__}Twin", first.__bases__, own)
