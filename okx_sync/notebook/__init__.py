"""Pictures in notebooks: what objects look like there, live displays and plots. Extra ``notebook``.

The pictures of single objects (``_repr_html_``) need no extra, and nobody has to import this: a notebook asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.notebook.figures import plot_candles, plot_depth, plot_equity, plot_market
    from okx_sync.notebook.hold import show
    from okx_sync.notebook.live_table import live_table
    from okx_sync.rows.row_list import RowList
else:
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "notebook.figures": "plot_candles plot_depth plot_equity plot_market",
            "notebook.hold": "show",
            "notebook.live_table": "live_table",
            "rows.row_list": "RowList",
        },
        root="okx_sync",
    )

__all__ = [
    "RowList",
    "live_table",
    "plot_candles",
    "plot_depth",
    "plot_equity",
    "plot_market",
    "show",
]
