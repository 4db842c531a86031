"""Every listing has its pager, and what a pager is told of its listing is there."""

from __future__ import annotations

import inspect
from typing import Any, get_type_hints

import attrs

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.rest import Endpoint, Group
from okx_sync.rest.pagination.paged import Paged
from tests.each_case import each_case

PAGING = {"after", "before", "begin_id", "end_id", "page", "cursor", "begin", "end", "begin_ts", "end_ts"}
# Listings without a pager, and why.
WHOLE = "answers its whole span at once"
LEFT_OUT = {
    "affiliate.get_performance": "sums, no listing",
    "affiliate.get_tvb_performance": "sums, no listing",
    "affiliate.get_tvb_tiers": "sums, no listing",
    "broker.get_dma_rebate_files": "links to files",
    "broker.get_fd_rebate_files": "links to files",
    "glp.get_history": "a month of days at most, named as text",
    "insight.search_news": "goes on with a text of the exchange's own",
    "public.get_market_data_files": "links to files",
    "rubik.get_long_short_ratio": WHOLE,
    "rubik.get_margin_loan_ratio": WHOLE,
    "rubik.get_open_interest_volume": WHOLE,
    "rubik.get_taker_volume": WHOLE,
}


def groups() -> list[type[Group]]:
    """The classes of the client's groups."""
    with OkxClient() as client:
        return [type(one) for _, one in inspect.getmembers(client, lambda one: isinstance(one, Group))]


PAGERS = {
    f"{cls.name}.{name}": member
    for cls in groups()
    for base in reversed(cls.__mro__)
    for name, member in vars(base).items()
    if isinstance(member, Paged)
}


def name_of(endpoint: Endpoint) -> str:
    return f"{endpoint.group}.{endpoint.name}"


def test_every_listing_has_a_pager() -> None:
    """A new endpoint that pages needs one line more, or a reason here."""
    listings = {
        name_of(one)
        for one in OkxClient.endpoints()
        if one.method == "GET" and PAGING & {param.name for param in one.params}
    }
    paged = {name_of(endpoint) for pager in PAGERS.values() for endpoint in pager.endpoints}
    assert listings - paged == LEFT_OUT.keys()
    assert paged <= listings


@each_case("name", PAGERS)
def test_its_fields_are_there(name: str) -> None:
    """Cursors are whole numbers or ids, times are ms, and both endpoints of a pair have the same rows and cursors."""
    pager = PAGERS[name]
    facts, main = pager._facts, pager.endpoints[-1]
    params = [{param.name for param in endpoint.params} for endpoint in pager.endpoints]
    assert {endpoint.model for endpoint in pager.endpoints} == {main.model}
    assert len({frozenset(names & (PAGING | {"limit"})) for names in params}) == 1
    if facts.items is not None:
        return  # mypy knows what is in them
    hints: dict[str, Any] = get_type_hints(main.model)
    fields = {field.name for field in attrs.fields(main.model)}
    assert {facts.key, facts.tied, facts.same, facts.time} - {""} <= fields
    assert hints.get(facts.time) in (None, int | None)
    assert hints.get(facts.tied) in (None, int | None)
    assert hints.get(facts.key) in (None, int | None, str | None)
    assert bool(facts.key) + bool(facts.tied) == ("page" not in params[0])


def test_pagers_are_named_after_their_endpoints() -> None:
    """So that whoever knows one finds the other; of two endpoints either may give the name."""
    odd = [
        name
        for name, pager in PAGERS.items()
        if name.partition(".iter_")[2] not in {one.name.removeprefix("get_") for one in pager.endpoints}
    ]
    assert odd == []
