"""The whole exchange without its sockets: instruments, books, accounts, orders, and the rows that describe them.

Single-threaded and free of I/O. Time moves by `Venue.step`; every request steps first, so that whatever was due
before it has happened before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.argument_checks import check_word
from okx_sync.paper.rules import PaperRules
from okx_sync.paper.venue import events, forced_trades, leverage, market_rows
from okx_sync.paper.venue import order_amend as amending
from okx_sync.paper.venue import order_replace as replacing
from okx_sync.paper.venue.account_view import AccountView
from okx_sync.paper.venue.algo_engine import AlgoEngine
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.conversions import Conversions
from okx_sync.paper.venue.events import VenueEvent
from okx_sync.paper.venue.instruments import VenueInstrument, default_instruments
from okx_sync.paper.venue.insurance import STATES
from okx_sync.paper.venue.listings import Listings
from okx_sync.paper.venue.margin_closing import close_at_market
from okx_sync.paper.venue.market_view import VenueMarketView
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.random_flow import PAST_SECONDS, RandomFlow
from okx_sync.paper.venue.records import ApiKey, VenueAccount, VenueOrder, VenuePosition
from okx_sync.paper.venue.risk import Risk
from okx_sync.paper.venue.spread_orders import SpreadOrders
from okx_sync.paper.venue.spreads import Spreads
from okx_sync.paper.venue.tape import Tape
from okx_sync.paper.venue.transfers import Transfers
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import WireRules, okx_rules

__all__ = [
    "ApiKey",
    "MatchingBook",
    "OrderAck",
    "PaperClock",
    "Row",
    "Venue",
    "VenueAccount",
    "VenueEvent",
    "VenueInstrument",
]

#: What a new account owns unless told otherwise.
STARTING_MONEY = {"USDT": Decimal(100_000), "BTC": Decimal(2), "ETH": Decimal(20), "SOL": Decimal(200)}
#: Invented volume of a minute, in quote currency.
MINUTE_VALUE = 150_000


class Venue(VenueMarketView, AccountView):
    """The exchange's domain.

    Deterministic: the same seed, start date, and sequence of clock advances and requests give the same market.
    Row getters raise KeyError for an unknown instrument; requests answer with the exchange's codes instead.
    """

    def __init__(
        self,
        *,
        seed: int = 7,
        clock: PaperClock | None = None,
        flow_per_s: float = 40.0,
        rules: PaperRules | None = None,
    ) -> None:
        """Make a venue.

        ``flow_per_s``: random orders per second over all instruments (0 = a market that stands still).

        ``rules``: readings of OKX's rules; an order that comes with rules of its own (`place`) is under those.

        ``requests`` counts what was asked: ``("place", "rest")``, ``("cancel", "ws")``...
        """
        self.seed = seed
        self.clock = clock or PaperClock()
        self.instruments = default_instruments()
        self.accounts: list[VenueAccount] = []
        self.keys: dict[str, ApiKey] = {}
        self.requests: Counter[tuple[str, str]] = Counter()
        self.prices = Prices(self.instruments)
        self._listeners: list[Callable[[VenueEvent], None]] = []
        okx = okx_rules(rules or PaperRules())
        self.engine = OrderEngine(self.clock, self.instruments, self.prices, self._emit, okx)
        ms = self.engine.ms = self.clock.now_ms()
        for instrument in self.instruments.values():
            lots = int(MINUTE_VALUE / float(instrument.coins(1) * instrument.start_px))
            name = f"{instrument.instId} {seed}"
            self.engine.tapes[instrument.instId] = Tape(instrument, ms - PAST_SECONDS * 1000, name, lots)
        self.prices.open(self.instruments, ms - PAST_SECONDS * 1000, seed)
        self.risk = Risk(self.engine, self.accounts, seed, self._emit)
        self.algos = AlgoEngine(self.engine, self._emit)
        self.transfers = Transfers(self._emit)
        self.conversions = Conversions(self.engine, self._emit)
        self.listings = Listings(self.instruments)
        self.spreads = Spreads(self.instruments, self.prices, self.clock, seed)
        self.spread_orders = SpreadOrders(self.spreads, self.clock, self.tell)
        self.flow = RandomFlow(self.engine, seed, flow_per_s)
        self.flow.open(self.clock.monotonic(), ms)
        self._status = market_rows.status_row(ms)

    # --- listeners and time

    def listen(self, fn: Callable[[VenueEvent], None]) -> None:
        """Call ``fn`` with every event, at once and in order. It must not place orders itself."""
        self._listeners.append(fn)

    def _emit(self, event: VenueEvent) -> None:
        for fn in self._listeners:
            fn(event)

    def tell(self, event: VenueEvent) -> None:
        """Let the listeners know of what a wire has changed by itself."""
        self._emit(event)

    def step(self) -> None:
        """Bring the market up to ``clock.now()``. Cheap: call it every 20 to 50 ms, and after an advance."""
        now = self.clock.monotonic()
        self.flow.run(now)
        # The same moment: a later reading would be ahead of what the flow does next.
        ms = self.engine.ms = self.clock.at_ms(now)
        for tape in self.engine.tapes.values():
            tape.candles.roll(ms)
        self.prices.roll(ms)
        self.engine.note_premiums()
        self.risk.run()
        self.algos.run()
        self.transfers.run(ms)

    # --- accounts

    def add_account(
        self,
        api_key: str,
        secret_key: str,
        passphrase: str,
        *,
        balances: Mapping[str, Decimal | str] | None = None,
        permissions: Sequence[str] = ("read", "trade"),
        label: str = "",
        vip: bool = True,
    ) -> VenueAccount:
        """Open an account with its first key. ``balances``: currency -> amount (default: `STARTING_MONEY`)."""
        account = VenueAccount(str(44_000_000 + 37 * (len(self.accounts) + 1)), label, vip=vip)
        self.accounts.append(account)
        self.add_key(account, api_key, secret_key, passphrase, permissions=permissions)
        for ccy, amount in (STARTING_MONEY if balances is None else balances).items():
            self.engine.settlement.transfer(account, ccy, Decimal(amount), self.clock.now_ms())
        return account

    def add_key(
        self,
        account: VenueAccount,
        api_key: str,
        secret_key: str,
        passphrase: str,
        *,
        permissions: Sequence[str] = ("read", "trade"),
    ) -> ApiKey:
        """Make one more key for an account."""
        key = ApiKey(api_key, secret_key, passphrase, account, tuple(permissions))
        self.keys[api_key] = key
        return key

    def fund(self, account: VenueAccount, ccy: str, amount: Decimal) -> None:
        """Move money from (negative: to) the funding account, whose books are the caller's."""
        self.step()
        self.engine.settlement.transfer(account, ccy, amount, self.engine.ms)
        self._emit(events.BalanceChanged(account, "transferred", (ccy,)))

    def deposit(self, account: VenueAccount, ccy: str, amount: Decimal | str) -> None:
        """Take money from outside; a negative amount is withdrawn.

        ``deposit-info`` or ``withdrawal-info`` tells of it.
        """
        self.step()
        moved = Decimal(amount)
        self.engine.settlement.transfer(account, ccy, moved, self.engine.ms)
        self._emit(events.BalanceChanged(account, "transferred", (ccy,)))
        self.transfers.moved(account, ccy, moved, self.engine.ms)

    def withdraw(self, account: VenueAccount, ccy: str, amount: Decimal | str) -> None:
        """Send money to the outside. ValueError when the account does not have so much."""
        if Decimal(amount) > account.balance(ccy).cash:
            raise ValueError(f"cannot withdraw {amount} {ccy}")
        self.deposit(account, ccy, -Decimal(amount))

    def call_back(self, account: VenueAccount, record_id: str) -> bool:
        """Cancel a withdrawal that is on its way, and give the money back; whether there was one."""
        self.step()
        row = self.transfers.call_back(account, record_id, self.engine.ms)
        if row is None:
            return False
        self.engine.settlement.transfer(account, row["ccy"], Decimal(row["amt"]), self.engine.ms)
        self._emit(events.BalanceChanged(account, "transferred", (row["ccy"],)))
        return True

    # --- orders; args are the REST bodies, with instId

    def place(
        self,
        account: VenueAccount,
        args: Mapping[str, Any],
        *,
        via: str = "rest",
        rules: WireRules | None = None,
        **facts: object,
    ) -> OrderAck:
        """Place an order (trade/order).

        ``via`` (``rest`` or ``ws``) is only counted; ``rules``: OKX's by default; ``facts``: what the wire knows of the
        order beyond the request.
        """
        self._begin("place", via)
        ack = self.engine.place(account, args, rules, **facts)
        self.algos.run()
        return ack

    def cancel(self, account: VenueAccount, args: Mapping[str, Any], *, via: str = "rest") -> OrderAck:
        """Cancel an order (trade/cancel-order)."""
        self._begin("cancel", via)
        ack = self.engine.cancel(account, args)
        self.algos.run()
        return ack

    def amend(self, account: VenueAccount, args: Mapping[str, Any], *, via: str = "rest") -> OrderAck:
        """Amend an order (trade/amend-order)."""
        self._begin("amend", via)
        ack = amending.amend(self.engine, account, args)
        self.algos.run()
        return ack

    def replace(
        self,
        account: VenueAccount,
        old: VenueOrder,
        args: Mapping[str, Any],
        *,
        via: str = "rest",
        rules: WireRules | None = None,
        untouched: bool = False,
    ) -> OrderAck:
        """Cancel a resting order and place another instead, or do neither.

        ``untouched``: nor where some of it has been filled.
        """
        self._begin("replace", via)
        ack = replacing.replace(self.engine, account, old, args, rules, untouched=untouched)
        self.algos.run()
        return ack

    def adjust_margin(self, account: VenueAccount, position: VenuePosition, amount: Decimal) -> tuple[str, str]:
        """Add money to an isolated position, or (negative) take some out: ``(code, msg)``."""
        self.step()
        return leverage.adjust_margin(self.engine, account, position, amount, self._emit)

    def _begin(self, what: str, via: str) -> None:
        self.requests[what, via] += 1
        self.step()

    def cancel_all(self, account: VenueAccount, *, source: str = "20", tag: str = "") -> int:
        """Cancel every resting order; returns how many.

        With ``tag``: of that tag only. ``source`` becomes the orders' ``cancelSource`` (20 = cancel-all-after).
        """
        self.step()
        chosen = [order for order in account.orders.values() if tag in ("", order.tag)]
        for order in chosen:
            self.engine.end(order, source)
        self.algos.run()
        return len(chosen)

    def close_position(self, account: VenueAccount, args: Mapping[str, Any]) -> Row:
        """Close a position (trade/close-position); returns the row, or raises `VenueRefusal`."""
        self.step()
        row = close_at_market(self.engine, account, args)
        self.algos.run()
        return row

    def place_algo(self, account: VenueAccount, args: Mapping[str, Any], **how: Any) -> OrderAck:
        """Place an algo order (trade/order-algo). ``how``: what `AlgoEngine.place` has beside: ``rules``, ``holds``...

        trigger, conditional, oco, chase, move_order_stop (trailing), smart_iceberg, twap.
        """
        self.step()
        ack = self.algos.place(account, args, **how)
        self.algos.run()
        return ack

    def amend_algo(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Amend an algo order (trade/amend-algos)."""
        self.step()
        ack = self.algos.amend(account, args)
        self.algos.run()
        return ack

    def algo_row(self, account: VenueAccount, args: Mapping[str, Any]) -> Row | None:
        """Return the row of an algo order, waiting or done (trade/order-algo); None when there is none."""
        algo = self.algos.find(account, args)
        return None if algo is None else self.algos.rest_row(algo)

    def cancel_algo(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Cancel an algo order (one element of trade/cancel-algos)."""
        self.step()
        ack = self.algos.cancel(account, args)
        self.algos.run()
        return ack

    def set_leverage(
        self, account: VenueAccount, args: Mapping[str, Any], *, frees_margin: bool = True
    ) -> tuple[str, str, list[Row]]:
        """Set leverage (account/set-leverage): ``(code, msg, rows)``.

        ``frees_margin``: an isolated position that needs less margin gives the rest back.
        """
        self.step()
        return leverage.set_leverage(self.engine, account, args, self._emit, frees_margin=frees_margin)

    def set_position_mode(self, account: VenueAccount, posMode: str) -> tuple[str, str, list[Row]]:
        """Set the position mode (account/set-position-mode): ``(code, msg, rows)``."""
        waiting = next(self.algos.of(account, done=False), None)
        return leverage.set_position_mode(account, posMode, is_busy=waiting is not None)

    # --- forcing things, for tests

    def quiet(self, on: bool = True) -> None:
        """Stop (or start again) the random flow. Clock, candles and funding go on."""
        self.step()
        self.flow.is_quiet = on

    def fill(self, *, ordId: str = "", clOrdId: str = "", sz: Decimal | str | None = None) -> None:
        """Let a counterparty fill a resting user order at its price, fully or by ``sz``, whatever waits before it.

        Raises KeyError when no such order rests, ValueError when ``sz`` is more than is left of it.
        """
        self.step()
        order = self._resting(ordId, clOrdId)
        lots = order.left if sz is None else order.instrument.lots(Decimal(sz))
        if not 0 < lots <= order.left:
            raise ValueError(f"cannot fill {sz} of {order.instrument.sz(order.left)}")
        self.engine.fill_resting(order, lots)
        self.algos.run()

    def _resting(self, ordId: str, clOrdId: str) -> VenueOrder:
        for account in self.accounts:
            order = account.find(ordId, clOrdId)
            if order is not None and order.id in account.orders:
                return order
        raise KeyError(ordId or clOrdId)

    def trade_at(self, instId: str, px: Decimal | str, sz: Decimal | str | None = None) -> None:
        """Move the market to ``px`` and print ``sz`` there.

        The random flow gives way, users' orders in between are filled at their prices, then ``sz`` prints at ``px``,
        and index and mark price follow.
        """
        self.step()
        instrument = self.instruments[instId]
        lots = self.flow.lots(instrument) if sz is None else max(1, instrument.lots(Decimal(sz)))
        forced_trades.trade_at(self.flow, instrument, instrument.ticks(Decimal(px)), lots)
        self.risk.run()
        self.algos.run()

    def set_status(self, **fields: str) -> None:
        """Change the system status record."""
        self._status = {**self._status, **fields, "ts": str(self.clock.now_ms())}
        self._emit(events.StatusChanged(self.status_row()))

    def set_adl(self, instFamily: str, state: str) -> None:
        """Put the insurance fund of a family of swaps into a state: ``normal``, ``warning`` or ``adl``.

        It stays so until it is changed, or somebody is liquidated. ValueError for another word.
        """
        check_word("state", state, STATES)
        self.risk.insurance.funds[instFamily].alarm(state, None)

    def change_instrument(self, instId: str, **fields: Any) -> None:
        """Change trading rules (``tickSz``, ``lotSz``, ``minSz``, ``state``, ``upcoming``...).

        Numbers are text or Decimal. Users' resting orders stay as they are; the random flow quotes in the new steps.

        Raises ValueError for ``instId`` and ``ctVal``, and for a ``tickSz`` or ``lotSz`` finer than at the opening.
        """
        if fields.keys() & {"ctVal", "instId", "tick_step", "lot_step"}:
            raise ValueError("ctVal and instId cannot change while the market is open")
        self.step()
        instrument = self.instruments[instId]
        instrument.revise(**fields)
        if fields.keys() & {"tickSz", "lotSz"}:
            self.flow.restart(instrument)
        self._emit(events.InstrumentChanged(instId, instrument.instType, instrument.push_row()))
