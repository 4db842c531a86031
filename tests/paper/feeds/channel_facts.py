"""Every channel of OKX V5 with what its pushes carry, written down apart from the exchange that is tested.

The channels stand in ``tests/exchanges/okx/field_facts/push.txt``; here is how the paper exchange's tests see them.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests.exchanges.fact_tables import Fact, Facts, parse

_TABLE = Path(__file__).parents[2] / "exchanges" / "okx" / "field_facts" / "push.txt"
_SHORT = "1m 3m 5m 15m 30m 1H 2H 4H"
_LONG = "6H 12H 1D 2D 3D 5D 1W 1M 3M"
_UTC = " ".join(f"{bar}utc" for bar in _LONG.split())
#: Prefix, columns of a row, argument, bars.
_CANDLES = (
    ("candle", 9, "instId=BTC-USDT", f"1s {_SHORT} {_LONG} {_UTC}"),
    ("mark-price-candle", 6, "instId=BTC-USDT-SWAP", f"{_SHORT} {_LONG} {_UTC} 1Yutc"),
    ("index-candle", 6, "instId=BTC-USDT", f"{_SHORT} {_LONG} {_UTC}"),
    ("sprd-candle", 7, "sprdId=BTC-USDT_BTC-USDT-SWAP", f"{_SHORT} {_LONG} {_UTC}"),
)


class Expected(NamedTuple):
    """One channel: how to ask for it, and the shape of its pushes (``columns`` for candles, else ``fields``).

    ``required``: what must be given, with ``|`` between alternatives; ``method``: of the client.
    """

    path: str
    name: str
    who: str
    arg: dict[str, str]
    envelope: str
    omits: str
    fields: str
    columns: int = 0
    required: str = ""
    tier: str | None = None
    method: str = ""

    @property
    def request(self) -> dict[str, str]:
        """The argument of a subscribe request."""
        return {"channel": self.name, **self.arg}

    @property
    def login(self) -> bool:
        """Whether it is behind a login."""
        return self.who != "anyone"


def _channel(head: str) -> Expected:
    path, name, who, *rest = head.split()
    given = [word.partition("=") for word in rest if "=" in word]
    told = dict(word.split(":") for word in rest if word.startswith(("omits:", "tier:")))
    return Expected(
        path,
        name,
        who,
        {key.partition("|")[0]: value for key, _, value in given},
        next((word for word in rest if word in ("action", "eventType")), ""),
        told.get("omits", ""),
        "",
        required=" ".join(key for key, _, _ in given),
        tier=told.get("tier"),
        method=_method(name),
    )


def _method(name: str) -> str:
    return "subscribe_" + name.replace("-", "_")


def shape(facts: Facts) -> str:
    """The fields of a row as ``row_shapes`` reads them: names, nesting and JSON types."""
    return " ".join(f"{fact.wire[0]}{_type(fact)}" for fact in facts if not fact.where)


def _type(fact: Fact) -> str:
    if fact.kind == "rows":
        return f"#{len(fact.fields)}"
    if fact.kind == "list":
        return f"[{shape(fact.fields)}]"
    if fact.kind == "object":
        return "?" if fact.maybe else f"{{{shape(fact.fields)}}}"
    return {"texts": "*", "#int": ":int", "#bool": ":bool"}.get(fact.kind, "")


def _parsed() -> list[Expected]:
    table = parse(_TABLE.read_text(encoding="utf-8"))
    found = [
        _channel(head)._replace(fields="..." if " vague " in head else shape(facts))
        for head, facts in table.items()
        if "{" not in head
    ]
    for prefix, columns, given, bars in _CANDLES:
        key, _, value = given.partition("=")
        one = Expected(
            "business", prefix, "anyone", {key: value}, "", "", "", columns, key, None, _method(f"{prefix}s")
        )
        found += [one._replace(name=prefix + bar) for bar in bars.split()]
    return found


EXPECTED = _parsed()
