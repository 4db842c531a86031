"""Example answers of the group ``rubik``: statistics."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, row

ENDPOINTS = (
    get(
        "rubik/stat/trading-data/support-coin",
        "5/2s",
        row("", contract=["BTC", "ETH"], option=["BTC", "ETH"], spot=["BTC", "ETH"]),
        bare=True,
    ),
    get("rubik/stat/taker-volume", "5/2s", ["1767225600000", "1.5", "1.5"], required="ccy instType"),
    get("rubik/stat/taker-volume-contract", "5/2s instId", ["1767225600000", "1.5", "1.5"], required="instId"),
    get("rubik/stat/margin/loan-ratio", "5/2s", ["1767225600000", "1.5"], required="ccy"),
    get("rubik/stat/contracts/long-short-account-ratio", "5/2s", ["1767225600000", "1.5"], required="ccy"),
    get(
        "rubik/stat/contracts/long-short-account-ratio-contract",
        "5/2s instId",
        ["1767225600000", "1.5"],
        required="instId",
    ),
    get(
        "rubik/stat/contracts/long-short-account-ratio-contract-top-trader",
        "5/2s instId",
        ["1767225600000", "1.5"],
        required="instId",
    ),
    get(
        "rubik/stat/contracts/long-short-position-ratio-contract-top-trader",
        "5/2s instId",
        ["1767225600000", "1.5"],
        required="instId",
    ),
    get(
        "rubik/stat/contracts/open-interest-history",
        "10/2s instId",
        ["1767225600000", "1.5", "1.5", "1.5"],
        required="instId",
    ),
    get("rubik/stat/contracts/open-interest-volume", "5/2s", ["1767225600000", "1.5", "1.5"], required="ccy"),
    get("rubik/stat/option/open-interest-volume", "5/2s", ["1767225600000", "1.5", "1.5"], required="ccy"),
    get("rubik/stat/option/open-interest-volume-ratio", "5/2s", ["1767225600000", "1.5", "1.5"], required="ccy"),
    get(
        "rubik/stat/option/open-interest-volume-expiry",
        "5/2s",
        ["1767225600000", "20260925", "1.5", "1.5", "1.5", "1.5"],
        required="ccy",
    ),
    get(
        "rubik/stat/option/open-interest-volume-strike",
        "5/2s",
        ["1767225600000", "1.5", "1.5", "1.5", "1.5", "1.5"],
        required="ccy expTime",
    ),
    get(
        "rubik/stat/option/taker-block-volume",
        "5/2s",
        ["1767225600000", "1.5", "1.5", "1.5", "1.5", "1.5", "1.5"],
        required="ccy",
        bare=True,
    ),
)
