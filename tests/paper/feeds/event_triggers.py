"""Makes happen what the event-driven channels tell of: orders, fills, transfers, rule changes, a liquidation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.paper import PaperExchange
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.records import VenueAccount

SWAP, OTHER_SWAP = "BTC-USDT-SWAP", "ETH-USDT-SWAP"


def account_of(paper: PaperExchange, label: str = "alice") -> VenueAccount:
    """An account of the venue, by its label."""
    return next(one for one in paper.venue.accounts if one.label == label)


def place(paper: PaperExchange, label: str = "alice", **args: Any) -> OrderAck:
    """Place an order at the venue; it has to be taken."""
    ack: OrderAck = paper.venue.place(account_of(paper, label), args)
    assert ack.ok, ack
    return ack


def buy_swap(
    paper: PaperExchange, label: str = "alice", *, instId: str = SWAP, sz: str = "1", tdMode: str = "cross"
) -> None:
    """Open (or add to) a long position at the market."""
    place(paper, label, instId=instId, tdMode=tdMode, side="buy", ordType="market", sz=sz)


def fall(paper: PaperExchange, instId: str, share: str) -> None:
    """Let the market fall by a share of its price."""
    px = Decimal(paper.venue.mark_price_row(instId)["markPx"]) * (1 - Decimal(share))
    paper.trade_at(instId, px)


def everything(paper: PaperExchange) -> None:
    """Something for each event-driven channel, for alice."""
    alice = account_of(paper)
    place(paper, instId="BTC-USDT", tdMode="cash", side="buy", ordType="market", sz="500", tgtCcy="quote_ccy")
    stop = {"instId": SWAP, "tdMode": "cross", "side": "sell", "ordType": "trigger", "sz": "0.5"}
    mark = Decimal(paper.venue.mark_price_row(SWAP)["markPx"])
    assert paper.venue.place_algo(alice, stop | {"triggerPx": str(mark * 2), "orderPx": "-1"}).ok
    assert paper.venue.place_algo(alice, stop | {"triggerPx": str(mark + 10), "orderPx": "-1"}).ok
    trailing = {**stop, "ordType": "move_order_stop", "callbackSpread": "1000"}
    assert paper.venue.place_algo(alice, trailing).ok
    paper.trade_at(SWAP, mark + 20)
    paper.venue.deposit(alice, "USDT", "250")
    paper.venue.withdraw(alice, "USDT", "100")
    paper.venue.change_instrument(SWAP, upcoming=(("tickSz", "0.2", "1797868800000"),))
    buy_swap(paper, instId=OTHER_SWAP, sz="10", tdMode="isolated")
    fall(paper, OTHER_SWAP, "0.09")  # a margin ratio of about 250 %
    fall(paper, OTHER_SWAP, "0.02")  # under water
