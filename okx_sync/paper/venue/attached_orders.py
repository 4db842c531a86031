"""What an order brings along: take profit, stop loss or trailing stop that begin when it has been filled."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from okx_sync.paper.venue.number_text import blank, number
from okx_sync.paper.venue.types import Row

TAKE_PROFIT, STOP_LOSS = LEGS = ("tp", "sl")
_GIVEN = """
    tpOrdKind tpTriggerPx tpTriggerRatio tpTriggerPxType tpOrdPx slTriggerPx slTriggerRatio slTriggerPxType slOrdPx sz
    amendPxOnTriggerType callbackRatio callbackSpread activePx
"""
NAMES = tuple(_GIVEN.split())
PARTS = ("TriggerPx", "TriggerRatio", "TriggerPxType", "OrdPx")
AT_TOP = (*(leg + part for leg in LEGS for part in PARTS), "attachAlgoClOrdId")
"""What orders said of them once, beside their own fields."""
_TRAIL = ("callbackRatio", "callbackSpread", "activePx")


@dataclass(slots=True)
class AttachedOrder:
    """One attached order: one stop, a pair of them, or a trailing stop. ``given``: what was asked, by OKX's names.

    It waits outside every list until its parent is filled; then an algo order with an id of its own takes its place.
    ``fail_code`` and ``fail_reason`` tell why there is none.
    """

    id: int
    client_id: str = ""
    given: dict[str, str] = field(default_factory=lambda: blank(_GIVEN))
    fail_code: str = ""
    fail_reason: str = ""

    def has(self, leg: str) -> bool:
        """Tell whether it has a take profit (``tp``) or a stop loss (``sl``)."""
        return any(self.given[leg + name] for name in ("TriggerPx", "TriggerRatio", "OrdPx"))

    @property
    def legs(self) -> list[str]:
        """Its take profit and its stop loss, as far as it has them."""
        return [leg for leg in LEGS if self.has(leg)]

    @property
    def is_trailing(self) -> bool:
        """Whether it is a trailing stop."""
        return any(self.given[name] for name in _TRAIL)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not self.legs and not self.is_trailing

    @property
    def is_limit(self) -> bool:
        """Whether its take profit rests in the book as soon as the parent is filled."""
        return self.given["tpOrdKind"] == "limit"

    @property
    def size(self) -> Decimal | None:
        """Its own size, where the parent's is shared among several."""
        return number(self.given["sz"])

    def trigger_px(self, leg: str, base: Decimal, *, is_buy: bool) -> Decimal | None:
        """Return where a leg triggers; ``base`` is the parent's price, which a ratio is a share of."""
        ratio = number(self.given[f"{leg}TriggerRatio"])
        if ratio is None:
            return number(self.given[f"{leg}TriggerPx"])
        return base * (1 + abs(ratio) if is_buy == (leg == TAKE_PROFIT) else 1 - abs(ratio))

    def copy(self, id: int | None = None) -> AttachedOrder:  # noqa: A002
        """Return one with the same wishes, by another id if one is given."""
        return replace(self, id=self.id if id is None else id, given=dict(self.given))

    def row(self, *, rest: bool = False) -> Row:
        """Return the row in ``attachAlgoOrds`` of an order."""
        failed = {"failCode": self.fail_code, "failReason": self.fail_reason} if rest else {}
        return {"attachAlgoId": str(self.id), **self.waiting_row(), **failed}

    def waiting_row(self) -> Row:
        """Return the row in ``attachAlgoOrds`` of a trigger order, which has no id for it yet."""
        return {"attachAlgoClOrdId": self.client_id, **self.given}


def is_split(attached: list[AttachedOrder]) -> bool:
    """Tell whether the take profit is split over several orders."""
    return sum(one.has(TAKE_PROFIT) for one in attached) > 1
