"""Example answers of the group ``public``: collateral, loans, options, event contracts, files."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, row

ENDPOINTS = (
    get(
        "public/interest-rate-loan-quota",
        "2/2s",
        row(
            "",
            basic=[row("ccy USDT | rate 0.0001 | quota 100")],
            vip=[row("level Lv1 | loanQuotaCoef 6 | irDiscount 0")],
            regular=[row("level Lv1 | loanQuotaCoef 6 | irDiscount 0")],
            configCcyList=[row("ccy USDT | rate 0.0001")],
            config=[row("ccy USDT | stgyType 0 | quota 100 | level Lv1")],
        ),
    ),
    get(
        "public/insurance-fund",
        "10/2s",
        row(
            "instType SWAP | total 5000000 | instFamily BTC-USDT",
            details=[
                row(
                    "balance 1000000 | amt 1.5 | ccy USDT | type 1 | maxBal | maxBalTs | decRate | adlType | "
                    "ts 1767225600000"
                )
            ],
        ),
        required="instType",
    ),
    get(
        "public/instrument-tick-bands",
        "5/2s",
        row(
            "instType SWAP | instFamily BTC-USDT | ts 1767225600000",
            tickBand=[row("minPx 65000 | maxPx 65000 | tickSz 1.5")],
        ),
        required="instType",
    ),
    get("public/delta-hedge-currencies", "20/2s", row("ccy USDT", hedgeCcy=["BETH"])),
    get("public/mm-instrument-types", "5/2s", row("instId BTC-USDT-SWAP | instType SWAP | pairType 1")),
    get(
        "public/economic-calendar",
        "1/5s",
        row(
            "calendarId 7000 | date 1767225600000 | region United_States | category 1 | "
            "event Consumer Price Index | refDate 1767225600000 | actual | previous 3.2% | "
            "forecast 3.1% | dateSpan 0 | importance 3 | uTime 1767225600000 | prevInitial | "
            "ccy USDT | unit %"
        ),
        private=True,
    ),
    get(
        "public/market-data-history",
        "5/2s",
        row(
            "dateAggrType daily | ts 1767225600000 | totalSizeMB 12.5",
            details=[
                row(
                    "instId BTC-USDT-SWAP | instFamily BTC-USDT | instType SWAP | "
                    "dateRangeStart 1767225600000 | dateRangeEnd 1767225600000 | groupSizeMB 12.5",
                    groupDetails=[
                        row(
                            "filename BTC-USDT-SWAP-trades-2026-01-01.zip | dataTs 1767225600000 | sizeMB 12.5 | "
                            "url https://example.com/file.zip | dateTs 1767225600000"
                        )
                    ],
                )
            ],
        ),
        required="module instType dateAggrType begin end",
    ),
    get(
        "public/premium-history",
        "20/2s",
        row("instId BTC-USDT-SWAP | premium 1.5 | ts 1767225600000"),
        required="instId",
    ),
    get(
        "public/opt-summary",
        "20/2s instFamily",
        row(
            "instType SWAP | instId BTC-USDT-SWAP | uly BTC-USDT | delta 0.5 | gamma 1.5 | "
            "vega 1.5 | theta 1.5 | lever 10 | markVol 0.5 | realVol 0.5 | volLv 1.5 | bidVol 0.5 | "
            "askVol 0.5 | fwdPx 65000 | ts 1767225600000 | deltaBS 1.5 | gammaBS 1.5 | vegaBS 1.5 | "
            "thetaBS 1.5 | buyApr 1.5 | sellApr 1.5 | distance 0.01"
        ),
        required="instFamily",
    ),
    get(
        "public/option-trades",
        "20/2s",
        row(
            "instId BTC-USDT-SWAP | tradeId 4000 | px 65000 | sz 1.5 | side buy | fillVol 0.5 | "
            "fwdPx 65000 | idxPx 65000 | markPx 65000 | ts 1767225600000 | instFamily BTC-USDT | "
            "optType C"
        ),
    ),
    get(
        "public/block-trades",
        "20/2s",
        row(
            "instId BTC-USDT-SWAP | tradeId 4000 | px 65000 | sz 1.5 | side buy | fillVol 0.5 | "
            "fwdPx 65000 | idxPx 65000 | markPx 65000 | groupId 1 | ts 1767225600000"
        ),
        required="instId",
    ),
    get(
        "public/estimated-price",
        "10/2s instId",
        row("instType SWAP | instId BTC-USDT-SWAP | settlePx 65000 | ts 1767225600000 | settleType delivery"),
        required="instId",
    ),
    get(
        "public/estimated-settlement-info",
        "10/2s instId",
        row("instId BTC-USDT-SWAP | nextSettleTime 1767225600000 | estSettlePx 65000 | ts 1767225600000"),
        required="instId",
    ),
    get(
        "public/settlement-history",
        "40/2s instFamily",
        row("ts 1767225600000", details=[row("instId BTC-USDT-SWAP | settlePx 65000")]),
        required="instFamily",
    ),
    get(
        "public/delivery-exercise-history",
        "40/2s instType",
        row("ts 1767225600000", details=[row("insId BTC-USDT-260101 | px 65000 | type 1")]),
        required="instType instFamily",
    ),
    get(
        "public/event-contract/series",
        "10/2s",
        row(
            "seriesId BTC-ABOVE-DAILY | freq daily | title A new instrument is listed | category 1",
            settlement=row("method last_price | closeEarly false | srcName OKX | underlying BTC-USDT"),
        ),
    ),
    get(
        "public/event-contract/events",
        "10/2s",
        row(
            "seriesId BTC-ABOVE-DAILY | eventId BTC-ABOVE-DAILY-260101 | fixTime 1767225600000 | "
            "expTime 1767225600000 | state finished"
        ),
        required="seriesId",
    ),
    get(
        "public/event-contract/markets",
        "10/2s",
        row(
            "seriesId BTC-ABOVE-DAILY | eventId BTC-ABOVE-DAILY-260101 | instId BTC-USDT-SWAP | "
            "listTime 1767225600000 | fixTime 1767225600000 | expTime 1767225600000 | "
            "state finished | disputed false | outcome 0 | floorStrike 65000 | capStrike INF | "
            "settleValue | hitDir"
        ),
        required="seriesId",
    ),
)
