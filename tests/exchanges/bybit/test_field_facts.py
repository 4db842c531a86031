"""Each field of each row of Bybit is read as what Bybit's documentation says that it is."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final, cast

import orjson

from okx_sync.exchanges import bybit
from okx_sync.exchanges.bybit.channels import CHANNELS, Channels, channels_for, wire_topic
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import dialect_for
from okx_sync.exchanges.bybit.groups import BybitGroups
from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect
from okx_sync.exchanges.bybit.urls import Protocol
from okx_sync.protocol.events import Push
from okx_sync.rest import Endpoint
from okx_sync.rows import Row, decoder, opener
from tests.each_case import each_case
from tests.exchanges.fact_tables import read_tables
from tests.exchanges.field_facts import Read, faults, to_json, told_of_all, untold
from tests.exchanges.row_classes import every_row_class

TABLES: Final = read_tables(Path(__file__).parent / "field_facts")
ANSWERS: Final = BybitRestDialect(BybitConfig())
ENDPOINTS: Final = {(one.method, one.path): one for one in BybitGroups.all_endpoints() if one.result[0] != "none"}
"""Those that answer with something."""
MODELS: Final = every_row_class(bybit)
METHODS: Final = ("GET", "POST")
BARE_LIST: Final = "/v5/market/historical-volatility"
"""Its result is the list itself."""
ONE_ROW: Final = (
    "orderbook.",
    "spread.orderbook",
    "spread.tickers",
    "tickers.",
    "priceLimit.",
    "orderBook",
    "instrument_info.",
    "user.service",
)
"""Topics whose ``data`` is the row itself."""

UNTOLD: Final[dict[str, str]] = {
    "AccountInstrument.forbidUplWithdrawal": "of the instruments that market data lists",
    "AccountInstrument.optionsType": "the account's instruments have no options",
    "FullBookUpdate.depth": "of a whole book the topic has no number of levels",
}
"""Fields that a class has though the facts do not tell of them, and why."""


def on_the_wire(table: Channels, topic: str) -> str:
    """A topic as Bybit spells it; public ones of spreads lack their first word there."""
    return wire_topic(table.topic_for(topic))


def pushed(protocol: Protocol, table: Channels, topic: str) -> Read:
    """A row as a push brings it: read by the link's thread and, of some topics, by that of a mailbox."""
    dialect, model = dialect_for(BybitConfig(protocol=protocol)), table.lookup(topic).model

    def read(row: Any, around: dict[str, Any]) -> Row:
        data = row if topic.startswith(ONE_ROW) else [row]
        if topic.startswith("user.openapi"):
            data = {**around.get("data", {}), "result": data}
        frame = to_json({"topic": on_the_wire(table, topic), **around, "data": data}).encode()
        event = dialect.read(frame)
        assert isinstance(event, Push)
        (one,) = decoder(model)(event.rows, event.message)
        if dialect.head(frame, event) is not None:
            (other,) = opener(model, dialect.parse)(frame)
            assert other.raw == one.raw
        return one

    return read


def answered(endpoint: Endpoint) -> Read:
    """A row as an answer of REST brings it: of a batch, the verdict stands beside the list of orders."""

    def read(row: Any, around: dict[str, Any]) -> Row:
        shape = endpoint.result[0]
        if shape == "list":
            name = endpoint.options.get("list_key", "list")
            result = [row] if endpoint.path == BARE_LIST else {name: [row], **around}
            payload = to_json({"retCode": 0, "retMsg": "OK", "result": result})
            reply = ANSWERS.read(orjson.loads(payload))
            assert reply is not None
            return cast(Row, endpoint.decode(endpoint.unpacked(reply), {})[0])
        is_batch = shape == "batch"
        verdict = {name: row.pop(name) for name in ("code", "msg") if is_batch and name in row}
        found: dict[str, Any] = {"retCode": 0, "retMsg": "OK", "result": {"list": [row]} if is_batch else row}
        payload = to_json(found | ({"retExtInfo": {"list": [verdict]}} if is_batch else {}))
        reply = ANSWERS.read(orjson.loads(payload))
        assert reply is not None
        one = endpoint.decode(reply, {})
        return cast(Row, one[0] if is_batch else one)

    return read


def read_of(head: str) -> Read:
    """The way that the rows take of which a head of the tables speaks."""
    first, name = head.split()
    if first in METHODS:
        return answered(ENDPOINTS[first, name])
    if first == "unlinked":  # as for whoever says that holes in the numbers of a book are none
        return pushed("v5", channels_for("v5", book_gaps=False), name)
    protocol = cast(Protocol, first)
    return pushed(protocol, CHANNELS[protocol], name)


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
    """None is left out."""
    pushes = [
        cast("tuple[Protocol, str]", tuple(head.split()))
        for head in TABLES
        if not head.startswith((*METHODS, "unlinked"))
    ]
    shown = {(protocol, CHANNELS[protocol].lookup(topic).name) for protocol, topic in pushes}
    assert shown == {(protocol, name) for protocol, table in CHANNELS.items() for name in table.rows}
    answering = {f"{one.method} {one.path}" for one in ENDPOINTS.values() if one.result[0] != "none"}
    assert {head for head in TABLES if head.startswith(METHODS)} == answering
