"""The messages that are sent, as each exchange would: written from the field lists, of the sizes seen on the wire.

A body has one place for a time of 13 digits, where the moment of sending stands when delays are measured.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["BODIES", "CYCLE", "STREAMS", "Body", "Topic", "bodies_of", "snapshot_of", "topics_of"]

CYCLE = 512
"""After so many messages of a stream the first one follows again; the numbers of a book close the circle."""

STREAMS = ("tickers", "trades", "books", "orders")
_SHORTEST = 4  # the cycle of each topic where there are many
_TIME = "1763726400123"
_MIX = ("tickers",) * 5 + ("trades",) * 2 + ("books",)
_LEVELS = 400

Body = tuple[bytes, bytes]
"""What stands before and behind the time."""
Topic = tuple[str, str]
"""A stream, and the instrument it is of."""


def topics_of(stream: str, count: int = 1) -> list[Topic]:
    """So many topics of a stream; of ``mix`` there are five tickers to two trades and one book, in no order."""
    if stream == "orders":
        return [("orders", "ANY")]
    kinds = _MIX if stream == "mix" else (stream,)
    topics = [(kinds[i % len(kinds)], f"COIN{i}-USDT" if i else "BTC-USDT") for i in range(count)]
    random.Random(count).shuffle(topics)
    return topics


def _ticker(number: int, _next: int, inst_id: str) -> dict[str, Any]:
    price = f"{64990 + number % 17}.{number % 10}"
    row = {
        "instType": "SPOT", "instId": inst_id, "last": price, "lastSz": f"0.000{number % 90 + 10}",
        "askPx": price, "askSz": f"1.{number % 9000 + 1000}857", "bidPx": f"{64989 + number % 17}.{number % 10}",
        "bidSz": "0.48912345", "open24h": "63871.2", "high24h": "65480", "low24h": "63410.1",
        "volCcy24h": f"5123456{number % 90 + 10}.123456", "vol24h": "7934.12345678", "ts": _TIME,
        "sodUtc0": "64120.4", "sodUtc8": "64555.1",
    }  # fmt: skip
    return {"arg": {"channel": "tickers", "instId": inst_id}, "data": [row]}


def _trade(number: int, _next: int, inst_id: str) -> dict[str, Any]:
    row = {
        "instId": inst_id, "tradeId": str(880_000_000 + number), "px": f"64990.{number % 10}",
        "sz": f"0.00{number % 900 + 100}", "side": "buy" if number % 2 else "sell", "ts": _TIME, "count": "1",
        "source": "0", "seqId": 90_000_000_000 + number,
    }  # fmt: skip
    return {"arg": {"channel": "trades", "instId": inst_id}, "data": [row]}


def _level(sign: int, place: int, size: str, tenths: int = 5) -> list[str]:
    """A level so many ``place``s away from the middle; those with other ``tenths`` come and go."""
    return [f"{64990 + sign * (1 + place)}.{tenths}", size, "0", "0" if size == "0" else "2"]


def _side(sign: int, number: int) -> list[list[str]]:
    """Ten levels near the top: six new sizes, two new levels, and the two go that came with the change before."""
    changed = [_level(sign, (5 * number + 3 * i) % 30, f"0.{number % 90 + i + 10}") for i in range(6)]
    come = [_level(sign, (7 * number + 3 * i) % 40, f"1.{number % 90 + 10}", 3) for i in range(2)]
    gone = [_level(sign, (7 * (number - 1) + 3 * i) % 40, "0", 3) for i in range(2)]
    return sorted(changed + come + gone, key=lambda level: sign * float(level[0]))


def _book(number: int, following: int, inst_id: str) -> dict[str, Any]:
    row = {
        "asks": _side(1, number), "bids": _side(-1, number), "ts": _TIME, "checksum": 0, "prevSeqId": number,
        "seqId": following,
    }  # fmt: skip
    return {"arg": {"channel": "books", "instId": inst_id}, "action": "update", "data": [row]}


def snapshot_of(inst_id: str) -> dict[str, Any]:
    """The whole book, at which the changes begin."""
    asks, bids = ([_level(sign, i, f"0.{i + 100}") for i in range(_LEVELS)] for sign in (1, -1))
    row = {"asks": asks, "bids": bids, "ts": _TIME, "checksum": 0, "prevSeqId": -1, "seqId": 0}
    return {"arg": {"channel": "books", "instId": inst_id}, "action": "snapshot", "data": [row]}


_ORDER = {
    "instType": "SPOT", "instId": "BTC-USDT", "tgtCcy": "", "ccy": "", "tradeQuoteCcy": "USDT", "ordId": "",
    "clOrdId": "", "algoClOrdId": "", "algoId": "", "tag": "", "px": "64990.1", "sz": "0.3", "notionalUsd": "19497.03",
    "ordType": "limit", "side": "buy", "posSide": "", "tdMode": "cash", "accFillSz": "0.1",
    "fillNotionalUsd": "6499.01", "avgPx": "64990.1",
    "state": "partially_filled", "lever": "0", "pnl": "0", "feeCcy": "BTC", "fee": "-0.0001",
    "rebateCcy": "USDT", "rebate": "0", "category": "normal", "uTime": _TIME, "cTime": "1763726400000", "source": "",
    "reduceOnly": "false", "cancelSource": "", "quickMgnType": "", "stpId": "", "stpMode": "cancel_maker",
    "attachAlgoClOrdId": "", "lastPx": "64990.1", "isTpLimit": "false", "slTriggerPx": "", "slTriggerPxType": "",
    "tpOrdPx": "", "tpTriggerPx": "", "tpTriggerPxType": "", "slOrdPx": "", "fillPx": "64990.1", "tradeId": "1",
    "fillSz": "0.1", "fillTime": "1763726400120", "fillPnl": "0", "fillFee": "-0.0001", "fillFeeCcy": "BTC",
    "execType": "M", "fillPxVol": "", "fillPxUsd": "", "fillMarkVol": "", "fillFwdPx": "", "fillMarkPx": "",
    "amendSource": "", "reqId": "", "amendResult": "", "code": "0", "msg": "", "pxType": "", "pxUsd": "", "pxVol": "",
    "linkedAlgoOrd": {"algoId": ""}, "attachAlgoOrds": [],
}  # fmt: skip


def _order(number: int, _next: int, _inst_id: str) -> dict[str, Any]:
    row = {**_ORDER, "ordId": str(2_500_000_000_000_000 + number), "clOrdId": f"bench{number}", "tradeId": str(number)}
    return {"arg": {"channel": "orders", "instType": "ANY", "uid": "446"}, "data": [row]}


def _bybit_ticker(number: int, _next: int, symbol: str) -> dict[str, Any]:
    price = f"{64990 + number % 17}.{number % 10}0"
    data = {
        "symbol": symbol, "tickDirection": "PlusTick", "lastPrice": price, "markPrice": price, "indexPrice": price,
        "turnover24h": "5123456789.1234", "volume24h": "79341.234", "bid1Price": price, "bid1Size": "0.489",
        "ask1Price": price, "ask1Size": f"1.{number % 900 + 100}",
    }  # fmt: skip
    return {
        "topic": f"tickers.{symbol}",
        "type": "delta",
        "data": data,
        "cs": 24_987_956_059 + number,
        "ts": int(_TIME),
    }


def _bybit_trade(number: int, _next: int, _inst_id: str) -> dict[str, Any]:
    row = {
        "T": 1763726400120, "s": "BTCUSDT", "S": "Buy", "v": "0.001", "p": f"64990.{number % 10}0", "L": "PlusTick",
        "i": f"20f43950-d8dd-5b31-9112-a178eb6{number % 90000 + 10000}", "BT": False, "RPI": False, "seq": number,
    }  # fmt: skip
    return {"topic": "publicTrade.BTCUSDT", "type": "snapshot", "ts": int(_TIME), "data": [row]}


def _bybit_book(number: int, _next: int, _inst_id: str) -> dict[str, Any]:
    bids, asks = (
        [[f"{64990 + sign * (1 + (number + 3 * i) % 50)}.50", f"0.{number % 90 + i + 1}"] for i in range(10)]
        for sign in (-1, 1)
    )
    data = {"s": "BTCUSDT", "b": bids, "a": asks, "u": number + 2, "seq": 7_961_638_724 + number}
    return {"topic": "orderbook.50.BTCUSDT", "type": "delta", "ts": int(_TIME), "data": data, "cts": 1763726400120}


_BYBIT_ORDER = {
    "symbol": "BTCUSDT", "orderId": "", "side": "Buy", "orderType": "Limit", "cancelType": "UNKNOWN",
    "price": "64990.1", "qty": "0.3", "orderIv": "", "timeInForce": "GTC", "orderStatus": "PartiallyFilled",
    "orderLinkId": "",
    "lastPriceOnCreated": "64991", "reduceOnly": False, "leavesQty": "0.2", "leavesValue": "12998.02",
    "cumExecQty": "0.1", "cumExecValue": "6499.01", "avgPrice": "64990.1", "blockTradeId": "", "positionIdx": 0,
    "cumExecFee": "1.3", "closedPnl": "0", "createdTime": "1763726400000", "updatedTime": "1763726400120",
    "rejectReason": "EC_NoError", "stopOrderType": "", "tpslMode": "", "triggerPrice": "", "takeProfit": "",
    "stopLoss": "", "tpTriggerBy": "", "slTriggerBy": "", "tpLimitPrice": "", "slLimitPrice": "",
    "triggerDirection": 0, "triggerBy": "", "closeOnTrigger": False, "category": "linear", "placeType": "price",
    "smpType": "None", "smpGroup": 0, "smpOrderId": "", "feeCurrency": "",
}  # fmt: skip


def _bybit_order(number: int, _next: int, _inst_id: str) -> dict[str, Any]:
    order_id = f"5cf98598-39a7-459e-97bf-76ca765{number % 90000 + 10000}"
    row = {**_BYBIT_ORDER, "orderId": order_id, "orderLinkId": f"b{number}"}
    request = f"5923240c6880ab-c59f-420b-9adb-3639adc9dd90{number}"
    return {"topic": "order", "id": request, "creationTime": int(_TIME), "data": [row]}


BODIES: dict[str, dict[str, Callable[[int, int, str], dict[str, Any]]]] = {
    "okx": {"tickers": _ticker, "trades": _trade, "books": _book, "orders": _order},
    "bybit": {"tickers": _bybit_ticker, "trades": _bybit_trade, "books": _bybit_book, "orders": _bybit_order},
}
"""By exchange and stream: message ``number`` of it, the number of the following one, and the instrument."""


def bodies_of(exchange: str, topics: str | Sequence[Topic]) -> list[Body]:
    """The messages of the topics in turn, or of one of a stream, each cut where its time stands."""
    topics = topics_of(topics) if isinstance(topics, str) else topics
    cycle = max(_SHORTEST, CYCLE // len(topics))
    bodies: list[Body] = []
    for number in range(cycle):
        for stream, inst_id in topics:
            message = BODIES[exchange][stream](number, (number + 1) % cycle, inst_id)
            text, time = json.dumps(message, separators=(",", ":")).encode(), _TIME.encode()
            before, _, behind = text.rpartition(time) if exchange == "bybit" else text.partition(time)
            bodies.append((before, behind))
    return bodies
