"""A scene on Bybit's wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper import PaperExchange
from tests.paper.bybit.bybit_client import PRIVATE, TRADE, BybitClient, Frame
from tests.paper.bybit.rest.rest_client import BybitRest
from tests.paper.rules.case import Answer, Ask, Case, Fields, Push
from tests.paper.rules.stage import PaperStage, play

_SIDES = ("", " long", " short")


class Scene(PaperStage):
    """A stage whose clients speak Bybit V5."""

    orders_channel = "order"

    def open(self, channels: Sequence[str]) -> None:
        """Make the clients of both accounts, and hear topics of `own`."""
        self._clients = {name: BybitRest(self.paper, name) for name in self.names.values()}
        self._socket = BybitClient(self.paper, PRIVATE, self.names["own"])
        if channels:
            self._socket.subscribe(*channels)

    def close(self) -> None:
        """Close socket and clients."""
        self._socket.socket.close()
        for client in self._clients.values():
            client.session.close()

    # --- requests

    def send(self, ask: Ask) -> Answer:
        """Send a request, over REST or the order entry socket."""
        if ask.ws:
            return self._operate(ask)
        told = self._clients[self.names[ask.by]].told(ask.method, f"/v5/{ask.path}", **ask.body)
        return _answer(told, told["result"])

    def _operate(self, ask: Ask) -> Answer:
        with BybitClient(self.paper, TRADE, self.names[ask.by]) as socket:
            told = socket.order(ask.path.replace("/", "."), ask.body)
        return _answer(told, told["data"])

    # --- what is seen

    def pushes(self) -> list[Push]:
        """Everything pushed since the last call."""
        return [Push(frame["topic"], row) for frame in self.frames() for row in frame["data"]]

    def frames(self) -> list[Frame]:
        """Everything pushed since the last call, message by message."""
        self.paper.clock.advance(0.1)
        return self._socket.sync()

    def money(self) -> dict[str, tuple[Decimal, Decimal]]:
        """The wallet balance of each coin, and what of it orders have locked or hold as margin."""
        (row,) = self.send(Ask("GET", "account/wallet-balance", {"accountType": "UNIFIED"})).rows
        return {
            one["coin"]: (Decimal(one["walletBalance"]), Decimal(one["locked"]) + Decimal(one["totalOrderIM"]))
            for one in row["coin"]
        }

    def positions(self) -> dict[str, Decimal]:
        """What is open, by symbol, side in hedge mode, and `isolated` where it is."""
        rows = self.send(Ask("GET", "position/list", {"category": "linear", "settleCoin": "USDT"})).rows
        return {_named(row): Decimal(row["size"]) * (1 if row["side"] == "Buy" else -1) for row in rows}


def _answer(told: Mapping[str, Any], result: Mapping[str, Any]) -> Answer:
    rows = result.get("list", [result] if result else [])
    verdicts = told["retExtInfo"].get("list") if told.get("retExtInfo") else None
    if verdicts:
        rows = [row | verdict for row, verdict in zip(rows, verdicts, strict=True)]
    return Answer(200, str(told["retCode"]), told["retMsg"], rows)


def _named(position: Fields) -> str:
    isolated = " isolated" if position["tradeMode"] else ""
    return f"{position['symbol']}{_SIDES[position['positionIdx']]}{isolated}"


def check(case: Case, paper: PaperExchange) -> None:
    """Play a case on Bybit's wire."""
    play(case, Scene, paper)
