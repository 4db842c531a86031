"""``python -m okx_sync.reference_pages [FOLDER]``."""

from __future__ import annotations

import sys

from okx_sync.reference_pages import main

main(sys.argv[1:])
