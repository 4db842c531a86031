"""Rows of the funding account: deposits, withdrawals, transfers, conversions, fiat money."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.words import Side
from okx_sync.rows import Row, envelope, model, wire


@model
class Deposit(Row):
    """A deposit as it is now, after each change (channel ``deposit-info``)."""

    uid: str | None = envelope("arg", "uid")
    subAcct: str | None = None
    """Name of the sub-account it is for; None for the master account."""
    pTime: int | None = None
    """Epoch ms of the push."""
    ccy: str | None = None
    chain: str | None = None
    """For example "USDT-ERC20"."""
    amt: Decimal | None = None
    """In ccy."""
    from_: str | None = wire("from")
    """The sender: for transfers inside OKX an account, else None."""
    areaCodeFrom: str | None = None
    """Area code of the sender, where that is a phone number."""
    to: str | None = None
    """Address it came to."""
    txId: str | None = None
    ts: int | None = None
    """Epoch ms at which it was made."""
    state: str | None = None
    """State: "0" waits for confirmations, "1" credited, "2" done, "8" deposits are suspended, "11" blacklisted address,
    "12" frozen, "13" held back for a sub-account, "14" above what the account's verification allows.
    """
    depId: str | None = None
    fromWdId: str | None = None
    """The withdrawal it came from, for transfers inside OKX."""
    actualDepBlkConfirm: int | None = None
    """Confirmations on the chain so far."""


@model
class WithdrawalAddressExtra(Row):
    """What some chains need beside an address. Keys other than these are in ``extra``."""

    comment: str | None = None


@model
class Withdrawal(Row):
    """A withdrawal as it is now, after each change (channel ``withdrawal-info``)."""

    uid: str | None = envelope("arg", "uid")
    subAcct: str | None = None
    """Name of the sub-account it is from; None for the master account."""
    pTime: int | None = None
    """Epoch ms of the push."""
    ccy: str | None = None
    chain: str | None = None
    """For example "USDT-ERC20"."""
    nonTradableAsset: bool | None = None
    """True for assets that cannot be traded on OKX."""
    amt: Decimal | None = None
    """In ccy."""
    ts: int | None = None
    """Epoch ms at which it was asked for."""
    from_: str | None = wire("from")
    """The account it is from."""
    areaCodeFrom: str | None = None
    """Area code of the account it is from, where that is a phone number."""
    to: str | None = None
    """Address or account it goes to."""
    areaCodeTo: str | None = None
    """Area code of the account it goes to, where that is a phone number."""
    toAddrType: str | None = None
    """Kind of receiver: "1" address or account in words, "2" account number."""
    tag: str | None = None
    """What some chains need beside an address."""
    pmtId: str | None = None
    """What some chains need beside an address."""
    memo: str | None = None
    """What some chains need beside an address."""
    addrEx: WithdrawalAddressExtra | None = None
    """What some chains need beside an address."""
    txId: str | None = None
    fee: Decimal | None = None
    """In feeCcy."""
    feeCcy: str | None = None
    state: str | None = None
    """State: "2" done, "-1" failed, "-2" canceled, "-3" being canceled, "0" waits, "1" on its way; others: reviews."""
    wdId: str | None = None
    clientId: str | None = None
    """Id that the user gave."""
    note: str | None = None


@model
class FundingBalance(Row):
    """Balance of one currency in the funding account."""

    ccy: str | None = None
    bal: Decimal | None = None
    """All, in ccy."""
    frozenBal: Decimal | None = None
    """Held back, in ccy."""
    availBal: Decimal | None = None
    """Free, in ccy."""


@model
class FundingBill(Row):
    """One line of the funding account's ledger."""

    billId: str | None = None
    ccy: str | None = None
    clientId: str | None = None
    """Id that the user gave."""
    balChg: Decimal | None = None
    """Change of the balance, in ccy."""
    bal: Decimal | None = None
    """Balance after it, in ccy."""
    type: str | None = None
    """Kind of movement, a number in text: "1" deposit, "2" withdrawal, "130" from trading, ..."""
    notes: str | None = None
    ts: int | None = None
    """Epoch ms."""


@model
class AssetShares(Row):
    """Worth by account, in the currency that was asked for."""

    funding: Decimal | None = None
    """Funding account."""
    trading: Decimal | None = None
    """Trading account."""
    earn: Decimal | None = None
    """Earning products."""
    classic: Decimal | None = None


@model
class AssetValuation(Row):
    """Worth of all accounts together, in the currency that was asked for."""

    details: AssetShares | None = None
    totalBal: Decimal | None = None
    """In the currency that was asked for."""
    ts: int | None = None
    """Epoch ms."""


@model
class Currency(Row):
    """A currency on one chain: what can be done with it, limits and fees. Amounts are in the currency."""

    ccy: str | None = None
    name: str | None = None
    chain: str | None = None
    """For example "USDT-ERC20"."""
    minWd: Decimal | None = None
    """The least of a withdrawal on chain."""
    minDep: Decimal | None = None
    """The least of a deposit."""
    minFee: Decimal | None = None
    """Deprecated by OKX: least fee of a withdrawal to a wallet."""
    canDep: bool | None = None
    """Whether deposits from the chain are open."""
    canWd: bool | None = None
    """Whether withdrawals to the chain are open."""
    canInternal: bool | None = None
    """Whether transfers inside OKX are open."""
    logoLink: str | None = None
    """Picture."""
    depEstOpenTime: int | None = None
    """Epoch ms at which deposits are expected to open again."""
    wdEstOpenTime: int | None = None
    """Epoch ms at which withdrawals are expected to open again."""
    minInternal: Decimal | None = None
    """The least of a transfer inside OKX."""
    maxWd: Decimal | None = None
    """The most of a withdrawal on chain."""
    wdTickSz: int | None = None
    """Digits after the decimal point of withdrawals."""
    wdQuota: Decimal | None = None
    """Withdrawals allowed in 24 h, USD."""
    usedWdQuota: Decimal | None = None
    """Withdrawals of the last 24 h, USD."""
    fee: Decimal | None = None
    """Fee of a withdrawal on chain."""
    maxFee: Decimal | None = None
    """Deprecated by OKX: largest fee of a withdrawal to a wallet."""
    minFeeForCtAddr: Decimal | None = None
    """Deprecated by OKX: least fee of a withdrawal to a contract."""
    maxFeeForCtAddr: Decimal | None = None
    """Deprecated by OKX: largest fee of a withdrawal to a contract."""
    burningFeeRate: Decimal | None = None
    """Share of a withdrawal that the chain burns, 0.05 is 5 %."""
    mainNet: bool | None = None
    """Whether it is the main chain of the currency."""
    needTag: bool | None = None
    """Whether an address needs a tag or memo."""
    minDepArrivalConfirm: int | None = None
    """Confirmations until a deposit is credited."""
    minWdUnlockConfirm: int | None = None
    """Confirmations until a deposit can be withdrawn."""
    depQuotaFixed: Decimal | None = None
    """Deposits allowed, USD; None for no limit."""
    usedDepQuotaFixed: Decimal | None = None
    """Deposits so far, USD; None for no limit."""
    depQuoteDailyLayer2: Decimal | None = None
    """Deposits allowed in a day over the second layer."""
    ctAddr: str | None = None
    """Last digits of the contract's address."""


@model
class NonTradableAsset(Row):
    """An asset that can only be withdrawn."""

    ccy: str | None = None
    name: str | None = None
    logoLink: str | None = None
    """Picture."""
    bal: Decimal | None = None
    """In ccy."""
    canWd: bool | None = None
    """Whether withdrawals are open."""
    chain: str | None = None
    """For example "USDT-ERC20"."""
    minWd: Decimal | None = None
    """The least of a withdrawal, in ccy."""
    wdAll: bool | None = None
    """Whether all of it must be withdrawn at once."""
    fee: Decimal | None = None
    """Fee of a withdrawal, in feeCcy."""
    feeCcy: str | None = None
    burningFeeRate: Decimal | None = None
    """Share of a withdrawal that the chain burns, 0.05 is 5 %."""
    ctAddr: str | None = None
    """Last digits of the contract's address."""
    wdTickSz: int | None = None
    """Digits after the decimal point of withdrawals."""
    needTag: bool | None = None
    """Whether an address needs a tag or memo."""


@model
class DepositAddress(Row):
    """An address to deposit to."""

    ccy: str | None = None
    chain: str | None = None
    """For example "USDT-ERC20"."""
    addr: str | None = None
    tag: str | None = None
    """What some chains need beside the address."""
    selected: bool | None = None
    """Whether the website shows it."""
    memo: str | None = None
    """What some chains need beside the address."""
    pmtId: str | None = None
    """What some chains need beside the address."""
    to: str | None = None
    """Account that is credited: "6" funding, "18" trading."""
    verifiedName: str | None = None
    ctAddr: str | None = None
    """Last digits of the contract's address."""
    addrEx: WithdrawalAddressExtra | None = None
    """What some chains need beside the address."""


@model
class Transfer(Row):
    """Receipt for a transfer."""

    transId: str | None = None
    clientId: str | None = None
    """Id that the user gave."""
    ccy: str | None = None
    from_: str | None = wire("from")
    """Account it came from: "6" funding, "18" trading."""
    amt: Decimal | None = None
    """In ccy."""
    to: str | None = None
    """Account it went to: "6" funding, "18" trading."""


@model
class TransferState(Row):
    """How a transfer went."""

    transId: str | None = None
    clientId: str | None = None
    """Id that the user gave."""
    ccy: str | None = None
    amt: Decimal | None = None
    """In ccy."""
    type: str | None = None
    from_: str | None = wire("from")
    """Account it came from: "6" funding, "18" trading."""
    to: str | None = None
    """Account it went to: "6" funding, "18" trading."""
    subAcct: str | None = None
    state: Literal["success", "pending", "failed"] | str | None = None
    instId: str | None = None
    toInstId: str | None = None


@model
class WithdrawalReceipt(Row):
    """Receipt for a withdrawal; the history and the ``withdrawal-info`` channel report what becomes of it."""

    wdId: str | None = None
    clientId: str | None = None
    """Id that the user gave."""
    ccy: str | None = None
    amt: Decimal | None = None
    """In ccy."""
    chain: str | None = None
    """For example "USDT-ERC20"."""


@model
class WithdrawalCancel(Row):
    """Receipt for canceling a withdrawal."""

    wdId: str | None = None


@model
class TransferProgress(Row):
    """How far a deposit or withdrawal has come, in words."""

    wdId: str | None = None
    txId: str | None = None
    state: str | None = None
    """In words."""
    estCompleteTime: str | None = None
    """Estimate in words, UTC+8."""


@model
class NamedExchange(Row):
    """An exchange that can be named as receiver."""

    exchName: str | None = None
    exchId: str | None = None


@model
class StatementRequest(Row):
    """Receipt for asking for a statement."""

    ts: int | None = None
    """Epoch ms."""


@model
class MonthlyStatement(Row):
    """A statement, or that it is being made."""

    fileHref: str | None = None
    """Link to the file, valid for a while."""
    ts: int | None = None
    """Epoch ms."""
    state: Literal["finished", "ongoing"] | str | None = None


@model
class ConvertCurrency(Row):
    """A currency that can be converted."""

    ccy: str | None = None
    min: Decimal | None = None
    max: Decimal | None = None


@model
class ConvertPair(Row):
    """Least and most of a conversion, in both currencies."""

    instId: str | None = None
    baseCcy: str | None = None
    baseCcyMax: Decimal | None = None
    """The most, in base currency."""
    baseCcyMin: Decimal | None = None
    """The least, in base currency."""
    quoteCcy: str | None = None
    quoteCcyMax: Decimal | None = None
    """The most, in quote currency."""
    quoteCcyMin: Decimal | None = None
    """The least, in quote currency."""


@model
class ConvertQuote(Row):
    """A price that can be taken until ``quoteTime`` + ``ttlMs``."""

    quoteTime: int | None = None
    """Epoch ms at which it was made."""
    ttlMs: int | None = None
    """How long it can be taken, ms."""
    clQReqId: str | None = None
    """Id that the user gave."""
    quoteId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    side: Side | None = None
    """Of the base currency."""
    origRfqSz: Decimal | None = None
    """As asked for, in rfqSzCcy."""
    rfqSz: Decimal | None = None
    """As it would be, in rfqSzCcy."""
    rfqSzCcy: str | None = None
    cnvtPx: Decimal | None = None
    """Price in quote currency."""
    baseSz: Decimal | None = None
    """In base currency."""
    quoteSz: Decimal | None = None
    """In quote currency."""


@model
class ConvertTrade(Row):
    """A conversion."""

    tradeId: str | None = None
    quoteId: str | None = None
    clTReqId: str | None = None
    """Id that the user gave."""
    state: Literal["fullyFilled", "rejected"] | str | None = None
    instId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    side: Side | None = None
    """Of the base currency."""
    fillPx: Decimal | None = None
    """Price in quote currency."""
    fillBaseSz: Decimal | None = None
    """In base currency."""
    fillQuoteSz: Decimal | None = None
    """In quote currency."""
    ts: int | None = None
    """Epoch ms."""


@model
class FiatLimits(Row):
    """Bounds of one way to pay."""

    dailyLimit: Decimal | None = None
    """Allowed in a day."""
    dailyLimitRemaining: Decimal | None = None
    """Left of the day's limit."""
    weeklyLimit: Decimal | None = None
    """Allowed in a week."""
    weeklyLimitRemaining: Decimal | None = None
    """Left of the week's limit."""
    monthlyLimit: Decimal | None = None
    """Allowed in a month."""
    monthlyLimitRemaining: Decimal | None = None
    """Left of the month's limit."""
    maxAmt: Decimal | None = None
    """The most of one payment."""
    minAmt: Decimal | None = None
    """The least of one payment."""
    lifetimeLimit: Decimal | None = None
    """Allowed in all; None for no limit."""


@model
class FiatAccount(Row):
    """A bank account."""

    paymentAcctId: str | None = None
    acctNum: str | None = None
    recipientName: str | None = None
    bankName: str | None = None
    bankCode: str | None = None
    state: str | None = None


@model
class FiatPaymentMethod(Row):
    """A way to pay, its bounds and accounts."""

    ccy: str | None = None
    paymentMethod: str | None = None
    feeRate: Decimal | None = None
    """A ratio, 0.02 is 2 %."""
    minFee: Decimal | None = None
    """Least fee of one payment, in ccy."""
    limits: FiatLimits | None = None
    accounts: tuple[FiatAccount, ...] = ()


@model
class FiatOrder(Row):
    """A deposit or withdrawal of fiat money."""

    ordId: str | None = None
    clientId: str | None = None
    """Id that the user gave."""
    amt: Decimal | None = None
    """In ccy."""
    ccy: str | None = None
    fee: Decimal | None = None
    paymentAcctId: str | None = None
    paymentMethod: str | None = None
    state: str | None = None
    """One of "completed", "failed", "pending", "canceled", "inqueue", "processing", ..."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""


@model
class FiatCcy(Row):
    """A currency."""

    ccy: str | None = None


@model
class FiatCurrencies(Row):
    """Currencies that can be bought and sold."""

    fiatCcyList: tuple[FiatCcy, ...] = ()
    cryptoCcyList: tuple[FiatCcy, ...] = ()


@model
class FiatPair(Row):
    """Bounds of buying or selling."""

    side: Side | None = None
    """Direction: "buy" pays fiat money for crypto, "sell" the reverse."""
    fromCcy: str | None = None
    """What is paid."""
    toCcy: str | None = None
    """What is received."""
    singleTradeMax: Decimal | None = None
    """The most of one trade, in fromCcy."""
    singleTradeMin: Decimal | None = None
    """The least of one trade, in fromCcy."""
    fixedPxRemainingDailyQuota: Decimal | None = None
    """At a fixed price: left today, in fromCcy for "buy", in toCcy for "sell"."""
    fixedPxDailyLimit: Decimal | None = None
    """At a fixed price: allowed in a day, in fromCcy for "buy", in toCcy for "sell"."""
    paymentMethods: tuple[str, ...] = ()


@model
class FiatQuote(Row):
    """A price that can be taken until ``quoteTime`` + ``ttlMs``."""

    quoteId: str | None = None
    side: Side | None = None
    fromCcy: str | None = None
    """What is paid."""
    toCcy: str | None = None
    """What is received."""
    rfqAmt: Decimal | None = None
    """In rfqCcy."""
    rfqCcy: str | None = None
    quotePx: Decimal | None = None
    """In quoteCcy."""
    quoteCcy: str | None = None
    quoteFromAmt: Decimal | None = None
    """What is paid, in fromCcy."""
    quoteToAmt: Decimal | None = None
    """What is received, in toCcy."""
    quoteTime: int | None = None
    """Epoch ms at which it was made."""
    ttlMs: int | None = None
    """How long it can be taken, ms."""


@model
class FiatTrade(Row):
    """A purchase or sale."""

    ordId: str | None = None
    clOrdId: str | None = None
    quoteId: str | None = None
    state: str | None = None
    """One of "processing", "completed", "failed"."""
    side: Side | None = None
    fromCcy: str | None = None
    """What is paid."""
    toCcy: str | None = None
    """What is received."""
    rfqAmt: Decimal | None = None
    """In rfqCcy."""
    rfqCcy: str | None = None
    fillPx: Decimal | None = None
    """In fillQuoteCcy."""
    fillQuoteCcy: str | None = None
    fillFromAmt: Decimal | None = None
    """What was paid, in fromCcy."""
    fillToAmt: Decimal | None = None
    """What was received, in toCcy."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
