"""An extension for the build of the pages: roles and colons before code, as ``help()`` shows them, become Markdown."""

from __future__ import annotations

import re
from typing import Any

import griffe

_ROLE = re.compile(r":\w+:`~?([^`]+)`")


class RolesAsCode(griffe.Extension):
    """Changes docstrings as they are read; ``:meth:`close``` becomes code."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called for each module, class, function and attribute."""
        if obj.docstring is not None:
            obj.docstring.value = _ROLE.sub(r"`\1`", obj.docstring.value).replace("::\n", ":\n")
