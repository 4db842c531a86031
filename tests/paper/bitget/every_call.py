"""Calls of our own client on the paper exchange: every row is read to its last field, and no endpoint is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from okx_sync import BitgetClient, OkxError
from okx_sync.paper import PaperExchange
from okx_sync.rows.row import Row


def read_whole(value: Any) -> Any:
    """Read every field of every row; returns the value. A field that a class does not know is an error."""
    if isinstance(value, Row):
        assert value.extra == {}, f"{type(value).__name__} does not know {sorted(value.extra)}"
        for field in attrs.fields(type(value)):
            read_whole(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            read_whole(one)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        for one in value:
            read_whole(one)
    return value


def uncalled(client: BitgetClient, paper: PaperExchange, calls: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Endpoints of the groups in ``calls`` that nobody has called with success, nor can.

    ``calls``: by ``group.method``, the arguments with which the client's own tests call it; it is called with them now.
    """
    groups = {name.partition(".")[0] for name in calls}
    done = {(one.method, one.path) for one in paper.requests if one.code == "00000"}
    missing = []
    for one in client.endpoints():
        if one.group in groups and (one.method, one.path) not in done:
            name = f"{one.group}.{one.name}"
            try:
                read_whole(getattr(getattr(client, one.group), one.name)(**calls[name]))
            except (KeyError, OkxError):
                missing.append(name)
    return missing
