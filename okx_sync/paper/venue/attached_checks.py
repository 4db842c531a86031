"""Reads and checks what an order is to bring along (``attachAlgoOrds``), when it is placed and when it is amended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.algo_orders import MARKET
from okx_sync.paper.venue.attached_orders import LEGS, NAMES, STOP_LOSS, TAKE_PROFIT, AttachedOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import number
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, client_id, objects, positive, words

PRICE_KINDS = ("last", "index", "mark")
#: Trailing stops: the least ratio, and the one that is too much.
CALLBACKS = (Decimal("0.001"), Decimal(1))
_RATIO_STEP = Decimal("0.0001")
#: (leg, whether the parent buys) -> codes: against the order's price, and against the best price of the other side.
_SIDES = {
    ("tp", True): ("51046", "51050", "take profit", "higher", "ask"),
    ("sl", True): ("51047", "51051", "stop loss", "lower", "ask"),
    ("tp", False): ("51048", "51052", "take profit", "lower", "bid"),
    ("sl", False): ("51049", "51053", "stop loss", "higher", "bid"),
}
#: (leg, whether the parent buys) -> between which numbers a ratio is.
_RATIOS: dict[tuple[str, bool], tuple[Decimal, Decimal | None]] = {
    (TAKE_PROFIT, True): (Decimal(0), None),
    (STOP_LOSS, True): (Decimal(0), Decimal(1)),
    (TAKE_PROFIT, False): (Decimal(-1), Decimal(0)),
    (STOP_LOSS, False): (Decimal(0), None),
}
_RATIO_RULE = (
    "If the main order is a buy order, the TP ratio must be greater than 0, while the SL ratio must be between {least} "
    "and {most}. If the main order is a sell order, the TP ratio must be between -1 and 0, and the SL ratio must be "
    "greater than 0. Additionally, the ratio must be multiples of 0.0001."
)
_NOT_OF_SPLIT = (
    "TP/SL orders in Split TPs only support one-way TP/SL. "
    "You can't use slTriggerPx&slOrdPx and tpTriggerPx&tpOrdPx at the same time."
)
MOST_TAKE_PROFITS = 10


@dataclass(frozen=True, slots=True)
class Parent:
    """What counts of the order that brings others. ``px``: its price, None at the market; ``best``: the other side's.

    ``size``: in the instrument's own unit; None where it is not known yet. ``loss_is_negative``: the ratio of a buy's
    stop loss is between -1 and 0, as the list of errors has it, not between 0 and 1, as the page on orders has it.
    ``reduce_only``: it was asked to close only; ``closes_only``: it does, for that reason or by its side.
    """

    instrument: VenueInstrument
    is_buy: bool
    px: Decimal | None
    best: Decimal
    size: Decimal | None
    reduce_only: bool = False
    closes_only: bool = False
    loss_is_negative: bool = False

    @property
    def base(self) -> Decimal:
        """The price that ratios are taken of before it is filled."""
        return self.best if self.px is None else self.px


def none_on_margin() -> VenueRefusal:
    """Return the refusal of what is to be sent later on margin of a spot pair."""
    return VenueRefusal("50062", "The paper exchange has no algo orders on margin of spot pairs (instType MARGIN).")


def read(args: Mapping[str, Any], new_id: Callable[[], int]) -> list[AttachedOrder]:
    """Return what a request wants attached; `VenueRefusal` for what is no list of objects."""
    found = []
    for row in objects(args, "attachAlgoOrds"):
        given = {name: words(row, name) for name in NAMES}
        found.append(AttachedOrder(new_id(), client_id(row, "attachAlgoClOrdId"), given))
    return found


def check(attached: Sequence[AttachedOrder], parent: Parent) -> None:
    """Refuse what cannot be attached to such an order."""
    if parent.reduce_only:
        what = "Take profit/Stop loss conditions cannot be added to reduce-only orders."
        raise VenueRefusal("51100", f"Unable to place order. {what}")
    if parent.closes_only:
        what = "reduce-only order in one-way mode cannot attach TPSL"
        raise VenueRefusal("51333", f"Close position order in hedge-mode or {what}")
    _check_split(attached, parent)
    for one in attached:
        _check_one(one, parent)


# --- one attached order


def _check_one(one: AttachedOrder, parent: Parent) -> None:
    legs = one.legs
    if one.is_empty:
        if one.client_id:
            text = "tpTriggerPx&tpOrdPx or slTriggerPx&slOrdPx can't be empty when using attachAlgoClOrdId."
            raise VenueRefusal("51178", text)
        raise bad_parameter("attachAlgoOrds")
    if one.is_trailing:
        if legs:
            raise bad_parameter("callbackRatio with tpTriggerPx or slTriggerPx")
        check_callback(one.given)
        if one.given["activePx"]:
            positive(one.given, "activePx")
    if one.given["amendPxOnTriggerType"] not in ("", "0", "1"):
        raise bad_parameter("amendPxOnTriggerType")
    for leg in legs:
        _check_leg(one, leg, parent)
        _check_side(one, leg, parent)


def check_callback(given: Mapping[str, str]) -> None:
    """Refuse a trailing stop without a distance, with two, or with a ratio out of its range."""
    ratio, spread = given["callbackRatio"], given["callbackSpread"]
    if bool(ratio) == bool(spread):
        code, says = ("51176", "Only one parameter can be filled among") if ratio else ("51175", "")
        names = "Parameters callbackRatio and callbackSpread"
        raise VenueRefusal(code, f"{says} {names}" if says else f"{names} cannot be empty at the same time")
    if spread:
        positive(given, "callbackSpread")
        return
    least, most = CALLBACKS
    if not least <= positive(given, "callbackRatio") < most:
        text = f"Failed to place trailing stop order. Callback rate should be within {least}<=x<{most}"
        raise VenueRefusal("51311", text)


def _check_leg(one: AttachedOrder, leg: str, parent: Parent) -> None:
    given, px, ratio, order_px = one.given, f"{leg}TriggerPx", f"{leg}TriggerRatio", f"{leg}OrdPx"
    if leg == TAKE_PROFIT and given["tpOrdKind"] not in ("", "condition", "limit"):
        raise bad_parameter("tpOrdKind")
    if not given[order_px]:
        raise bad_parameter(order_px)
    if given[order_px] != MARKET:
        positive(given, order_px)
    if leg == TAKE_PROFIT and one.is_limit:
        return
    if given[px] and given[ratio]:
        raise VenueRefusal("51176", f"Only one parameter can be filled among Parameters {px} and {ratio}")
    if given[ratio]:
        _check_ratio(given[ratio], leg, parent)
    else:
        positive(given, px)
    check_kind(parent.instrument, given[f"{px}Type"], f"{px}Type")


def _check_ratio(ratio: str, leg: str, parent: Parent) -> None:
    value = number(ratio)
    if value is None or not parent.instrument.is_swap:
        raise bad_parameter(f"{leg}TriggerRatio")
    least, most = _RATIOS[leg, parent.is_buy]
    loss = (-1, 0) if parent.loss_is_negative else (0, 1)
    if (leg, parent.is_buy) == (STOP_LOSS, True):
        least, most = Decimal(loss[0]), Decimal(loss[1])
    if value <= least or (most is not None and value >= most) or value % _RATIO_STEP:
        raise VenueRefusal("54078", _RATIO_RULE.format(least=loss[0], most=loss[1]))


def check_kind(instrument: VenueInstrument, kind: str, name: str) -> None:
    """Refuse a kind of price that cannot be watched: on the spot market that is all but the last price."""
    if kind not in ("", *PRICE_KINDS):
        raise bad_parameter(name)
    if kind not in ("", "last") and not instrument.is_swap:
        text = "Unable to place order. Spot trading only supports using the last price as trigger price."
        raise VenueRefusal("51415", f'{text} Please select "Last" and try again.')


def _check_side(one: AttachedOrder, leg: str, parent: Parent) -> None:
    is_limit = leg == TAKE_PROFIT and one.is_limit
    px = number(one.given["tpOrdPx"]) if is_limit else number(one.given[f"{leg}TriggerPx"])
    if px is None:
        return  # a ratio, whose sign was looked at
    by_price, by_best, what, word, side = _SIDES[leg, parent.is_buy]
    limit = parent.base
    if px > limit if word == "higher" else px < limit:
        return
    code, than = (by_best, f"best {side}") if parent.px is None else (by_price, "order")
    raise VenueRefusal(code, f"The {what} trigger price must be {word} than the {than} price")


# --- several of them


def _check_split(attached: Sequence[AttachedOrder], parent: Parent) -> None:
    profits = [one for one in attached if one.has(TAKE_PROFIT)]
    losses = [one for one in attached if one.has(STOP_LOSS)]
    if any(one.is_limit for one in profits):
        _check_limits(profits, parent)
    moves = any(one.given["amendPxOnTriggerType"] == "1" for one in attached)
    if not parent.instrument.is_swap and (len(profits) > 1 or moves):
        text = "Setting multiple TP and cost-price SL orders isn't supported for spot and margin trading."
        raise VenueRefusal("51077", text)
    if len(attached) > 1 and any(one in losses for one in profits):
        raise VenueRefusal("51076", _NOT_OF_SPLIT)
    if len(profits) > MOST_TAKE_PROFITS:
        what = f"with Split TPs attached in a same order cannot exceed {MOST_TAKE_PROFITS}"
        raise VenueRefusal("51079", f"The number of TP orders {what}")
    if len(losses) > 1:
        what = "with Split TPs attached in a same order cannot exceed 1"
        raise VenueRefusal("51084", f"The number of SL orders {what}")
    if moves and len(profits) < 2:
        what = "when cost-price SL is enabled (amendPxOnTriggerType set as 1) for Split TPs"
        raise VenueRefusal("51085", f"The number of TP orders cannot be less than 2 {what}")
    if len(profits) > 1:
        _check_shares(profits, parent)


def _check_limits(profits: Sequence[AttachedOrder], parent: Parent) -> None:
    if not parent.instrument.is_swap:
        raise VenueRefusal("51094", "You can't place TP limit orders in spot, margin, or options trading.")
    if not all(one.is_limit for one in profits):
        raise VenueRefusal("51091", "All TP orders in one order must be of the same type.")
    prices = [one.given["tpOrdPx"] for one in profits]
    if MARKET in prices:
        raise VenueRefusal("51093", "TP limit order prices (tpOrdPx) in one order can't be -1 (market price).")
    if _repeats(prices):
        raise VenueRefusal("51092", "TP order prices (tpOrdPx) in one order must be different.")


def _check_shares(profits: Sequence[AttachedOrder], parent: Parent) -> None:
    if len({one.given["tpTriggerPxType"] or "last" for one in profits}) > 1:
        what = "(tpTriggerPxType) must be the same in an order with Split TPs attached"
        raise VenueRefusal("51080", f"Take-profit trigger price types {what}")
    triggers = [one.given["tpTriggerPx"] or one.given["tpTriggerRatio"] for one in profits]
    if not profits[0].is_limit and _repeats(triggers):
        what = "(tpTriggerPx) cannot be the same in an order with Split TPs attached"
        raise VenueRefusal("51081", f"Take-profit trigger prices {what}")
    if not all(one.given["sz"] for one in profits):
        raise VenueRefusal("51089", "The size of the TP order among split TPs attached cannot be empty")
    total = sum((positive(one.given, "sz") for one in profits), Decimal(0))
    if parent.size is not None and total != parent.size:
        what = "with Split TPs attached in a same order should equal the size of this order"
        raise VenueRefusal("51083", f"The total size of TP orders {what}")


def _repeats(given: Sequence[str]) -> bool:
    numbers = [number(one) for one in given]
    return len(set(numbers)) < len(numbers)


# --- amending


def amended(attached: Sequence[AttachedOrder], args: Mapping[str, Any]) -> list[AttachedOrder]:
    """Return attached orders as a request changes them; a zero takes a leg away, or all of one that has no other."""
    if not attached:
        text = "attachAlgoOrds is not supported if you did not use attachAlgoOrds when placing this order."
        raise VenueRefusal("51538", text)
    made = [one.copy() for one in attached]
    changed: set[int] = set()
    for row in objects(args, "attachAlgoOrds"):
        one = _meant(made, row)
        if one.id in changed:
            what = "cannot be identical when modifying any TP/SL within your split TPs order"
            raise VenueRefusal("51539", f"attachAlgoId or attachAlgoClOrdId {what}")
        changed.add(one.id)
        change(one, row)
    return [one for one in made if not one.is_empty]


def _meant(attached: Sequence[AttachedOrder], row: Mapping[str, Any]) -> AttachedOrder:
    theirs, mine = words(row, "attachAlgoId"), words(row, "attachAlgoClOrdId")
    for one in attached:
        if str(one.id) == theirs if theirs else one.client_id == mine != "":
            return one
    text = "Order modification failed. At least 1 of the attached TP/SL orders does not exist."
    raise VenueRefusal("51527", text)


def change(one: AttachedOrder, row: Mapping[str, Any]) -> None:
    """Take the new values of a request over into an attached order."""
    for leg in LEGS:
        name = leg.capitalize()
        new = {part: words(row, f"new{name}{part}") for part in ("TriggerPx", "TriggerRatio", "TriggerPxType", "OrdPx")}
        if any(number(new[part]) == 0 for part in ("TriggerPx", "TriggerRatio", "OrdPx")):
            _drop(one, leg)
            continue
        # One way to say where it triggers takes the place of the other.
        for part, other in (("TriggerPx", "TriggerRatio"), ("TriggerRatio", "TriggerPx")):
            if new[part] and not new[other]:
                one.given[leg + other] = ""
        one.given |= {leg + part: value for part, value in new.items() if value}
    for part, other in (("CallbackRatio", "CallbackSpread"), ("CallbackSpread", "CallbackRatio")):
        if words(row, f"new{part}"):
            one.given[f"c{part[1:]}"] = words(row, f"new{part}")
            one.given[f"c{other[1:]}"] = words(row, f"new{other}")
    renamed = {"newActivePx": "activePx", "newTpOrdKind": "tpOrdKind", "sz": "sz"}
    renamed["amendPxOnTriggerType"] = "amendPxOnTriggerType"
    one.given |= {name: words(row, new) for new, name in renamed.items() if words(row, new)}


def _drop(one: AttachedOrder, leg: str) -> None:
    for part in ("TriggerPx", "TriggerRatio", "TriggerPxType", "OrdPx"):
        one.given[leg + part] = ""
    if leg == TAKE_PROFIT:
        one.given["tpOrdKind"] = one.given["sz"] = ""
