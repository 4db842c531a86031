"""Every row class of an exchange, of all families."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from okx_sync.exchanges import okx
from okx_sync.rows import Row


def every_row_class(exchange: ModuleType = okx) -> list[type[Row]]:
    """Each class once, where it is defined, in the order of the families."""
    names = [one.name for one in pkgutil.walk_packages(exchange.__path__, f"{exchange.__name__}.")]
    modules = [importlib.import_module(name) for name in names if name.endswith("models")]
    return [
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Row) and found.__module__ == module.__name__
    ]
