"""``OkxClient``: OKX over REST, synchronous, typed, usable from any number of threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, Unpack

from okx_sync.checks import check_config
from okx_sync.clients.foreign_names import HintsAtNames
from okx_sync.errors import ConfigError, OkxError
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.groups import AllGroups
from okx_sync.exchanges.okx.history import Histories
from okx_sync.exchanges.okx.lost_orders import OkxLostOrders
from okx_sync.exchanges.okx.rest import OkxRestDialect, all_endpoints, find_endpoint
from okx_sync.exchanges.okx.site_probe import SiteProbe
from okx_sync.lazy import LateName, LatePart
from okx_sync.live.dead_man import DeadMan, check_seconds
from okx_sync.live.late_hint import LateHint
from okx_sync.live.rest_client import RestClient
from okx_sync.timing import Clock

if TYPE_CHECKING:  # a group's models and words are loaded with the group
    from okx_sync.exchanges.okx.account_settings.models import AccountConfig
    from okx_sync.exchanges.okx.argument_words import OrdType, Side, TdMode
    from okx_sync.exchanges.okx.models import (
        Account,
        BookUpdate,
        Candle,
        IndexTicker,
        Instrument,
        Order,
        Position,
        Ticker,
    )
    from okx_sync.exchanges.okx.models import Trade as PublicTrade
    from okx_sync.exchanges.okx.order_options import AmendOptions, PlaceOptions
    from okx_sync.exchanges.okx.order_words import BatchWords, IdWords
    from okx_sync.exchanges.okx.rest import AmendOrder, CancelOrder, NewOrder
    from okx_sync.exchanges.okx.trade.models import CancelAllAfter, OrderResult
    from okx_sync.exchanges.okx.words import CandleBar, InstType
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.rest import BatchResult, Endpoint, Limiter, Number
    from okx_sync.state.instruments import Instruments

__all__ = ["OkxClient"]

_QUERIES = LateName("okx_sync.exchanges.okx.order_queries", "OkxOrderQueries")
_UNSIGNED = ("/api/v5/market/", "/api/v5/public/")


class OkxClient(OkxLostOrders, Histories, HintsAtNames, RestClient):
    """OKX over REST.

    ``instruments`` knows every instrument's trading rules, rounds prices and sizes by them and checks orders before
    they are sent. The everyday calls are methods of the client; all calls are in groups; ``request`` reaches
    whatever has no name here. Reading calls are repeated when the connection breaks, writing calls never unless
    they certainly did nothing. Rate limits are kept on this side.

    Groups: ``account``, ``trade``, ``algo``, ``market``, ``public``, ``rubik``, ``status``, ``support``; money:
    ``funding``, ``convert``, ``fiat``, ``subaccount``; spreads and blocks: ``spread``, ``rfq``; bots: ``grid``,
    ``dca``, ``recurring``, ``signal``, ``copytrading``; earning: ``savings``, ``simple_earn_fixed``,
    ``flash_earn``, ``stable_rewards``, ``okusd``, ``onchain_earn``, ``eth_staking``, ``sol_staking``,
    ``dual_invest``; ``flexible_loan``; programmes: ``affiliate``, ``broker``, ``glp``, ``insight``, ``skills``.

    Args:
        config: site, demo or live, credentials; without one, public data of the global site.
        clock: source of time, shared with a stream client so that both know the server's clock.
        limiter: share one between clients of the same account.
        read_only, dry_run: switch on what the config can switch on too; see ``Config``.
        limits: what orders may be; share one between clients of the same account. See ``docs/risk.md``.
        journal: a file in which each order is written down before it is sent; after a kill those that nobody has heard
            of are in ``orders_in_doubt()``. See ``docs/recovery.md``.
        journal_sync: wait until that is on the disk; without it the file survives the program, not the machine.

    Raises :class:`OkxError` and its subclasses; each tells what to do in ``hint``.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        clock: Clock | None = None,
        limiter: Limiter | None = None,
        read_only: bool = False,
        dry_run: bool = False,
        limits: OrderLimits | None = None,
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
    ) -> None:
        config = config if config is not None else Config()
        check_config(config, Config, self)
        self.config = config.switched(read_only=read_only, dry_run=dry_run)
        clock = clock or Clock()
        RestClient.__init__(
            self,
            self.config,
            OkxRestDialect(self.config),
            clock=clock,
            limiter=limiter,
            find=find_endpoint,
            unsigned=_UNSIGNED,
            on_refused=LateHint(SiteProbe(self.config, clock), clock).explain,
        )
        AllGroups.__init__(self, self._runner)
        self._keep(limits, _QUERIES)
        self._write_down(journal, journal_sync, self.config.account_label)

    instruments: LatePart[Instruments] = LatePart("okx_sync.state.instruments", "Instruments")

    def _make_part(self, name: str, part: Any) -> Any:
        if name != "instruments":
            return super()._make_part(name, part)
        from okx_sync.exchanges.okx.instruments import OkxInstruments

        return part(OkxInstruments(AllGroups(self._runner)), clock=self.clock)  # not self, which would be kept alive

    @classmethod
    def from_env(cls, prefix: str = "OKX", **overrides: Any) -> Self:
        """Make a client configured by the environment; see ``Config.from_env``."""
        return cls(Config.from_env(prefix, **overrides))

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make a client configured by a profile of ``~/.okx/config.toml``; see ``Config.from_profile``."""
        return cls(Config.from_profile(name, path, **overrides))

    @staticmethod
    def endpoints() -> list[Endpoint]:
        """List every declared endpoint.

        Each has ``method``, ``path``, ``group``, ``name``, ``model``, ``auth`` and ``params``.
        """
        return all_endpoints()

    # -- market ----------------------------------------------------------------------------------------

    def get_ticker(self, inst_id: str) -> Ticker:
        """Get the best prices, the last trade and the 24 h figures of an instrument."""
        return self.market.get_ticker(inst_id)

    def get_tickers(self, inst_type: InstType) -> list[Ticker]:
        """Get the tickers of all ``"SPOT"``, ``"SWAP"``, ``"FUTURES"`` or ``"OPTION"`` instruments."""
        return self.market.get_tickers(inst_type)

    def get_orderbook(self, inst_id: str, depth: int | None = None) -> BookUpdate:
        """Get the order book, best prices first, ``depth`` levels per side (1 to 400; 1 by default)."""
        return self.market.get_books(inst_id, depth)

    def get_candles(self, inst_id: str, bar: CandleBar = "1m", limit: int | None = None) -> list[Candle]:
        """Get recent candles, newest first, the open one included; at most ``limit`` (300)."""
        return self.market.get_candles(inst_id, bar, limit)

    def get_trades(self, inst_id: str, limit: int | None = None) -> list[PublicTrade]:
        """Get the newest public trades, at most ``limit`` (500; default 100)."""
        return self.market.get_trades(inst_id, limit)

    def get_index_tickers(self, quote_ccy: str | None = None, inst_id: str | None = None) -> list[IndexTicker]:
        """Get index prices: of one index, or of all in a quote currency."""
        return self.market.get_index_tickers(quote_ccy, inst_id)

    def get_instruments(self, inst_type: InstType, inst_id: str | None = None) -> list[Instrument]:
        """Get the instruments of a type with tick, lot and contract sizes."""
        return self.public.get_instruments(inst_type, inst_id)

    def get_system_time(self) -> int:
        """Get the time of the exchange's clock, ms since the epoch."""
        return self.public.get_time().ts or 0

    # -- account and orders ----------------------------------------------------------------------------

    def get_balance(self, ccy: str | Sequence[str] | None = None) -> Account:
        """Get the equity in USD and the balances per currency in ``details``."""
        return self.account.get_balance(ccy)

    def get_positions(self, inst_type: InstType | None = None, inst_id: str | None = None) -> list[Position]:
        """Open positions, sizes in contracts."""
        return self.account.get_positions(inst_type, inst_id)

    def place_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: OrdType | None = None,
        sz: Number | None = None,
        px: Number | None = None,
        cl_ord_id: str | None = None,
        **options: Unpack[PlaceOptions],
    ) -> OrderResult:
        """Place an order; parameters and errors as for ``client.trade.place_order``.

        The neutral words work as well as OKX's own: ``order_type`` for ``ord_type``, ``size`` for ``sz``, ``price``
        for ``px``, ``client_order_id`` for ``cl_ord_id``, ``expires_at`` for ``exp_time``.
        """
        return self.trade.place_order(inst_id, td_mode, side, ord_type, sz, px, cl_ord_id, **options)

    def amend_order(
        self,
        inst_id: str,
        ord_id: str | None = None,
        cl_ord_id: str | None = None,
        **options: Unpack[AmendOptions],
    ) -> OrderResult:
        """Change an open order, named by one of its ids; parameters as for ``client.trade.amend_order``."""
        return self.trade.amend_order(inst_id, ord_id, cl_ord_id, **options)

    def cancel_order(
        self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **words: Unpack[IdWords]
    ) -> OrderResult:
        """Cancel an order, named by one of its ids."""
        return self.trade.cancel_order(inst_id, ord_id, cl_ord_id, **words)

    def place_batch_orders(
        self,
        orders: Sequence[NewOrder | Mapping[str, Any]],
        exp_time: int | None = None,
        **words: Unpack[BatchWords],
    ) -> BatchResult[OrderResult]:
        """Place up to 20 orders, as ``client.trade.place_batch_orders``."""
        return self.trade.place_batch_orders(orders, exp_time, **words)

    def amend_batch_orders(
        self,
        orders: Sequence[AmendOrder | Mapping[str, Any]],
        exp_time: int | None = None,
        **words: Unpack[BatchWords],
    ) -> BatchResult[OrderResult]:
        """Amend up to 20 orders, as ``client.trade.amend_batch_orders``."""
        return self.trade.amend_batch_orders(orders, exp_time, **words)

    def cancel_batch_orders(self, orders: Sequence[CancelOrder | Mapping[str, Any]]) -> BatchResult[OrderResult]:
        """Cancel up to 20 orders, as ``client.trade.cancel_batch_orders``."""
        return self.trade.cancel_batch_orders(orders)

    def get_order(
        self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **words: Unpack[IdWords]
    ) -> Order:
        """Get one order, open or finished, named by one of its ids."""
        return self.trade.get_order(inst_id, ord_id, cl_ord_id, **words)

    def get_orders_pending(self, inst_type: InstType | None = None, inst_id: str | None = None) -> list[Order]:
        """Open orders, newest first, at most 100."""
        return self.trade.get_orders_pending(inst_type, inst_id)

    # -- safety ----------------------------------------------------------------------------------------

    def dead_man(
        self,
        seconds: int,
        tag: str | None = None,
        *,
        spread: bool = False,
        max_idle: float | None = None,
        on_error: Callable[[OkxError], object] | None = None,
    ) -> DeadMan:
        """Make the exchange cancel all orders when this program stops watching them.

        Use it as ``with client.dead_man(30): ...``.

        Its timer is set anew at each third of ``seconds`` and switched off when the block ends normally; after an
        exception it is left to run out. See :class:`DeadMan` for all of it.

        Args:
            seconds: 10 to 120.
            tag: only orders with this tag. The exchange has one timer for each account and tag.
            spread: the orders on spreads instead of all others; takes no tag.
            max_idle: stop refreshing when ``guard.alive()`` was not called for so many seconds; by default a living
                process is sign enough.
            on_error: takes refreshes that failed, and lapses, on the refreshing thread.

        Entering the block raises what the exchange refuses. Needs a key with the right to trade.
        Path: ``POST /api/v5/trade/cancel-all-after`` (``/api/v5/sprd/cancel-all-after``).
        """
        check_seconds(seconds)
        if spread and tag is not None:
            raise ConfigError("the timer for spreads takes no tag", hint="leave tag out")
        # Connections of its own and less patience: a refresh that hangs must leave time for the next.
        patience = min(self.config.timeout_secs, seconds / 6)
        own = OkxClient(self.config.replace(timeout_secs=patience), clock=self.clock, limiter=self._limiter)

        def set_timer(to: int) -> CancelAllAfter:
            return own.spread.cancel_all_after(to) if spread else own.trade.cancel_all_after(to, tag)

        return DeadMan(set_timer, seconds, self.clock, max_idle=max_idle, on_error=on_error, close=own.close)

    def check_credentials(self) -> AccountConfig:
        """Ask for the account's settings, to learn whether the key is good; ``perm`` of the answer tells its rights.

        Raises ``OkxAuthError``. With ``Config(probe_sites=True)`` its hint names the site that accepts the key.
        """
        return self.account.get_config()
