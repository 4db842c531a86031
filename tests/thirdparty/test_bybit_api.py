"""bybit-api, a JavaScript client, works against the paper exchange, unchanged but for the base address."""

from __future__ import annotations

from pathlib import Path

from okx_sync.paper import PaperExchange
from tests.thirdparty.node_packages import run_node

HERE = Path(__file__).parent


def test_rest(paper: PaperExchange) -> None:
    """Market data, orders one by one and in batches, pages, positions with a stop, account."""
    paper.quiet()
    account = paper.accounts[0]
    seen = run_node(
        paper,
        "bybit-api",
        (HERE / "bybit_api.js").read_text("utf-8"),
        URL=paper.url,
        KEY=account.api_key,
        SECRET=account.secret_key,
    )
    assert abs(seen["time"] - paper.clock.now()) < 60
    assert set(seen["pairs"]) == {"BTCUSDT", "ETHUSDT", "SOLUSDT"}
    assert seen["ticker"]["bid1Price"] == seen["book"]["b"][0][0]
    assert (seen["candles"], seen["trade"]) == (4, "BTCUSDT")
    assert (seen["placed"]["orderLinkId"], seen["limit"]) == ("js-1", 10)
    assert seen["open"] == [["js-1", "60500"]]
    assert seen["history"] == ["Cancelled"]
    assert (seen["batch"], seen["gone"]) == ([0, 110007], 1)
    assert seen["pages"] == [2, 1, ""]
    assert (seen["leverage"], seen["position"]) == (0, ["Buy", "0.01", "7", "50000"])
    assert sum(float(size) for size in seen["fills"]) == 0.01
    assert (seen["wallet"], seen["margin"]) == ("UNIFIED", "REGULAR_MARGIN")
    assert (seen["log"], seen["fee"]) == ("TRADE", "0.0005")
    assert seen["key"] == account.api_key
    assert seen["refused"] == 110007
    assert paper.problems == []


def test_streams(paper: PaperExchange) -> None:
    """Public and private topics, and orders over the trade socket, which the private one tells of."""
    account = paper.accounts[0]
    paths = {"PUBLIC": "/v5/public/linear", "PRIVATE": "/v5/private", "TRADE": "/v5/trade"}
    urls = {name: paper.bybit_url(path) for name, path in paths.items()}
    program = (HERE / "bybit_api_streams.js").read_text("utf-8")
    seen = run_node(paper, "bybit-api", program, **urls, KEY=account.api_key, SECRET=account.secret_key)
    assert seen == {"ticker": "BTCUSDT", "book": 50, "placed": True, "cancelled": 0}


def test_orders_with_stops(paper: PaperExchange) -> None:
    """Placed over the trade socket, amended before and after the fill, told of by both; a conditional one."""
    paper.quiet()
    account = paper.accounts[0]
    urls = {"URL": paper.url, "PRIVATE": paper.bybit_url("/v5/private"), "TRADE": paper.bybit_url("/v5/trade")}
    program = (HERE / "bybit_api_brackets.js").read_text("utf-8")
    seen = run_node(paper, "bybit-api", program, **urls, KEY=account.api_key, SECRET=account.secret_key)
    assert seen == {
        "wrong": 10001,
        "entry": "60000",
        "born": ["61000", "jsEntry", True],
        "held": ["70000", "61000"],
        "waiting": ["StopLoss", "TakeProfit"],
        "sold": ["69000", "TakeProfit", "Sell"],
        "stop": "CancelByTpSlTsClear",
        "waits": [["Untriggered", "69500"]],
        "gone": "CancelByUser",
    }
