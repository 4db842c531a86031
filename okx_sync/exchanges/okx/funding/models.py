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
    # Name of the sub-account it is for; None for the master account.
    subAcct: str | None = None
    # Epoch ms of the push.
    pTime: int | None = None
    ccy: str | None = None
    # "USDT-ERC20"
    chain: str | None = None
    amt: Decimal | None = None
    # The sender: for transfers inside OKX an account (its phone number with areaCodeFrom), else None.
    from_: str | None = wire("from")
    areaCodeFrom: str | None = None
    # Address it came to.
    to: str | None = None
    txId: str | None = None
    # Epoch ms.
    ts: int | None = None
    # "0" waits for confirmations, "1" credited, "2" done, "8" deposits are suspended, "11" blacklisted address,
    # "12" frozen, "13" held back for a sub-account, "14" above what the account's verification allows.
    state: str | None = None
    depId: str | None = None
    # The withdrawal it came from, for transfers inside OKX.
    fromWdId: str | None = None
    # Confirmations on the chain so far.
    actualDepBlkConfirm: int | None = None


@model
class WithdrawalAddressExtra(Row):
    """What some chains need beside an address. Keys other than these are in ``extra``."""

    comment: str | None = None


@model
class Withdrawal(Row):
    """A withdrawal as it is now, after each change (channel ``withdrawal-info``)."""

    uid: str | None = envelope("arg", "uid")
    # Name of the sub-account it is from; None for the master account.
    subAcct: str | None = None
    # Epoch ms of the push.
    pTime: int | None = None
    ccy: str | None = None
    # "USDT-ERC20"
    chain: str | None = None
    # True for assets that cannot be traded on OKX.
    nonTradableAsset: bool | None = None
    amt: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
    # The account it is from, with the area code if that is a phone number.
    from_: str | None = wire("from")
    areaCodeFrom: str | None = None
    # Address or account it goes to.
    to: str | None = None
    areaCodeTo: str | None = None
    # "1" address or account in words, "2" account number.
    toAddrType: str | None = None
    # What some chains need beside an address.
    tag: str | None = None
    pmtId: str | None = None
    memo: str | None = None
    addrEx: WithdrawalAddressExtra | None = None
    txId: str | None = None
    fee: Decimal | None = None
    feeCcy: str | None = None
    # "2" done, "-1" failed, "-2" canceled, "-3" is being canceled, "0" waits, "1" on its way; others are reviews.
    state: str | None = None
    wdId: str | None = None
    clientId: str | None = None
    note: str | None = None


@model
class FundingBalance(Row):
    """Balance of one currency in the funding account."""

    ccy: str | None = None
    # All, held back, free.
    bal: Decimal | None = None
    frozenBal: Decimal | None = None
    availBal: Decimal | None = None


@model
class FundingBill(Row):
    """One line of the funding account's ledger. ``ts``: epoch ms."""

    billId: str | None = None
    ccy: str | None = None
    # Id that the user gave.
    clientId: str | None = None
    # Change, and balance after it.
    balChg: Decimal | None = None
    bal: Decimal | None = None
    # Kind of movement, a number in text: "1" deposit, "2" withdrawal, "130" from trading, ...
    type: str | None = None
    notes: str | None = None
    ts: int | None = None


@model
class AssetShares(Row):
    """Worth by account."""

    funding: Decimal | None = None
    trading: Decimal | None = None
    earn: Decimal | None = None
    classic: Decimal | None = None


@model
class AssetValuation(Row):
    """Worth of all accounts together, in the currency that was asked for. ``ts``: epoch ms."""

    details: AssetShares | None = None
    totalBal: Decimal | None = None
    ts: int | None = None


@model
class Currency(Row):
    """A currency on one chain: what can be done with it, limits and fees. ``wdEstOpenTime``: epoch ms."""

    ccy: str | None = None
    name: str | None = None
    # "USDT-ERC20"
    chain: str | None = None
    minWd: Decimal | None = None
    # Least deposit; least and most of a withdrawal, on chain and inside OKX.
    minDep: Decimal | None = None
    minFee: Decimal | None = None
    canDep: bool | None = None
    canWd: bool | None = None
    canInternal: bool | None = None
    # Picture.
    logoLink: str | None = None
    # Epoch ms at which deposits and withdrawals are expected to open again.
    depEstOpenTime: int | None = None
    wdEstOpenTime: int | None = None
    minInternal: Decimal | None = None
    maxWd: Decimal | None = None
    # Digits after the decimal point of withdrawals.
    wdTickSz: int | None = None
    # Withdrawals of 24 h in USD: allowed, used.
    wdQuota: Decimal | None = None
    usedWdQuota: Decimal | None = None
    # Fee of a withdrawal, in this currency; least and most, to wallets and to contracts.
    fee: Decimal | None = None
    maxFee: Decimal | None = None
    minFeeForCtAddr: Decimal | None = None
    maxFeeForCtAddr: Decimal | None = None
    # Ratio that the chain burns.
    burningFeeRate: Decimal | None = None
    # Whether it is the main chain of the currency.
    mainNet: bool | None = None
    # Whether an address needs a tag or memo.
    needTag: bool | None = None
    # Confirmations until a deposit is credited, and until it can be withdrawn.
    minDepArrivalConfirm: int | None = None
    minWdUnlockConfirm: int | None = None
    # Deposits in BTC: allowed, used; second layer per day.
    depQuotaFixed: Decimal | None = None
    usedDepQuotaFixed: Decimal | None = None
    depQuoteDailyLayer2: Decimal | None = None
    # Last digits of the contract's address.
    ctAddr: str | None = None


@model
class NonTradableAsset(Row):
    """An asset that can only be withdrawn."""

    ccy: str | None = None
    name: str | None = None
    logoLink: str | None = None
    bal: Decimal | None = None
    canWd: bool | None = None
    chain: str | None = None
    minWd: Decimal | None = None
    # Whether all of it must be withdrawn at once.
    wdAll: bool | None = None
    fee: Decimal | None = None
    feeCcy: str | None = None
    burningFeeRate: Decimal | None = None
    ctAddr: str | None = None
    # Digits after the decimal point of withdrawals.
    wdTickSz: int | None = None
    needTag: bool | None = None


@model
class DepositAddress(Row):
    """An address to deposit to."""

    ccy: str | None = None
    chain: str | None = None
    addr: str | None = None
    # What some chains need beside the address; one of these, where it is needed.
    tag: str | None = None
    # Whether the website shows it.
    selected: bool | None = None
    memo: str | None = None
    pmtId: str | None = None
    # Account that is credited: "6" funding, "18" trading.
    to: str | None = None
    verifiedName: str | None = None
    ctAddr: str | None = None
    addrEx: WithdrawalAddressExtra | None = None


@model
class Transfer(Row):
    """Receipt for a transfer."""

    transId: str | None = None
    clientId: str | None = None
    ccy: str | None = None
    from_: str | None = wire("from")
    amt: Decimal | None = None
    to: str | None = None


@model
class TransferState(Row):
    """How a transfer went."""

    transId: str | None = None
    clientId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    type: str | None = None
    from_: str | None = wire("from")
    to: str | None = None
    subAcct: str | None = None
    state: Literal["success", "pending", "failed"] | str | None = None
    instId: str | None = None
    toInstId: str | None = None


@model
class WithdrawalReceipt(Row):
    """Receipt for a withdrawal; what becomes of it is told by the history and the ``withdrawal-info`` channel."""

    wdId: str | None = None
    clientId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    chain: str | None = None


@model
class WithdrawalCancel(Row):
    """Receipt for canceling a withdrawal."""

    wdId: str | None = None


@model
class TransferProgress(Row):
    """How far a deposit or withdrawal has come, in words."""

    wdId: str | None = None
    txId: str | None = None
    # In words.
    state: str | None = None
    # Estimate in words, UTC+8.
    estCompleteTime: str | None = None


@model
class NamedExchange(Row):
    """An exchange that can be named as receiver."""

    exchName: str | None = None
    exchId: str | None = None


@model
class StatementRequest(Row):
    """Receipt for asking for a statement. ``ts``: epoch ms."""

    ts: int | None = None


@model
class MonthlyStatement(Row):
    """A statement, or that it is being made. ``ts``: epoch ms."""

    # Link to the file, valid for a while.
    fileHref: str | None = None
    ts: int | None = None
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
    baseCcyMin: Decimal | None = None
    quoteCcy: str | None = None
    quoteCcyMax: Decimal | None = None
    quoteCcyMin: Decimal | None = None


@model
class ConvertQuote(Row):
    """A price that can be taken until ``quoteTime`` + ``ttlMs``. ``quoteTime``: epoch ms."""

    quoteTime: int | None = None
    ttlMs: int | None = None
    # Id that the user gave.
    clQReqId: str | None = None
    quoteId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    side: Side | None = None
    # As asked for, and as it would be.
    origRfqSz: Decimal | None = None
    rfqSz: Decimal | None = None
    rfqSzCcy: str | None = None
    # Price in quote currency.
    cnvtPx: Decimal | None = None
    baseSz: Decimal | None = None
    quoteSz: Decimal | None = None


@model
class ConvertTrade(Row):
    """A conversion. ``ts``: epoch ms."""

    tradeId: str | None = None
    quoteId: str | None = None
    # Id that the user gave.
    clTReqId: str | None = None
    state: Literal["fullyFilled", "rejected"] | str | None = None
    instId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    side: Side | None = None
    fillPx: Decimal | None = None
    fillBaseSz: Decimal | None = None
    fillQuoteSz: Decimal | None = None
    ts: int | None = None


@model
class FiatLimits(Row):
    """Bounds of one way to pay."""

    dailyLimit: Decimal | None = None
    dailyLimitRemaining: Decimal | None = None
    weeklyLimit: Decimal | None = None
    weeklyLimitRemaining: Decimal | None = None
    monthlyLimit: Decimal | None = None
    monthlyLimitRemaining: Decimal | None = None
    maxAmt: Decimal | None = None
    minAmt: Decimal | None = None
    lifetimeLimit: Decimal | None = None


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
    # Ratio.
    feeRate: Decimal | None = None
    minFee: Decimal | None = None
    limits: FiatLimits | None = None
    accounts: tuple[FiatAccount, ...] = ()


@model
class FiatOrder(Row):
    """A deposit or withdrawal of fiat money. Times are epoch ms."""

    ordId: str | None = None
    # Id that the user gave.
    clientId: str | None = None
    amt: Decimal | None = None
    ccy: str | None = None
    fee: Decimal | None = None
    paymentAcctId: str | None = None
    paymentMethod: str | None = None
    # "completed", "failed", "pending", "canceled", "inqueue", "processing", ...
    state: str | None = None
    cTime: int | None = None
    uTime: int | None = None


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
    fromCcy: str | None = None
    toCcy: str | None = None
    # Of one trade.
    singleTradeMax: Decimal | None = None
    singleTradeMin: Decimal | None = None
    # At a quoted price: left today, allowed in a day.
    fixedPxRemainingDailyQuota: Decimal | None = None
    fixedPxDailyLimit: Decimal | None = None
    paymentMethods: tuple[str, ...] = ()


@model
class FiatQuote(Row):
    """A price that can be taken until ``quoteTime`` + ``ttlMs``. ``quoteTime``: epoch ms."""

    quoteId: str | None = None
    side: Side | None = None
    fromCcy: str | None = None
    toCcy: str | None = None
    rfqAmt: Decimal | None = None
    rfqCcy: str | None = None
    quotePx: Decimal | None = None
    quoteCcy: str | None = None
    quoteFromAmt: Decimal | None = None
    quoteToAmt: Decimal | None = None
    quoteTime: int | None = None
    ttlMs: int | None = None


@model
class FiatTrade(Row):
    """A purchase or sale. Times are epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    quoteId: str | None = None
    # "processing", "completed", "failed".
    state: str | None = None
    side: Side | None = None
    fromCcy: str | None = None
    toCcy: str | None = None
    rfqAmt: Decimal | None = None
    rfqCcy: str | None = None
    fillPx: Decimal | None = None
    fillQuoteCcy: str | None = None
    fillFromAmt: Decimal | None = None
    fillToAmt: Decimal | None = None
    cTime: int | None = None
    uTime: int | None = None
