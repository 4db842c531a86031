"""Reference data, risk of the whole market and status. After "Public Data" and "Status" of OKX's API guide."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx.channel import Channel, models

__all__ = ["PUBLIC"]

PUBLIC: Final = (
    Channel(
        name="instruments", path="public", model=models.Instrument, method="subscribe_instruments",
        cadence="when a state, a trading parameter or a listing or expiry time changes; no full list at first",
        required=("instType",), values={"instType": ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS")},
        key=("instId",), quiet=True,
    ),
    Channel(
        name="open-interest", path="public", model=models.OpenInterest, method="subscribe_open_interest",
        cadence="every 3 s when it changed",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="funding-rate", path="public", model=models.FundingRate, method="subscribe_funding_rate",
        cadence="every 30 to 90 s",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="price-limit", path="public", model=models.PriceLimit, method="subscribe_price_limit",
        cadence="every 200 ms when a limit changed",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True, quiet=True,
    ),
    Channel(
        # Around maintenance two pushes may share a ts, so ts names no event here.
        name="mark-price", path="public", model=models.MarkPrice, method="subscribe_mark_price",
        cadence="every 200 ms when it changed, else every 10 s",
        required=("instId",), key=("instId",), snapshot=True,
    ),
    Channel(
        name="index-tickers", path="public", model=models.IndexTicker, method="subscribe_index_tickers",
        cadence="every 100 ms when it changed, else every 60 s",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="status", path="public", model=models.SystemStatus, method="subscribe_status",
        cadence="the latest record at first, then on each change",
        key=("title", "begin"), snapshot=True, quiet=True,
    ),
    Channel(
        name="opt-summary", path="public", model=models.OptionSummary, method="subscribe_opt_summary",
        cadence="on a change, all options of the family at once",
        required=("instFamily",), key=("instId",), identity=("instId", "ts"),
    ),
    Channel(
        name="estimated-price", path="public", model=models.EstimatedPrice, method="subscribe_estimated_price",
        cadence="about every 200 ms in the 30 minutes before delivery, exercise or settlement",
        required=("instType",), one_of=("instFamily", "instId"),
        values={"instType": ("OPTION", "FUTURES", "SWAP", "EVENTS")},
        key=("instId", "settleType"), identity=("instId", "settleType", "ts"), quiet=True,
    ),
    Channel(
        # Neither complete nor in order of time, and rows have no id: only an equal row is a repeat.
        name="liquidation-orders", path="public", model=models.LiquidationOrder,
        method="subscribe_liquidation_orders", cadence="on a liquidation, though not on every one",
        required=("instType",), values={"instType": ("SWAP", "FUTURES", "MARGIN", "OPTION")},
        key=("instId",), quiet=True,
    ),
    Channel(
        name="adl-warning", path="public", model=models.AdlWarning, method="subscribe_adl_warning",
        cadence="every second while auto-deleveraging is near or on, else nothing",
        required=("instType",), optional=("instFamily",), values={"instType": ("SWAP", "FUTURES", "OPTION")},
        key=("instType", "instFamily"), identity=("instType", "instFamily", "ts"), quiet=True,
    ),
    Channel(
        name="event-contract-markets", path="public", model=models.EventContractMarket,
        method="subscribe_event_contract_markets",
        cadence="when a market's state or strike changes; no list at first",
        required=("instType",), values={"instType": ("EVENTS",)}, omits=("instType",), key=("instId",), quiet=True,
    ),
    Channel(
        name="economic-calendar", path="business", model=models.EconomicEvent, method="subscribe_economic_calendar",
        cadence="on a new event or a change of one", login=True, fee_tier="VIP1", note="not on the demo system",
        key=("calendarId",), identity=("calendarId", "ts"), quiet=True,
    ),
)  # fmt: skip
