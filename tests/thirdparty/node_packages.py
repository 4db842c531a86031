"""Runs programs of Node.js with packages of npm, where both are installed; tests skip where they are not.

The packages stand beside the Python environment, outside of the repository: `.ci/run` installs them there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PACKAGES = Path(sys.prefix) / "node" / "node_modules"
TIMEOUT_S = 60


def run_node(package: str, program: str, **values: str) -> Any:
    """Run a program that prints JSON; `values` are its environment. Skips without Node.js or the package."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js")
    if not (PACKAGES / package).is_dir():
        pytest.skip(f"needs the npm package {package}: npm install --prefix {PACKAGES.parent} {package}")
    environment = {**os.environ, **values, "NODE_PATH": str(PACKAGES), "NO_PROXY": "*", "no_proxy": "*"}
    done = subprocess.run(
        [node, "--input-type=commonjs", "-e", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:] or done.stdout[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1])
