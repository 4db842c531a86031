"""Example answers: what the market and the accounts of the paper exchange cannot know is answered from a table.

Each example lists an endpoint's fields with a plausible text. A parameter of the request that the answer repeats
(an instrument, a currency, a setting) is repeated; nothing else happens, and no state changes. Such answers carry the
header ``x-paper-example: 1``, so that nobody takes them for the exchange's own.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.paper.okx.rest.call import RestAnswer, RestCall, RestEndpoint

_WORDS = {"true": True, "false": False}


def row(fields: str, **nested: Any) -> dict[str, Any]:
    """Make a row from ``"ccy BTC | eq 1.5 | label"`` and further fields.

    Fields have their texts, ``true``/``false`` are flags.
    """
    pairs = (part.strip().partition(" ") for part in fields.split("|"))
    found = {name: _WORDS.get(value.strip(), value.strip()) for name, _, value in pairs if name}
    return {**found, **nested}


def get(path: str, limit: str, *rows: Any, private: bool = False, **more: Any) -> RestEndpoint:
    """Make a reading endpoint that answers ``rows``.

    ``limit`` is ``"5/2s"`` or ``"5/2s instId"`` (per instrument).
    """
    return _example("GET", path, limit, rows, private, more)


def post(path: str, limit: str, *rows: Any, trades: bool = True, private: bool = True, **more: Any) -> RestEndpoint:
    """Make a writing endpoint that answers ``rows`` and changes nothing. Parameters as for ``get``."""
    return _example("POST", path, limit, rows, private, {"trades": trades, **more})


def _example(
    method: str, path: str, limit: str, rows: Sequence[Any], private: bool, more: dict[str, Any]
) -> RestEndpoint:
    rate, _, per = limit.partition(" ")
    count, _, window = rate.partition("/")
    seconds = float(window[:-1]) * {"s": 1, "d": 86_400}[window[-1]]
    required = tuple(more.pop("required", "").split())
    bare, beside = more.pop("bare", False), more.pop("beside", {})

    def answer(call: RestCall) -> RestAnswer:
        made = [_filled(one, call.params) for one in rows]
        return RestAnswer(made[0] if bare else made, is_example=True, beside=beside)

    whole = f"/api/v5/{path}"
    return RestEndpoint(method, whole, answer, int(count), seconds, per, required=required, private=private, **more)


def _filled(example: Any, params: Mapping[str, Any]) -> Any:
    made = copy.deepcopy(example)
    if isinstance(made, dict):
        known = {name: value for name, value in params.items() if name in made and value not in (None, "")}
        made.update({name: value for name, value in known.items() if type(value) is type(made[name])})
    return made
