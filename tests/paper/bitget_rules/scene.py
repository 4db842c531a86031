"""Scenes on Bitget's two wires: V2 with a classic account, V3 with a unified one. A case's path says which it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from okx_sync.paper import PaperExchange
from okx_sync.paper.bitget.account_settings import CLASSIC, UNIFIED, settings_of
from tests.paper.bitget.bitget_client import V2, login_frame
from tests.paper.bitget.rest_client import BitgetRest
from tests.paper.http_client import Response
from tests.paper.rules.case import Answer, Ask, Case, Fields, Push
from tests.paper.rules.stage import PaperStage, play
from tests.paper.wire_client import WireClient

OK = "00000"
#: The lists in the data of a listing.
_LISTS = ("entrustedList", "fillList", "bills", "list", "orderList")


class BitgetStage(PaperStage):
    """What both wires have in common."""

    kind: ClassVar[str]
    stream: ClassVar[str]
    #: What an argument calls its channel.
    channel: ClassVar[str]

    def open(self, channels: Sequence[str]) -> None:
        """Make the clients of both accounts, and hear channels of `own`."""
        self._clients = {name: BitgetRest(self.paper, name) for name in self.names.values()}
        for name in self.names.values():
            settings_of(self.paper.venue.keys[f"paper-{name}-key"].account).kind = self.kind
        self._socket = self.connect()
        if channels:
            self._socket.ask("subscribe", *map(self.argument, channels))
            for _ in channels:
                self._socket.until_event("subscribe")

    def connect(self, by: str = "own") -> WireClient:
        """Open one more socket, logged in."""
        socket = WireClient(self.paper, self.paper.bitget_url(self.stream))
        socket.send(login_frame(self.names[by], timestamp=str(int(self.paper.clock.now()))))
        assert str(socket.until_event("login")["code"]) == "0"
        return socket

    def close(self) -> None:
        """Close socket and clients."""
        self._socket.close()
        for client in self._clients.values():
            client.session.close()

    def argument(self, channel: str) -> dict[str, str]:
        """The argument of a private channel."""
        raise NotImplementedError

    def operation(self, ask: Ask) -> Mapping[str, Any]:
        """A request as an operation of the stream."""
        raise NotImplementedError

    # --- requests

    def send(self, ask: Ask) -> Answer:
        """Send a request, over REST or the stream."""
        if ask.ws:
            with self.connect(ask.by) as socket:
                socket.send(self.operation(ask))
                told = socket.until(lambda frame: isinstance(frame, dict) and frame.get("event") in ("trade", "error"))
            rows = told["args"] if "args" in told else [one["params"] for one in told["arg"]]
            return Answer(200, str(told["code"]), told["msg"], rows)
        response = self._respond(self._clients[self.names[ask.by]], ask)
        told = response.json()
        code = "0" if told["code"] == OK else told["code"]
        return Answer(response.status_code, code, told["msg"], _rows(told["data"]))

    def _respond(self, client: BitgetRest, ask: Ask) -> Response:
        return client.request(ask.method, ask.path, ask.body, **ask.headers)

    # --- what is seen

    def pushes(self) -> list[Push]:
        """Everything pushed since the last call."""
        self.paper.clock.advance(0.1)
        found = []
        for frame in self._socket.pushes():
            rows = frame["data"] if isinstance(frame["data"], list) else [frame["data"]]
            found += [Push(frame["arg"][self.channel], row) for row in rows]
        return found


class V2Scene(BitgetStage):
    """A stage whose clients speak V2; the money is that of the futures account, and of the spot account beside it."""

    orders_channel = "orders"
    kind, stream, channel = CLASSIC, "/v2/ws/private", "channel"

    def argument(self, channel: str) -> dict[str, str]:
        """The argument of a private channel, of all contracts."""
        return {**V2, "channel": channel, "coin" if channel == "account" else "instId": "default"}

    def operation(self, ask: Ask) -> Mapping[str, Any]:
        """Place or cancel an order."""
        about = {"id": "1", **V2, "instId": ask.body["symbol"], "channel": ask.path.rpartition("/")[2]}
        return {"op": "trade", "args": [{**about, "params": ask.body}]}

    def money(self) -> dict[str, tuple[Decimal, Decimal]]:
        """What is there without open profits, and what is locked; of other coins what the spot account has."""
        spot = self.send(Ask("GET", "v2/spot/account/assets", {})).rows
        found = {row["coin"]: (_sum(row, "available", "frozen"), Decimal(row["frozen"])) for row in spot}
        for row in self.send(Ask("GET", "v2/mix/account/accounts", {"productType": "USDT-FUTURES"})).rows:
            cash = Decimal(row["accountEquity"]) - Decimal(row["unrealizedPL"])
            found[row["marginCoin"]] = (cash, Decimal(row["locked"]))
        return found

    def positions(self) -> dict[str, Decimal]:
        """What is open, by symbol, side in hedge mode, and `isolated` where it is."""
        rows = self.send(Ask("GET", "v2/mix/position/all-position", {"productType": "USDT-FUTURES"})).rows
        return {_named(row, row["posMode"]): _signed(row["total"], row["holdSide"]) for row in rows}


class V3Scene(BitgetStage):
    """A stage whose clients speak V3."""

    orders_channel = "order"
    kind, stream, channel = UNIFIED, "/v3/ws/private", "topic"

    def argument(self, channel: str) -> dict[str, str]:
        """The argument of a private topic."""
        return {"instType": "UTA", "topic": channel}

    def operation(self, ask: Ask) -> Mapping[str, Any]:
        """Place, modify or cancel an order, or some of them."""
        args = ask.body if isinstance(ask.body, list) else [ask.body]
        topic = {"place-batch": "batch-place"}.get(name := ask.path.rpartition("/")[2], name)
        about = {"id": "1", "topic": topic, "category": str(args[0].get("category", "usdt-futures")).lower()}
        return {"op": "trade", **about, "args": [{k: v for k, v in arg.items() if k != "category"} for arg in args]}

    def money(self) -> dict[str, tuple[Decimal, Decimal]]:
        """The balance of each coin, and what of it is locked."""
        (row,) = self.send(Ask("GET", "v3/account/assets", {})).rows
        return {one["coin"]: (Decimal(one["balance"]), Decimal(one["locked"])) for one in row["assets"]}

    def positions(self) -> dict[str, Decimal]:
        """What is open, by symbol, side in hedge mode, and `isolated` where it is."""
        rows = self.send(Ask("GET", "v3/position/current-position", {"category": "USDT-FUTURES"})).rows
        return {_named(row, row["holdMode"]): _signed(row["total"], row["posSide"]) for row in rows}


def _rows(data: Any) -> Sequence[Fields]:
    """The rows of an answer: a list, what a listing lists, or the one object."""
    if isinstance(data, dict):
        for name in _LISTS:
            if name in data:
                return data[name] or ()
        return [data]
    return data if isinstance(data, list) else ()


def _sum(row: Fields, *names: str) -> Decimal:
    return sum((Decimal(row[name]) for name in names), Decimal(0))


def _signed(size: str, side: str) -> Decimal:
    return Decimal(size) if side == "long" else -Decimal(size)


def _named(position: Fields, mode: str) -> str:
    words = [position["symbol"]]
    words += [position.get("holdSide") or position["posSide"]] if mode == "hedge_mode" else []
    words += ["isolated"] if position["marginMode"] == "isolated" else []
    return " ".join(words)


def wire_of(case: Case) -> type[BitgetStage]:
    """On which of the two wires a case is played."""
    return V3Scene if case.ask.path.startswith("v3/") else V2Scene


def check(case: Case, paper: PaperExchange) -> None:
    """Play a case on the wire that it is about."""
    play(case, wire_of(case), paper)
