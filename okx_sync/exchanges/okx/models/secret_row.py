"""Rows that hold secrets: a new key, a token. What they hold can be read, but is not shown by accident."""

from __future__ import annotations

from typing import ClassVar

import attrs

from okx_sync.models import Row
from okx_sync.models.spelling import show

__all__ = ["SecretRow"]


class SecretRow(Row):
    """Base of such rows: the fields named in ``_hidden`` stay out of ``repr``."""

    __slots__ = ()

    _hidden: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        names = [field.name for field in attrs.fields(type(self))]
        shown = {name: "<hidden>" if name in self._hidden else show(self, name) for name in names}
        return f"{type(self).__name__}({', '.join(f'{name}={text}' for name, text in shown.items() if text)})"
