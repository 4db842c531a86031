"""Bybit's error codes: which class of error, whether the same call may work later, and what cures it.

Streams often say why in words only (``error:handler not found,topic:X``): the code is then these words with hyphens
(``handler-not-found``). Pages: "Error Codes" and "Websocket Trade Guideline" of the V5 documentation.
"""

from __future__ import annotations

import re
from typing import Final

from okx_sync.exchanges.error_codes import Again, CodeRow, CodeTable, Rule
from okx_sync.exchanges.spelling import joined
from okx_sync.protocol.dialect import LoginVerdict

__all__ = ["CODES", "NOT_ALLOWED", "TABLE", "Again", "code_of", "login_verdict", "subscribe_verdict"]

NOT_ALLOWED: Final = frozenset({"10005", "10404"})
"""What the trade stream answers where it takes no orders of this key (also at its login, though REST takes them), or
does not have an operation or category: no order was made.
"""

_ROWS: Final[tuple[CodeRow, ...]] = (
    # key and signature
    ("10003", "auth", "no", "no such key here: check key, site and environment (live, demo, testnet)"),
    ("10004", "auth", "no", "bad signature: wrong secret_key"),
    ("10002 -1", "auth", "later", "the time of the request is off: set the clock, or let the client sync it"),
    ("10005 10027 10024", "auth", "no", "not allowed for this key or account: check the key's permissions"),
    ("10007 3303006 usvc1111", "auth", "no", "the login failed: check key, secret, site and environment"),
    ("10008 10009 10010", "auth", "no", "the key or this IP address is not allowed: edit the key's IP list"),
    ("33004 -2015", "auth", "no", "the key has expired: make a new one"),
    ("params-error", "auth", "no", "the login was not understood, or came late: check the clock, key and environment"),
    (
        "request-expired expired",
        "auth",
        "later",
        "the login came too late, though the clock was set: set this machine's clock (NTP), or look for a slow network",
    ),
    # rate
    ("10006 10018 10403 20003 429 170222", "rate", "not-done", "too many requests: slow down"),
    ("10429", "rate", "not-done", "Bybit is overloaded: try again in a moment"),
    ("too-many-sessions", "rate", "later", "too many connections of this account: close some"),
    # requests
    ("10001", "api", "no", "a parameter is missing or wrong; the message names it"),
    ("10014 20006", "api", "no", "the same request was just sent"),
    ("10017 10404", "api", "no", "no such operation or category here"),
    ("10028", "api", "no", "for unified (UTA) accounts only: upgrade this one, or use the key of a unified account"),
    ("10029", "api", "no", "this symbol is not open to the key"),
    ("100028", "api", "no", "not for unified (UTA) accounts: use the key of a classic account"),
    ("110088", "api", "no", "this account must be upgraded to a unified (UTA) one first"),
    (
        "10000 10016 170001 170007 170032 170034 170035 170146 170147 170310",
        "api",
        "unknown",
        "error inside Bybit: look up the order before sending it again",
    ),
    ("10019", "ws", "not-done", "the server restarts and did not take it: send it again once a new connection is up"),
    ("20001", "auth", "later", "this connection is logged in already"),
    # trading
    ("110001 170213 170143", "api", "no", "the order is gone (filled or canceled) or never existed: look it up"),
    (
        "110003 110092-110094 110120 110121 170124-170137 170140 170193 170194 170371 170372 170381 170382 30208 30209",
        "api",
        "no",
        "price or size outside the allowed range: see get_instruments() and get_price_limit() of client.market",
    ),
    ("110008 110010 170139 170142 170190", "api", "no", "the order is done already (filled or canceled): look it up"),
    ("110079 170191 170212 40004", "api", "later", "the order is being worked on: try again in a moment"),
    ("110025 110026 110027 110043", "api", "no", "it is so already: nothing was to be changed"),
    ("110067", "api", "no", "not for this kind of account: see get_account_info()"),
    ("110004 110007 110012 110044 110045 110052 170033 170131", "api", "no", "not enough balance or margin"),
    ("110017 110034", "api", "no", "reduce-only: there is no position to reduce"),
    ("110009 110020 110061 170810", "api", "no", "too many open orders: cancel some"),
    ("110024 110028", "api", "no", "close positions and cancel orders first: the mode is switched without them only"),
    ("110015 110076", "api", "no", "for isolated margin only: the account or the position is in cross margin"),
    ("110033 110078", "api", "no", "there is no such position, or not so much margin to take away"),
    (
        "110011 110013 110036 110038",
        "api",
        "no",
        "not with this leverage: see get_risk_limits() of client.market",
    ),
    ("110040", "api", "no", "the order would lead to the liquidation of the position at once"),
    ("110057 110059", "api", "no", "take-profit and stop-loss do not go with this order"),
    ("110064 170313", "api", "no", "the new size is not above what is filled already"),
    (
        "110023 110063 110074",
        "api",
        "no",
        "the contract is not open for it: see its status in get_instruments()",
    ),
    ("110118", "api", "no", "there are no prices to make a market order of: try a limit order"),
    ("110108 110109", "api", "no", "slippage_tolerance is outside the allowed range"),
    ("110073 3400045", "api", "no", "the margin mode was not switched; the message names why"),
    ("34040", "api", "no", "nothing would change: the stops are set so already"),
    ("170036", "api", "no", "switch margin trading on first: client.spot_margin"),
    ("170217 170218", "api", "no", "a post-only order would have traded at once"),
    (
        "170201 170202",
        "api",
        "no",
        "such a spot order needs other parameters: see order_filter, trigger_price",
    ),
    ("110072 170141", "api", "no", "this orderLinkId was used before: look the order up, or use a new id"),
    ("170121", "api", "no", "no such symbol here"),
    # money
    (
        "131001 131003 131200 131201 131230",
        "api",
        "unknown",
        "error inside Bybit: look up by its id what became of it before sending it again",
    ),
    ("131214", "api", "no", "this transfer_id was used before: that transfer is there, look it up by its id"),
    ("131082", "api", "no", "this withdrawal was sent before: see asset.get_withdrawal_records()"),
    (
        "131085 131212 131228",
        "api",
        "no",
        "not enough that can be moved: see transferBalance and transferSafeAmount of asset.get_coin_balance()",
    ),
    (
        "131083 131093 131094 131098",
        "api",
        "no",
        "the address is not in the address book, or new there: see asset.get_withdrawal_address_list()",
    ),
    (
        "131086-131088 131095 131096",
        "api",
        "no",
        "outside the limits of withdrawals: see get_coin_info() and get_withdrawable_amount() of client.asset",
    ),
    ("131208 131211 131227 131231 131232", "api", "no", "no transfers between these wallets or accounts"),
    ("131004", "api", "no", "Bybit wants to know who you are first (KYC)"),
    ("182120", "api", "no", "call account.repay() or account.manual_no_convert_repay() for what was borrowed by hand"),
    # streams, in words
    ("handler-not-found invalid-topic", "ws", "no", "no such topic or symbol on this path: check channel and symbol"),
    ("already-subscribed", "ws", "no", "this connection has the topic already"),
    ("args-size", "ws", "no", "too many topics in one request"),
    ("request-not-authorized not-authorized needs-auth-first", "auth", "later", "not logged in on this connection"),
    ("invalid-op", "ws", "no", "no such operation on this path: check the protocol and ws_*_url"),
)

_RELOGIN: Final = ("request-not-authorized", "not-authorized", "needs-auth-first")

TABLE: Final = CodeTable(
    _ROWS,
    unknown=Rule("api", "no", "not a code this version knows: see the error codes in Bybit's V5 documentation"),
    families=(
        (range(10000, 20000), Rule("api", "no", "the request was refused; the message names why")),
        (range(20000, 21000), Rule("ws", "no", "the stream request was refused; the message names why")),
        (range(33000, 34000), Rule("auth", "no", "the key was refused: check its permissions and its end")),
        (range(110000, 120000), Rule("api", "no", "the order or its parameters were refused; the message names why")),
        (range(130000, 190000), Rule("api", "no", "the order or its parameters were refused; the message names why")),
    ),
    resync=("10002",),
    recheck=("params-error",),  # said of a wrong key as well as of a login that came too late
    relogin=_RELOGIN,
    spell=joined,
)
CODES: Final = TABLE.rules
"""Every code that has a row of its own."""

subscribe_verdict: Final = TABLE.subscribe_verdict

# A wrong form of the login, and kinds of account that these streams are not for: neither will change by itself.
_LASTING: Final = frozenset({"10001", "10028", "100028", "110088"})
_WORDS: Final = re.compile(r"[a-z]+\d*|\d+")


def code_of(number: str, text: str) -> str:
    """Return the code of a refusal: its number where it has one that is not 0, else its words.

    10003 is said of an unknown key, and on the trade path of too many sessions.
    """
    if number not in ("", "0"):
        return "too-many-sessions" if number == "10003" and "session" in text.lower() else number
    head = text.lower().removeprefix("error:").partition(",")[0].partition(":")[0].partition(">")[0]
    return "-".join(_WORDS.findall(head))


def login_verdict(code: str) -> LoginVerdict:
    """Decide what to do about a refused login: give up, look at the clock and try once more, or back off.

    A login that came too late has several codes.
    """
    if "expire" in code and "key" not in code:
        return "resync"
    return "fatal" if code in _LASTING else TABLE.login_verdict(code)
