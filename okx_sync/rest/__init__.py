"""REST, for any exchange: declared endpoints, and the machinery that signs, paces, sends, repeats and decodes."""

from __future__ import annotations

from okx_sync.rest.dialect import Call, Reply, RestDialect
from okx_sync.rest.endpoint import GROWING, STRICT, Endpoint, Group, Param, get, post
from okx_sync.rest.limits import Limiter
from okx_sync.rest.paged import paged
from okx_sync.rest.pager import Moment, Pager
from okx_sync.rest.ranged import Seek
from okx_sync.rest.results import BatchResult
from okx_sync.rest.route import Route
from okx_sync.rest.runner import Runner
from okx_sync.rest.values import Number

__all__ = [
    "GROWING",
    "STRICT",
    "BatchResult",
    "Call",
    "Endpoint",
    "Group",
    "Limiter",
    "Moment",
    "Number",
    "Pager",
    "Param",
    "Reply",
    "RestDialect",
    "Route",
    "Runner",
    "Seek",
    "get",
    "paged",
    "post",
]
