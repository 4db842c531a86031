# mypy: disable-error-code="empty-body"
"""Group ``spot_margin``: spot margin trading of unified accounts.

Pages: "Spot Margin Trade (UTA)" of the V5 documentation. All calls are signed.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.argument_words import Flag
from okx_sync.exchanges.bybit.spot_margin.models import CoinLeverage, MaxBorrowable, SpotMarginState, SpotMarginSwitch
from okx_sync.rest import Group, Number, get, post

__all__ = ["SpotMargin"]


class SpotMargin(Group, group="spot_margin"):
    """Spot margin trading."""

    @get("/v5/spot-margin-trade/state", "50/1s user", auth=True)
    def get_status_and_leverage(self) -> SpotMarginState:
        """Get whether spot margin trading is on, and with what leverage.

        Source: GET /v5/spot-margin-trade/state
            https://bybit-exchange.github.io/docs/v5/spot-margin-uta/status
        """

    @get("/v5/spot-margin-trade/coinstate", "50/1s user", auth=True)
    def get_coin_state(self, currency: str | None = None) -> list[CoinLeverage]:
        """List the leverage of spot margin trading by currency.

        Args:
            currency: Only this currency, such as ``BTC``; all when left out.

        Source: GET /v5/spot-margin-trade/coinstate
            https://bybit-exchange.github.io/docs/v5/spot-margin-uta/coinstate
        """

    @get("/v5/spot-margin-trade/max-borrowable", "50/1s user", auth=True)
    def get_max_borrowable(self, currency: str) -> MaxBorrowable:
        """Get how much of a currency can be borrowed.

        Args:
            currency: Currency, such as ``BTC``.

        Source: GET /v5/spot-margin-trade/max-borrowable
            https://bybit-exchange.github.io/docs/v5/spot-margin-uta/max-borrowable
        """

    @post("/v5/spot-margin-trade/set-leverage", "5/1s user")
    def set_leverage(self, leverage: Number, currency: str | None = None) -> None:
        """Set the leverage of spot margin trading.

        Switch margin trading on first.

        Args:
            leverage: Leverage, as a factor: 2 to 10.
            currency: Only for this currency, such as ``BTC``; for the account when left out.

        Source: POST /v5/spot-margin-trade/set-leverage
            https://bybit-exchange.github.io/docs/v5/spot-margin-uta/set-leverage
        """

    @post("/v5/spot-margin-trade/switch-mode", "5/1s user")
    def toggle_margin_trade(self, spot_margin_mode: Flag) -> SpotMarginSwitch:
        """Switch spot margin trading on or off.

        Args:
            spot_margin_mode: ``"1"`` on, ``"0"`` off.

        Source: POST /v5/spot-margin-trade/switch-mode
            https://bybit-exchange.github.io/docs/v5/spot-margin-uta/switch-mode
        """
