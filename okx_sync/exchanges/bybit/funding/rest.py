# mypy: disable-error-code="empty-body"
"""Part of the group ``asset``: deposits and withdrawals.

Pages: "Asset / Deposit" and "Asset / Withdraw" of the V5 documentation. A withdrawal is sent once and has an id, yours
or one that is made up. Where no answer tells whether it was carried out, the error names the id in ``request_id``.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from okx_sync.exchanges.bybit.argument_words import FeeType, ForceChain
from okx_sync.exchanges.bybit.funding.models import (
    Deposit,
    DepositAddress,
    InternalDeposit,
    WithdrawableAmount,
    Withdrawal,
    WithdrawalAddress,
    WithdrawalCancel,
    WithdrawalReceipt,
)
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post
from okx_sync.timing import Clock

__all__ = ["Funding"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")
_LOOK_UP = (
    "requestId",
    "asset.get_withdrawal_records() tells whether it was; should it be sent again, then with request_id={!r}, which "
    "Bybit takes once",
)
_CANCEL = ("id", "asset.get_withdrawal_records(withdraw_id={!r}) tells its status")
_TX_ID = {"tx_id": "txID"}


def _new_request_id() -> str:
    return uuid.uuid4().hex


def _now_ms() -> str:
    return str(round(Clock().time() * 1000))


_NEW_ID = {"requestId": _new_request_id, "timestamp": _now_ms}


class Funding(Group, group="asset"):
    """Deposits and withdrawals."""

    @get("/v5/asset/deposit/query-address", "300/60s user", auth=True, list_key="chains")
    def get_master_deposit_address(self, coin: str, chain_type: str | None = None) -> list[DepositAddress]:
        """List the addresses to deposit a coin at.

        Args:
            coin: Currency, such as ``USDT``.
            chain_type: Only this chain, such as ``ETH``; all when left out.

        Source: GET /v5/asset/deposit/query-address
            https://bybit-exchange.github.io/docs/v5/asset/deposit/master-deposit-addr
        """

    @get("/v5/asset/deposit/query-record", "100/60s user", auth=True, list_key="rows", wires=_TX_ID)
    def get_deposit_records(
        self,
        *,
        id_: str | None = None,
        tx_id: str | None = None,
        coin: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[Deposit]:
        """List deposits on chains, newest first.

        30 days in one request, the last 30 without times.

        Args:
            id_: Only the deposit of this id; goes before all else.
            tx_id: Only the deposit of this transaction id.
            coin: Only this currency, such as ``USDT``; all when left out.
            start_time: First moment in epoch ms, included; Bybit looks at whole seconds.
            end_time: Last moment in epoch ms, included; Bybit looks at whole seconds.
            limit: Rows per page: 1 to 50; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/deposit/query-record
            https://bybit-exchange.github.io/docs/v5/asset/deposit/deposit-record
        """

    iter_deposit_records = paged(
        get_deposit_records, tokens=_TOKENS, windows=Windows("start_time", "end_time", 30, 730, step_ms=1000), most=50
    )

    @get("/v5/asset/deposit/query-internal-record", "300/1s user", auth=True, list_key="rows", wires=_TX_ID)
    def get_internal_deposit_records(
        self,
        *,
        tx_id: str | None = None,
        coin: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[InternalDeposit]:
        """List deposits from other users of Bybit, newest first.

        30 days in one request, the last 30 without times.

        Args:
            tx_id: Only the deposit of this transfer id.
            coin: Only this currency, such as ``USDT``; all when left out.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/deposit/query-internal-record
            https://bybit-exchange.github.io/docs/v5/asset/deposit/internal-deposit-record
        """

    iter_internal_deposit_records = paged(
        get_internal_deposit_records,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 30, 730, step_ms=1000),
        most=50,
    )

    @post("/v5/asset/withdraw/create", "5/1s user", "1/10s user+coin+chain", fill=_NEW_ID, look_up=_LOOK_UP)
    def withdraw(
        self,
        coin: str,
        amount: Number,
        address: str,
        account_type: str,
        *,
        chain: str | None = None,
        tag: str | None = None,
        timestamp: int | None = None,
        force_chain: ForceChain | None = None,
        fee_type: FeeType | None = None,
        request_id: str | None = None,
        beneficiary: Mapping[str, Any] | None = None,
        transaction_purpose: str | None = None,
        questionnaire: str | None = None,
    ) -> WithdrawalReceipt:
        """Withdraw a coin to an address of the address book, or to another user of Bybit.

        Needs the master account's key with the right to withdraw. The address must be in the address book.

        Once in 10 seconds for each coin and chain.

        Args:
            coin: Currency, such as ``USDT``.
            amount: Amount in ``coin``.
            address: Address as it stands in the address book; with ``force_chain=2`` a UID.
            account_type: Wallet that it comes from: ``"FUND"``, ``"UTA"``, ``"FUND,UTA"`` (in this order) or
                ``"SPOT"``.
            chain: Chain, such as ``ETH``; needed unless ``force_chain`` is 2.
            tag: Tag or memo, where the address has one.
            timestamp: Present time in epoch ms, against repeats; this machine's when left out.
            force_chain: 0: within Bybit where the address is Bybit's (the default); 1: always on the chain; 2: to a
                UID.
            fee_type: 0: the fee comes on top of ``amount`` (the default); 1: it is taken out of it.
            request_id: Id of your own, 1 to 32 letters and digits, which Bybit takes once; made up when left out.
            beneficiary: Who receives it, where the law wants that, such as ``beneficiaryName``.
            transaction_purpose: Purpose, where the law wants one.
            questionnaire: Answers to the questionnaire, where the law wants them.

        Source: POST /v5/asset/withdraw/create
            https://bybit-exchange.github.io/docs/v5/asset/withdraw/withdraw
        """

    @post("/v5/asset/withdraw/cancel", "60/60s user", look_up=_CANCEL)
    def cancel_withdrawal(self, id_: str) -> WithdrawalCancel:
        """Cancel a withdrawal that is not yet under way.

        Args:
            id_: Id that the receipt gave.

        Source: POST /v5/asset/withdraw/cancel
            https://bybit-exchange.github.io/docs/v5/asset/withdraw/cancel-withdraw
        """

    @get("/v5/asset/withdraw/query-address", "300/1s user", auth=True, list_key="rows")
    def get_withdrawal_address_list(
        self,
        coin: str | None = None,
        chain: str | None = None,
        address_type: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[WithdrawalAddress]:
        """List the addresses of the address book.

        Args:
            coin: Only this currency, such as ``USDT``; all when left out.
            chain: Only this chain, such as ``ETH``; all when left out.
            address_type: Code: 0 of one coin, 1 of any coin, 2 within Bybit.
            limit: Rows per page: 1 to 50; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/withdraw/query-address
            https://bybit-exchange.github.io/docs/v5/asset/withdraw/withdraw-address
        """

    iter_withdrawal_address_list = paged(get_withdrawal_address_list, tokens=_TOKENS, most=50)

    @get(
        "/v5/asset/withdraw/query-record",
        "300/60s user",
        auth=True,
        list_key="rows",
        wires={**_TX_ID, "withdraw_id": "withdrawID"},
    )
    def get_withdrawal_records(
        self,
        *,
        withdraw_id: str | None = None,
        tx_id: str | None = None,
        coin: str | None = None,
        withdraw_type: int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[Withdrawal]:
        """List withdrawals, newest first.

        30 days in one request, the last 30 without times.

        Args:
            withdraw_id: Only the withdrawal of this id.
            tx_id: Only the withdrawal of this transaction id.
            coin: Only this currency, such as ``USDT``; all when left out.
            withdraw_type: Code: 0 on chains (the default), 1 within Bybit, 2 both.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/withdraw/query-record
            https://bybit-exchange.github.io/docs/v5/asset/withdraw/withdraw-record
        """

    iter_withdrawal_records = paged(
        get_withdrawal_records,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 30, 730, step_ms=1000),
        most=50,
    )

    @get("/v5/asset/withdraw/withdrawable-amount", "300/1s user", auth=True)
    def get_withdrawable_amount(self, coin: str) -> WithdrawableAmount:
        """Get how much of a coin can be withdrawn, and what is delayed.

        Args:
            coin: Currency, such as ``USDT``.

        Source: GET /v5/asset/withdraw/withdrawable-amount
            https://bybit-exchange.github.io/docs/v5/asset/balance/delay-amount
        """
