"""What order requests may say, and the verdicts on them."""

from __future__ import annotations

from dataclasses import dataclass

from okx_sync.paper.venue.types import Row

ORDER_TYPES = ("limit", "market", "post_only", "fok", "ioc", "optimal_limit_ioc")
PRICED = ("limit", "post_only", "fok", "ioc")


class VenueRefusal(Exception):  # noqa: N818 - a verdict, not a failure of ours
    """The venue says no: an exchange code with its message."""

    def __init__(self, code: str, message: str, sub_code: str = "") -> None:
        super().__init__(f"[{code}] {message}")
        self.code = code
        self.message = message
        self.sub_code = sub_code


@dataclass(frozen=True, slots=True)
class OrderAck:
    """The verdict on one request about an order; ``sCode`` ``"0"`` means taken in, not yet done."""

    ordId: str = ""
    clOrdId: str = ""
    tag: str = ""
    ts: str = ""
    sCode: str = "0"
    sMsg: str = ""
    subCode: str = ""
    reqId: str = ""
    algoId: str = ""
    algoClOrdId: str = ""

    @property
    def ok(self) -> bool:
        """Whether the request was accepted."""
        return self.sCode == "0"

    def _row(self, names: str) -> Row:
        return {name: getattr(self, name) for name in names.split()}

    def place_row(self) -> Row:
        """Return the row answering order placement."""
        return self._row("ordId clOrdId tag ts sCode sMsg subCode")

    def cancel_row(self) -> Row:
        """Return the row answering a cancellation."""
        return self._row("ordId clOrdId ts sCode sMsg")

    def amend_row(self) -> Row:
        """Return the row answering an amendment."""
        return self._row("ordId clOrdId reqId ts sCode sMsg subCode")

    def algo_row(self) -> Row:
        """Return the row answering algo order requests."""
        return self._row("algoId algoClOrdId clOrdId tag sCode sMsg")

    def algo_amend_row(self) -> Row:
        """Return the row answering an amendment of an algo order."""
        return self._row("algoId algoClOrdId reqId sCode sMsg")
