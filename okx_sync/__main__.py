"""``python -m okx_sync``."""

from __future__ import annotations

import sys

from okx_sync.cli import main

if __name__ == "__main__":
    sys.exit(main())
