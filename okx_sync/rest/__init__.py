"""REST, for any exchange: declared endpoints, and the machinery that signs, paces, sends, repeats and decodes."""

from __future__ import annotations

import warnings
from typing import Any

from okx_sync.rest.batch import BatchResult
from okx_sync.rest.dialect import Call, Reply, RestDialect
from okx_sync.rest.encoding import Number
from okx_sync.rest.endpoint import GROWING, STRICT, Endpoint, Group, Param, get, post
from okx_sync.rest.executor import Executor
from okx_sync.rest.limits import Limiter
from okx_sync.rest.pagination.cursors import Seek
from okx_sync.rest.pagination.paged import paged
from okx_sync.rest.pagination.pager import Moment, Pager
from okx_sync.rest.pagination.tokens import Tokens, Windows
from okx_sync.rest.route import Route

__all__ = [
    "GROWING",
    "STRICT",
    "BatchResult",
    "Call",
    "Endpoint",
    "Executor",
    "Group",
    "Limiter",
    "Moment",
    "Number",
    "Pager",
    "Param",
    "Reply",
    "RestDialect",
    "Route",
    "Seek",
    "Tokens",
    "Windows",
    "get",
    "paged",
    "post",
]


def __getattr__(name: str) -> Any:
    if name == "Runner":
        warnings.warn("Runner is called Executor now, and goes in version 0.3.0", DeprecationWarning, stacklevel=2)
        return Executor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
