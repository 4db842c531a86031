"""Which reading of OKX's trading rules the paper exchange keeps where the documents disagree or are silent."""

from __future__ import annotations

from typing import Literal

import attrs

_one_of = attrs.validators.in_


@attrs.frozen(kw_only=True)
class PaperRules:
    """Readings of rules that OKX's documents leave open; `PaperExchange(rules=PaperRules(...))`.

    The defaults are the stricter readings where there is one. What a bot does should hold under both. They matter on
    OKX's wire only. ValueError for a word that a rule does not have.
    """

    reduce_only_above_position: Literal["refuse", "cut"] = attrs.field(
        default="refuse", validator=_one_of(("refuse", "cut"))
    )
    """A reduce-only order larger than the position: `refuse` it (51112, the page of placing orders), or `cut` it to the
    position (`amendSource` 4, the page of the orders channel)."""

    cancel_both_with_fok: Literal["50016", "54036"] = attrs.field(
        default="50016", validator=_one_of(("50016", "54036"))
    )
    """The code that refuses `stpMode` `cancel_both` of a `fok` order: of the page of placing orders, or of the list of
    error codes."""

    stop_loss_ratio: Literal["place-order", "error-list"] = attrs.field(
        default="place-order", validator=_one_of(("place-order", "error-list"))
    )
    """The sign of `slTriggerRatio` in attached orders: between 0 and 1 for a buy and above 0 for a sell (the page of
    placing orders), or between -1 and 0 for a buy (the text of 54078)."""

    leverage_with_pending_orders: Literal["refuse", "accept"] = attrs.field(
        default="refuse", validator=_one_of(("refuse", "accept"))
    )
    """A change of the leverage while orders are pending that use it: `refuse` it (59101, 59107, 59668, 59669), or
    `accept` it."""

    reduce_only_algo_in_net_mode: Literal["accept", "refuse"] = attrs.field(
        default="accept", validator=_one_of(("accept", "refuse"))
    )
    """A reduce-only algo order in net mode: `accept` it (the page of algo orders), or `refuse` it (51205, seen
    live)."""

    stops_after_close: Literal["stay", "cancel"] = attrs.field(default="stay", validator=_one_of(("stay", "cancel")))
    """Take-profit and stop-loss orders of a position that another order has closed: they `stay` (the page of algo
    orders), or are canceled with it (a help page). `cxlOnClosePos` is not concerned."""

    price_off_tick: Literal["refuse", "cut"] = attrs.field(default="refuse", validator=_one_of(("refuse", "cut")))
    """A price that is no multiple of `tickSz`: `refuse` it (51000), or `cut` it to the tick below."""
