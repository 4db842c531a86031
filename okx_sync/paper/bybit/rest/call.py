"""What Bybit's REST handlers get and give: the call, the answer, the error, and a row of the endpoint table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from okx_sync.paper.bybit.identifiers import find_instrument
from okx_sync.paper.bybit.settings import BybitSettings, settings_of
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import number
from okx_sync.paper.venue.records import ApiKey, VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

PARAMS = 10001
SPOT, LINEAR, INVERSE, OPTION = CATEGORIES = ("spot", "linear", "inverse", "option")
FUTURES = (LINEAR, INVERSE)
DAY_MS = 86_400_000
MISSING = "Missing some parameters that must be filled in"
Limit = int | Mapping[str, int]


class BybitRestError(Exception):
    """An error answer: code and text (HTTP 200), with the `result` that goes along."""

    def __init__(self, code: int, text: str, result: Any = None) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.result = {} if result is None else result


class BybitHttpError(Exception):
    """A request that is turned down before it is read: an HTTP status and a text, no JSON."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status} {text}")
        self.status = status
        self.text = text


@dataclass(frozen=True, slots=True)
class BybitAnswer:
    """An answer: `result`, and `retExtInfo` (the verdicts on the rows of a batch)."""

    result: Any = field(default_factory=dict)
    ext: Any = field(default_factory=dict)
    text: str = "OK"


@dataclass(frozen=True, slots=True)
class BybitEndpoint:
    """One path and method.

    `limit` requests per `seconds` and user: one number, or one for each category. 0 is counted by address only.
    `required`: what must not be missing; of a text with bars one of the names is enough. `trades` needs a key that may
    write. Of a batch each order counts, and those that are too many are refused by the endpoint itself.
    """

    method: str
    path: str
    answer: Callable[[BybitCall], BybitAnswer | Row]
    limit: Limit = 50
    seconds: float = 1.0
    required: tuple[str, ...] = ()
    private: bool = True
    trades: bool = False
    is_batch: bool = False

    def limit_of(self, category: str) -> int:
        """Return how many requests of a category are allowed; the least one for a category that is none."""
        if isinstance(self.limit, int):
            return self.limit
        return self.limit.get(category, min(self.limit.values()))


@dataclass(slots=True)
class BybitCall:
    """One checked request. `params` is the query of a GET, or the body."""

    server: ServerInterface
    endpoint: BybitEndpoint
    params: Mapping[str, Any]
    key: ApiKey | None

    @property
    def venue(self) -> Venue:
        """The market."""
        return self.server.venue

    @property
    def ids(self) -> ClientIds:
        """Client ids as the venue knows them."""
        return self.server.client_ids

    @property
    def now(self) -> int:
        """The exchange's date."""
        return self.server.clock.now_ms()

    @property
    def account(self) -> VenueAccount:
        """Whose key signed; only for private endpoints."""
        assert self.key is not None
        return self.key.account

    @property
    def _bucket(self) -> tuple[str, ...]:
        """Return the name of the limit that the request counts to: options have one of their own."""
        assert self.key is not None
        kind = self.text("category") if not isinstance(self.endpoint.limit, int) else ""
        return ("bybit", self.endpoint.path, self.key.account.uid, "" if kind in FUTURES else kind)

    def take(self) -> bool:
        """Take one request (of a batch: one order) from its limit; whether there was room."""
        endpoint, now = self.endpoint, self.server.clock.monotonic()
        return self.server.limits.take(self._bucket, endpoint.limit_of(self.text("category")), endpoint.seconds, now)

    def limit_headers(self) -> dict[str, str]:
        """Return the headers that tell of the limit; none of what is counted by address only."""
        limit = self.endpoint.limit_of(self.text("category"))
        if self.key is None or not limit:
            return {}
        left, seconds = self.server.limits.left(self._bucket, limit, self.server.clock.monotonic())
        return {
            "X-Bapi-Limit": str(limit),
            "X-Bapi-Limit-Status": str(left if self.server.limits.enabled else limit - 1),
            "X-Bapi-Limit-Reset-Timestamp": str(self.now + int(seconds * 1000)),
        }

    @property
    def settings(self) -> BybitSettings:
        """What the account has set."""
        return settings_of(self.account)

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text; `default` when it is missing or empty."""
        value = self.params.get(name)
        return default if value in (None, "") else str(value)

    def integer(self, name: str, default: int, most: int | None = None) -> int:
        """Return a whole-number parameter; larger ones than `most` are cut, wrong ones refused."""
        given = self.text(name)
        if not given:
            return default
        if not (given.isascii() and given.isdigit()):
            raise BybitRestError(PARAMS, f"params error: {name} invalid")
        return int(given) if most is None else max(1, min(int(given), most))

    def millis(self, name: str) -> int | None:
        """Return a time parameter in ms, or None."""
        return self.integer(name, 0) if self.text(name) else None

    def one_of(self, name: str, allowed: Sequence[str], default: str = "") -> str:
        """Return a parameter that must be one of some words."""
        given = self.text(name, default)
        if given not in allowed:
            raise BybitRestError(PARAMS, f"params error: {name} invalid")
        return given

    def category(self, *allowed: str, default: str = "") -> str:
        """Return the product category."""
        given = self.text("category", default)
        if given not in (allowed or CATEGORIES):
            raise BybitRestError(PARAMS, "Illegal category")
        return given

    def instrument(self, category: str) -> VenueInstrument:
        """Return the instrument of the parameter `symbol`; there is none inverse and no option here."""
        found = find_instrument(self.venue, self.text("symbol"), category=category)
        if found is None:
            raise BybitRestError(PARAMS, "Not supported symbols")
        return found

    def instruments(self, category: str) -> list[VenueInstrument]:
        """Return the instruments that `category`, `symbol`, `baseCoin` and `settleCoin` choose."""
        if self.text("symbol"):
            return [self.instrument(category)]
        base, settle = self.text("baseCoin"), self.text("settleCoin")
        return [
            one
            for one in self.venue.instruments.values()
            if category == (LINEAR if one.is_swap else SPOT)
            and base in ("", one.baseCcy)
            and (not settle or (one.settleCcy or one.quoteCcy) == settle)
        ]

    def amount(self, name: str) -> Any:
        """Return a positive number, as a Decimal."""
        given = number(self.params.get(name))
        if given is None or given <= 0:
            raise BybitRestError(PARAMS, f"params error: {name} invalid")
        return given

    def window(self, days: int, default_days: int = 0, names: tuple[str, str] = ("startTime", "endTime")) -> range:
        """Return the times asked for, both ends included: at most so many days; without both the last `default_days`.

        With one end only the window is as long as allowed.
        """
        start, end = self.millis(names[0]), self.millis(names[1])
        longest = days * DAY_MS
        if start is None and end is None:
            return range(self.now - (default_days or days) * DAY_MS, self.now + longest)
        start = end - longest if start is None and end is not None else start
        assert start is not None
        end = start + longest if end is None else end
        if not 0 <= end - start <= longest:
            raise BybitRestError(PARAMS, f"The time range between {names[0]} and {names[1]} cannot exceed {days} days")
        return range(start, end + 1)
