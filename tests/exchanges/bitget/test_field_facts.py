"""Each field of each row of Bitget is read as what Bitget's documentation says that it is."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final, cast

import orjson

from okx_sync.exchanges import bitget
from okx_sync.exchanges.bitget.channels import TABLES as CHANNELS
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.dialect import dialect_for
from okx_sync.exchanges.bitget.groups import BitgetGroups
from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.events import Push
from okx_sync.rest import Endpoint
from okx_sync.rows import Row, decoder, opener
from tests.each_case import each_case
from tests.exchanges.fact_tables import read_tables
from tests.exchanges.field_facts import Read, faults, to_json, told_of_all, untold
from tests.exchanges.row_classes import every_row_class

TABLES: Final = read_tables(Path(__file__).parent / "field_facts")
MODELS: Final = every_row_class(bitget)
ANSWERS: Final = BitgetRestDialect(BitgetConfig())
ENDPOINTS: Final = {(one.method, one.path): one for one in BitgetGroups.all_endpoints()}
METHODS: Final = ("GET", "POST")

UNTOLD: Final[dict[str, str]] = {
    "UtaStrategyOrder.side": "the stream's rows have it, and trigger orders are placed with it",
    "UtaStrategyOrder.reduceOnly": "the stream's rows have it, and trigger orders are placed with it",
}
"""Fields that a class has though the facts do not tell of them, and why."""


def answered(endpoint: Endpoint) -> Read:
    """A row as an answer of REST brings it."""

    def read(row: Any, around: dict[str, Any]) -> Row:
        is_alone = endpoint.result[0] == "one"
        name = endpoint.options.get("list_key")
        time = {key: around.pop(key) for key in ("requestTime",) if key in around}
        asked = {key: around.pop(key) for key in endpoint.options.get("told", ()) if key in around}
        data: Any = row if is_alone else {name: [row], **around} if name else [row]
        payload = to_json({"code": "00000", "msg": "success", **time, "data": data})
        reply = ANSWERS.read(orjson.loads(payload))
        assert reply is not None
        found = endpoint.decode(endpoint.unpacked(reply), asked)
        return cast(Row, found if is_alone else found[0])

    return read


def read_of(head: str) -> Read:
    """The way that the rows take of which a head of the tables speaks."""
    first, name = head.split()
    return answered(ENDPOINTS[first, name]) if first in METHODS else pushed(head)


def pushed(head: str) -> Read:
    """The way that the rows of a push take: by the link's thread, and by that of a mailbox, which must agree."""
    protocol, channel = cast("tuple[Protocol, str]", tuple(head.split()))
    dialect, model = dialect_for(protocol), CHANNELS[protocol].lookup(channel).model

    def read(row: Any, around: dict[str, Any]) -> Row:
        arg = {"topic" if protocol == "v3" else "channel": channel, **around.get("arg", {})}
        frame = to_json({**around, "arg": arg, "data": [row]}).encode()
        event = dialect.read(frame)
        assert isinstance(event, Push)
        (one,) = decoder(model)(event.rows, event.message)
        (other,) = opener(model, dialect.parse)(frame)
        assert other.raw == one.raw
        return one

    return read


@each_case("head", TABLES)
def test_each_field_is_what_the_facts_say(head: str) -> None:
    """To the last nested row: its exact value in its type, None or () where nothing is sent, unknown fields kept."""
    found = faults(TABLES[head], read_of(head))
    assert not found, "\n".join(found)


@functools.cache
def told() -> dict[type[Row], set[str]]:
    """The fields of each class that the facts tell of."""
    return told_of_all((facts, read_of(head)) for head, facts in TABLES.items())


@each_case("cls", MODELS, ids=lambda cls: cls.__name__)
def test_no_class_has_a_field_of_its_own_making(cls: type[Row]) -> None:
    """A field that no channel and no endpoint sends would be a slip of the pen; exceptions have their reason above."""
    assert untold(cls, told()) == {name for name in UNTOLD if name.startswith(f"{cls.__name__}.")}


def test_every_channel_and_endpoint_is_told_of() -> None:
    """None is left out; of those that only say "done" there is nothing to tell."""
    pushes = [cast("tuple[Protocol, str]", tuple(head.split())) for head in TABLES if not head.startswith(METHODS)]
    shown = {(protocol, CHANNELS[protocol].lookup(channel).name) for protocol, channel in pushes}
    assert shown == {(protocol, name) for protocol, table in CHANNELS.items() for name in table.rows}
    telling = {f"{method} {path}" for (method, path), one in ENDPOINTS.items() if one.result[0] != "none"}
    assert {head for head in TABLES if head.startswith(METHODS)} == telling
