"""okx-api, a JavaScript client, places orders with stops at the paper exchange, unchanged but for the address."""

from __future__ import annotations

from okx_sync.paper import PaperExchange
from tests.thirdparty.node_packages import HERE, run_node


def keys_of(paper: PaperExchange) -> dict[str, str]:
    """Alice's key, as the programs look for it; the market stands still."""
    paper.quiet()
    account = paper.accounts[0]
    return {"KEY": account.api_key, "SECRET": account.secret_key, "PASS": account.passphrase}


def test_rest(paper: PaperExchange) -> None:
    """A bracket is placed, amended, filled and ended by its profit; stops and triggers by themselves."""
    program = (HERE / "okx_api.js").read_text("utf-8")
    seen = run_node(paper, "okx-api", program, URL=paper.url, **keys_of(paper))
    assert seen == {
        "attached": [["jsPair", "70000", "61000"]],
        "before": 0,
        "born": ["jsPair", "sell", "2", "live"],
        "ended": ["effective", "tp", "69000"],
        "child": ["filled", "sell", "2", True],
        "fills": ["2.00", "2.00"],
        "flat": 0,
        "wrong": "51280",
        "stop": ["60500"],
        "canceled": ["canceled"],
        "gone": "51400",
        "triggered": ["60000", True],
    }


def test_streams(paper: PaperExchange) -> None:
    """A bracket that is placed over the private stream is told of, from both streams, until its stop has closed it."""
    program = (HERE / "okx_api_streams.js").read_text("utf-8")
    urls = {"PRIVATE": paper.ws_url("private"), "BUSINESS": paper.ws_url("business")}
    seen = run_node(paper, "okx-api", program, URL=paper.url, **urls, **keys_of(paper))
    assert seen == {
        "placed": "0",
        "attached": ["jsPair"],
        "born": ["oco", "sell", "2"],
        "ended": "sl",
        "child": ["sell", "2", True],
    }
