"""The npm package bitget-api places orders with stops at the paper exchange, with other addresses alone: V2 and V3."""

from __future__ import annotations

from typing import Any

from okx_sync.paper import PaperExchange
from tests.thirdparty.node_packages import HERE, run_node


def run(paper: PaperExchange, label: str, version: str) -> Any:
    """What it saw with an account's key, in a market that stands still."""
    paper.quiet()
    account = next(one for one in paper.accounts if one.label == label)
    keys = {"KEY": account.api_key, "SECRET": account.secret_key, "PASS": account.passphrase}
    stream = f"{paper.url.replace('http', 'ws', 1)}/{version}/ws/private"
    program = (HERE / "bitget_api_brackets.js").read_text("utf-8")
    return run_node(paper, "bitget-api", program, BASE=paper.url, STREAM=stream, VERSION=version, **keys)


def test_classic_account(paper: PaperExchange) -> None:
    """V2: the stops of an order are refused, amended, born, amended again and one is executed; a plan order, too."""
    assert run(paper, "alice", "v2") == {
        "wrong": "45066",
        "attached": ["70000", "60000"],
        "born": "60500",
        "waiting": [["pos_loss", "61000"], ["pos_profit", "70000"]],
        "other": "70000",
        "sold": "0.02",
        "plan": [["jsPlan", "61500"]],
    }


def test_unified_account(paper: PaperExchange) -> None:
    """V3: both sides of an order become one strategy order, which is amended and executed."""
    assert run(paper, "carol", "v3") == {
        "wrong": "25586",
        "attached": [["70000", "60000"]],
        "waiting": [["70000", "61000"]],
        "sold": "0.02",
        "ended": [True],
        "flat": None,
    }
