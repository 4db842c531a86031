"""Runs programs of Node.js with packages of npm, where both are installed.

The packages stand beside the Python environment, outside of the repository: `.ci/run` installs them there.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from okx_sync.paper import PaperExchange
from tests.thirdparty.strangers import lacking, run_stranger

HERE = Path(__file__).parent
PACKAGES = Path(sys.prefix) / "node" / "node_modules"


def run_node(paper: PaperExchange, package: str, program: str, **values: str) -> Any:
    """Run a program that prints JSON; `values` are its environment. Skips without Node.js or the package.

    The program has `market(name, ...)`, which moves the market of the exchange.
    """
    node = shutil.which("node")
    if node is None:
        lacking("needs Node.js")
    if not (PACKAGES / package).is_dir():
        lacking(f"needs the npm package {package}: npm install --prefix {PACKAGES.parent} {package}")
    command = [node, "--input-type=commonjs", "-e", (HERE / "market.js").read_text("utf-8") + program]
    return run_stranger(paper, command, NODE_PATH=str(PACKAGES), **values)
