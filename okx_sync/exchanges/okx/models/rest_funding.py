"""Rows of the funding account that no stream pushes: balances, currencies, transfers, statements."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.models.funding import WithdrawalAddressExtra
from okx_sync.models import Row, model, wire


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
