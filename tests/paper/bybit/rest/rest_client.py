"""A neutral client of Bybit's REST for these tests: HTTP by hand and a hex signature, written down a second time."""

from __future__ import annotations

import hashlib
import hmac
from types import TracebackType
from typing import Any, Self

import orjson

from okx_sync.paper import PaperExchange
from tests.paper.http_client import Response, Session

TIMEOUT_S = 20.0
PERP = {"category": "linear", "symbol": "BTCUSDT"}
PAIR = {"category": "spot", "symbol": "BTCUSDT"}
LIMIT = {**PERP, "side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "60000"}
MARKET = {**PERP, "side": "Buy", "orderType": "Market", "qty": "0.01"}
SWAP = "BTC-USDT-SWAP"
Told = dict[str, Any]


class BybitRest:
    """Signed calls as a default account."""

    def __init__(self, paper: PaperExchange, name: str = "alice") -> None:
        self.paper = paper
        self.name = name
        self.session = Session(paper.url, paper.ca_file)

    def ask(self, method: str, path: str, query: str = "", body: str = "", **headers: str) -> Response:
        """Send a request as it is given; `headers` replace what would be sent, an empty one is left out."""
        at = headers.pop("at", str(self.paper.clock.now_ms()))
        window = headers.get("X-BAPI-RECV-WINDOW", "5000")
        text = at + f"paper-{self.name}-key" + window + (query if method == "GET" else body)
        sign = hmac.new(f"paper-{self.name}-secret".encode(), text.encode(), hashlib.sha256).hexdigest()
        own = {
            "X-BAPI-API-KEY": f"paper-{self.name}-key",
            "X-BAPI-TIMESTAMP": at,
            "X-BAPI-SIGN": sign,
            "X-BAPI-RECV-WINDOW": window,
            "Content-Type": "application/json",
        }
        sent = {name: value for name, value in (own | headers).items() if value}
        whole = path + (f"?{query}" if query else "")
        return self.session.request(method, whole, data=body.encode(), headers=sent, timeout=TIMEOUT_S)

    def told(self, method: str, path: str, /, **params: Any) -> Told:
        """Ask, and return the whole answer."""
        if method == "GET":
            query = "&".join(f"{name}={value}" for name, value in params.items())
            response = self.ask(method, path, query=query)
        else:
            response = self.ask(method, path, body=orjson.dumps(params).decode())
        assert response.status_code == 200, response.text
        answer: Told = response.json()
        return answer

    def get(self, path: str, /, **query: Any) -> Any:
        """Return the result of `GET /v5/<path>`, which must be good."""
        answer = self.told("GET", f"/v5/{path}", **query)
        assert answer["retCode"] == 0, answer
        return answer["result"]

    def rows(self, path: str, /, **query: Any) -> list[Told]:
        """Return the list in the result of `GET /v5/<path>`."""
        found: list[Told] = self.get(path, **query)["list"]
        return found

    def post(self, path: str, /, **body: Any) -> Any:
        """Return the result of `POST /v5/<path>`, which must be good."""
        answer = self.told("POST", f"/v5/{path}", **body)
        assert answer["retCode"] == 0, answer
        return answer["result"]

    def code(self, path: str, /, **body: Any) -> int:
        """Return the code of `POST /v5/<path>`."""
        return int(self.told("POST", f"/v5/{path}", **body)["retCode"])

    def get_code(self, path: str, /, **query: Any) -> int:
        """Return the code of `GET /v5/<path>`."""
        return int(self.told("GET", f"/v5/{path}", **query)["retCode"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()
