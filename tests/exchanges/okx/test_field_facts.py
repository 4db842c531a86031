"""Each field of each row of OKX, pushed or answered, is read as what OKX's documentation says that it is."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final

import orjson

from okx_sync.exchanges.okx.channels import CHANNELS
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.exchanges.okx.groups import all_endpoints
from okx_sync.exchanges.okx.rest_dialect import OkxRestDialect
from okx_sync.exchanges.okx.shared_models import AnyRow
from okx_sync.protocol.events import Push
from okx_sync.rest import Endpoint
from okx_sync.rows import Row, decoder, opener
from tests.each_case import each_case
from tests.exchanges.fact_tables import read_tables
from tests.exchanges.field_facts import Read, faults, to_json, told_of_all, untold
from tests.exchanges.row_classes import every_row_class

TABLES: Final = read_tables(Path(__file__).parent / "field_facts")
ASKED: Final = {"bar": "4H", "instId": "BTC-USDT", "sprdId": "BTC-USDT_BTC-USDT-SWAP"}
PUSHES: Final = OkxDialect()
ANSWERS: Final = OkxRestDialect(Config())
ENDPOINTS: Final = {(one.method, one.path.removeprefix("/api/v5/")): one for one in all_endpoints()}

UNTOLD: Final = {
    "GridBot.pTime": "has all that pushes of both kinds of grids have",
    "GridBot.uid": "has all that pushes of both kinds of grids have",
    "SpreadFillRecord.uid": "has all that pushes of fills have",
}
"""Fields that a class has though the facts do not tell of them, and why."""


def pushed(model: type[Row], channel: str) -> Read:
    """A row as a push brings it: read by the link's thread, and by the thread of a mailbox, which must agree."""

    def read(row: Any, around: dict[str, Any]) -> Row:
        arg = {"channel": channel, **around.get("arg", {})}
        frame = to_json({**around, "arg": arg, "data": [row]}).encode()
        event = PUSHES.read(frame)
        assert isinstance(event, Push)
        (one,) = decoder(model)(event.rows, event.message)
        (other,) = opener(model, PUSHES.parse)(frame)
        assert other.raw == one.raw
        return one

    return read


def answered(endpoint: Endpoint) -> Read:
    """A row as an answer of REST brings it."""

    def read(row: Any, around: dict[str, Any]) -> Row:
        data = row if endpoint.options.get("flat") else [row]
        payload = to_json({"code": "0", "msg": "", "data": data, **around})
        reply = ANSWERS.read(orjson.loads(payload))
        assert reply is not None
        found = endpoint.decode(reply, ASKED)
        one = found if isinstance(found, Row) else found[0]
        assert isinstance(one, Row)
        return one

    return read


def model_and_read(head: str) -> tuple[type[Row], Read]:
    """The class of the rows that a head of the tables speaks of, and the way that they take."""
    first, name, *_ = head.split()
    if first in ("GET", "POST"):
        endpoint = ENDPOINTS[first, name]
        return endpoint.model, answered(endpoint)
    info = CHANNELS[name]
    assert info.path == first
    return info.model, pushed(info.model, name.replace("{bar}", ASKED["bar"]))


def name_of(head: str) -> str:
    return f"{model_and_read(head)[0].__name__} {' '.join(head.split()[:2])}"


@each_case("head", TABLES, ids=name_of)
def test_each_field_is_what_the_facts_say(head: str) -> None:
    """To the last nested row: its exact value in its type, None or () where nothing is sent, unknown fields kept."""
    found = faults(TABLES[head], model_and_read(head)[1])
    assert not found, "\n".join(found)


@functools.cache
def told() -> dict[type[Row], set[str]]:
    """The fields of each class that the facts tell of."""
    return told_of_all((facts, model_and_read(head)[1]) for head, facts in TABLES.items())


@each_case("cls", every_row_class(), ids=lambda cls: cls.__name__)
def test_no_class_has_a_field_of_its_own_making(cls: type[Row]) -> None:
    """A field that no channel and no endpoint sends would be a slip of the pen; exceptions have their reason above."""
    assert untold(cls, told()) == {name for name in UNTOLD if name.startswith(f"{cls.__name__}.")}


def test_every_channel_and_endpoint_is_told_of() -> None:
    """But those that answer nothing, no JSON, or rows of which nobody says what is in them."""
    channels = {f"{one.path} {one.name}" for one in CHANNELS.values()}
    endpoints = {
        f"{method} {path}"
        for (method, path), one in ENDPOINTS.items()
        if one.result[0] != "none" and one.model is not AnyRow and not one.options.get("binary")
    }
    assert {" ".join(head.split()[:2]) for head in TABLES} == channels | endpoints
