# mypy: disable-error-code="empty-body"
"""Part of the group ``account``: borrowing, repaying, collateral.

Pages: "Account" of the V5 documentation. Bybit takes no repayments from minute 4:00 to 5:30 of each hour. A request to
borrow or to repay has no id of its own: after one without an answer, look at the wallet before you repeat it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.exchanges.bybit.argument_words import RepaymentType, Switch
from okx_sync.exchanges.bybit.borrowing.models import (
    BorrowRecord,
    CollateralInfo,
    CollateralSetting,
    ManualBorrow,
    PayInfo,
    Repayment,
    RepayStatus,
)
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["Borrowing"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")
_WALLET = ("", "account.get_wallet_balance() tells what is borrowed")


class Borrowing(Group, group="account"):
    """Borrow, repay, collateral."""

    @post("/v5/account/borrow", "1/1s user", look_up=_WALLET)
    def borrow(self, coin: str, amount: Number) -> ManualBorrow:
        """Borrow a coin.

        Args:
            coin: Currency, such as ``BTC``.
            amount: Amount in ``coin``.

        Source: POST /v5/account/borrow
            https://bybit-exchange.github.io/docs/v5/account/borrow
        """

    @get("/v5/account/borrow-history", "50/1s user", auth=True)
    def get_borrow_history(
        self,
        currency: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[BorrowRecord]:
        """List the interest of each hour, newest first.

        30 days in one request; the last 30 days without times.

        Args:
            currency: Only this currency, such as ``BTC``; all when left out.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/account/borrow-history
            https://bybit-exchange.github.io/docs/v5/account/borrow-history
        """

    iter_borrow_history = paged(
        get_borrow_history,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 30, 730),
        time="createdTime",
        most=50,
    )

    @get("/v5/account/collateral-info", "50/1s user", auth=True)
    def get_collateral_info(self, currency: str | None = None) -> list[CollateralInfo]:
        """List what can be borrowed of each currency, and whether it is collateral.

        Args:
            currency: Only this currency, such as ``BTC``; all when left out.

        Source: GET /v5/account/collateral-info
            https://bybit-exchange.github.io/docs/v5/account/collateral-info
        """

    @post("/v5/account/set-collateral-switch")
    def set_collateral_coin(self, coin: str, collateral_switch: Switch) -> None:
        """Set whether a coin is collateral. USDT and USDC always are.

        Args:
            coin: Currency, such as ``BTC``.
            collateral_switch: ``"ON"`` or ``"OFF"``.

        Source: POST /v5/account/set-collateral-switch
            https://bybit-exchange.github.io/docs/v5/account/set-collateral
        """

    @post("/v5/account/set-collateral-switch-batch", "5/1s user")
    def batch_set_collateral_coin(self, request: Sequence[Mapping[str, Any]]) -> list[CollateralSetting]:
        """Set of several coins whether they are collateral.

        Args:
            request: For each coin a mapping with ``coin`` and ``collateralSwitch`` (``"ON"`` or ``"OFF"``).

        Source: POST /v5/account/set-collateral-switch-batch
            https://bybit-exchange.github.io/docs/v5/account/batch-set-collateral
        """

    @post("/v5/account/repay", "1/1s user", look_up=_WALLET)
    def repay(
        self, coin: str | None = None, amount: Number | None = None, repayment_type: RepaymentType | None = None
    ) -> RepayStatus:
        """Repay what was borrowed, by converting other coins where the own balance is not enough.

        ``resultStatus`` ``"P"`` says that it is under way.

        Args:
            coin: Currency, such as ``BTC``; all that is borrowed when left out.
            amount: Amount in ``coin``, only together with it; all of it when left out.
            repayment_type: ``"ALL"``, ``"FIXED"`` or ``"FLEXIBLE"`` (of what is borrowed at a fixed or a floating
                rate).

        Source: POST /v5/account/repay
            https://bybit-exchange.github.io/docs/v5/account/repay
        """

    @post("/v5/account/no-convert-repay", "1/1s user", look_up=_WALLET)
    def manual_no_convert_repay(
        self, coin: str, amount: Number | None = None, repayment_type: RepaymentType | None = None
    ) -> RepayStatus:
        """Repay a coin out of its own balance, without converting others.

        ``resultStatus`` ``"P"`` says that it is under way.

        Args:
            coin: Currency, such as ``BTC``.
            amount: Amount in ``coin``; what the balance allows when left out.
            repayment_type: ``"ALL"``, ``"FIXED"`` or ``"FLEXIBLE"`` (of what is borrowed at a fixed or a floating
                rate); ``"FLEXIBLE"`` when left out.

        Source: POST /v5/account/no-convert-repay
            https://bybit-exchange.github.io/docs/v5/account/no-convert-repay
        """

    @post("/v5/account/quick-repayment", "1/1s user", look_up=_WALLET)
    def repay_liability(self, coin: str | None = None) -> list[Repayment]:
        """Repay liabilities by converting collateral; not what was borrowed by ``borrow``.

        Args:
            coin: Currency with a liability, such as ``BTC``; all of them when left out.

        Source: POST /v5/account/quick-repayment
            https://bybit-exchange.github.io/docs/v5/account/repay-liability
        """

    @get("/v5/account/pay-info", "50/1s user", auth=True)
    def get_pay_info(self, coin: str | None = None) -> PayInfo:
        """Get what is borrowed, and the coins that can pay it back.

        Args:
            coin: Currency with a liability, such as ``BTC``; the sum of all when left out.

        Source: GET /v5/account/pay-info
            https://bybit-exchange.github.io/docs/v5/account/pay-info
        """
