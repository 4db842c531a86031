"""REST, for any exchange: declared endpoints, and the machinery that signs, paces, sends, repeats and decodes.

Each name is imported when it is first asked for: a client that calls has no need of what declares listings.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.rest.arguments import GROWING, STRICT, Param
    from okx_sync.rest.batch import BatchResult
    from okx_sync.rest.dialect import Call, Reply, RestDialect
    from okx_sync.rest.encoding import Number
    from okx_sync.rest.endpoint import Endpoint, Group, get, post
    from okx_sync.rest.executor import Executor
    from okx_sync.rest.limits import Limiter
    from okx_sync.rest.pagination.cursors import Seek
    from okx_sync.rest.pagination.paged import paged
    from okx_sync.rest.pagination.pager import Moment, Pager
    from okx_sync.rest.pagination.tokens import Tokens, Windows
    from okx_sync.rest.route import Route

    Runner = Executor
else:
    _named, __dir__ = late_names(
        __name__,
        {
            "arguments": "GROWING STRICT Param",
            "batch": "BatchResult",
            "dialect": "Call Reply RestDialect",
            "encoding": "Number",
            "endpoint": "Endpoint Group get post",
            "executor": "Executor",
            "limits": "Limiter",
            "pagination.cursors": "Seek",
            "pagination.paged": "paged",
            "pagination.pager": "Moment Pager",
            "pagination.tokens": "Tokens Windows",
            "route": "Route",
        },
    )

    def __getattr__(name: str) -> Any:
        if name == "Runner":
            warnings.warn("Runner is called Executor now, and goes in version 0.3.0", DeprecationWarning, stacklevel=2)
            name = "Executor"
        return _named(name)


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
