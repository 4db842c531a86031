"""Script of advanced algo orders. Follows OKX V5 "Algo Trading / WS / Advance algo orders channel"."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.feeds.script import Scene
from okx_sync.paper.venue.events import Row
from okx_sync.paper.venue.texts import blank, rounded, text

_ADVANCED = blank(
    """instType instId ccy ordId algoId clOrdId sz side posSide tdMode tgtCcy lever state tpTriggerPx tpOrdPx
    slTriggerPx slOrdPx triggerPx ordPx actualSz actualPx notionalUsd tag actualSide triggerTime cTime pxVar pxSpread
    szLimit pxLimit timeInterval count callbackRatio callbackSpread activePx moveTriggerPx failCode algoClOrdId
    reduceOnly pTime tradeQuoteCcy ordType"""
)
_KINDS: tuple[tuple[str, Row], ...] = (
    ("twap", {"pxVar": "0.001", "szLimit": "1", "timeInterval": "10"}),
    ("iceberg", {"pxSpread": "5", "szLimit": "1", "count": "10"}),
    ("move_order_stop", {"callbackRatio": "0.05"}),
)
#: Beats one order works, and its size.
WORKING = 10


def algo_advance(scene: Scene) -> list[Row]:
    """`algo-advance`: the venue itself has no such orders. One after another works through its size in ten parts,
    the kinds taking turns; it has the `algoId` asked for.
    """
    number, step = divmod(scene.beat, WORKING)
    kind, own = _KINDS[number % len(_KINDS)]
    inst_type, name = _traded(scene)
    px, done = scene.px(name, number * WORKING), step == WORKING - 1
    spot = inst_type == "SPOT"
    return [
        {
            **_ADVANCED,
            **own,
            **_prices(kind, px),
            "instType": inst_type,
            "instId": name,
            "ccy": "USDT" if not spot else "",
            "algoId": str(scene.arg.get("algoId") or 560_516_615_079_727_104 + number),
            "sz": str(WORKING),
            "side": "buy",
            "posSide": "net",
            "tdMode": "cash" if spot else "cross",
            "tgtCcy": "base_ccy" if spot else "",
            "lever": "" if spot else "10",
            "state": "effective" if done else "live",
            "actualSz": str(step + 1) if kind != "move_order_stop" or done else "0",
            "actualPx": scene.px_text(name),
            "notionalUsd": text(rounded(px * WORKING)),
            "triggerTime": scene.ts if done else "",
            "cTime": str(scene.ms_of(number * WORKING)),
            "reduceOnly": "false",
            "pTime": scene.ts,
            "isTradeBorrowMode": False,
            "tradeQuoteCcy": "USDT" if spot else "",
            "ordType": kind,
        }
    ]


def _prices(kind: str, px: Decimal) -> Row:
    """The prices an order of a kind is bound to."""
    if kind == "move_order_stop":
        return {"moveTriggerPx": text(rounded(px * Decimal("0.95"))), "activePx": text(px)}
    return {"pxLimit": text(rounded(px * Decimal("1.05")))}


def _traded(scene: Scene) -> tuple[str, str]:
    """Type and id of what is ordered: what was asked for, else bitcoin of the type asked for."""
    wanted = scene.arg["instType"]
    name = scene.arg.get("instId") or ("BTC-USDT" if wanted in ("SPOT", "MARGIN") else "BTC-USDT-SWAP")
    known = scene.venue.instruments.get(name)
    if wanted == "ANY":
        wanted = known.instType if known else "FUTURES"
    return wanted, name
