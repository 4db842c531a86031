"""Private REST endpoints that convert coins of the trading account: a quote first, then the conversion at its price."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from okx_sync.paper.okx.rest.call import RestCall, RestEndpoint, RestError
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.conversions import FILLED, QUOTE_MS, SMALL_CONVERTED, Conversion, ConversionQuote
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, rounded, text
from okx_sync.paper.venue.order_checks import client_id, positive
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.row_queries import page
from okx_sync.paper.venue.types import SIDES, Row, Side

_NO_PAIR = ("58009", "Crypto pair doesn't exist")
#: What one call may convert into small balances, and into which coins; more than so many dollars are no small balance.
_MOST_SMALL, _INTO, _SMALL_USD = 5, ("USDT", "BTC", "ETH"), Decimal(10)


def _range(instrument: VenueInstrument) -> dict[str, tuple[Decimal, Decimal]]:
    """Return the least and the most of each currency that may be converted."""
    px = instrument.start_px
    return {
        instrument.baseCcy: (instrument.minSz, rounded(instrument.maxMktAmt / px)),
        instrument.quoteCcy: (instrument.minSz * px, instrument.maxMktAmt),
    }


def _standard(call: RestCall) -> None:
    if call.text("convertMode", "0") != "0":
        raise RestError("50062", "The paper exchange has no large conversions for VIP users (convertMode 1).")


def _pair(call: RestCall, first: str, second: str) -> VenueInstrument:
    _standard(call)
    if first == second:
        raise RestError("58358", "The fromCcy parameter cannot be the same as the toCcy parameter.")
    found = call.venue.conversions.pair(first, second)
    if found is None:
        raise RestError(*_NO_PAIR)
    return found


def _ordered_pair(call: RestCall) -> VenueInstrument:
    """Return the pair that `baseCcy` and `quoteCcy` name, which are no other way round."""
    found = _pair(call, call.text("baseCcy"), call.text("quoteCcy"))
    if found.baseCcy != call.text("baseCcy"):
        raise RestError(*_NO_PAIR)
    return found


def _currencies(call: RestCall) -> Sequence[Row]:
    ranges: dict[str, tuple[Decimal, Decimal]] = {}
    for instrument in call.venue.instruments.values():
        if not instrument.is_swap:
            for ccy, (least, most) in _range(instrument).items():
                known = ranges.get(ccy, (least, most))
                ranges[ccy] = min(least, known[0]), max(most, known[1])
    return [{"ccy": ccy, "min": text(least), "max": text(most)} for ccy, (least, most) in ranges.items()]


def _currency_pair(call: RestCall) -> Sequence[Row]:
    instrument = _pair(call, call.text("fromCcy"), call.text("toCcy"))
    ranges = _range(instrument)
    row = {"instId": instrument.instId, "baseCcy": instrument.baseCcy, "quoteCcy": instrument.quoteCcy}
    for name in ("baseCcy", "quoteCcy"):
        least, most = ranges[row[name]]
        row |= {f"{name}Min": text(least), f"{name}Max": text(most)}
    return [row]


def _estimate(call: RestCall) -> Sequence[Row]:
    call.venue.step()
    instrument, side = _ordered_pair(call), _side(call)
    ccy = call.one_of("rfqSzCcy", (instrument.baseCcy, instrument.quoteCcy))
    size, own_id = positive(call.params, "rfqSz"), client_id(call.params, "clQReqId")
    least, most = _range(instrument)[ccy]
    if size < least:
        raise RestError("59123", f"{ccy} order amount must be greater than {text(least)}")
    if size > most:
        raise RestError("59124", f"The order amount of {ccy} must be less than {text(most)}.")
    quote = call.venue.conversions.quote(call.account, instrument, side, ccy, size)
    base, quoted = quote.amounts(size)
    return [
        {
            "quoteTime": str(quote.ms),
            "ttlMs": str(QUOTE_MS),
            "clQReqId": own_id,
            "quoteId": quote.id,
            "baseCcy": instrument.baseCcy,
            "quoteCcy": instrument.quoteCcy,
            "side": side,
            "origRfqSz": text(size),
            "rfqSz": text(size),
            "rfqSzCcy": ccy,
            "cnvtPx": text(quote.px),
            "baseSz": text(base),
            "quoteSz": text(quoted),
        }
    ]


def _side(call: RestCall) -> Side:
    return "buy" if call.one_of("side", SIDES) == "buy" else "sell"


def _quote(call: RestCall) -> ConversionQuote:
    """Return the quote that is to be taken, which all that is said must fit."""
    instrument, side = _ordered_pair(call), _side(call)
    quote = call.venue.conversions.book(call.account).quotes.get(call.text("quoteId"))
    if quote is None or (quote.instrument, quote.side) != (instrument, side):
        raise RestError("51000", "Parameter quoteId error", 400)
    call.one_of("szCcy", (quote.ccy,))
    return quote


def _trade(call: RestCall) -> Sequence[Row]:
    call.venue.step()
    quote, size = _quote(call), positive(call.params, "sz")
    own_id, account = client_id(call.params, "clTReqId"), call.account
    if size > quote.size:
        raise RestError("51000", "Parameter sz error", 400)
    base, quoted = quote.amounts(size)
    ccy, cost = (quote.instrument.quoteCcy, quoted) if quote.side == "buy" else (quote.instrument.baseCcy, base)
    if cost > margin.available_cash(account, ccy, call.venue.prices):
        raise RestError("58350", "Insufficient balance.")
    made = call.venue.conversions.carry_out(account, quote, size, own_id, call.text("tag"))
    return [_row(made) | {"quoteId": quote.id}]


def _row(made: Conversion) -> Row:
    instrument, is_done = made.quote.instrument, made.state == FILLED
    return {
        "tradeId": made.id,
        "clTReqId": made.client_id,
        "state": made.state,
        "instId": instrument.instId,
        "baseCcy": instrument.baseCcy,
        "quoteCcy": instrument.quoteCcy,
        "side": made.quote.side,
        "fillPx": text(made.quote.px) if is_done else "",
        "fillBaseSz": text(made.base) if is_done else "0",
        "fillQuoteSz": text(made.quoted) if is_done else "0",
        "ts": str(made.ms),
    }


def _history(call: RestCall) -> Sequence[Row]:
    wanted = {"clTReqId": call.text("clTReqId"), "tag": call.text("tag")}
    found = [
        made
        for made in call.venue.conversions.book(call.account).done
        if wanted["clTReqId"] in ("", made.client_id) and wanted["tag"] in ("", made.tag)
    ]
    return page(found, call.filters(), row=_row, cursor="ts", time="ts")


# --- small balances


def _small(call: RestCall, account: VenueAccount) -> dict[str, Decimal]:
    """Return the balances that are small: worth less than ten dollars, and not one of what they become."""
    found: dict[str, Decimal] = {}
    for ccy in account.balances:
        free = margin.available_cash(account, ccy, call.venue.prices)
        if free and ccy != "USDT" and free * call.venue.prices.usd(ccy) < _SMALL_USD:
            found[ccy] = free
    return found


def _small_source(call: RestCall) -> None:
    if call.text("source", "1") != "1":
        raise RestError("50062", "The paper exchange converts small balances of the trading account only (source 1).")


def _small_list(call: RestCall) -> Sequence[Row]:
    _small_source(call)
    small = [{"fromCcy": ccy, "fromAmt": text(amount)} for ccy, amount in _small(call, call.account).items()]
    return [{"fromData": small, "toCcy": list(_INTO)}]


def _small_convert(call: RestCall) -> Sequence[Row]:
    """Convert small balances, all that is free of each."""
    call.venue.step()
    _small_source(call)
    given, into, account = call.params.get("fromCcy"), call.one_of("toCcy", _INTO), call.account
    wanted = [given] if isinstance(given, str) and given else given
    small, prices = _small(call, account), call.venue.prices
    if not isinstance(wanted, list) or not wanted or len(wanted) > _MOST_SMALL or len(set(wanted)) < len(wanted):
        raise RestError("51000", "Parameter fromCcy error", 400)
    if any(ccy not in small or ccy == into for ccy in wanted):
        raise RestError("59125", "fromCcy doesn't support the current operation.")
    gains = {ccy: rounded(small[ccy] * prices.usd(ccy) / prices.usd(into)) for ccy in wanted}
    call.venue.conversions.exchange(
        account, {ccy: small[ccy] for ccy in wanted}, into, sum(gains.values(), ZERO), SMALL_CONVERTED
    )
    rows = [
        {
            "fromCcy": ccy,
            "toCcy": into,
            "fillFromSz": text(small[ccy]),
            "fillToSz": text(gains[ccy]),
            "status": "filled",
            "uTime": str(call.server.clock.now_ms()),
        }
        for ccy in wanted
    ]
    call.venue.conversions.book(account).small.extendleft({**row, "acct": "18"} for row in rows)
    return rows


def _small_history(call: RestCall) -> Sequence[Row]:
    return page(call.venue.conversions.book(call.account).small, call.filters(), row=dict, cursor="uTime", time="uTime")


Answer = Callable[[RestCall], Sequence[Row]]


def _get(path: str, answer: Answer, limit: int, seconds: float, *required: str) -> RestEndpoint:
    return RestEndpoint("GET", f"/api/v5/{path}", answer, limit, seconds, required=required, private=True)


def _post(path: str, answer: Answer, limit: int, seconds: float, *required: str) -> RestEndpoint:
    return RestEndpoint("POST", f"/api/v5/{path}", answer, limit, seconds, required=required, private=True, trades=True)


_QUOTE = ("baseCcy", "quoteCcy", "side")

ENDPOINTS = (
    _get("asset/convert/currencies", _currencies, 6, 1.0),
    _get("asset/convert/currency-pair", _currency_pair, 6, 1.0, "fromCcy", "toCcy"),
    _post("asset/convert/estimate-quote", _estimate, 10, 1.0, *_QUOTE, "rfqSz", "rfqSzCcy"),
    _post("asset/convert/trade", _trade, 10, 1.0, "quoteId", *_QUOTE, "sz", "szCcy"),
    _get("asset/convert/history", _history, 6, 1.0),
    _get("trade/easy-convert-currency-list", _small_list, 1, 2.0),
    _post("trade/easy-convert", _small_convert, 1, 2.0, "fromCcy", "toCcy"),
    _get("trade/easy-convert-history", _small_history, 1, 2.0),
)
