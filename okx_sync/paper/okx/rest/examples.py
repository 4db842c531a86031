"""Example answers: what the market and the accounts of the paper exchange cannot know is answered from a table.

Each example lists an endpoint's fields with a plausible text. A parameter of the request that the answer repeats
(an instrument, a currency, a setting) is repeated; nothing else happens, and no state changes. Such answers carry the
header ``x-paper-example: 1``, so that nobody takes them for the exchange's own. A call that is to change something is
refused, since an answer would say that it was done, unless the exchange was made with ``examples=True``.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.paper.okx.rest.call import EXAMPLE, REFUSED, RestAnswer, RestCall, RestEndpoint, RestError

_NOT_DONE = "50062", "The paper exchange does not carry this out. PaperExchange(examples=True) answers with an example."
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
    """Make a writing endpoint that is refused, or answers ``rows`` where examples are wanted.

    ``computes``: it changes nothing at the exchange either, and is answered always. Other parameters as for ``get``.
    """
    return _example("POST", path, limit, rows, private, {"trades": trades, **more})


def _example(
    method: str, path: str, limit: str, rows: Sequence[Any], private: bool, more: dict[str, Any]
) -> RestEndpoint:
    rate, _, per = limit.partition(" ")
    count, _, window = rate.partition("/")
    seconds = float(window[:-1]) * {"s": 1, "d": 86_400}[window[-1]]
    required = tuple(more.pop("required", "").split())
    bare, beside = more.pop("bare", False), more.pop("beside", {})
    is_refused = method == "POST" and not more.pop("computes", False)

    def answer(call: RestCall) -> RestAnswer:
        if is_refused and not call.server.options.examples:
            raise RestError(*_NOT_DONE)
        made = [_filled(one, call.params) for one in rows]
        return RestAnswer(made[0] if bare else made, is_example=True, beside=beside)

    whole = f"/api/v5/{path}"
    kind = REFUSED if is_refused else EXAMPLE
    return RestEndpoint(
        method, whole, answer, int(count), seconds, per, required=required, private=private, kind=kind, **more
    )


def _filled(example: Any, params: Mapping[str, Any]) -> Any:
    made = copy.deepcopy(example)
    if isinstance(made, dict):
        known = {name: value for name, value in params.items() if name in made and value not in (None, "")}
        made.update({name: value for name, value in known.items() if type(value) is type(made[name])})
    return made
