"""The everyday listings flat on the client, from ``start`` to ``end``, however many requests that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.exchanges.okx.groups import AllGroups

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.bills.models import Bill
    from okx_sync.exchanges.okx.market.models import Candle, Trade
    from okx_sync.exchanges.okx.public.models import FundingRateRecord
    from okx_sync.exchanges.okx.trade.models import FillRecord, Order
    from okx_sync.exchanges.okx.words import CandleBar, InstType
    from okx_sync.rest import Moment, Pager

__all__ = ["Histories"]


class Histories(AllGroups):
    """The everyday listings of a client.

    Rows come newest first, each once; ``start`` is included, ``end`` is not, either may be left open.

    Times are ms or datetimes with a time zone. Nothing is asked for before the pager is iterated; see
    :class:`Pager` for ``oldest_first``, ``limit``, ``progress``, ``cursor`` and ``resume``. All other listings are
    in the groups, under the name of their endpoint: ``client.funding.iter_deposit_history()``.
    """

    def iter_candles(
        self, inst_id: str, bar: CandleBar = "1m", *, start: Moment | None = None, end: Moment | None = None
    ) -> Pager[Candle]:
        """Read candles, recent ones and those of past years.

        The open one is included unless ``end`` is before it.
        """
        return self.market.iter_candles(inst_id, bar).between(start, end)

    def iter_trades(self, inst_id: str, *, start: Moment | None = None, end: Moment | None = None) -> Pager[Trade]:
        """Read public trades of the last 3 months."""
        return self.market.iter_history_trades(inst_id).between(start, end)

    def iter_funding_rates(
        self, inst_id: str, *, start: Moment | None = None, end: Moment | None = None
    ) -> Pager[FundingRateRecord]:
        """Read funding settlements of a perpetual of the last 3 months; times are those of the settlement."""
        return self.public.iter_funding_rate_history(inst_id).between(start, end)

    def iter_fills(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        ord_id: str | None = None,
        *,
        start: Moment | None = None,
        end: Moment | None = None,
    ) -> Pager[FillRecord]:
        """Read fills of the account, of the last 3 months."""
        return self.trade.iter_fills(inst_type, inst_id, ord_id).between(start, end)

    def iter_orders(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        *,
        start: Moment | None = None,
        end: Moment | None = None,
    ) -> Pager[Order]:
        """Read finished orders of the last 3 months; those canceled without a fill are kept for 2 h only.

        Times are those of the orders' creation.
        """
        return self.trade.iter_orders_history(inst_type, inst_id).between(start, end)

    def iter_bills(
        self,
        inst_type: InstType | None = None,
        ccy: str | None = None,
        *,
        start: Moment | None = None,
        end: Moment | None = None,
    ) -> Pager[Bill]:
        """Read the ledger of the trading account, of the last 3 months."""
        return self.account.iter_bills(inst_type, ccy).between(start, end)
