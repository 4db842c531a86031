"""Error codes of Bitget's REST, V2 and V3, and which of them the venue's refusals become.

Nearly every refusal comes with HTTP 400; the code in the body says what is wrong.
"""

from __future__ import annotations

from okx_sync.paper.venue.order_acks import OrderAck

OK = "00000"
#: What one code says in V2 on futures, in V2 on spot, and in V3.
MIX, SPOT, UTA = "mix", "spot", "uta"

WRONG_VALUE = {MIX: "40017", SPOT: "40017", UTA: "400172"}
EMPTY = {MIX: "40019", SPOT: "40019", UTA: "25200"}
NO_SYMBOL = {MIX: "40034", SPOT: "40034", UTA: "25100"}
NO_ORDER = {MIX: "40109", SPOT: "43001", UTA: "25204"}
NOTHING_OPEN = {MIX: "22001", SPOT: "43001", UTA: "25204"}
NO_POSITION = {MIX: "22002", SPOT: "22002", UTA: "25227"}
NO_IDS = {MIX: "40924", SPOT: "40924", UTA: "25200"}
SAME = {MIX: "40923", SPOT: "40923", UTA: "25571"}
TOO_MANY = {MIX: "40306", SPOT: "40306", UTA: "25241"}
#: The key may not trade.
NO_RIGHT = {MIX: "40014", SPOT: "40014", UTA: "25620"}

_TEXTS = {
    "22001": "No order to cancel",
    "22002": "No position to close",
    "22038": "The order quantity is not a multiple of the size step",
    "25200": "Parameter error",
    "25100": "The symbol does not exist",
    "25202": "Insufficient balance",
    "25203": "Insufficient margin",
    "25204": "The order does not exist",
    "25205": "The price is below the lowest allowed",
    "25206": "The price is above the highest allowed",
    "25207": "The order quantity is below the minimum",
    "25208": "The order quantity is above the maximum",
    "25212": "Duplicate clientOid",
    "25223": "The leverage is above the maximum",
    "25227": "No position to close",
    "25228": "Insufficient margin for this leverage",
    "25571": "Nothing was changed",
    "25585": "For long position TP/SL, the take-profit trigger price must be greater than the latest price",
    "25586": "For long position TP/SL, the stop-loss trigger price must be less than the latest price",
    "25587": "For short position TP/SL, the take-profit trigger price must be less than the latest price",
    "25588": "For short position TP/SL, the stop-loss trigger price must be greater than the latest price",
    "25610": "Order amount does not meet precision requirements",
    "25612": "Only opening orders are allowed to have preset take-profit and stop-loss",
    "25570": "There is an open order or a position",
    "40109": "The data of the order cannot be found, please confirm the order number",
    "25231": "Close quantity cannot exceed the held position quantity",
    "40804": "The number of closed positions cannot exceed the number of positions held",
    "40762": "The order amount exceeds the balance",
    "40815": "The order price is above the highest allowed",
    "40816": "The order price is below the lowest allowed",
    "40832": "The take profit price of short positions should be less than the current price",
    "40836": "The stop loss price of the short position should be greater than the current price",
    "40893": "Insufficient margin for this leverage",
    "40920": "There is an open order or a position",
    "40923": "Order size and price have not changed",
    "43001": "The order does not exist",
    "43012": "Insufficient balance",
    "43025": "Plan order does not exist",
    "45034": "clientOid duplicate",
    "45045": "The leverage is above the maximum",
    "45060": "TP price of long position > Current price",
    "45062": "SL price of long position < Current price",
    "45064": "TP price of long position > order price",
    "45065": "TP price of short position < order price",
    "45066": "SL price of long position < order price",
    "45067": "SL price of short position > order price",
    "45111": "less than the minimum order quantity",
    "45112": "The order quantity is above the maximum",
    "45119": "The symbol cannot be traded now",
}

#: The venue's code -> Bitget's on futures (V2), on spot (V2), and in V3.
_VERDICTS: dict[str, tuple[str, str, str]] = {
    "51001": ("40034", "40034", "25100"),
    "51003": ("40924", "40924", "25200"),
    "51005": ("45112", "45112", "25208"),
    "51008": ("40762", "43012", "25202"),
    "51016": ("45034", "45034", "25212"),
    "51020": ("45111", "45110", "25207"),
    "51022": ("45119", "45119", "25105"),
    "51023": ("22002", "22002", "25227"),
    # What an order brings along, against its price and against the market: take profit and stop loss of a buy, of a
    # sell; and of an order that opens nothing.
    "51046": ("45064", "45064", "25585"),
    "51047": ("45066", "45066", "25586"),
    "51048": ("45065", "45065", "25587"),
    "51049": ("45067", "45067", "25588"),
    "51050": ("45060", "45060", "25585"),
    "51051": ("45062", "45062", "25586"),
    "51052": ("40832", "40832", "25587"),
    "51053": ("40836", "40836", "25588"),
    "51100": ("40017", "40017", "25612"),
    "51333": ("40017", "40017", "25612"),
    "51065": ("45034", "45034", "25212"),
    "51004": ("40762", "40762", "40762"),
    "51112": ("40804", "40804", "25231"),
    "51121": ("22038", "40808", "25610"),
    "51169": ("22002", "22002", "25227"),
    "51202": ("45112", "45112", "25208"),
    "51400": ("43001", "43001", "25204"),
    "51500": ("40925", "40925", "25200"),
    "51171": ("22002", "22002", "25227"),
    "51506": ("40922", "40922", "25568"),
    "51503": ("43001", "43001", "25204"),
    "51603": ("40109", "43001", "25204"),
    "59000": ("40920", "40920", "25570"),
    "59102": ("45045", "45045", "25223"),
    "59103": ("40893", "40893", "25228"),
    "59104": ("45045", "45045", "25223"),
    "59108": ("40893", "40893", "25228"),
    "59300": ("22002", "22002", "25227"),
    "59301": ("40893", "40893", "25228"),
}
_COLUMNS = {MIX: 0, SPOT: 1, UTA: 2}
#: A price outside the band: too high for a buy, too low for a sell.
_PRICES = {"buy": ("40815", "40815", "25206"), "sell": ("40816", "40816", "25205")}


def text_of(code: str, otherwise: str = "Parameter verification failed") -> str:
    """Return the text of a code."""
    return _TEXTS.get(code, otherwise)


def verdict(ack: OrderAck, words: str, side: str = "") -> tuple[str, str]:
    """Return code and text of the venue's answer in one of the three sets of words; `OK` when it was accepted."""
    if ack.ok:
        return OK, "success"
    return translated(ack.sCode, ack.sMsg, words, side)


def translated(code: str, message: str, words: str, side: str = "") -> tuple[str, str]:
    """Return Bitget's code and text for a code of the venue's."""
    column = _COLUMNS[words]
    if code == "51006" and side in _PRICES:
        found = _PRICES[side][column]
    elif code in _VERDICTS:
        found = _VERDICTS[code][column]
    else:
        return WRONG_VALUE[words], message
    return found, text_of(found, message)
