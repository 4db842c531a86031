"""A scene on OKX's wire."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import orjson

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Answer, Ask, Case, Fields, Push
from tests.paper.rules.stage import PaperStage, play
from tests.paper.wire_client import RestClient, WireClient

BUSINESS = ("orders-algo", "algo-advance")
#: Channels that are subscribed by the type of instruments.
BY_TYPE = ("orders", "positions", "liquidation-warning", *BUSINESS)
_OPS = {
    "trade/order": "order",
    "trade/batch-orders": "batch-orders",
    "trade/amend-order": "amend-order",
    "trade/amend-batch-orders": "batch-amend-orders",
    "trade/cancel-order": "cancel-order",
    "trade/cancel-batch-orders": "batch-cancel-orders",
}


class Scene(PaperStage):
    """A stage whose clients speak OKX's wire."""

    orders_channel = "orders"

    def open(self, channels: Sequence[str]) -> None:
        """Make the clients of both accounts, and hear channels of `own`."""
        self._clients = {name: RestClient(self.paper, name) for name in self.names.values()}
        paths: dict[str, list[str]] = {"private": []}
        for channel in channels:
            paths.setdefault("business" if channel in BUSINESS else "private", []).append(channel)
        self._sockets = []
        for path, wanted in paths.items():
            socket = self.connect(path)
            for channel in wanted:
                about = {"instType": "ANY"} if channel in BY_TYPE else {}
                socket.subscribe(channel, **about)
            self._sockets.append(socket)

    def close(self) -> None:
        """Close sockets and clients."""
        for socket in self._sockets:
            socket.close()
        for client in self._clients.values():
            client.session.close()

    def connect(self, path: str) -> WireClient:
        """Open one more socket of `own`, logged in."""
        return WireClient(self.paper, path, self.names["own"])

    # --- requests

    def send(self, ask: Ask) -> Answer:
        """Send a request, over REST or the stream."""
        if ask.ws:
            return self._operate(ask)
        client = self._clients[self.names[ask.by]]
        if ask.method == "GET":
            response = client.get(ask.path, **ask.body)
        else:
            response = client.post(ask.path, ask.body, **ask.headers)
        message = orjson.loads(response.content)
        return Answer(response.status_code, message["code"], message["msg"], message["data"])

    def _operate(self, ask: Ask) -> Answer:
        args = ask.body if isinstance(ask.body, list) else [ask.body]
        codes = {name: one.instIdCode for name, one in self.paper.venue.instruments.items()}
        named = [{"instIdCode": codes[arg["instId"]]} | {k: v for k, v in arg.items() if k != "instId"} for arg in args]
        return self.operate(_OPS[ask.path], *named, by=ask.by, **ask.headers)

    def operate(self, op: str, *args: Fields, by: str = "own", **beside: str) -> Answer:
        """Send an operation over the stream."""
        with WireClient(self.paper, "private", self.names[by]) as socket:
            socket.send({"id": "1", "op": op, "args": args, **beside})
            reply = socket.until(lambda frame: isinstance(frame, dict) and frame.get("id") == "1")
        return Answer(200, reply["code"], reply["msg"], reply["data"])

    # --- what is seen

    def pushes(self) -> list[Push]:
        """Everything pushed since the last call, in the order of each socket; regular snapshots left out."""
        self.paper.clock.advance(0.1)
        found = []
        for socket in self._sockets:
            for frame in socket.pushes():
                if frame.get("eventType") != "snapshot":
                    found += [Push(frame["arg"]["channel"], row) for row in frame["data"]]
        return found

    def money(self) -> dict[str, tuple[Decimal, Decimal]]:
        """`cashBal` and `ordFrozen` of each currency."""
        (row,) = self.send(Ask("GET", "account/balance", {})).rows
        return {one["ccy"]: (Decimal(one["cashBal"]), Decimal(one["ordFrozen"])) for one in row["details"]}

    def positions(self) -> dict[str, Decimal]:
        """What is open, by instrument, side in long/short mode, and `isolated` where it is."""
        rows = self.send(Ask("GET", "account/positions", {})).rows
        return {_named(row): Decimal(row["pos"]) for row in rows if Decimal(row["pos"])}


def _named(position: Fields) -> str:
    words = [position["instId"]]
    words += [position["posSide"]] if position["posSide"] != "net" else []
    words += ["isolated"] if position["mgnMode"] == "isolated" else []
    return " ".join(words)


def check(case: Case, paper: PaperExchange) -> None:
    """Play a case on OKX's wire."""
    play(case, Scene, paper)
