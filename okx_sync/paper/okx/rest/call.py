"""What REST handlers get and give: the call, the answer, the error, and a row of the endpoint table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue.records import ApiKey, VenueAccount
from okx_sync.paper.venue.venue import Venue

NO_INSTRUMENT = "Instrument ID, Instrument ID code, or Spread ID doesn't exist."
TOO_FAST = ("50011", "Rate limit reached. Please refer to API documentation and throttle requests accordingly.")

TRUE, EXAMPLE, REFUSED = "true", "example", "refused"


class RestError(Exception):
    """An error answer: code, text, HTTP status."""

    def __init__(self, code: str, message: str, status: int = 200) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class RestAnswer:
    """An answer: its rows (or the one object that takes their place) and outer code.

    `is_timed` adds `inTime` and `outTime`; `is_example` marks what is made up; `raw` goes out instead of JSON;
    `beside` stands beside the rows.
    """

    rows: Sequence[Any] | dict[str, Any] = ()
    code: str = "0"
    msg: str = ""
    status: int = 200
    is_timed: bool = False
    is_example: bool = False
    raw: bytes = b""
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RestEndpoint:
    """One path and method.

    `limit` requests per `seconds`, per user (private) or address (public) and per value of the
    parameter `per`. `single` is the path whose limit a batch of one takes from. `trades` needs a key
    with that permission; `expires` honours the `expTime` header. `too_fast` is the code and text of more than that;
    `counts_orders`: each order counts among those that the account may place and amend in all. `kind`: whether the
    answer is `TRUE` of the market and the accounts, an `EXAMPLE`, or `REFUSED` where examples are not asked for.
    """

    method: str
    path: str
    answer: Callable[[RestCall], RestAnswer | Sequence[Any]]
    limit: int
    seconds: float = 2.0
    per: str = ""
    required: tuple[str, ...] = ()
    private: bool = False
    trades: bool = False
    is_batch: bool = False
    single: str = ""
    expires: bool = False
    too_fast: tuple[str, str] = TOO_FAST
    counts_orders: bool = False
    kind: str = TRUE


@dataclass(slots=True)
class RestCall:
    """One checked request. `params` is the query of a GET, or the body when that is an object."""

    server: ServerInterface
    endpoint: RestEndpoint
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
    def scope_id(self) -> str:
        """Who a rate limit counts: the user, or (all are on loopback) the one address."""
        return self.key.account.uid if self.key is not None else "ip"

    @property
    def items(self) -> list[Mapping[str, Any]]:
        """The objects of a batch, or the one object."""
        if isinstance(self.body, list):
            return [item for item in self.body if isinstance(item, dict)]
        return [self.params]

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text; `default` when it is missing or empty."""
        value = self.params.get(name)
        return default if value in (None, "") else str(value)

    def integer(self, name: str, default: int, most: int) -> int:
        """Return a whole-number parameter between 1 and `most`; larger ones are cut, wrong ones refused (51000)."""
        given = self.text(name)
        if not given:
            return default
        if not given.isdigit() or int(given) < 1:
            raise RestError("51000", f"Parameter {name} error", 400)
        return min(int(given), most)

    def millis(self, name: str) -> int | None:
        """Return a time parameter in ms, or None."""
        given = self.text(name)
        if given and not given.isdigit():
            raise RestError("51000", f"Parameter {name} error", 400)
        return int(given) if given else None

    def countdown(self) -> int:
        """Return `timeOut`: after how many seconds all orders are to be canceled, 10 to 120, or 0 for never (51000)."""
        given = self.text("timeOut")
        if not given.isdigit() or not (int(given) == 0 or 10 <= int(given) <= 120):
            raise RestError("51000", "Parameter timeOut error", 400)
        return int(given)

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        """Return a parameter that must be one of some words (51000)."""
        given = self.text(name)
        if given not in allowed:
            raise RestError("51000", f"Parameter {name} error", 400)
        return given

    def instrument(self, kind: str = "") -> str:
        """Return the `instId` parameter, of an instrument that exists (of type `kind`), or 51001."""
        inst_id = self.text("instId")
        instrument = self.venue.instruments.get(inst_id)
        if instrument is None or (kind and instrument.instType != kind):
            raise RestError("51001", NO_INSTRUMENT)
        return inst_id

    def recent(self, days: int) -> dict[str, str]:
        """Return the query as filters for a list that goes back so many days."""
        filters, oldest = self.filters(), self.server.clock.now_ms() - days * 86_400_000
        begin = filters.get("begin", "")
        # What is no number is left to the list, which refuses it.
        return filters if begin and (not begin.isdigit() or int(begin) > oldest) else filters | {"begin": str(oldest)}

    def filters(self) -> dict[str, str]:
        """Return the query as it is, for the venue's lists."""
        return {name: str(value) for name, value in self.params.items() if value not in (None, "")}
