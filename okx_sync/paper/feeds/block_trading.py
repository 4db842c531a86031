"""Scripts of block trading: every six beats a request for quotes goes out, is quoted, is traded and made public.

All six channels tell the same deals with the same ids; publication is 15 minutes late, as on the exchange.
Follows OKX V5 "Block Trading / WebSocket Private Channel" and "Public Channel".
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from okx_sync.paper.feeds.scripted import ScriptContext, script
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.types import Row

#: Beats of one deal, and at which of them what happens.
BEATS, ASKED, QUOTED, TRADED, PUBLISHED = 6, 0, 2, 4, 5
#: Publication is so many ms late: 150 deals of six seconds.
LATE_MS = 15 * 60_000
VALID_MS = 60_000
FEE = Decimal("0.0002")
#: What the accounts of a group RFQ are told of a leg.
_ALLOCATED = ("instId", "sz", "tdMode", "ccy", "posSide")
_PAIRS = (("BTC-USDT-SWAP", "BTC-USDT"), ("ETH-USDT-SWAP", "ETH-USDT"), ("SOL-USDT", "BTC-USDT"))


class ScriptedBlockLeg(NamedTuple):
    """One leg of a deal."""

    instrument: VenueInstrument
    side: str
    sz: Decimal
    px: Decimal
    trade_id: str

    @property
    def fee(self) -> str:
        """What it costs, negative."""
        return text(rounded(-self.px * self.sz * self.instrument.ctVal * FEE))

    @property
    def quote(self) -> str:
        """The currency it is paid in."""
        return self.instrument.quoteCcy


class ScriptedBlockTrade:
    """Deal number `number` of the script."""

    def __init__(self, context: ScriptContext, number: int) -> None:
        self.number = number
        luck = context.luck("block", number)
        self.side = luck.choice(("buy", "sell"))
        self.is_group = number % 2 == 0
        size = luck.randint(5, 60)
        self.legs = tuple(
            self._leg(context, k, inst_id, size) for k, inst_id in enumerate(_PAIRS[number % len(_PAIRS)])
        )
        self.asked_at = context.ms_of(number * BEATS)
        self.quoted_at = context.ms_of(number * BEATS + QUOTED)
        self.traded_at = context.ms_of(number * BEATS + TRADED)

    def _leg(self, context: ScriptContext, k: int, inst_id: str, size: int) -> ScriptedBlockLeg:
        instrument = context.venue.instruments[inst_id]
        side = self.side if k == 0 else ("sell" if self.side == "buy" else "buy")
        px = context.px(inst_id, self.number * BEATS + QUOTED)
        return ScriptedBlockLeg(instrument, side, Decimal(size) / 10, px, self._id(70_000_000, k))

    def _id(self, base: int, part: int = 0) -> str:
        return str(base + (10_000_000 + self.number) * 4 + part)

    @property
    def rfq_id(self) -> str:
        """`rfqId`."""
        return self._id(300_000_000)

    @property
    def ids(self) -> Row:
        """What request, quote and trade are called."""
        return {
            "rfqId": self.rfq_id,
            "clRfqId": f"paperrfq{self.rfq_id}",
            "quoteId": self._id(500_000_000),
            "clQuoteId": f"paperquote{self.rfq_id}",
        }

    @property
    def block_id(self) -> str:
        """`blockTdId`."""
        return self._id(800_000_000)

    @property
    def group_id(self) -> str:
        """`groupId` of a group RFQ, else empty."""
        return self._id(900_000_000) if self.is_group else ""


def _now(context: ScriptContext) -> tuple[ScriptedBlockTrade, int]:
    """Return the deal going on, and the beat within it."""
    number, step = divmod(context.beat, BEATS)
    return ScriptedBlockTrade(context, number), step


def _state(step: int, first: int) -> str:
    """Return what a request or a quote of a deal is at a beat; nothing when it has no news."""
    return {first: "active", TRADED: "filled"}.get(step, "")


def _wanted(leg: ScriptedBlockLeg) -> Row:
    swap = leg.instrument.is_swap
    return {
        "instId": leg.instrument.instId,
        "tdMode": "cross" if swap else "cash",
        "ccy": leg.quote if swap else "",
        "sz": text(leg.sz),
        "side": leg.side,
        "posSide": "net" if swap else "",
        "tgtCcy": "" if swap else "base_ccy",
        "tradeQuoteCcy": "" if swap else leg.quote,
    }


@script
def rfqs(context: ScriptContext) -> list[Row]:
    """Play `rfqs`: sent, then filled."""
    deal, step = _now(context)
    state = _state(step, ASKED)
    if not state:
        return []
    share = [{k: v for k, v in _wanted(leg).items() if k in _ALLOCATED} for leg in deal.legs]
    return [
        {
            "cTime": str(deal.asked_at),
            "uTime": context.ts,
            "state": state,
            "counterparties": ["PAPERMM1", "PAPERMM2"],
            "validUntil": str(deal.asked_at + VALID_MS),
            "clRfqId": deal.ids["clRfqId"],
            "tag": "",
            "flowType": "",
            "traderCode": "PAPERDESK",
            "rfqId": deal.rfq_id,
            "allowPartialExecution": False,
            "legs": [_wanted(leg) for leg in deal.legs],
            "groupId": deal.group_id,
            "acctAlloc": [{"acct": "0", "legs": share}] if deal.is_group else [],
        }
    ]


@script
def quotes(context: ScriptContext) -> list[Row]:
    """Play `quotes`: active, then filled."""
    deal, step = _now(context)
    state = _state(step, QUOTED)
    if not state:
        return []
    return [
        {
            "cTime": str(deal.quoted_at),
            "uTime": context.ts,
            "state": state,
            "reason": "",
            "validUntil": str(deal.quoted_at + VALID_MS),
            **deal.ids,
            "tag": "",
            "traderCode": "PAPERMM1",
            "quoteSide": deal.side,
            "legs": [{**_wanted(leg), "px": text(leg.px)} for leg in deal.legs],
        }
    ]


@script
def block_trades(context: ScriptContext) -> list[Row]:
    """Play `struc-block-trades`: the own trade."""
    deal, step = _now(context)
    if step != TRADED:
        return []
    legs = [
        {
            "instId": leg.instrument.instId,
            "px": text(leg.px),
            "sz": text(leg.sz),
            "side": leg.side,
            "tgtCcy": "" if leg.instrument.is_swap else "base_ccy",
            "fee": leg.fee,
            "feeCcy": leg.quote,
            "tradeId": leg.trade_id,
        }
        for leg in deal.legs
    ]
    share = [{name: leg[name] for name in ("instId", "sz", "tradeId", "fee", "feeCcy")} for leg in legs]
    allocation = {"blockTdId": deal.block_id, "errorCode": "0", "acct": "0", "legs": share}
    return [
        {
            "cTime": str(deal.traded_at),
            **deal.ids,
            "blockTdId": deal.block_id,
            "tag": "",
            "tTraderCode": "PAPERDESK",
            "mTraderCode": "PAPERMM1",
            "isSuccessful": True,
            "errorCode": "",
            "legs": legs,
            "acctAlloc": [allocation] if deal.is_group else [],
        }
    ]


# --- made public


def _published(context: ScriptContext) -> ScriptedBlockTrade | None:
    """Return the deal that becomes public at this beat: it was traded 15 minutes ago."""
    number, step = divmod(context.beat, BEATS)
    late = LATE_MS // (context.ms_of(BEATS) - context.ms_of(0))
    return ScriptedBlockTrade(context, number - late) if step == PUBLISHED else None


@script
def public_structures(context: ScriptContext) -> list[Row]:
    """Play `public-struc-block-trades`: every leg of a trade in one push."""
    deal = _published(context)
    if deal is None:
        return []
    names = ("instId", "px", "sz", "side", "tradeId")
    values = [(leg.instrument.instId, text(leg.px), text(leg.sz), leg.side, leg.trade_id) for leg in deal.legs]
    row = {"cTime": str(deal.traded_at), "blockTdId": deal.block_id, "groupId": deal.group_id}
    return [{**row, "legs": [dict(zip(names, leg, strict=True)) for leg in values]}]


@script
def public_legs(context: ScriptContext) -> list[Row]:
    """Play `public-block-trades`: the leg in the instrument asked for, when the trade had one."""
    deal = _published(context)
    legs = () if deal is None else deal.legs
    return [
        {
            **blank("fillVol fwdPx"),  # options only
            "instId": leg.instrument.instId,
            "tradeId": leg.trade_id,
            "px": text(leg.px),
            "sz": text(leg.sz),
            "side": leg.side,
            "idxPx": context.px_text(leg.instrument.uly),
            "markPx": context.px_text(leg.instrument.instId),
            "groupId": deal.group_id if deal else "",
            "ts": context.ts,
        }
        for leg in legs
        if leg.instrument.instId == context.arg["instId"]
    ]


@script
def block_ticker(context: ScriptContext) -> list[Row]:
    """Play `block-tickers`: the block volume of the last day, each time a trade may have changed it."""
    name = context.arg["instId"]
    if context.beat % BEATS != PUBLISHED:
        return []
    instrument = context.venue.instruments.get(name)
    volume = Decimal(context.luck("block volume", name).randint(2_000, 9_000)) + context.beat // BEATS
    value = volume * (instrument.ctVal if instrument else 1)
    # Derivatives count the coin, spot pairs what was paid.
    spot = instrument is not None and not instrument.is_swap
    return [
        {
            "instId": name,
            "instType": instrument.instType if instrument else "OPTION",
            "volCcy24h": text(rounded(value * context.px(name)) if spot else value),
            "vol24h": text(volume),
            "ts": context.ts,
        }
    ]
