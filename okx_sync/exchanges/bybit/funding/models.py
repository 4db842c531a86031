"""Deposits and withdrawals. Pages: "Asset / Deposit" and "Asset / Withdraw" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, envelope, model, wire

__all__ = [
    "Deposit",
    "DepositAddress",
    "InternalDeposit",
    "WithdrawableAmount",
    "WithdrawableCoin",
    "WithdrawableWallets",
    "Withdrawal",
    "WithdrawalAddress",
    "WithdrawalCancel",
    "WithdrawalReceipt",
]


@model
class DepositAddress(Row):
    """Where a coin can be deposited on a chain (``GET /v5/asset/deposit/query-address``)."""

    coin: str | None = envelope("coin")
    chainType: str | None = None
    """Name of the chain."""
    addressDeposit: str | None = None
    """Address."""
    tagDeposit: str | None = None
    """Tag or memo, where the chain needs one."""
    chain: str | None = None
    batchReleaseLimit: Decimal | None = None
    """Largest amount of one deposit, in ``coin``; -1 where there is no limit."""
    contractAddress: str | None = None
    """Last digits of the coin's contract."""


@model
class Deposit(Row):
    """A deposit on a chain (``GET /v5/asset/deposit/query-record``)."""

    id: str | None = None
    coin: str | None = None
    chain: str | None = None
    amount: Decimal | None = None
    """Amount, in ``coin``."""
    txID: str | None = None
    """Id of the transaction."""
    status: str | None = None
    """0 unknown, 1 to be confirmed, 2 processing, 3 done, 4 failed, and others."""
    toAddress: str | None = None
    """Address that it was sent to."""
    tag: str | None = None
    depositFee: Decimal | None = None
    """Fee, in ``coin``."""
    successAt: int | None = None
    """Epoch ms of the last change."""
    confirmations: int | None = None
    """Number of blocks since."""
    txIndex: str | None = None
    blockHash: str | None = None
    batchReleaseLimit: Decimal | None = None
    """Largest amount of one deposit, in ``coin``; -1 where there is no limit."""
    depositType: str | None = None
    """0 ordinary, 10 beyond the limit of the day, 20 abnormal."""
    fromAddress: str | None = None
    """Address that it came from, where that is known."""
    taxDepositRecordsId: str | None = None
    """Austria only."""
    taxStatus: str | None = None
    """Austria only: 0 nothing to report, 1 open, 2 done."""


@model
class InternalDeposit(Row):
    """A deposit from another user of Bybit (``GET /v5/asset/deposit/query-internal-record``)."""

    id: str | None = None
    type: str | None = None
    coin: str | None = None
    amount: Decimal | None = None
    """Amount, in ``coin``."""
    status: str | None = None
    """1 processing, 2 done, 3 failed."""
    address: str | None = None
    """E-mail address or telephone number."""
    createdTime: int | None = None
    """Epoch seconds of creation by the page's example; the page does not name the unit."""
    fromMemberId: str | None = None
    """UID that it came from."""
    txID: str | None = None
    """Id of the transfer."""
    complianceStatus: str | None = None
    taxDepositRecordsId: str | None = None
    """Austria only."""
    taxStatus: str | None = None
    """Austria only: 0 nothing to report, 1 open, 2 done."""


@model
class Withdrawal(Row):
    """A withdrawal (``GET /v5/asset/withdraw/query-record``)."""

    withdrawId: str | None = None
    txID: str | None = None
    """Id of the transaction; None when it failed or was canceled."""
    withdrawType: str | None = None
    """0 on a chain, 1 within Bybit."""
    coin: str | None = None
    chain: str | None = None
    amount: Decimal | None = None
    """Amount, in ``coin``."""
    withdrawFee: Decimal | None = None
    """Fee, in ``coin``."""
    status: str | None = None
    """For example ``"SecurityCheck"``, ``"Pending"``, ``"success"``, ``"CancelByUser"``, ``"Reject"``, ``"Fail"``."""
    toAddress: str | None = None
    """Address, or UID within Bybit."""
    tag: str | None = None
    createTime: int | None = None
    """Epoch ms of creation."""
    updateTime: int | None = None
    """Epoch ms of the last change."""
    tax: Decimal | None = None
    """Tax, where one is due."""
    taxRate: Decimal | None = None
    """Tax as a ratio."""
    taxType: str | None = None
    fee: Decimal | None = None
    """Fee; told by the page's example only."""


@model
class WithdrawalReceipt(Row):
    """A withdrawal that was accepted (``POST /v5/asset/withdraw/create``)."""

    id: str | None = None
    """Id of the withdrawal: ``withdrawId`` of the listing."""


@model
class WithdrawalCancel(Row):
    """Whether a withdrawal was canceled (``POST /v5/asset/withdraw/cancel``)."""

    status: int | None = None
    """1 when it was, 0 when it was not."""


@model
class WithdrawalAddress(Row):
    """An address of the address book (``GET /v5/asset/withdraw/query-address``)."""

    coin: str | None = None
    chain: str | None = None
    address: str | None = None
    tag: str | None = None
    remark: str | None = None
    status: str | None = None
    """0 normal, 1 new and not yet usable."""
    addressType: str | None = None
    """0 of one coin, 1 of any coin, 2 within Bybit."""
    verified: str | None = None
    """0 not verified, 1 withdrawals to it need no verification."""
    createAt: str | None = wire("createAt", also=("createdAt",))
    """Time at which it was added. Bybit's page writes both names."""


@model
class WithdrawableCoin(Row):
    """What can be withdrawn out of one wallet."""

    coin: str | None = None
    withdrawableAmount: Decimal | None = None
    """What can be withdrawn, in ``coin``."""
    availableBalance: Decimal | None = None
    """What is free, in ``coin``."""


@model
class WithdrawableWallets(Row):
    """What can be withdrawn, wallet by wallet."""

    SPOT: WithdrawableCoin | None = None
    """Classic accounts only."""
    FUND: WithdrawableCoin | None = None
    UTA: WithdrawableCoin | None = None
    EARN: WithdrawableCoin | None = None


@model
class WithdrawableAmount(Row):
    """How much of a coin can be withdrawn (``GET /v5/asset/withdraw/withdrawable-amount``)."""

    limitAmountUsd: Decimal | None = None
    """What is frozen for risk control, in USD."""
    withdrawableAmount: WithdrawableWallets | None = None
