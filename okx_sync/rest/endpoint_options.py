"""What a declaration of an endpoint may say beside its path and its limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypedDict

__all__ = ["Action", "Options"]

Action = Literal["place", "amend", "cancel"]


class Options(TypedDict, total=False):
    """Rarer facts of an endpoint.

    ``auth``: signed (POST always is); ``reads``: changes nothing at the exchange (GET does not; a POST that only
    computes says so); ``order``: what it does to orders (True: something else), so that an answer that is lost or
    does not tell raises ``OrderStatusUnknown``; ``judged``: the rows carry the verdict; ``rows``: the body is the
    array in this parameter, of at most ``max_rows``, and of fewer where a parameter has a certain value
    (``fewer_rows={("category", "spot"): 10}``); ``aliases``: other words for parameters, or for fields of the
    rows; ``needs``: parameters that must be given though the signature has a default; ``one_as``: the rate limits
    that a batch of one falls under;
    ``need_one``: of these parameters (of a batch: in each row) at least one must be given; ``need_one_if``: the same
    where a parameter has a certain value (``{("category", "linear"): ("symbol", "settle_coin")}``); ``at_most_one``:
    these exclude each other;
    ``most``: how many items the lists in these parameters may hold;
    ``fill``: wire names that get a value when the caller gave none; ``nameless``: those of them that an order with this
    value of this parameter ignores, and that it may not have; ``renews``: the wire name of the id that the caller gives
    the order which takes the place of another one: the answer may name either; ``header``: parameters that travel as a
    header; ``channel``: the rows are those of this stream channel, as which they are decoded; ``flat``: the
    answer is the columns of one row, not a list of rows; ``ids``: of a batch without ``rows``, the parameters that
    list what it is about, each with the name of the id in the rows of the answer; ``binary``: the answer is not JSON;
    ``text_key``: rows that are bare text become objects with this name for it;
    ``list_key``: the rows are the list of this name in the object that is the answer; null is an empty one;
    ``rows_inside``: the body is an object that has the array of ``rows`` beside its other parameters;
    ``flags``: the words for True and False, where they are no JSON literals; ``per_request``: a batch counts once
    towards its limits, however many orders are in it; ``bare_ack``: an answer without rows that says OK is the receipt
    of the order; ``own_id_counts``: so is one that names a new order by the caller's own id alone; ``renames``: so
    is one that names an order that was changed by a new id; ``names_orders``: a list without an order tells nothing;
    ``wires``: wire names of parameters whose own name is another word;
    ``told``: wire names of parameters that the rows of the answer tell as well, as if they stood beside them;
    ``together``: of these parameters all must be given, or none;
    ``check``: what looks at the orders of a call, by wire name, before it is sent, and raises ``ConfigError``;
    ``empty``: an answer without a row is one that tells nothing, and no fault;
    ``look_up``: of a call that is about no order, how to learn whether it was carried out when no answer tells: the
    wire name of the caller's id ("" where it has none), and a text with ``{!r}`` where the id belongs.
    """

    auth: bool
    reads: bool
    order: Action | bool
    judged: bool
    rows: str
    max_rows: int
    fewer_rows: Mapping[tuple[str, str], int]
    aliases: Mapping[str, str]
    needs: tuple[str, ...]
    one_as: tuple[str, ...]
    need_one: tuple[str, ...]
    need_one_if: Mapping[tuple[str, str], tuple[str, ...]]
    at_most_one: tuple[str, ...]
    most: Mapping[str, int]
    fill: Mapping[str, Callable[[], str]]
    nameless: Mapping[str, tuple[str, str]]
    renews: str
    header: Mapping[str, str]
    channel: str
    flat: bool
    ids: Mapping[str, str]
    binary: bool
    text_key: str
    list_key: str
    rows_inside: bool
    flags: tuple[str, str]
    per_request: bool
    bare_ack: bool
    own_id_counts: bool
    renames: bool
    names_orders: bool
    wires: Mapping[str, str]
    told: tuple[str, ...]
    together: tuple[str, ...]
    check: Callable[[Sequence[Mapping[str, Any]]], None]
    empty: bool
    look_up: tuple[str, str]
