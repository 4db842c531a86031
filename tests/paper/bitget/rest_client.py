"""Signed REST calls to Bitget's wire by hand, with a second writing of its signature."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import orjson

from okx_sync.paper import PaperExchange
from tests.paper.http_client import Response, Session, with_query
from tests.paper.wire_client import TIMEOUT_S, RestClient, signature


class BitgetRest(RestClient):
    """`alice` has a classic account, `carol` a unified one."""

    def call(self, method: str, raw_path: str, body: str, **headers: str) -> Response:
        """Any signed call; `headers` replace what would be sent, an empty one is left out."""
        at = headers.pop("timestamp", str(self.paper.clock.now_ms()))
        own = {
            "ACCESS-KEY": f"paper-{self.name}-key",
            "ACCESS-SIGN": signature(f"paper-{self.name}-secret", at + method + raw_path + body),
            "ACCESS-TIMESTAMP": at,
            "ACCESS-PASSPHRASE": f"paper-{self.name}-pass",
            "Content-Type": "application/json",
        }
        sent = {name: value for name, value in (own | headers).items() if value}
        return self.session.request(method, raw_path, data=body.encode(), headers=sent, timeout=TIMEOUT_S)

    def request(self, method: str, path: str, body: Any, **headers: str) -> Response:
        """Any call of `/api/<path>`; the body of a GET is its query."""
        if method == "GET":
            return self.call("GET", with_query(f"/api/{path}", body), "", **headers)
        return self.call(method, f"/api/{path}", orjson.dumps(body).decode(), **headers)

    def read(self, path: str, **query: Any) -> Any:
        """The data of a GET of `/api/<path>` that is answered."""
        return self.data(self.call("GET", with_query(f"/api/{path}", query), ""))

    def send(self, path: str, body: Any) -> Any:
        """The data of a POST that is answered."""
        return self.data(self.call("POST", f"/api/{path}", orjson.dumps(body).decode()))

    def no(self, path: str, body: Any = None, **query: Any) -> str:
        """The code with which a call is refused."""
        if body is not None:
            answer = self.call("POST", f"/api/{path}", orjson.dumps(body).decode())
        else:
            answer = self.call("GET", with_query(f"/api/{path}", query), "")
        assert answer.status_code in (400, 404, 429), answer.text
        told: dict[str, Any] = answer.json()
        assert told["data"] is None
        return str(told["code"])

    @staticmethod
    def data(answer: Response) -> Any:
        """The data of an answer that says success."""
        told: dict[str, Any] = answer.json()
        assert (answer.status_code, told["code"], told["msg"]) == (200, "00000", "success"), answer.text
        assert isinstance(told["requestTime"], int)
        return told["data"]


def reader(paper: PaperExchange) -> Any:
    """The data of a public GET, without any header of ours."""

    def read(path: str, **query: Any) -> Any:
        with closing(Session(paper.url)) as session:
            return BitgetRest.data(session.request("GET", with_query(f"/api/{path}", query), timeout=TIMEOUT_S))

    return read
