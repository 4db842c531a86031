# mypy: disable-error-code="empty-body"
"""The part of group ``spot`` that moves money: transfers, deposits, withdrawals.

What moves money is sent once. Each request has an id of the client's own, made up when left out, by which the listings
tell what became of it when its answer is lost; the error has it as ``request_id``.
Pages: "Spot / Account" of Bitget's API guide.
"""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.bitget.spot.wallet_models import (
    SpotTransferableCoin,
    SpotTransferReceipt,
    SpotWalletDone,
    WalletDeposit,
    WalletDepositAddress,
    WalletTransfer,
    WalletWithdrawal,
    WalletWithdrawalReceipt,
)
from okx_sync.exchanges.bitget.spot.words import AccountType
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["SpotWallet"]

_BY_ORDER: Final = Tokens("id_less_than", row="orderId")
_MONTHS: Final = Windows("start_time", "end_time", 30, 90)
_FILL: Final = {"clientOid": new_client_oid}
_TRANSFER: Final = (
    "clientOid",
    "spot.get_transfer_history(coin, client_oid={!r}) tells whether it was; sent again with that client_oid, it is "
    "carried out once",
)
_WITHDRAWAL: Final = ("clientOid", "spot.get_withdrawal_history(start, end, client_oid={!r}) tells whether it was")
_CANCEL: Final = ("orderId", "spot.get_withdrawal_history(start, end, order_id={!r}) tells its status")


class SpotWallet(Group, group="spot"):
    """Transfers, deposits, withdrawals."""

    @post("/api/v2/spot/wallet/transfer", "10/1s user", fill=_FILL, look_up=_TRANSFER)
    def transfer(
        self,
        from_type: AccountType,
        to_type: AccountType,
        amount: Number,
        coin: str,
        symbol: str | None = None,
        client_oid: str | None = None,
    ) -> SpotTransferReceipt:
        """Move an amount from one account of yours to another.

        The same ``client_oid`` moves nothing for a second time: Bitget answers with the first transfer of that id.

        Args:
            from_type: Account that it comes from: ``spot``, ``p2p`` (funding), ``usdt_futures``, ``coin_futures``,
                ``usdc_futures``, ``crossed_margin`` or ``isolated_margin``.
            to_type: Account that receives it, by the same words.
            amount: How much, in the coin.
            coin: Coin to move, such as ``USDT``.
            symbol: Name of the pair, where one of the accounts is ``isolated_margin``.
            client_oid: Id of your own, by which ``get_transfer_history`` finds the transfer; made up when left out.

        Source: POST /api/v2/spot/wallet/transfer
            https://www.bitget.com/api-doc/spot/account/Wallet-Transfer
        """

    @get("/api/v2/spot/wallet/transfer-coin-info", "10/1s user", auth=True, text_key="coin")
    def get_transferable_coins(self, from_type: AccountType, to_type: AccountType) -> list[SpotTransferableCoin]:
        """List the coins that can be moved between two accounts.

        Args:
            from_type: Account that they come from, as ``transfer`` takes it.
            to_type: Account that receives them, by the same words.

        Source: GET /api/v2/spot/wallet/transfer-coin-info
            https://www.bitget.com/api-doc/spot/account/Get-Transfer-Coins
        """

    @get("/api/v2/spot/account/transferRecords", "20/1s user", auth=True)
    def get_transfer_history(
        self,
        coin: str,
        from_type: AccountType | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        client_oid: str | None = None,
        page_num: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[WalletTransfer]:
        """List transfers between accounts, newest first.

        Args:
            coin: Only transfers of this coin, such as ``USDT``.
            from_type: Only transfers from this account, as ``transfer`` takes it.
            start_time: First moment in epoch ms; at most 90 days before ``end_time``.
            end_time: Last moment in epoch ms.
            client_oid: Only the transfer that you gave this id.
            page_num: Number of the page, 1 to 1000.
            limit: Rows per page: 1 to 500; 100 when left out.
            id_less_than: Only transfers before the one of this id, which Bitget advises against; ``iter_`` sets it.

        Source: GET /api/v2/spot/account/transferRecords
            https://www.bitget.com/api-doc/spot/account/Get-Account-TransferRecords
        """

    iter_transfer_history = paged(
        get_transfer_history, tokens=Tokens("id_less_than", row="transferId"), windows=_MONTHS, time="ts", most=500
    )

    @post("/api/v2/spot/wallet/withdrawal", "5/1s user", fill=_FILL, look_up=_WITHDRAWAL)
    def withdraw(
        self,
        coin: str,
        transfer_type: str,
        address: str,
        size: Number,
        chain: str | None = None,
        client_oid: str | None = None,
        *,
        inner_to_type: str | None = None,
        area_code: str | None = None,
        tag: str | None = None,
        remark: str | None = None,
        member_code: str | None = None,
        identity_type: str | None = None,
        company_name: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
    ) -> WalletWithdrawalReceipt:
        """Withdraw an amount of a coin, to an address of the account's address book or to another user of Bitget.

        Needs a key with the right to withdraw. An accepted request is a receipt; ``get_withdrawal_history`` says what
        became of it.

        Args:
            coin: Coin to withdraw, such as ``USDT``.
            transfer_type: ``"on_chain"``, or ``"internal_transfer"`` to another user of Bitget.
            address: Address on the chain, or user id, mail address or phone number as ``inner_to_type`` says.
            size: How much, in the coin; on Lightning what arrives, equal to the invoice.
            chain: Name of the chain, such as ``trc20``; needed on chain.
            client_oid: Id of your own, by which ``get_withdrawal_history`` finds it; made up when left out.
            inner_to_type: What ``address`` is inside Bitget: ``"uid"``, the default, ``"email"`` or ``"mobile"``.
            area_code: Area code of a phone number.
            tag: Tag of the address, where the chain needs one.
            remark: Note of your own.
            member_code: Exchange in Korea that receives it: ``bithumb``, ``korbit`` or ``coinone``.
            identity_type: Who receives it there: ``"user"`` or ``"company"``.
            company_name: Name of the company that receives it there.
            first_name: First name of who receives it there.
            last_name: Last name of who receives it there.

        Source: POST /api/v2/spot/wallet/withdrawal
            https://www.bitget.com/api-doc/spot/account/Wallet-Withdrawal
        """

    @post("/api/v2/spot/wallet/cancel-withdrawal", "10/1s user", text_key="result", judged=True, look_up=_CANCEL)
    def cancel_withdrawal(self, order_id: str) -> SpotWalletDone:
        """Cancel a withdrawal that is not on its way yet.

        Args:
            order_id: Id of the withdrawal that Bitget gave.

        Source: POST /api/v2/spot/wallet/cancel-withdrawal
            https://www.bitget.com/api-doc/spot/account/Cancel-Withdrawal
        """

    @get("/api/v2/spot/wallet/withdrawal-records", "10/1s user", auth=True)
    def get_withdrawal_history(
        self,
        start_time: int,
        end_time: int,
        coin: str | None = None,
        client_oid: str | None = None,
        id_less_than: str | None = None,
        order_id: str | None = None,
        limit: int | None = None,
    ) -> list[WalletWithdrawal]:
        """List withdrawals, newest first.

        Args:
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            coin: Only withdrawals of this coin, such as ``USDT``.
            client_oid: Only the withdrawal that you gave this id.
            id_less_than: Only withdrawals before the one of this id; ``iter_`` sets it.
            order_id: Only the withdrawal that Bitget gave this id.
            limit: Rows per page: 1 to 100; 20 when left out.

        Source: GET /api/v2/spot/wallet/withdrawal-records
            https://www.bitget.com/api-doc/spot/account/Get-Withdraw-Record
        """

    iter_withdrawal_history = paged(get_withdrawal_history, tokens=_BY_ORDER, windows=_MONTHS, time="cTime")

    @get("/api/v2/spot/wallet/deposit-address", "10/1s user", auth=True)
    def get_deposit_address(
        self, coin: str, chain: str | None = None, size: Number | None = None
    ) -> WalletDepositAddress:
        """Get the address at which a coin is deposited.

        Args:
            coin: Coin, such as ``USDT``.
            chain: Name of the chain, such as ``trc20``.
            size: Amount of the invoice in coins: 0.000001 to 0.01; for Lightning only.

        Source: GET /api/v2/spot/wallet/deposit-address
            https://www.bitget.com/api-doc/spot/account/Get-Deposit-Address
        """

    @get("/api/v2/spot/wallet/deposit-records", "10/1s user", auth=True)
    def get_deposit_history(
        self,
        start_time: int,
        end_time: int,
        coin: str | None = None,
        order_id: str | None = None,
        id_less_than: str | None = None,
        limit: int | None = None,
    ) -> list[WalletDeposit]:
        """List deposits, newest first.

        Args:
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            coin: Only deposits of this coin, such as ``USDT``.
            order_id: Only the deposit that Bitget gave this id.
            id_less_than: Only deposits before the one of this id; ``iter_`` sets it.
            limit: Rows per page: 1 to 100; 20 when left out.

        Source: GET /api/v2/spot/wallet/deposit-records
            https://www.bitget.com/api-doc/spot/account/Get-Deposit-Record
        """

    iter_deposit_history = paged(get_deposit_history, tokens=_BY_ORDER, windows=_MONTHS, time="cTime")

    @post("/api/v2/spot/wallet/modify-deposit-account", "10/1s user", text_key="result", judged=True)
    def set_deposit_account(self, account_type: str, coin: str) -> SpotWalletDone:
        """Set the account that deposits of a coin go to.

        Args:
            account_type: ``spot``, ``funding``, ``coin-futures``, ``usdt-futures`` or ``usdc-futures``.
            coin: Coin, such as ``USDT``.

        Source: POST /api/v2/spot/wallet/modify-deposit-account
            https://www.bitget.com/api-doc/spot/account/Modify-Deposit-Account
        """
