"""Example answers of the group ``account``: limits, ledger, settings, moved and imagined positions."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

ENDPOINTS = (
    get(
        "account/adjust-leverage-info",
        "5/2s",
        row(
            "estAvailQuoteTrans 1.5 | estAvailTrans 1.5 | estLiqPx 65000 | estMaxAmt 1.5 | "
            "estMgn 1.5 | estQuoteMgn 1.5 | estQuoteMaxAmt 1.5 | existOrd false | maxLever 1.5 | "
            "minLever 1.5 | estMaxWd 1.5"
        ),
        required="instType mgnMode lever",
        private=True,
    ),
    get(
        "account/risk-state",
        "10/2s",
        row("atRisk false | ts 1767225600000 | atRiskLevel", atRiskIdx=[], atRiskMgn=[]),
        private=True,
    ),
    get(
        "account/position-tiers",
        "10/2s",
        row("uly BTC-USDT | instFamily BTC-USDT | maxSz 1.5 | posType 1"),
        required="instType instFamily",
        private=True,
    ),
    get(
        "account/bills-history-archive",
        "10/2s",
        row("fileHref https://example.com/bills.zip | state finished | ts 1767225600000"),
        required="year quarter",
        private=True,
    ),
    post(
        "account/bills-history-archive",
        "1/10s",
        row("result true | ts 1767225600000"),
        required="year quarter",
        trades=False,
    ),
    get(
        "account/subtypes",
        "20/2s",
        row("type 1 | typeDesc Trade", subTypeDetails=[row("subType 1 | subTypeDesc Buy")]),
        private=True,
    ),
    post(
        "account/account-level-switch-preset",
        "5/2s",
        row("curAcctLv 2 | acctLv 2 | lever 10 | riskOffsetType"),
        required="acctLv",
    ),
    post("account/set-greeks", "5/2s", row("greeksType PA"), required="greeksType"),
    post("account/set-isolated-mode", "5/2s", row("isoMode automatic"), required="isoMode type"),
    post("account/set-fee-type", "5/2s", row("feeType 0"), required="feeType"),
    post("account/set-settle-currency", "20/2s", row("settleCcy USDT"), required="settleCcy"),
    post("account/set-trading-config", "1/2s", row("type stgyType | stgyType 0"), required="type"),
    get(
        "account/precheck-set-delta-neutral",
        "1/2s",
        row("", unmatchedInfoCheck=[row("type 1 | deltaLever 1 | totalAsset", ordList=[], posList=[])]),
        required="stgyType",
        private=True,
    ),
    post("account/set-riskOffset-amt", "10/2s", row("ccy USDT | clSpotInUseAmt 1.5"), required="ccy clSpotInUseAmt"),
    post("account/set-auto-repay", "5/2s", row("autoRepay true"), required="autoRepay"),
    post(
        "account/set-auto-earn", "2/2s", row("earnType 0 | ccy USDT | action turn_on | apr 0.01"), required="ccy action"
    ),
    post(
        "account/set-collateral-assets",
        "5/2s",
        row("type all | collateralEnabled true", ccyList=["USDT"]),
        required="type collateralEnabled",
    ),
    post("account/activate-feature", "5/2s", required="feature"),
    post("account/activate-option", "5/2s", row("ts 1767225600000")),
    post(
        "account/demo-adjust-balance",
        "3/1d",
        row("remainCnt 2 | totalCnt 3", details=[row("ccy USDT | amt 1.5 | bal 1.5")]),
        required="type adjustments",
    ),
    get(
        "account/mmp-config",
        "5/2s",
        row(
            "instFamily BTC-USDT | mmpFrozen false | mmpFrozenUntil | timeInterval 5000 | "
            "frozenInterval 2000 | qtyLimit 1.5"
        ),
        private=True,
    ),
    post(
        "account/mmp-config",
        "2/10s",
        row("instFamily BTC-USDT | timeInterval 5000 | frozenInterval 2000 | qtyLimit 1.5"),
        required="instFamily timeInterval frozenInterval qtyLimit",
    ),
    post("account/mmp-reset", "5/2s", row("result true"), required="instFamily"),
    post(
        "account/move-positions",
        "1/1s",
        row(
            "clientId move1 | blockTdId 1000 | state finished | ts 1767225600000 | fromAcct 0 | toAcct sub1",
            legs=[
                row(
                    "",
                    to=row(
                        "instId BTC-USDT-SWAP | px 65000 | side buy | sz 1.5 | tdMode cross | posSide net | "
                        "ccy USDT | sCode 0 | sMsg"
                    ),
                    **{
                        "from": row("posId 2000 | instId BTC-USDT-SWAP | px 65000 | side buy | sz 1.5 | sCode 0 | sMsg")
                    },
                )
            ],
        ),
        required="fromAcct toAcct legs clientId",
    ),
    get(
        "account/move-positions-history",
        "2/2s",
        row(
            "clientId move1 | blockTdId 1000 | state finished | ts 1767225600000 | fromAcct 0 | toAcct sub1",
            legs=[
                row(
                    "",
                    to=row(
                        "instId BTC-USDT-SWAP | px 65000 | side buy | sz 1.5 | tdMode cross | posSide net | "
                        "ccy USDT | sCode 0 | sMsg"
                    ),
                    **{
                        "from": row("posId 2000 | instId BTC-USDT-SWAP | px 65000 | side buy | sz 1.5 | sCode 0 | sMsg")
                    },
                )
            ],
        ),
        private=True,
    ),
    post(
        "account/position-builder",
        "2/2s",
        row(
            "eq 1.5 | totalMmr 1.5 | totalImr 1.5 | borrowMmr 1.5 | derivMmr 1.5 | "
            "marginRatio 0.001 | upl 1.5 | acctLever 1.5 | ts 1767225600000",
            positions=[
                row(
                    "instId BTC-USDT-SWAP | instType SWAP | amt 1.5 | posSide net | avgPx 65000 | markPxBf 1.5 | "
                    "markPx 65000 | floatPnl 1.5 | imrBf 1.5 | imr 1.5 | mgnRatio 0.001 | lever 10 | "
                    "notionalUsd 1.5 | isRealPos false"
                )
            ],
            assets=[row("ccy USDT | availEq 1.5 | spotInUse 1.5 | borrowMmr 1.5 | borrowImr 1.5")],
            riskUnitData=[
                row(
                    "riskUnit BTC | mmrBf 1.5 | mmr 1.5 | imrBf 1.5 | imr 1.5 | upl 1.5 | mr1 1.5 | "
                    "mr2 1.5 | mr3 1.5 | mr4 1.5 | mr5 1.5 | mr6 1.5 | mr7 1.5 | mr8 1.5 | mr9 1.5 | "
                    "delta 0.5 | gamma 1.5 | theta 1.5 | vega 1.5",
                    mr1Scenarios={
                        "volSame": {"-0.09": "-10.5", "0": "0"},
                        "volShockDown": {"0": "-1.5"},
                        "volShockUp": {"0": "1.5"},
                    },
                    mr1FinalResult=row("pnl 1.5 | spotShock -0.09 | volShock volShockDown"),
                    mr6FinalResult=row("pnl 1.5 | spotShock -0.09"),
                    portfolios=[
                        row(
                            "instId BTC-USDT-SWAP | instType SWAP | amt 1.5 | posSide net | avgPx 65000 | "
                            "markPxBf 1.5 | markPx 65000 | floatPnl 1.5 | notionalUsd 1.5 | delta 0.5 | gamma 1.5 | "
                            "theta 1.5 | vega 1.5 | isRealPos false"
                        )
                    ],
                    positions=[
                        row(
                            "instId BTC-USDT-SWAP | instType SWAP | amt 1.5 | posSide net | avgPx 65000 | "
                            "markPxBf 1.5 | markPx 65000 | floatPnl 1.5 | imrBf 1.5 | imr 1.5 | mgnRatio 0.001 | "
                            "lever 10 | notionalUsd 1.5 | isRealPos false"
                        )
                    ],
                )
            ],
        ),
        trades=False,
        computes=True,
    ),
    post(
        "account/position-builder-graph",
        "1/5s",
        row("type 1", mmrData=[row("shockFactor -0.5 | mmr 1.5 | mmrRatio 0.001")]),
        required="type mmrConfig",
        trades=False,
        computes=True,
    ),
)
