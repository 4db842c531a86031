"""Market orders on spot pairs: what their size counts, and what becomes of too much (facts 16 to 26)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Ask, Case
from tests.paper.rules.okx_forms import SPOT, place, pushed
from tests.paper.rules.scene import check


def buys(sz: str, **args: Any) -> Ask:
    """A market order that buys so many coins."""
    return place(SPOT, sz=sz, tgtCcy="base_ccy", **args)


CASES = (
    Case(
        facts=[16],
        promise="A market sell sized in quote currency sells until so much is received.",
        ask=place(SPOT, "sell", sz="64.99", tgtCcy="quote_ccy"),
        pushes=[pushed(state="live", sz="64.99", tgtCcy="quote_ccy"), pushed(state="filled", accFillSz="0.001")],
        cash={"BTC": "-0.001", "USDT": "64.92501"},  # less 0.1 %
    ),
    Case(
        facts=[16],
        promise="It never receives more than it asked for.",
        ask=place(SPOT, "sell", sz="100", tgtCcy="quote_ccy"),
        pushes=[pushed(state="live"), pushed(state="filled", accFillSz="0.00153869", sz="100")],
        cash={"BTC": "-0.00153869", "USDT": "99.8994636369"},  # 0.00153869 x 64990, less 0.1 %
    ),
    Case(
        facts=[17],
        promise="A market buy without `tgtCcy` spends so much quote currency.",
        ask=place(SPOT, sz="650.1"),
        pushes=[pushed(state="live", tgtCcy="quote_ccy"), pushed(state="filled", accFillSz="0.01")],
        cash={"USDT": "-650.1", "BTC": "0.00999"},
    ),
    Case(
        facts=[18],
        promise="A market sell without `tgtCcy` sells so many coins.",
        ask=place(SPOT, "sell", sz="0.01"),
        pushes=[pushed(state="live", tgtCcy="base_ccy"), pushed(state="filled", accFillSz="0.01")],
        cash={"BTC": "-0.01", "USDT": "649.2501"},
    ),
    Case(
        facts=[19],
        promise="A market buy with `base_ccy` buys so many coins.",
        ask=buys("0.01"),
        pushes=[pushed(state="live", tgtCcy="base_ccy"), pushed(state="filled", accFillSz="0.01")],
        cash={"USDT": "-650.1", "BTC": "0.00999"},
    ),
    Case(
        facts=[20],
        promise="A market sell of more coins than there are sells all of them.",
        ask=place(SPOT, "sell", sz="5"),
        pushes=[
            pushed(state="live", sz="2"),
            pushed(state="partially_filled", fillPx="64990", fillSz="1"),
            pushed(state="filled", fillPx="64980", accFillSz="2"),
        ],
        cash={"BTC": "-2", "USDT": "129840.03"},  # 129970 less 0.1 %
    ),
    Case(
        facts=[20],
        promise="A market buy for more money than there is spends all of it.",
        ask=place(SPOT, sz="200000"),
        pushes=[
            pushed(state="live", sz="100000"),
            pushed(state="partially_filled", fillPx="65010", fillSz="1"),
            pushed(state="filled", fillPx="65020", fillSz="0.53814211"),
        ],
        cash={"USDT": "-99999.9999922", "BTC": "1.53660396789"},  # 1.53814211 less 0.1 %
    ),
    Case(
        facts=[20],
        promise="A market buy of more coins than the money buys is cut to those.",
        ask=buys("3"),
        pushes=[
            pushed(state="live", sz="1.53822488"),  # 100000 at 65010
            pushed(state="partially_filled", fillSz="1"),
            pushed(state="filled", accFillSz="1.53814211"),
        ],
        cash={"USDT": "-99999.9999922", "BTC": "1.53660396789"},
    ),
    Case(
        facts=[20],
        promise="A sale for more quote currency than the coins bring sells all of them.",
        ask=place(SPOT, "sell", sz="200000", tgtCcy="quote_ccy"),
        pushes=[
            pushed(state="live", sz="129980"),  # 2 at 64990
            pushed(state="partially_filled", fillSz="1"),
            pushed(state="filled", accFillSz="2"),
        ],
        cash={"BTC": "-2", "USDT": "129840.03"},
    ),
    Case(
        facts=[20],
        promise="Where there is nothing to sell at all, the order is refused.",
        before=[place(SPOT, "sell", px="68000", sz="2")],
        ask=place(SPOT, "sell", sz="1"),
        code="51008",
    ),
    Case(
        facts=[21],
        promise="With `banAmend` a market sell above the balance is refused.",
        ask=place(SPOT, "sell", sz="5", banAmend=True),
        code="51008",
        row={"subCode": "1000"},
    ),
    Case(
        facts=[21],
        promise="With `banAmend` a market buy above the balance is refused.",
        ask=place(SPOT, sz="200000", banAmend=True),
        code="51008",
        row={"subCode": "1000"},
    ),
    Case(
        facts=[22],
        promise="A purchase whose price runs while it trades gets what the locked money gives.",
        before=[place(SPOT, ordType="fok", px="65020", sz="2.9", by="other")],
        ask=buys("1.5"),
        pushes=[
            pushed(state="live", sz="1.5"),
            pushed(state="partially_filled", fillPx="65020", fillSz="0.1"),
            pushed(state="filled", fillPx="66000", fillSz="1.4", sz="1.5"),
        ],
        cash={"USDT": "-98902", "BTC": "1.4985"},
    ),
    Case(
        facts=[22],
        promise="That may be less than its size; it is filled all the same.",
        before=[place(SPOT, ordType="fok", px="65020", sz="2.9", by="other")],
        ask=buys("1.53"),  # 99480.6 at the best price
        pushes=[
            pushed(state="live", sz="1.53"),
            pushed(state="partially_filled", fillSz="0.1"),
            pushed(state="filled", fillSz="1.41663636", accFillSz="1.51663636", sz="1.53"),
        ],
        cash={"USDT": "-99999.99976", "BTC": "1.51511972364"},
    ),
    Case(
        facts=[22],
        promise="A sale for quote currency whose price falls sells what it has locked, and receives less.",
        before=[place(SPOT, "sell", ordType="fok", px="64980", sz="2.9", by="other")],
        ask=place(SPOT, "sell", sz="129900", tgtCcy="quote_ccy"),  # 1.9991 at the best price
        pushes=[
            pushed(state="live"),
            pushed(state="partially_filled", fillPx="64980", fillSz="0.1"),
            pushed(state="filled", fillPx="64000", fillSz="1.9", sz="129900"),
        ],
        cash={"BTC": "-2", "USDT": "127969.902"},  # 128098 less 0.1 %
    ),
    Case(
        facts=[23],
        promise="A purchase of coins that must not be cut needs about 5 % more than they cost.",
        ask=buys("1.5", banAmend=True),  # 97515, and 102390.75 with the reserve
        code="51008",
    ),
    Case(
        facts=[23],
        promise="Of what it needs no more than its price is spent.",
        ask=buys("1", banAmend=True),
        pushes=[pushed(state="live"), pushed(state="filled", fillPx="65010", accFillSz="1")],
        cash={"USDT": "-65010", "BTC": "0.999"},
    ),
    *(
        Case(
            facts=[24],
            promise=f"A market {side} sized in what it receives brings no stop along.",
            ask=place(SPOT, side, sz=sz, tgtCcy=unit, attachAlgoOrds=[{"slTriggerPx": stop, "slOrdPx": "-1"}]),
            code="51000",
        )
        for side, sz, unit, stop in (("buy", "0.01", "base_ccy", "64000"), ("sell", "100", "quote_ccy", "66000"))
    ),
    Case(
        facts=[26],
        promise="With `slippagePct` a market order does not trade beyond so much from the best price.",
        ask=buys("1.5", slippagePct="0.0001"),  # up to 65016.5
        pushes=[
            pushed(state="live"),
            pushed(state="partially_filled", fillPx="65010", fillSz="1"),
            pushed(state="canceled", cancelSource="14"),
        ],
        cash={"USDT": "-65010", "BTC": "0.999"},
    ),
    Case(
        facts=[26],
        promise="So does one that sells for quote currency.",
        ask=place(SPOT, "sell", sz="100000", tgtCcy="quote_ccy", slippagePct="0.0001"),  # down to 64983.6
        pushes=[
            pushed(state="live"),
            pushed(state="partially_filled", fillPx="64990", fillSz="1"),
            pushed(state="canceled", cancelSource="14", sz="100000"),
        ],
        cash={"BTC": "-1", "USDT": "64925.01"},
    ),
    Case(
        facts=[26],
        promise="Four decimals are allowed, up to 0.05.",
        ask=buys("0.01", slippagePct="0.05"),
        pushes=[pushed(state="live"), pushed(state="filled")],
        cash={"USDT": "-650.1", "BTC": "0.00999"},
    ),
    *(
        Case(
            facts=[26],
            promise=f"`slippagePct` {given} is refused.",
            ask=buys("0.01", slippagePct=given),
            code="51000",
        )
        for given in ("0.01234", "0.051", "-0.01", "1", "much")
    ),
    Case(
        facts=[26],
        promise="A limit order has no slippage.",
        ask=place(SPOT, px="60000", sz="0.1", slippagePct="0.01"),
        code="51000",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_market_order_sizes(case: Case, exchange: PaperExchange) -> None:
    """In coins or in money, cut to the balance unless that is forbidden."""
    check(case, exchange)
