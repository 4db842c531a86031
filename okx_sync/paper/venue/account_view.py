"""The private face of the venue: every account, position and order row, made from the present state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from okx_sync.paper.venue import account_rows, algo_rows, margin, margin_rows, order_rows
from okx_sync.paper.venue.algo_engine import AlgoEngine
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.order_checks import positive, words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import ApiKey, VenueAccount, VenueFill
from okx_sync.paper.venue.row_queries import page
from okx_sync.paper.venue.types import Row


class AccountView:
    """Row makers for one account's data. List getters page by themselves (see `queries.page`)."""

    clock: PaperClock
    instruments: dict[str, VenueInstrument]
    prices: Prices
    engine: OrderEngine
    algos: AlgoEngine

    # --- balances and positions

    def account_row(self, account: VenueAccount, ccys: Sequence[str] = (), *, rest: bool = False) -> Row:
        """Return the row of account/balance (``rest``) or ``account``.

        ``ccys``: only these details; default all that are not zero.
        """
        return account_rows.account_row(account, self.prices, ccys, self.clock.now_ms(), rest=rest)

    def account_config_row(self, account: VenueAccount, key: ApiKey | None = None) -> Row:
        """Return the row of account/config, as seen through a key."""
        return account_rows.config_row(account, key)

    def position_rows(
        self, account: VenueAccount, *, instType: str = "", instId: str = "", posId: str = "", closed: bool = False
    ) -> list[Row]:
        """Return rows of account/positions and ``positions``; with ``closed`` also closed ones, with ``pos`` 0."""
        now = self.clock.now_ms()
        rows = [
            account_rows.position_row(account, position, self.prices, now)
            | {"closeOrderAlgo": [algo_rows.close_row(one) for one in self.algos.closing(position, account)]}
            for position in account.positions.values()
            if (position.lots or (closed and position.uTime)) and instType in ("", "ANY", position.instrument.instType)
        ]
        rows += [
            margin_rows.position_row(account, pair, self.prices, now)
            for pair in account.margins.values()
            if (pair.is_open or (closed and pair.uTime)) and instType in ("", "ANY", "MARGIN")
        ]
        return [row for row in rows if instId in ("", row["instId"]) and posId in ("", row["posId"])]

    def greeks_rows(self, account: VenueAccount, ccy: str = "") -> list[Row]:
        """Return ``account-greeks``: every coin the account owns or has swaps on, or only ``ccy``."""
        owned = [balance.ccy for balance in account_rows.worth_telling(account, self.prices)]
        traded = [position.instrument.baseCcy for position in account.open_positions()]
        now = self.clock.now_ms()
        return [
            account_rows.greeks_row(account, coin, self.prices, now)
            for coin in dict.fromkeys(owned + traded)
            if ccy in ("", coin)
        ]

    def balance_and_position_row(
        self,
        account: VenueAccount,
        cause: str,
        ccys: Sequence[str] = (),
        instIds: Sequence[str] = (),
        trades: Sequence[tuple[str, str]] = (),
    ) -> Row:
        """Return ``balance_and_position``. The cause ``snapshot`` carries everything that is not zero."""
        every = cause == "snapshot"
        told = account_rows.worth_telling(account, self.prices) if every else account.balances.values()
        return {
            "pTime": str(self.clock.now_ms()),
            "eventType": cause,
            "balData": [account_rows.balance_brief(b) for b in told if every or b.ccy in ccys],
            "posData": [
                account_rows.position_brief(p)
                for p in account.positions.values()
                if (every and p.lots) or (p.uTime and p.instrument.instId in instIds)
            ]
            + [
                margin_rows.position_brief(p)
                for p in account.margins.values()
                if (every and p.is_open) or (p.uTime and p.instrument.instId in instIds)
            ],
            "trades": [{"instId": instId, "tradeId": trade_id} for instId, trade_id in trades],
        }

    def leverage_rows(self, account: VenueAccount, instIds: Sequence[str], mgnMode: str) -> list[Row]:
        """Return rows of account/leverage-info."""
        sides = ("net",) if account.pos_mode == "net_mode" else ("long", "short")
        return [
            {
                "instId": instId,
                "mgnMode": mgnMode,
                "posSide": side,
                "lever": text(account.lever(instId, mgnMode, side)),
                "ccy": "",
            }
            for instId in instIds
            for side in sides
        ]

    def trade_fee_row(self, account: VenueAccount, instType: str) -> Row:
        """Return the row of account/trade-fee. Rates are negative: they are charged."""
        maker, taker = (text(-rate) for rate in margin.FEES["SPOT" if instType in ("SPOT", "MARGIN") else "SWAP"])
        swap = instType == "SWAP"
        group = {"groupId": "4" if swap else "1", "taker": taker, "maker": maker, "elpMaker": "", "rpiMaker": ""}
        names = "delivery exercise takerUSDC makerUSDC settle makerU takerU uly"
        return {
            **blank(names),
            "level": "VIP5" if account.vip else "Lv1",
            "feeGroup": [group],
            "instType": instType,
            "ts": str(self.clock.now_ms()),
            "taker": "" if swap else taker,
            "maker": "" if swap else maker,
            "takerU": taker if swap else "",
            "makerU": maker if swap else "",
            "ruleType": "normal",
            "category": "1",
            "fiat": [],
        }

    def max_size_row(self, account: VenueAccount, args: Mapping[str, str]) -> Row:
        """Return the row of account/max-size: the largest order possible now, at ``px``.

        Without a price at the upper price limit of a contract, and at the last price of a spot pair. `VenueRefusal`
        (51000) for a price that is none.
        """
        instrument = self.instruments[args["instId"]]
        limits, px = self.engine.band(instrument), self.prices.last[instrument.instId]
        if words(args, "px"):
            px = instrument.px(max(1, instrument.ticks(positive(args, "px"))))
        elif instrument.is_swap and limits is not None:
            px = instrument.px(limits[1])
        if instrument.is_swap:
            free = margin.available_equity(account, instrument.settleCcy, self.prices)
            lever = account.lever(instrument.instId, words(args, "tdMode", "cross"))
            rate = px * instrument.ctVal * (1 / lever + margin.fee_rate(instrument, "T"))
            lots = instrument.lots(free / rate)
            return self._both(instrument, lots, lots, "maxBuy", "maxSell") | {"ccy": instrument.settleCcy}
        quote = margin.spendable(account, instrument.quoteCcy, self.prices)
        base = margin.spendable(account, instrument.baseCcy, self.prices)
        row = self._both(instrument, instrument.lots(quote / px), instrument.lots(base), "maxBuy", "maxSell")
        return row | {"ccy": ""}

    def max_avail_size_row(self, account: VenueAccount, args: Mapping[str, str]) -> Row:
        """Return the row of account/max-avail-size: money (for swaps, margin) free for this instrument."""
        instrument = self.instruments[args["instId"]]
        if instrument.is_swap:
            free = text(margin.available_equity(account, instrument.settleCcy, self.prices))
            return {"instId": instrument.instId, "availBuy": free, "availSell": free}
        buy = margin.spendable(account, instrument.quoteCcy, self.prices)
        sell = margin.spendable(account, instrument.baseCcy, self.prices)
        return {"instId": instrument.instId, "availBuy": text(buy), "availSell": text(sell)}

    @staticmethod
    def _both(instrument: VenueInstrument, buy: int, sell: int, buy_name: str, sell_name: str) -> Row:
        sizes = {buy_name: text(instrument.sz(buy)), sell_name: text(instrument.sz(sell))}
        return {"instId": instrument.instId, **sizes}

    def bills(self, account: VenueAccount, filters: Mapping[str, str] | None = None) -> list[Row]:
        """Return rows of account/bills, newest first."""
        return page(
            reversed(account.bills),
            filters,
            row=lambda bill: order_rows.bill_row(account, bill),
            cursor="billId",
            time="ts",
            at=lambda bill: bill.billId,
        )

    # --- orders

    def order_row(self, account: VenueAccount, *, instId: str = "", ordId: str = "", clOrdId: str = "") -> Row | None:
        """Return the row of trade/order: one order, alive or done; None when there is none (51603)."""
        order = account.find(ordId, clOrdId)
        if order is None or instId not in ("", order.instrument.instId):
            return None
        return order_rows.rest_order(order, self.prices)

    def pending(self, account: VenueAccount, filters: Mapping[str, str] | None = None) -> list[Row]:
        """Return rows of trade/orders-pending, newest first."""
        return self._orders(account, filters, done=False)

    def history(self, account: VenueAccount, filters: Mapping[str, str] | None = None) -> list[Row]:
        """Return rows of trade/orders-history, newest first: finished orders only."""
        return self._orders(account, filters, done=True)

    def _orders(self, account: VenueAccount, filters: Mapping[str, str] | None, *, done: bool) -> list[Row]:
        newest_first = reversed(account.by_id.values()) if done else reversed(account.orders.values())
        return page(
            (order for order in newest_first if order.is_done == done),
            filters,
            row=lambda order: order_rows.rest_order(order, self.prices),
            cursor="ordId",
            time="cTime",
            at=lambda order: order.id,
            about=lambda order: {"instType": order.instType, "instId": order.instrument.instId},
        )

    def fills(self, account: VenueAccount, filters: Mapping[str, str] | None = None) -> list[Row]:
        """Return rows of trade/fills and fills-history, newest first."""
        return page(
            _since(account.fills, words(filters or {}, "begin")),
            filters,
            row=order_rows.rest_fill,
            cursor="billId",
            time="ts",
            at=lambda fill: fill.billId,
            about=lambda fill: {"ordId": fill.order.ordId, "instId": fill.order.instrument.instId},
        )

    def algo_rows(
        self, account: VenueAccount, filters: Mapping[str, str] | None = None, *, history: bool = False
    ) -> list[Row]:
        """Return rows of trade/orders-algo-pending or -history, newest first."""
        return page(
            self.algos.of(account, done=history), filters, row=self.algos.rest_row, cursor="algoId", time="cTime"
        )


def _since(fills: Sequence[VenueFill], begin: str) -> Iterator[VenueFill]:
    """Return newest first; those before ``begin`` are not looked at, since there may be many."""
    if not begin.isdigit():
        return reversed(fills)
    return takewhile(lambda fill: fill.ts >= int(begin), reversed(fills))
