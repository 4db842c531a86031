"""What REST handlers of Bitget get: the checked request, and how its parameters are read; and the endpoint table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from okx_sync.paper.bitget.account_settings import BitgetSettings, settings_of
from okx_sync.paper.bitget.rest.codes import EMPTY, MIX, NO_SYMBOL, SPOT, UTA, WRONG_VALUE
from okx_sync.paper.bitget.symbols import DEMO_MARGIN_COINS, MARGIN_COINS, find
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.records import ApiKey, VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue
from okx_sync.paper.venue.wire_rules import BITGET, BITGET_UTA, WireRules

T = TypeVar("T")
#: Categories of V3 whose orders go to the spot market.
SPOT_CATEGORIES = ("SPOT", "MARGIN")
#: How late a request may allow itself to come.
MOST_WINDOW_MS = 60_000


class BitgetRestError(Exception):
    """A refusal: code, text, HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Example:
    """Data that the venue cannot know, made up from a table; the answer says so in a header."""

    data: Any


@dataclass(frozen=True, slots=True)
class BitgetEndpoint:
    """One path and method.

    `limit` requests a second, per user (private) or address (public). `words` says whose codes its refusals have.
    `is_list`: the body is a bare list. `trades` needs a key with that permission.
    """

    method: str
    path: str
    answer: Callable[[BitgetCall], Any]
    limit: int = 10
    required: tuple[str, ...] = ()
    private: bool = False
    trades: bool = False
    is_list: bool = False

    @property
    def is_v3(self) -> bool:
        """Whether it belongs to the unified API."""
        return self.path.startswith("/api/v3/")

    @property
    def words(self) -> str:
        """Which of the three sets of codes it speaks."""
        if self.is_v3:
            return UTA
        return MIX if self.path.startswith("/api/v2/mix/") else SPOT


def public(path: str, answer: Callable[[BitgetCall], Any], limit: int = 20, required: str = "") -> BitgetEndpoint:
    """Declare a public reading endpoint; `required` are names separated by spaces."""
    return BitgetEndpoint("GET", f"/api/{path}", answer, limit, tuple(required.split()))


def get(path: str, answer: Callable[[BitgetCall], Any], limit: int = 10, required: str = "") -> BitgetEndpoint:
    """Declare a private reading endpoint."""
    return BitgetEndpoint("GET", f"/api/{path}", answer, limit, tuple(required.split()), private=True)


def post(
    path: str, answer: Callable[[BitgetCall], Any], limit: int = 10, required: str = "", **more: bool
) -> BitgetEndpoint:
    """Declare a writing endpoint."""
    options = {"trades": True, **more}
    return BitgetEndpoint("POST", f"/api/{path}", answer, limit, tuple(required.split()), private=True, **options)


@dataclass(slots=True)
class BitgetCall:
    """One checked request. `params` is the query of a GET, or the body when that is an object."""

    server: ServerInterface
    endpoint: BitgetEndpoint
    params: Mapping[str, Any]
    body: Any
    key: ApiKey | None

    @property
    def venue(self) -> Venue:
        """The market."""
        return self.server.venue

    @property
    def account(self) -> VenueAccount:
        """Whose key signed; only for private endpoints."""
        assert self.key is not None
        return self.key.account

    @property
    def settings(self) -> BitgetSettings:
        """What the account is set to."""
        return settings_of(self.account)

    @property
    def words(self) -> str:
        """Which codes are spoken."""
        return self.endpoint.words

    @property
    def rules(self) -> WireRules:
        """What the venue does differently with its orders."""
        return BITGET_UTA if self.endpoint.is_v3 else BITGET

    @property
    def now(self) -> str:
        """The exchange's time in ms, as text."""
        return str(self.server.clock.now_ms())

    # --- refusals

    def refuse(self, codes: Mapping[str, str], message: str) -> BitgetRestError:
        """Return a refusal with the code that this API has for it."""
        return BitgetRestError(codes[self.words], message)

    def wrong(self, name: str) -> BitgetRestError:
        """Return the refusal of one parameter's value."""
        return self.refuse(WRONG_VALUE, f"Parameter verification failed {name}")

    # --- parameters

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text; `default` when it is missing or empty."""
        value = self.params.get(name)
        return default if value is None or value == "" else str(value)

    def need(self, name: str) -> str:
        """Return a parameter that must be there."""
        value = self.text(name)
        if not value:
            raise self.refuse(EMPTY, f"Parameter {name} cannot be empty")
        return value

    def whole(self, name: str) -> int | None:
        """Return a whole number, or None where there is none."""
        given = self.text(name)
        if given and not given.isdigit():
            raise self.wrong(name)
        return int(given) if given else None

    def limit(self, default: int, most: int, name: str = "limit") -> int:
        """Return how many rows are wanted; more than there may be are cut."""
        given = self.whole(name)
        if given == 0:
            raise self.wrong(name)
        return min(given or default, most)

    def one_of(self, name: str, allowed: Iterable[str], default: str = "") -> str:
        """Return a word that must be one of some; upper and lower case are the same."""
        given = self.text(name, default)
        found = next((word for word in allowed if word.lower() == given.lower()), None)
        if found is None:
            raise self.wrong(name)
        return found

    def one_of_exactly(self, name: str, allowed: Iterable[str]) -> str:
        """Return a word that must be one of some, spelled so."""
        given = self.need(name)
        if given not in allowed:
            raise self.wrong(name)
        return given

    # --- what it is about

    @property
    def products(self) -> dict[str, str]:
        """The futures products and the coin behind each. Market data knows those of the demo, without contracts."""
        if self.server.options.demo:
            return MARGIN_COINS | DEMO_MARGIN_COINS
        return MARGIN_COINS if self.key is not None else MARGIN_COINS | dict.fromkeys(DEMO_MARGIN_COINS, "")

    def margin(self) -> str:
        """Return the coin behind the product that is asked for."""
        return self.products[self.one_of("productType", self.products)]

    def category(self) -> str:
        """Return V3's category, in upper case."""
        return self.one_of("category", (*SPOT_CATEGORIES, *self.products))

    def no_symbol(self, symbol: str) -> BitgetRestError:
        """Return the refusal of a symbol that does not exist."""
        return self.refuse(NO_SYMBOL, f"Parameter {symbol} does not exist")

    def contract(self) -> VenueInstrument:
        """Return the futures contract of `symbol` and `productType`."""
        found = find(self.venue, self.need("symbol"), self.margin())
        if found is None:
            raise self.no_symbol(self.text("symbol"))
        if self.text("marginCoin", found.settleCcy).upper() != found.settleCcy:
            raise self.wrong("marginCoin")
        return found

    def contract_of_margin(self) -> VenueInstrument:
        """Return the futures contract of `symbol` and `marginCoin`, where no product is named."""
        found = find(self.venue, self.need("symbol"), self.need("marginCoin").upper())
        if found is None:
            raise self.no_symbol(self.text("symbol"))
        return found

    def pair(self) -> VenueInstrument:
        """Return the spot pair of `symbol`."""
        found = find_pair(self.venue, self.need("symbol"))
        if found is None:
            raise self.no_symbol(self.text("symbol"))
        return found

    def instrument(self) -> VenueInstrument:
        """Return V3's instrument of `category` and `symbol`."""
        return self.named(self.category(), self.need("symbol"))

    def named(self, category: str, symbol: str) -> VenueInstrument:
        """Return the instrument of a category of V3."""
        if category in SPOT_CATEGORIES:
            found = find_pair(self.venue, symbol)
        else:
            found = find(self.venue, symbol, self.products[category])
        if found is None:
            raise self.no_symbol(symbol)
        return found

    def contracts(self) -> list[VenueInstrument]:
        """Return the contracts of `productType`, or the one of `symbol` too."""
        if self.text("symbol"):
            return [self.contract()]
        return contracts_of(self.venue, self.margin())

    def instruments(self) -> list[VenueInstrument]:
        """Return V3's instruments of a category, or the one of `symbol` too."""
        category = self.category()
        if self.text("symbol"):
            return [self.named(category, self.text("symbol"))]
        if category in SPOT_CATEGORIES:
            return pairs_of(self.venue)
        return contracts_of(self.venue, self.products[category])

    # --- client ids, of which Bitget allows more than the venue

    def known_as(self, client_id: str) -> str:
        """Return the venue's name of a client's id."""
        return self.server.client_ids.known_as(client_id)

    def given(self, known: str) -> str:
        """Return a client's id as it was given."""
        return self.server.client_ids.given(known)


def check_time(call: BitgetCall, args: Mapping[str, Any]) -> None:
    """Refuse a request that comes later than its own `receiveWindow` allows."""
    sent, window = str(args.get("requestTime") or ""), str(args.get("receiveWindow") or "")
    if not sent or not window:
        return
    for name, given in (("requestTime", sent), ("receiveWindow", window)):
        if not given.isdigit():
            raise call.wrong(name)
    if int(window) > MOST_WINDOW_MS:
        raise BitgetRestError("40079", "receiveWindow is too large")
    if call.server.clock.now_ms() > int(sent) + int(window):
        raise BitgetRestError("40078", "The request came after its receiveWindow")


def find_pair(venue: Venue, symbol: str) -> VenueInstrument | None:
    """Return the spot pair of a symbol."""
    return next((one for one in pairs_of(venue) if one.baseCcy + one.quoteCcy == symbol), None)


def pairs_of(venue: Venue) -> list[VenueInstrument]:
    """Return the spot pairs."""
    return [one for one in venue.instruments.values() if not one.is_swap]


def contracts_of(venue: Venue, margin: str) -> list[VenueInstrument]:
    """Return the contracts backed by a coin."""
    return [one for one in venue.instruments.values() if one.is_swap and one.settleCcy == margin]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a listing, newest first, and the id behind which the next ones follow; empty at the end."""

    rows: list[Row]
    next: str

    def keyed(self, name: str, cursor: str = "endId") -> dict[str, Any]:
        """Return the data of a keyed listing: a list without rows is null."""
        return {name: self.rows or None, cursor: self.next or None}


def listed(
    call: BitgetCall,
    items: Iterable[T],
    *,
    row: Callable[[T], Row],
    at: Callable[[T], int],
    when: Callable[[T], int],
    default: int = 100,
    most: int = 100,
    begun: bool = False,
) -> Page:
    """Return a page of `items`, which come newest first.

    Older than `idLessThan` (V2) or `cursor` (V3), and within `startTime` and `endTime`, both inclusive. `at` tells the
    id of an item, `when` its time. `begun`: the items begin behind the cursor already. Items of one id (both sides of a
    trade with oneself) are on one page, as the next one begins behind all of them.
    """
    before = None if begun else call.whole("cursor" if call.endpoint.is_v3 else "idLessThan")
    begin, end = call.whole("startTime"), call.whole("endTime")
    count, is_full = call.limit(default, most), False
    rows: list[Row] = []
    ids: list[int] = []
    for item in items:
        if (before is not None and at(item) >= before) or (end is not None and when(item) > end):
            continue
        if begin is not None and when(item) < begin:
            continue
        if len(rows) == count:
            is_full = True
            while len(ids) > 1 and ids[-1] == at(item):
                rows.pop(), ids.pop()
            break
        rows.append(row(item))
        ids.append(at(item))
    last = str(ids[-1]) if ids else ""
    return Page(rows, last if is_full or len(rows) == count or not call.endpoint.is_v3 else "")
