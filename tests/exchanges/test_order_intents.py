"""What requests ask for, by the parameters of each exchange's calls: size, price, side, and what only closes."""

from __future__ import annotations

from okx_sync.exchanges.bitget.order_intent import order_intent as of_bitget
from okx_sync.exchanges.bybit.order_intent import order_intent as of_bybit
from okx_sync.exchanges.okx.order_intent import order_intent as of_okx
from okx_sync.rest.order_intent import OrderIntent
from tests.each_case import each_case

_OKX = "/api/v5/trade/"
_FLAGS = ("in_quote", "is_priced_otherwise", "closes", "closes_all", "waits")


def row(text: str) -> dict[str, object]:
    """The parameters of a call, written as in a query; ``!`` for True."""
    pairs = (one.partition("=") for one in text.split())
    return {name: True if value == "!" else value for name, _, value in pairs}


def told(intent: OrderIntent | None) -> str:
    """What an intent says, as text: product, side, position, size, price, and its flags."""
    assert intent is not None
    words = [intent.product, intent.side, intent.position_side, intent.size]
    words += [None if intent.price is None else f"@{intent.price}", intent.heir_id and f"as {intent.heir_id}"]
    return " ".join(
        str(one) for one in (*words, *(flag for flag in _FLAGS if getattr(intent, flag))) if one is not None
    )


@each_case(
    ("call", "asked", "expected"),
    [
        ("order", "side=buy sz=2 px=10", "buy 2 @10"),
        ("order", "side=sell posSide=long sz=1", "sell long 1 closes"),
        ("order", "side=buy posSide=short sz=1", "buy short 1 closes"),
        ("order", "side=buy posSide=long sz=1", "buy long 1"),
        ("order", "side=buy posSide=net sz=1 reduceOnly=!", "buy 1 closes"),
        ("order", "side=buy sz=1 pxVol=0.5", "buy 1 is_priced_otherwise"),
        ("order", "instId=BTC-USDT ordType=market side=buy sz=9", "buy 9 in_quote"),
        ("order", "instId=BTC-USDT ordType=market side=sell sz=9", "sell 9"),
        ("order", "instId=BTC-USDT ordType=limit side=buy sz=9 px=1 tgtCcy=quote_ccy", "buy 9 @1"),
        ("amend-order", "newSz=3 newPx=8 ordId=7", "3 @8"),
        ("order-algo", "side=buy sz=1 triggerPx=9 orderPx=-1", "buy 1 @9 waits"),
        ("order-algo", "side=sell sz=1 tpTriggerPx=9 slTriggerPx=7 slOrdPx=-1", "sell 1 @9 waits"),
        ("order-algo", "side=sell closeFraction=1 slTriggerPx=9 reduceOnly=!", "sell @9 closes closes_all waits"),
        ("amend-algos", "newSlTriggerPx=9 algoId=7", "@9 waits"),
        ("../sprd/order", "sprdId=A_B side=buy sz=1 px=-2", "buy 1"),
    ],
)
def test_okx(call: str, asked: str, expected: str) -> None:
    """One reading for plain, algo and spread orders."""
    assert told(of_okx(_OKX + call, {"instId": "BTC-USDT-SWAP", **row(asked)})) == expected


@each_case(
    ("asked", "expected"),
    [
        ("side=Buy orderType=Limit qty=1 price=9", "linear buy 1 @9"),
        ("side=Buy orderType=Market qty=1 price=9", "linear buy 1"),
        ("side=Buy orderType=Market qty=1 triggerPrice=8", "linear buy 1 @8"),
        ("side=Buy orderType=Limit qty=1 price=9 triggerPrice=8", "linear buy 1 @9"),
        ("side=Sell qty=1 positionIdx=1", "linear sell long 1 closes"),
        ("side=Sell qty=1 positionIdx=2 reduceOnly=!", "linear sell short 1"),
        ("side=Sell qty=1 positionIdx=0 reduceOnly=!", "linear sell 1 closes"),
        ("side=Sell qty=1 closeOnTrigger=!", "linear sell 1 closes"),
        ("side=Sell qty=0 reduceOnly=! closeOnTrigger=!", "linear sell 0 closes closes_all"),
        ("category=spot side=Buy orderType=Market qty=9", "spot buy 9 in_quote"),
        ("category=spot side=Sell orderType=Market qty=9", "spot sell 9"),
        ("category=spot side=Sell orderType=Market qty=9 marketUnit=quoteCoin", "spot sell 9 in_quote"),
        ("category=spot side=Buy orderType=Market qty=9 marketUnit=baseCoin", "spot buy 9"),
        ("category=option side=Buy orderType=Limit qty=1 price=9 orderIv=0.5", "option buy 1 is_priced_otherwise"),
    ],
)
def test_bybit(asked: str, expected: str) -> None:
    """Positions of hedge mode by their index; a size of 0 that only reduces is a whole position."""
    assert told(of_bybit("/v5/order/create", {"category": "linear", **row(asked)})) == expected


@each_case(
    ("call", "asked", "expected"),
    [
        ("v2/mix/order/place-order", "side=buy size=1 orderType=limit price=9", "buy 1 @9"),
        ("v2/mix/order/place-order", "side=buy size=1 orderType=market price=9", "buy 1"),
        ("v2/mix/order/place-order", "side=buy size=1 tradeSide=close", "sell long 1 closes"),
        ("v2/mix/order/place-order", "side=sell size=1 tradeSide=open reduceOnly=YES", "sell short 1"),
        ("v2/mix/order/place-order", "side=sell size=1 reduceOnly=YES", "sell 1 closes"),
        ("v2/mix/order/modify-order", "newSize=2 newPrice=8 newClientOid=n", "2 @8 as n"),
        ("v2/mix/order/modify-order", "newPresetStopLossPrice=8 newClientOid=n", ""),
        ("v2/mix/order/place-plan-order", "side=buy size=1 orderType=market triggerPrice=8", "buy 1 @8 waits"),
        ("v2/mix/order/place-tpsl-order", "holdSide=long planType=pos_loss", "sell long closes closes_all waits"),
        ("v2/mix/order/place-tpsl-order", "holdSide=sell size=1 triggerPrice=8", "buy short 1 @8 closes waits"),
        ("v3/trade/place-order", "side=sell qty=1 posSide=long", "sell long 1 closes"),
        ("v3/trade/place-order", "side=buy qty=1 takeProfit=99 price=9", "buy 1 @9"),
        ("v3/trade/place-order", "category=SPOT side=buy orderType=market qty=9", "SPOT buy 9 in_quote"),
        ("v3/trade/place-strategy-order", "posSide=long takeProfit=9", "sell long @9 closes closes_all waits"),
        ("v3/trade/place-strategy-order", "type=trigger side=buy qty=1 triggerPrice=8", "buy 1 @8 waits"),
        ("v3/trade/modify-strategy-order", "qty=2 triggerPrice=8", "2 @8 waits"),
        ("v2/spot/trade/place-order", "side=buy size=9 orderType=market", "SPOT buy 9 in_quote"),
        ("v2/spot/trade/place-plan-order", "side=buy size=9 planType=total", "SPOT buy 9 in_quote waits"),
        ("v2/spot/trade/cancel-replace-order", "size=9 price=8 newClientOid=n", "SPOT 9 @8 as n"),
    ],
)
def test_bitget(call: str, asked: str, expected: str) -> None:
    """Both protocols: the side is the order's, also where V2 names that of the position."""
    assert told(of_bitget(f"/api/{call}", row(asked))) == expected


def test_a_reversal_is_not_read() -> None:
    """It opens as much as it closes, which it does not say: limits refuse it."""
    assert of_bitget("/api/v2/mix/order/click-backhand", row("side=buy size=1")) is None
