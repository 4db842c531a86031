"""OKX's error codes: which class of error, whether the same call may work later, and what cures it.

A row of the table covers one or more codes (``"50103 50104"``, ``"51300-51308"``). Where two rows name the
same code, the one that names fewer codes wins, so a range can have exceptions.
Source: the "Error code" chapter of OKX's API guide (REST and WebSocket), with the retired codes, because
proxies and old recordings still carry them.
"""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.error_codes import CodeRow, CodeTable, Rule
from okx_sync.exchanges.spelling import dashed
from okx_sync.protocol.dialect import LoginVerdict, SubscribeVerdict

__all__ = [
    "CODES",
    "TABLE",
    "LoginVerdict",
    "Rule",
    "SubscribeVerdict",
    "close_hint",
    "error_for",
    "knows",
    "login_verdict",
    "outcome_unknown",
    "rule_for",
    "safe_to_reread",
    "safe_to_resend",
    "subscribe_verdict",
]

_ROWS: Final[tuple[CodeRow, ...]] = (
    # general
    ("50000 50002 50006", "api", "no", "the request body is not what this endpoint expects: send JSON"),
    ("50001", "api", "read", "OKX is down for maintenance: wait, see /api/v5/system/status"),
    ("50005 50062", "api", "later", "this is offline at the moment: wait, see /api/v5/system/status"),
    ("50004", "api", "unknown", "OKX gave up waiting: look up the order before sending it again"),
    ("50007 50009 51024", "api", "no", "the account is blocked or frozen: ask OKX support"),
    ("50011", "rate", "not-done", "too many requests for this endpoint: slow down"),
    ("50013", "api", "not-done", "OKX is busy: try again in a moment"),
    ("50014 50015 51003", "api", "no", "a parameter is missing; the message names it"),
    ("50016 50024 50025", "api", "no", "parameters contradict each other or are too many"),
    ("50026", "api", "unknown", "error inside OKX: look up the order before sending it again"),
    ("50027 50051 50052 50060 51155", "api", "no", "not allowed for this account, region or identity check"),
    ("50030 50120", "auth", "no", "the API key lacks the permission: edit the key (read, trade, withdraw)"),
    ("50035", "auth", "no", "this needs an API key that is bound to an IP address"),
    ("50036 50037", "api", "no", "the request arrived after its expTime: allow more time, check the clock"),
    ("50038", "api", "no", "not available in demo trading"),
    ("50039 50076 50077 70010 70013", "api", "no", "wrong paging or time span: use milliseconds"),
    ("50040", "rate", "read", "repeated too soon: wait before asking again"),
    ("50042", "api", "no", "the same request was just sent"),
    ("50044", "api", "no", "choose one broker type"),
    ("50053", "api", "no", "only available in demo trading: simulated=True"),
    ("50061", "rate", "not-done", "1000 new and amended orders in 2 s per sub-account: slow down"),
    ("50071", "api", "no", "this clOrdId exists already: look the order up, or use a new id"),
    # key and signature
    ("50100", "auth", "no", "the API access of this account is frozen: ask OKX support"),
    ("50101", "auth", "no", "a demo key needs simulated=True, a live key simulated=False"),
    ("50102", "auth", "not-done", "the clock is off by more than 30 s: set it, or call sync_clock()"),
    ("50103 50104 50106 50107", "auth", "no", "a header is empty: give Config complete credentials"),
    ("50105", "auth", "no", "wrong passphrase: it is the one chosen for this key, not the login password"),
    ("50108 50109", "auth", "no", "wrong exchange id or domain: check site and rest_url"),
    ("50110 50121", "auth", "no", "the key does not allow this IP address or region: edit its IP list"),
    ("50111 50119", "auth", "no", "no such key here: check key, site (global, eea, us) and simulated"),
    ("50112", "auth", "no", "bad timestamp: check the clock and proxies that change headers"),
    ("50113", "auth", "no", "bad signature: wrong secret_key, or a proxy changes the request"),
    ("50114", "auth", "no", "the authorization is not valid (any more): make a new key"),
    ("50115", "api", "no", "wrong HTTP method for this path"),
    ("404", "api", "no", "there is no such path: compare it with OKX's API guide"),
    # trading
    ("51000", "api", "no", "a parameter has a wrong value; the message names it"),
    ("51001 51015 51021", "api", "no", "no such instrument here: check instId with get_instruments()"),
    ("51004 51005 51202-51203", "api", "no", "too large: reduce the size or the leverage"),
    ("51006 51116 51137 51138 51250-51275", "api", "no", "price or size outside the allowed range"),
    ("51008 51127 51131 58350", "api", "no", "not enough balance or margin: reduce sz or cancel orders"),
    ("51010", "api", "no", "not possible in this account mode: see get_config().acctLv"),
    ("51011 51016 51065", "api", "no", "this id was used before: look the order up, or use a new id"),
    (
        "51020 51121 54051",
        "api",
        "no",
        "sz must be a multiple of lotSz and at least minSz of the instrument; of a SPOT market buy it is an amount of "
        "the quote currency unless tgt_ccy='base_ccy'",
    ),
    ("51022 51027-51030", "api", "later", "the instrument is suspended, in settlement, or expired"),
    ("51023 51112 51169 51170", "api", "no", "no such position, or larger than the position"),
    ("51025 51102 51103 51174", "api", "no", "too many open orders: cancel some"),
    ("51046-51053 51277-51280 51300-51308", "api", "no", "take-profit or stop-loss on the wrong side"),
    ("51054 51149", "api", "unknown", "OKX gave up waiting: look up the order before sending it again"),
    ("51111", "api", "no", "at most 20 orders in a batch"),
    ("51113", "rate", "not-done", "too many close-position requests: slow down"),
    ("51115", "api", "no", "orders wait to close the position: cancel them first, auto_cxl=True does it"),
    ("51175-51177", "api", "no", "give exactly one of px, pxUsd, pxVol"),
    ("51185 51201", "api", "no", "the order's value is above the limit: reduce sz"),
    ("51400-51412 51603", "api", "no", "the order is gone (filled or canceled) or never existed: look it up"),
    ("51410 51513", "api", "later", "a cancel or amend of this order is in progress: wait for its result"),
    ("51501-51512", "api", "no", "the order cannot be amended (any more): look it up"),
    ("51503", "api", "no", "the order is gone (filled or canceled): look it up"),
    ("51720-51762 51775-51785", "api", "no", "the earn product refuses this; check its terms and limits"),
    ("51763-51774", "api", "no", "an OKUSD quota or condition refuses this"),
    ("51784", "api", "unknown", "the same id is still in work (60 s): wait and look it up"),
    ("54008", "api", "later", "market-maker protection is active: reset it or wait"),
    ("54031", "api", "no", "the platform's open-interest limit is reached"),
    ("54084 54085", "api", "no", "slippagePct is out of range or has too many digits"),
    ("54094", "api", "later", "a cool-off period is running"),
    ("54109", "api", "no", "activate the feature first: POST /api/v5/account/activate-feature feature=1"),
    ("58102", "rate", "later", "transfers too frequent: wait"),
    ("58207", "api", "no", "the withdrawal address is not on the allow-list"),
    # streams: login
    ("60001-60003", "auth", "no", "key, passphrase or signature is empty: give Config complete credentials"),
    ("60004 60006", "auth", "later", "the login time is off: set the clock, or let the client sync it"),
    ("60005 60032", "auth", "no", "no such key here: check key, site (global, eea, us) and simulated"),
    ("60007", "auth", "no", "bad signature: wrong secret_key"),
    ("60009", "auth", "later", "login failed: check key, passphrase, site and simulated"),
    ("60010 60026 60031", "auth", "no", "this connection is logged in already"),
    ("60011", "auth", "later", "not logged in on this connection: give Config credentials"),
    ("60023", "rate", "later", "too many logins: wait"),
    ("60024", "auth", "no", "wrong passphrase: it is the one chosen for this key, not the login password"),
    ("63999", "auth", "later", "login failed inside OKX: try again in a moment"),
    # streams: requests
    ("60008 60017 60018 60028", "ws", "no", "no such channel or instrument on this path"),
    ("60012 60013 60019 60027 60033", "ws", "no", "the request has a wrong form; the message shows it"),
    ("60014 60020-60022 60025", "rate", "later", "too many stream requests: slow down"),
    ("60015", "ws", "later", "nothing was sent or received for 30 s: reconnect"),
    ("60016", "ws", "later", "events are read too slowly: take work out of the callback"),
    ("60029 60030 60034 64003", "ws", "no", "the account's fee tier is too low for this channel"),
    ("64000", "ws", "no", "uly is no longer accepted: use instFamily"),
    ("64001 64002", "ws", "no", "the channel lives on another path: leave path= out"),
    ("64004", "ws", "no", "books-l2-tbt is subscribed for this instrument: unsubscribe it first"),
    ("64007", "ws", "later", "error inside OKX: try again in a moment"),
    ("64008", "ws", "later", "OKX restarts this connection for an upgrade: reconnect"),
)

_FAMILIES: tuple[tuple[range, Rule], ...] = (
    (range(50000, 50100), Rule("api", "no", "the message names what was refused")),
    (range(50100, 50200), Rule("auth", "no", "check the key, its permissions, site and simulated")),
    (
        range(51000, 52000),
        Rule("api", "no", "the order or its parameters were refused; the message names why"),
    ),
    (range(52000, 52100), Rule("api", "no", "there is no market data for this yet")),
    (range(53000, 53100), Rule("auth", "no", "the OAuth token or its scope was refused: authorise again")),
    (range(54000, 55000), Rule("api", "no", "a trading rule refuses this; the message names it")),
    (range(55000, 55200), Rule("api", "no", "the trading bot refuses this; check its state and parameters")),
    (
        range(56000, 56100),
        Rule("api", "no", "block or spread trading refuses this; check that it is still open"),
    ),
    (
        range(58000, 59000),
        Rule("api", "no", "the funding account refuses this; check balance, address and limits"),
    ),
    (range(59000, 59700), Rule("api", "no", "account settings refuse this; check mode, positions, orders")),
    (range(70000, 71000), Rule("api", "no", "block trading refuses this; check RFQ, quote and times")),
    (range(60000, 60100), Rule("ws", "no", "the stream request was refused; the message names why")),
    (range(63000, 64100), Rule("ws", "no", "the stream request was refused; the message names why")),
)
"""The general word on a code that has no row of its own."""

_UNKNOWN = Rule("api", "no", "not a code this version knows: see the error codes in OKX's API guide")

_CLOSES: dict[int, str] = {
    1009: "a frame was too large: subscribe in smaller batches",
    4001: "login failed: check key, passphrase, site and simulated",
    4002: "OKX could not read a request",
    4003: "more than 100 subscriptions for this key: spread them over more connections",
    4004: "no traffic for 30 s: the heartbeat did not reach OKX",
    4005: "events are read too slowly: take work out of the callback",
    4006: "OKX closed the connection abnormally",
    4007: "the API key was changed or deleted: log in with the current one",
    4008: "too many channels on one connection: spread them over more connections",
    4009: "too many channels on one connection: spread them over more connections",
}

TABLE: Final = CodeTable(
    _ROWS,
    unknown=_UNKNOWN,
    families=_FAMILIES,
    resync=("60004", "60006", "60009", "50102"),
    relogin=("60011",),
    closes=_CLOSES,
    spell=dashed,
)

CODES: Final[dict[str, Rule]] = TABLE.rules
"""Every code that has a row of its own, ranges expanded."""

rule_for = TABLE.rule_for
knows = TABLE.knows
hint_at_name = TABLE.hint_at_name
again = TABLE.again
outcome_unknown = TABLE.outcome_unknown
safe_to_reread = TABLE.safe_to_reread
safe_to_resend = TABLE.safe_to_resend
error_for = TABLE.error_for
login_verdict = TABLE.login_verdict
subscribe_verdict = TABLE.subscribe_verdict
close_hint = TABLE.close_hint
