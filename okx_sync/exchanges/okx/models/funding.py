"""Money that enters and leaves: deposits and withdrawals."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.models import Row, envelope, model, wire


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
