"""``BybitAccountQueries``: what a stream client asks of Bybit's REST, and what a refusal of a category means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
import responses

from okx_sync import BybitClient, BybitConfig, Credentials
from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.bybit.account_queries import BybitAccountQueries

HOST: Final = "https://api.bybit.com"
HELD: Final = {"symbol": "BTCUSD", "side": "Buy", "size": "3", "positionIdx": 0}
OPEN: Final = {"symbol": "BTCUSD", "orderId": "1", "side": "Buy", "orderStatus": "New", "qty": "3"}


class Exchange:
    """Answers with a row of each inverse listing, and refuses options with ``code``."""

    def __init__(self) -> None:
        self.code = "10028"
        self.margin_status = 5

    def __call__(self, request: Any) -> tuple[int, dict[str, str], str]:
        category = request.params.get("category")
        code, rows = (int(self.code), []) if category == "option" else (0, [])
        if category == "inverse":
            rows = [HELD if "position" in request.url else OPEN]
        result: Any = {"category": category, "list": rows, "nextPageCursor": ""}
        if "account/info" in request.url:
            result = {"unifiedMarginStatus": self.margin_status}
        return 200, {}, json.dumps({"retCode": code, "retMsg": "no", "result": result, "time": 1})


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """All that is asked for goes there."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        one = Exchange()
        for path in ("position/list", "order/realtime", "market/instruments-info", "account/info"):
            mocked.add_callback(responses.GET, f"{HOST}/v5/{path}", one)
        yield one


@pytest.fixture
def queries() -> Iterator[BybitAccountQueries]:
    """Of a client with a key."""
    with BybitClient(BybitConfig(credentials=Credentials("key-1234", "secret"))) as client:
        yield BybitAccountQueries(lambda: client, "linear")


@pytest.mark.parametrize("code", ["10028", "110088"])
def test_an_account_that_is_not_unified_has_no_options(
    exchange: Exchange, queries: BybitAccountQueries, code: str
) -> None:
    """Bybit refuses to list them; all else is all that there is."""
    exchange.code = code
    assert [one.symbol for one in queries.positions()] == ["BTCUSD"]
    listed = queries.open_orders()
    assert [one.order_id for one in listed.updates] == ["1"]


def test_any_other_refusal_leaves_the_picture_incomplete(exchange: Exchange, queries: BybitAccountQueries) -> None:
    """It is raised."""
    exchange.code = "10001"
    with pytest.raises(OkxApiError):
        queries.positions()
    with pytest.raises(OkxApiError):
        queries.open_orders()


@pytest.mark.parametrize(("status", "kind"), [(1, "classic"), (3, "uta1"), (4, "uta1")])
def test_a_wallet_that_is_not_all_of_the_money_is_not_taken_for_it(
    exchange: Exchange, queries: BybitAccountQueries, status: int, kind: str
) -> None:
    """On unified accounts 1.0 inverse contracts have a wallet of their own: it says so instead of being synced."""
    exchange.margin_status = status
    with pytest.raises(ConfigError, match=kind):
        queries.wallet()
