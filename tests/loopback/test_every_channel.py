"""All channels of OKX V5, each subscribed through its typed method, deliver objects of their own class."""

from __future__ import annotations

import warnings
from typing import Any

import attrs
import pytest

from okx_sync import LinkOptions, WsClient
from okx_sync.exchanges.okx.channels import lookup
from okx_sync.paper import PaperExchange
from okx_sync.rows import Row
from tests.each_case import each_case
from tests.loopback.conftest import Heard, until
from tests.paper.feeds.channel_facts import EXPECTED, Expected
from tests.paper.feeds.event_triggers import buy_swap, everything

OPTIONS = LinkOptions(connects_per_s=10_000, tick_s=0.1)
DEAD_SLOT = {"2": "0"}  # of a book level, documented to mean nothing any more
Told = dict[str, Heard]


def snake(name: str) -> str:
    """The parameter for a wire's argument: ``inst_id`` for ``instId``."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def call(ws: WsClient, name: Expected, told: Heard) -> None:
    """Subscribe by the channel's own method, with its own parameter names."""
    given: dict[str, Any] = {snake(key): value for key, value in name.arg.items()}
    channel = lookup(name.name)
    if channel.is_family:
        given["bar"] = name.name.removeprefix(channel.prefix)
    getattr(ws, name.method)(**given, callback=told, wait=False)


@pytest.fixture(scope="module")
def told() -> Told:
    """What every channel delivered; subscribed once for all tests of this module, on one client."""
    heard = {name.name: Heard() for name in EXPECTED}
    problems: list[Exception] = []
    with PaperExchange(flow_per_s=80) as paper:
        buy_swap(paper)
        with WsClient(paper.config, options=OPTIONS) as ws:
            ws.on_error(problems.append)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "OKX ended the channel", DeprecationWarning)
                for name in EXPECTED:
                    call(ws, name, heard[name.name])
            until(lambda: len(paper.topics()) == len(EXPECTED), 30, what="a subscription of every channel")
            everything(paper)
            until(lambda: all(map(len, heard.values())), 30, what="an event of every channel")
        assert paper.problems == []
    assert problems == []
    return heard


@each_case("name", EXPECTED, ids=lambda one: one.name)
def test_a_channel_delivers_its_own_class(told: Told, name: Expected) -> None:
    """At least one object, of the class the table names, every field readable, and nothing unknown in it."""
    events = list(told[name.name])
    assert events, "nothing was delivered"
    for event in events[:20]:
        assert type(event) is lookup(name.name).model
        assert event.extra == {}
        assert nested_extras(event) == []


def nested_extras(row: Row) -> list[dict[str, Any]]:
    """Unknown keys anywhere below; reading every field on the way."""
    found = []
    for field in attrs.fields(type(row)):
        value = getattr(row, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Row):
                found += [one.extra] if one.extra and one.extra != DEAD_SLOT else []
                found += nested_extras(one)
    return found
