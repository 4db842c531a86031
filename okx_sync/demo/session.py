"""One run of the demo: connects, subscribes, lets the strategy trade, and takes the picture that is drawn."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from decimal import Decimal
from types import TracebackType
from typing import Final, Self

from okx_sync.clients import WsClient
from okx_sync.clients.okx_rest import OkxClient
from okx_sync.delivery.subscription import Subscription
from okx_sync.demo.board import Board
from okx_sync.demo.frame import LinkView, ScreenFrame
from okx_sync.demo.strategy import QuotePlan, SampleStrategy
from okx_sync.demo.verdict import DemoReport
from okx_sync.errors import OkxError
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.models import Ticker
from okx_sync.protocol.dialect import Topic
from okx_sync.timing import Clock, Deadline

__all__ = ["PLANS", "DemoSession"]

PLANS: Final[Mapping[str, QuotePlan]] = {
    "BTC-USDT": QuotePlan(Decimal("0.05"), "cash", Decimal("0.00012")),
    "BTC-USDT-SWAP": QuotePlan(Decimal(5), "cross", Decimal("0.00004")),
}
BAR: Final = "1s"
_RATE_WINDOW_S = 0.5
_HISTORY = 120
_SETTLE_S = 1.0


class DemoSession:
    """One run of the demo, as a context manager: :meth:`open`, :meth:`frame` again and again, :meth:`finish`.

    Args:
        config: Which exchange.
        title: What to call it.
        trading: Whether to log in and trade.
        seconds: How long it is meant to run; 0 for until it is stopped.
    """

    def __init__(self, config: Config, *, title: str, trading: bool, seconds: float) -> None:
        self._title = title
        self._trading = trading
        self._seconds = seconds
        self._limit_s = config.timeout_secs
        self._clock = Clock()
        self._board = Board(tuple(PLANS), self._clock)
        self._ws = WsClient(config, clock=self._clock)
        self._rest = OkxClient(config, clock=self._clock)
        self._strategy: SampleStrategy | None = None
        self._promised: list[str] = []
        self._started = self._rate_at = self._clock.monotonic()
        self._rate_events, self._rate = 0, 0.0
        self._rates: deque[float] = deque(maxlen=_HISTORY)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ws.close()
        self._rest.close()

    # -- beginning -------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect and subscribe. Raises ``OkxError`` when that is not possible within the config's timeout."""
        self._ws.on_state(self._board.on_state)
        self._ws.on_error(self._board.on_error)
        deadline = Deadline(self._limit_s, self._clock)
        for path in ("public", "business"):
            self._ws.connect(path, deadline.left())
        self._rest.sync_clock()  # lag is measured on the exchange's clock
        tickers = {inst_id: self._follow(inst_id) for inst_id in PLANS}
        if self._trading:
            self._trade(tickers)
        self._started = self._clock.monotonic()

    def _follow(self, inst_id: str) -> Subscription[Ticker]:
        board, ws = self._board, self._ws
        self._fetch_candles(inst_id)
        tickers = ws.subscribe_tickers(inst_id, board.on_ticker)
        trades = ws.subscribe_trades(inst_id, board.on_trade)
        candles = ws.subscribe_candles(inst_id, BAR, board.on_candle)
        book = ws.order_book(inst_id)
        board.take_book(book)
        books = Topic.of(book.channel, instId=inst_id)
        self._promised += [str(topic) for topic in (tickers.topic, trades.topic, books, candles.topic)]
        return tickers

    def _fetch_candles(self, inst_id: str) -> None:
        try:
            for candle in self._rest.get_candles(inst_id, BAR, limit=100):
                self._board.on_candle(candle)
        except OkxError as problem:  # a chart that begins empty is no reason to give up
            self._board.tell(f"no earlier candles: {problem.message}")

    def _trade(self, tickers: Mapping[str, Subscription[Ticker]]) -> None:
        board, ws = self._board, self._ws
        account = ws.subscribe_account(callback=board.on_account)
        ws.subscribe_positions(callback=board.on_position)
        orders = ws.subscribe_orders(callback=board.on_order)
        self._promised += [str(account.topic), str(orders.topic)]
        self._strategy = SampleStrategy(
            self._rest,
            # The same topic again, this time as a mailbox that the strategy reads: one subscribe on the wire.
            ws.subscribe_orders(),
            PLANS,
            lambda inst_id: tickers[inst_id].latest(),
            self._clock,
            late=board.on_late,
            crashed=board.on_error,
        )
        self._strategy.start()

    # -- while it runs -----------------------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Let time pass; raises the error that ended a link for good. Ctrl-C works."""
        self._ws.wait(seconds)

    def frame(self) -> ScreenFrame:
        """Return the picture of this moment."""
        board, status = self._board, self._ws.status()
        received = sum(row["received"] for row in status["subscriptions"])
        self._measure(received)
        told, news = board.news()
        return ScreenFrame(
            title=self._title,
            trading=self._trading,
            elapsed_s=self._clock.monotonic() - self._started,
            seconds=self._seconds,
            markets=board.markets(),
            orders=board.orders(),
            fills=board.fills(),
            positions=board.positions(),
            money=board.money(),
            counts=board.counts(),
            links=tuple(
                LinkView(
                    name=name, state=link["state"], reconnects=link["reconnects"], round_trip_ms=link["round_trip_ms"]
                )
                for name, link in status["links"].items()
            ),
            news=news,
            news_total=told,
            events=received,
            rate=self._rate,
            rates=tuple(self._rates),
            lag_ms=board.recent_lag_ms(),
            dropped=sum(row["dropped"] for row in status["subscriptions"]),
            errors=len(board.errors),
        )

    def _measure(self, received: int) -> None:
        now = self._clock.monotonic()
        if now - self._rate_at >= _RATE_WINDOW_S:
            self._rate = (received - self._rate_events) / (now - self._rate_at)
            self._rates.append(self._rate)
            self._rate_at, self._rate_events = now, received

    # -- the end -------------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Wait a moment for the board, which hears of the last orders after the strategy, on the callback thread."""
        deadline = Deadline(_SETTLE_S, self._clock)
        while self._board.orders() and not deadline.passed():
            self._clock.sleep(0.01)

    def finish(self) -> DemoReport:
        """End the trading and tell how it went."""
        if self._strategy is not None:
            self._strategy.stop()
            self._settle()
        last = self.frame()
        received: dict[str, int] = {}
        for row in self._ws.status()["subscriptions"]:
            received[row["topic"]] = max(row["received"], received.get(row["topic"], 0))
        return DemoReport(
            frame=last,
            received=received,
            promised=tuple(self._promised),
            lag_ms=self._board.lag_percentiles_ms(),
            first_error=next(iter(self._board.errors), None),
        )
